"""Makes the world: people, stories, files, registers and the truth, in that order."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from toex.synthetic import background, deliveries, truth
from toex.synthetic.dirt import Dirt
from toex.synthetic.files import Desk, communications, intelligence, policing, society, travel
from toex.synthetic.files.nominals import nominals, references
from toex.synthetic.lives import Crime, Item, Timeline
from toex.synthetic.names import name_book
from toex.synthetic.people import populate
from toex.synthetic.places import gazetteer
from toex.synthetic.records import hold
from toex.synthetic.shapes import SyntheticError, dice, stream
from toex.synthetic.stories import Network, adverts, children, county_line, facilitation, innocents, labour
from toex.synthetic.tables import Table, write
from toex.synthetic.world import World

STORIES = (county_line, labour, children, adverts, facilitation)
FEWEST = 500
PEOPLE_A_ROUND = 100_000
MOST_ROUNDS = 10

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: people, files, rows in all of them, person records with a truth, people at risk, groups."""

    people: int
    files: int
    rows: int
    person_records: int
    at_risk: int
    groups: int


def _silence(stage: str, share: float) -> None:
    """Say nothing."""


def _world(people: int, seed: int) -> World:
    book = name_book()
    where = gazetteer(stream(seed, "streets"), people)
    folk = populate(where, book=book, people=people, rng=stream(seed, "people"))
    source = dice(seed, "stories")
    spare = source.sample(range(people), min(people // 2, 20_000))
    world_rng = stream(seed, "cast")
    return World(
        seed=seed, book=book, where=where, people=folk, timeline=Timeline(), dice=source, rng=world_rng, spare=spare
    )


def _tell(world: World) -> list[Network]:
    """Tell every story at least once, more often in a larger population; then the innocents and everybody else."""
    rounds = max(1, min(MOST_ROUNDS, len(world.people) // PEOPLE_A_ROUND))
    told = []
    for turn in range(rounds):
        for story in STORIES:
            told.append(story.tell(world, f"G{turn + 1:02d}-{story.KIND}"))
    innocents.tell(world)
    background.fill(world)
    world.settle()
    return told


def _named(world: World) -> set[int]:
    """Everybody whom a crime, a report or the request may name by reference."""
    subjects = {person for item in world.timeline.of(Item) for person, _ in item.subjects}
    return subjects | policing.involved(world.timeline.of(Crime)) | set(world.known)


def _write_week(tables: list[Table], folder: Path, week: int) -> tuple[int, int]:
    written = [(one, write(one, folder, week)) for one in tables]
    present = [one for one, rows in written if rows]
    deliveries.register(folder, made=present, week=week)
    return len(present), sum(rows for _, rows in written)


def synthesise(out: Path, *, people: int, seed: int, noise: float = 1.0, progress: Progress | None = None) -> Made:
    """Write a fictional world's deliveries of two weeks, a request, and the truth apart, under `out`.

    `people` is the size of the population (at least 500), `noise` scales every rate of `Dirt`; `progress` is told the
    stage and the share done (0 to 1). The same arguments give the same bytes. Raises SyntheticError for too few people.
    """
    if people < FEWEST:
        raise SyntheticError(f"A fictional world needs at least {FEWEST} people.")
    say = progress or _silence
    say("people", 0.0)
    world = _world(people, seed)
    say("stories", 0.2)
    told = _tell(world)
    say("nominals", 0.3)
    dirt = Dirt().scaled(noise)
    lists = nominals(world, holdings=hold(world, stream(seed, "holdings")), dirt=dirt, rng=stream(seed, "nominals"))
    refs = references(lists, _named(world))
    desk = Desk(world=world, dirt=dirt, rng=stream(seed, "desk"), refs=refs)
    say("events", 0.7)
    tables = [*lists]
    for kind in (policing, intelligence, communications, travel, society):
        tables += kind.files(desk)
    say("writing", 0.8)
    counts = [_write_week(tables, out / f"week{week}", week) for week in (1, 2)]
    deliveries.request(out / "request.toml", network=told[0], other=told[1], refs=refs)
    records = truth.write_truth(out / "truth", world=world, tables=tables)
    say("done", 1.0)
    return Made(
        people=people,
        files=sum(files for files, _ in counts),
        rows=sum(rows for _, rows in counts),
        person_records=records,
        at_risk=len({part.person for part in world.parts if part.at_risk}),
        groups=len(told),
    )
