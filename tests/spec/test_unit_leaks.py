"""Nothing leaks under a grant: in a unit home every answer is that of a home which holds only what the grant shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from people import START
from rows import table
from small_world import DATASETS, DAY, EVERYTHING, VARIANTS, SmallWorld, furnish, keep, visible
from spec.test_leaks import ASKED, QUESTIONS
from toex import picture
from toex.picture.bench import Bench
from toex.pole import Scope, decide
from toex.store import Store, View
from toex.work.access.actions import close_operation
from toex.work.access.asking import pointers
from toex.work.access.log import read_log
from toex.work.access.models import Grant
from toex.work.access.sitting import Sitting
from toex.work.audit.models import Entry
from toex.work.errors import NotAllowed
from toex.work.operations.actions import name_reader, open_compartment
from toex.work.operations.queries import visible_operations
from unit_work import HOUR, People, adopted, dataset, fill, granted, operation_grant

NOW = START + HOUR
STANDING = frozenset(DATASETS) - {"telco", "bank"}
BOUND = {"telco": "larkmere", "bank": "elsewhere"}
KEYS = {"identifier": ("record_id", "kind", "value", "role"), "tie": ("record_id", "other_id")}


@dataclass(frozen=True)
class Case:
    """A sitting, and the scope that the rules give it, written out by hand."""

    name: str
    sitting: Sitting
    scope: Scope


def _scope(domains: frozenset[str], marking: int = 1, handling: str = "PC", subjects: int = 31) -> Scope:
    return Scope("expected", domains, marking, frozenset(handling), subjects)


@pytest.fixture
def cases(people: People) -> list[Case]:
    """Grants of each kind that shows records, and readers one clause apart."""
    for name in DATASETS:
        dataset(name, operation=BOUND.get(name, ""))
    kestrel = open_compartment(code="kestrel", corruption=True, by=people["manager"], at=START, reason="Prison staff")
    name_reader(compartment=kestrel, person=people["senior"], reason="Needed", by=people["manager"], at=START)
    larkmere = operation_grant(people, adopted(people, ["analyst", "senior"], DATASETS))
    adopted(people, ["developer"], ["13-nominals"], name="Operation Kite", number=2, compartment="kestrel")
    two, own = ["13-nominals", "14-nominals"], STANDING | {"telco"}
    review = {"duty": "match_review", "datasets": DATASETS}
    of: list[tuple[str, str, Grant, Scope]] = [
        ("operation", "analyst", larkmere, _scope(own)),
        ("operation, a reader", "senior", larkmere, _scope(own | {f"{d}+kestrel" for d in own})),
        ("two datasets", "analyst", granted(people, "break_glass", "analyst", datasets=two), _scope(frozenset(two))),
        ("immediate risk", "developer", granted(people, "immediate_risk", "developer", by=people["manager"]), _scope(STANDING)),
        ("P only", "researcher", _duty(people, "researcher", handling="P", **review), _scope(STANDING, handling="P")),
        ("marked 0", "researcher", _duty(people, "researcher", marking=0, **review), _scope(STANDING, 0)),
        ("no victims", "researcher", _duty(people, "researcher", subjects=27, **review), _scope(STANDING, subjects=27)),
        ("no suspects", "data", _duty(people, "data", subjects=30, **review), _scope(STANDING, subjects=30)),
    ]  # fmt: skip
    return [Case(name, Sitting(people[who], grant, NOW), scope) for name, who, grant, scope in of]


def _duty(people: People, holder: str, **asked: Any) -> Grant:
    asked["datasets"] = sorted(STANDING)
    return granted(people, "duty", holder, **asked)


def _world(turn: int) -> SmallWorld:
    """A world whose n-th record is of a variant by its turn: over nine turns every record is of every variant."""
    numbers = count(turn, 1 + turn // len(VARIANTS))
    return furnish(SmallWorld(lambda: next(numbers) % len(VARIANTS)))


def _fill(home: Path, world: SmallWorld) -> Store:
    return fill(home, {kind: table(kind, held) for kind, held in world.rows.items()}, DATASETS, BOUND)


@contextmanager
def _alone(world: SmallWorld, scope: Scope, folder: Path) -> Iterator[Store]:
    yield keep(folder, visible(world.rows, scope, frozenset()))


def _shown(view: View, kind: str) -> list[tuple[Any, ...]]:
    columns = KEYS.get(kind, ("record_id",))
    named = ", ".join(f'"{c}"' for c in columns)
    return sorted(tuple(row.values()) for row in view.query(f'SELECT {named} FROM "{kind}"').to_pylist())


def _wanted(rows: list[dict[str, Any]], kind: str, scope: Scope) -> tuple[list[tuple[Any, ...]], int]:
    columns = KEYS.get(kind, ("record_id",))
    return sorted(tuple(row[c] for c in columns) for row in rows if decide(scope, row)), len(rows)


def test_every_row_is_shown_or_not_as_the_rule_decides_under_grants_of_each_kind(
    cases: list[Case], tmp_path: Path, settings: Any
) -> None:
    """At least 10,000 single rows, each record in turn one clause away from allowed."""
    checked, hidden = 0, 0
    for turn in range(2 * len(VARIANTS)):
        world = _world(turn)
        settings.TOEX_HOME = tmp_path / f"turn-{turn}"
        Store.create(settings.TOEX_HOME, kind="unit", user="TOEX", at=START)
        _fill(settings.TOEX_HOME, world)
        for case in cases:
            with case.sitting.view() as view:
                for kind, rows in world.rows.items():
                    wanted, size = _wanted(rows, kind, case.scope)
                    assert _shown(view, kind) == wanted, (case.name, kind)
                    checked, hidden = checked + size, hidden + size - len(wanted)
    print(f"{checked} rows checked, {hidden} of them hidden")
    assert checked >= 10_000
    assert hidden >= checked / 4


@pytest.mark.parametrize("place", [0, 1, 4, 6])
def test_every_question_is_answered_as_if_nothing_else_were_held(
    cases: list[Case], place: int, tmp_path: Path, settings: Any
) -> None:
    """Counts, entities, wash, find, networks, prompts, timelines, communications, holdings and explanations."""
    case, world = cases[place], _world(2)
    _fill(settings.TOEX_HOME, world)
    with (
        _alone(world, case.scope, tmp_path / "alone") as store,
        case.sitting.view() as seen,
        store.view(EVERYTHING) as true,
    ):
        assert [name for name, ask in QUESTIONS.items() if ask(seen) != ask(true)] == []


@pytest.mark.parametrize("place", [0, 1, 4])
def test_the_road_s_own_routes_answer_so_too(cases: list[Case], place: int, tmp_path: Path, settings: Any) -> None:
    """Find, wash, show, explain and exports, through the seat; a hidden record reads like one that is not there.

    Under a duty nothing is exported.
    """
    case, world = cases[place], _world(2)
    _fill(settings.TOEX_HOME, world)
    with _alone(world, case.scope, tmp_path / "alone") as store:
        bench = Bench(store, "a tester", EVERYTHING)
        asked = tmp_path / "asked.txt"
        asked.write_text("\n".join(ASKED), encoding="utf-8")
        routes: dict[str, Any] = {
            "find": lambda seat: [picture.find(seat, text, at=DAY) for text in ASKED],
            "wash": lambda seat: picture.wash(seat, asked.read_text(encoding="utf-8"), at=DAY),
            "show": lambda seat: [_told(picture.show, seat, record) for record in world.record],
            "explain": lambda seat: [
                _told(picture.explain, seat, a["record_id"], a["other_id"]) for a in world.rows["tie"]
            ],
        }
        if case.sitting.grant.kind == "duty":
            with pytest.raises(NotAllowed):
                _exported(case.sitting, picture.EXPORTS[0], tmp_path)
        else:
            routes["exports"] = lambda seat: [_exported(seat, what, tmp_path) for what in picture.EXPORTS]
        assert [name for name, ask in routes.items() if ask(case.sitting) != ask(bench)] == []


def _told(route: Any, seat: Any, *asked: str) -> Any:
    try:
        return route(seat, *asked, at=DAY)
    except Exception as refused:  # the text of an error must not differ either
        return type(refused).__name__, str(refused).replace(asked[0], "")


def _exported(seat: Any, what: str, folder: Path) -> Any:
    out = folder / f"{what}.csv"
    rows = picture.export(seat, what, out, at=DAY)
    return rows, sorted(out.read_text(encoding="utf-8-sig").splitlines()[1:])


def test_triage_learns_whom_to_call_and_nothing_of_what_is_bound_or_in_a_compartment(
    cases: list[Case], people: People, settings: Any
) -> None:
    world = _world(2)
    _fill(settings.TOEX_HOME, world)
    grant = granted(people, "duty", "gateway", duty="triage", datasets=sorted(STANDING))
    seated = Sitting(people["gateway"], grant, NOW)
    shown = visible(world.rows, _scope(STANDING), frozenset())
    for text in ("Ana Valdane", "Mira Sandring", "Tom Quillane", "No Body"):
        surname = text.split()[1]
        told = pointers(seated, text, at=NOW)
        suppliers = {row["supplier"] for row in shown["person"] if row["surname"] == surname and text in row["name"]}
        assert told.held == bool(told.suppliers)
        assert suppliers <= set(told.suppliers) <= {row["supplier"] for row in shown["person"]}
    with pytest.raises(NotAllowed):
        seated.view()


def test_lists_of_operations_and_the_log_are_silent_about_a_compartment(cases: list[Case], people: People) -> None:
    readers = {"manager", "senior"}
    for who, person in people.items():
        assert any(o.compartment for o in visible_operations(person, NOW)) == (who in readers)
    grant = granted(people, "duty", "auditor", duty="audit")
    told = read_log(
        grant=grant, purpose="lawfulness", since=START, until=NOW, by=people["auditor"], at=NOW
    )  # fmt: skip
    assert told
    assert all(entry.compartment == "" for entry in told)
    assert not any("kestrel" in str(entry) for entry in told)
    assert Entry.objects.filter(compartment="kestrel").exists()


def test_what_a_reader_saw_of_a_compartment_is_in_the_log_for_readers_only(cases: list[Case], settings: Any) -> None:
    _fill(settings.TOEX_HOME, _world(2))
    for place, compartment in ((1, "kestrel"), (0, "")):
        picture.find(cases[place].sitting, "Ana Valdane", at=NOW)
        assert Entry.objects.order_by("-number")[0].compartment == compartment


def test_after_closing_nothing_of_it_is_shown_to_anybody_under_its_grant(
    cases: list[Case], people: People, settings: Any
) -> None:
    _fill(settings.TOEX_HOME, _world(2))
    operation = cases[0].sitting.grant.operation
    assert operation
    close_operation(operation=operation, by=people["manager"], at=NOW, reason="done")
    for case in cases[:2]:
        with pytest.raises(NotAllowed):
            picture.find(replace(case.sitting), "Ana Valdane", at=NOW)
