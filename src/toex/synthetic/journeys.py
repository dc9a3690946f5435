"""What people do that several systems see: travel, calls and texts, intelligence that is reported."""

from datetime import datetime, timedelta

from toex.synthetic import numbers
from toex.synthetic.lives import Call, Item, Journey, Mast, Read
from toex.synthetic.places import Place, Town, kilometres
from toex.synthetic.routes import road, town_mast
from toex.synthetic.world import World

SPEED_KMH = 78.0
SEEN_BY_CAMERA = 0.88
ON_AIR = 0.55


def travel(
    world: World,
    *,
    people: tuple[int, ...],
    vrm: str,
    phones: tuple[int, ...],
    towns: tuple[Town, Town],
    depart: datetime,
    stay: timedelta = timedelta(hours=1),
) -> datetime:
    """Drive from one town to another: cameras read the plate, masts hear the phones; give the time of arrival.

    The phones stay in the place of arrival for `stay`: calls told later are made from there.
    """
    start, end = towns
    seen = 0
    for point in road(start, end):
        at = depart + timedelta(hours=point.along / SPEED_KMH, seconds=world.dice.randint(0, 40))
        if vrm and (world.dice.random() < SEEN_BY_CAMERA or seen == 0):
            world.timeline.add(Read(at=at, vrm=vrm, camera=point.camera))
            seen += 1
        for phone in phones:
            if world.dice.random() < ON_AIR:
                session(world, phone=phone, at=at, mast=point.mast)
    arrive = (depart + timedelta(hours=kilometres(start, end) / SPEED_KMH, minutes=4)).replace(microsecond=0)
    world.timeline.add(
        Journey(
            number=len(world.timeline.of(Journey)) + 1,
            people=people,
            vrm=vrm,
            phones=phones,
            origin=start.name,
            destination=end.name,
            depart=depart,
            arrive=arrive,
        )
    )
    for phone in phones:
        world.away.setdefault(phone, []).append((depart, arrive, arrive + stay, end))
        session(world, phone=phone, at=arrive + timedelta(minutes=2), mast=town_mast(end, world.dice.randrange(6)))
    return arrive


def handset_of(world: World, phone: int) -> int:
    """Give the handset that a number is in, a new one when it has none yet."""
    if phone not in world.handset_of:
        world.handset_of[phone] = world.handset()
    return world.handset_of[phone]


def session(world: World, *, phone: int, at: datetime, mast: Mast) -> None:
    """A phone uses data: no other party, but a mast and a time."""
    world.timeline.add(
        Call(at=at, caller=phone, called="", kind="data", seconds=0, handset=handset_of(world, phone), mast=mast)
    )


def call(
    world: World, *, caller: int, called: int, at: datetime, town: Town, kind: str = "voice", seconds: int = -1
) -> None:
    """A call or a text, on a mast of a town, or of the town to which a journey took the caller."""
    length = world.dice.randint(8, 420) if seconds < 0 else seconds
    there = world.whereabouts(caller, at=at, town=town)
    if there is None:
        return
    world.timeline.add(
        Call(
            at=at,
            caller=caller,
            called="44" + numbers.mobile(called)[1:],
            kind=kind,
            seconds=0 if kind == "sms" else length,
            handset=handset_of(world, caller),
            mast=town_mast(there, caller + at.day),
            called_number=called,
        )
    )


def call_abroad(world: World, *, caller: int, called: str, at: datetime, town: Town) -> None:
    """A call to a number abroad, written as the operator writes it."""
    there = world.whereabouts(caller, at=at, town=town)
    if there is None:
        return
    world.timeline.add(
        Call(
            at=at,
            caller=caller,
            called=called,
            kind="voice",
            seconds=world.dice.randint(60, 1500),
            handset=handset_of(world, caller),
            mast=town_mast(there, caller),
        )
    )


def chatter(world: World, *, phones: tuple[int, ...], town: Town, days: tuple[int, int], count: int) -> None:
    """Ordinary calls and texts inside a circle of numbers."""
    for _ in range(count):
        one, other = world.dice.sample(phones, 2)
        kind = world.dice.choice(("voice", "voice", "sms"))
        call(world, caller=one, called=other, at=world.moment(*days), town=town, kind=kind)


def broadcast(world: World, *, line: int, to: list[int], at: datetime, town: Town) -> None:
    """One text to many numbers within minutes, as a deal line advertises."""
    for place, number in enumerate(to):
        call(world, caller=line, called=number, at=at + timedelta(seconds=4 * place), town=town, kind="sms")


def report(
    world: World,
    *,
    force: str,
    at: datetime,
    title: str,
    items: list[tuple[str, str]],
    subjects: tuple[tuple[int, str], ...] = (),
    phones: tuple[int, ...] = (),
    vrms: tuple[str, ...] = (),
    place: Place | None = None,
    happened: datetime | None = None,
    source: str = "",
    linked: str = "",
) -> str:
    """Write an intelligence report of (grade, text) items, each graded by itself; give its number.

    The subjects stand on the first item, as do the numbers; later items repeat the subjects only.
    """
    number = world.report(force, at)
    origin = source or f"ISR/{world.dice.randint(10_000, 99_999)}"
    for place_in_report, (grade, text) in enumerate(items):
        first = place_in_report == 0
        world.timeline.add(
            Item(
                at=at,
                report=number,
                force=force,
                title=title,
                source=origin,
                grade=grade,
                text=text,
                subjects=subjects,
                phones=phones if first else (),
                vrms=vrms if first else (),
                place=place if first else None,
                happened=happened or at - timedelta(days=1),
                basis="fact" if grade[1] in "AB12" else "assessment",
                conditions="Do not action without consulting the originator" if grade.endswith("C") else "",
                linked=linked,
            )
        )
    return number
