"""A county line: its number and SIM changes, the hub it leaves, the town it takes over, the children it runs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from toex.synthetic.journeys import broadcast, call, chatter, report, travel
from toex.synthetic.lives import (
    Arrest,
    Crime,
    Episode,
    Keepership,
    PrisonReport,
    Referral,
    Stay,
    Stop,
    Subscription,
    Tenancy,
    Visit,
)
from toex.synthetic.places import Place, Town
from toex.synthetic.stories import Network
from toex.synthetic.stories.threads import download
from toex.synthetic.world import CUT, START, World

KIND = "county_line"
BRANDS = ("Rico", "Snowy", "Marlo", "Tex", "Jojo", "Dutch", "Flip", "Bobby")


@dataclass(slots=True)
class Line:
    """The people, places and things of one county line."""

    group: str
    brand: str
    hub: Town
    market: Town
    holder: int
    elder: int
    driver: int
    jailed: int
    runners: list[int]
    occupant: int
    flat: Place
    buyers: list[int]
    vrm: str
    lines: list[int]


def _people(world: World, group: str) -> Line:
    dice = world.dice
    hub = world.town()
    market = world.town(without=hub.force)
    heritage = dice.choice(("british", "british", "african", "south_asian", "albanian"))
    runners = [
        world.cast(heritage=dice.choice(("british", heritage)), sex=dice.choice("MMMF"), ages=(13, 17), town=hub)
        for _ in range(dice.randint(3, 6))
    ]
    occupant = world.cast(heritage="british", ages=(38, 60), town=market)
    line = Line(
        group=group,
        brand=dice.choice(BRANDS),
        hub=hub,
        market=market,
        holder=world.cast(heritage=heritage, sex="M", ages=(21, 33), town=hub, records=4),
        elder=world.cast(heritage=heritage, sex="M", ages=(24, 40), town=hub, records=3),
        driver=world.cast(heritage=dice.choice(("british", heritage)), ages=(19, 30), town=hub, records=2),
        jailed=world.cast(heritage=heritage, sex="M", ages=(24, 38), town=hub, records=4),
        runners=runners,
        occupant=occupant,
        flat=world.home(occupant),
        buyers=[
            world.cast(heritage="british", ages=(24, 55), town=market, records=1) for _ in range(dice.randint(6, 10))
        ],
        vrm=world.plate(),
        lines=[world.phone() for _ in range(dice.randint(2, 4))],
    )
    _note_roles(world, line)
    return line


def _note_roles(world: World, line: Line) -> None:
    def note(person: int, role: str, risk: str = "") -> None:
        world.role(line.group, kind=KIND, person=person, role=role, risk=risk)

    note(line.holder, "line holder")
    note(line.elder, "organiser")
    note(line.driver, "driver")
    note(line.jailed, "organiser in prison")
    for person in line.runners:
        note(person, "runner", "child runs for the line: missing, found out of force, debt")
    oldest = max(line.runners, key=world.people.age)
    note(oldest, "recruiter", "child recruits other children: victim and suspect at once")
    note(line.occupant, "cuckooed occupant", "home taken over")


def _deal_line(world: World, line: Line) -> None:
    """The line keeps its handset and changes its SIM; each new number is told to the same buyers."""
    handset = world.handset()
    buyers = [world.number(person) for person in line.buyers]
    span = 150 // len(line.lines)
    for turn, number in enumerate(line.lines):
        world.handset_of[number] = handset
        first = turn * span
        last = first + span - 1
        start = (START + timedelta(days=first)).date()
        world.timeline.add(
            Subscription(phone=number, person=-1, start=start, until=start + timedelta(days=span), top_up=line.hub.name)
        )
        for day in range(first, last, 3):
            at = START + timedelta(days=day, hours=world.dice.randint(9, 20), minutes=world.dice.randint(0, 59))
            broadcast(world, line=number, to=buyers, at=at, town=line.hub)
        for _ in range(span * 2):
            at = world.moment(first, last, hours=(8, 23))
            call(world, caller=world.dice.choice(buyers), called=number, at=at, town=line.market, seconds=25)
        for person in (line.elder, line.holder, line.driver):
            for _ in range(4):
                at = world.moment(first, last)
                call(world, caller=number, called=world.number(person), at=at, town=line.hub)


def _trip(world: World, line: Line, *, runner: int, leave: datetime) -> None:
    """A runner is driven to the market, goes missing, is seen there and is found out of force days later."""
    dice = world.dice
    drivers, stay = world.number(line.driver), timedelta(days=dice.randint(1, 3), hours=dice.randint(2, 9))
    phones = (drivers, world.number(runner)) if dice.random() < 0.8 else (drivers,)
    towns = (line.hub, line.market)
    arrive = travel(
        world,
        people=(line.driver, runner),
        vrm=line.vrm,
        phones=phones,
        towns=towns,
        depart=leave,
        stay=timedelta(minutes=35),
    )
    if len(phones) > 1:
        world.away[phones[1]].append((arrive, arrive, arrive + stay, line.market))
    back = arrive + timedelta(minutes=dice.randint(36, 55))
    travel(world, people=(line.driver,), vrm=line.vrm, phones=(drivers,), towns=towns[::-1], depart=back)
    _found(world, line, runner=runner, leave=leave, arrive=arrive, found_at=arrive + stay)


def _found(world: World, line: Line, *, runner: int, leave: datetime, arrive: datetime, found_at: datetime) -> None:
    dice = world.dice
    world.timeline.add(
        Episode(
            person=runner,
            force=line.hub.force,
            start=leave - timedelta(minutes=dice.randint(15, 120)),
            end=found_at,
            found=line.flat if dice.random() < 0.5 else world.place(line.market, "Railway station"),
            companion=world.name(line.driver) if dice.random() < 0.3 else "",
            care=dice.choice(("At home", "Looked after", "At home", "Supported lodgings")),
            note=dice.choice(("Says with friends, would not say where", "Found with cash and two phones", "Declined")),
        )
    )
    if dice.random() < 0.55:
        world.timeline.add(
            Stop(
                at=arrive + timedelta(hours=dice.randint(1, 14)),
                person=runner,
                place=world.place(line.market),
                vrm="",
                driver=False,
                grounds="Seen to hand over a small package, smell of cannabis",
                outcome="No further action",
            )
        )


def _trips(world: World, line: Line) -> None:
    """One trip at a time, each runner several times, and once the elder himself."""
    turns = [runner for runner in line.runners for _ in range(world.dice.randint(2, 4))]
    world.dice.shuffle(turns)
    gap = 138 / (len(turns) + 1)
    for turn, runner in enumerate(turns):
        day = int(8 + turn * gap)
        _trip(world, line, runner=runner, leave=world.moment(day, day, hours=(16, 22)))
    day = int(8 + len(turns) * gap)
    at, phones = world.moment(day, day, hours=(18, 20)), (world.number(line.driver), world.number(line.elder))
    people, towns = (line.driver, line.elder), (line.hub, line.market)
    arrive = travel(world, people=people, vrm=line.vrm, phones=phones, towns=towns, depart=at, stay=timedelta(hours=3))
    world.timeline.add(
        Stop(
            at=arrive + timedelta(hours=2),
            person=line.driver,
            place=world.place(line.market),
            vrm=line.vrm,
            driver=True,
            grounds="Vehicle out of area late at night",
            outcome="No further action",
        )
    )
    travel(world, people=people, vrm=line.vrm, phones=phones, towns=towns[::-1], depart=arrive + timedelta(hours=3))


def _records(world: World, line: Line) -> None:
    dice, add = world.dice, world.timeline.add
    eldest = max(line.runners, key=world.people.age)
    add(
        Arrest(
            at=world.moment(60, 130), person=eldest, place=line.flat, offence="Possess class A with intent to supply"
        )
    )
    add(
        Crime(
            at=world.moment(60, 130),
            place=line.flat,
            offence="Possession with intent to supply class A",
            category="Drug offences",
            victim=-1,
            suspect=eldest,
            text="Aged 17, found in a bedroom of another's flat with wraps and a phone with no contacts saved.",
        )
    )
    add(
        Tenancy(
            place=line.flat,
            tenant=line.occupant,
            landlord=-1,
            company="Borough homes",
            landlord_phone=-1,
            start=date(2021, 5, 3),
            until=None,
            note="Neighbours say many short visits at night; tenant not seen for weeks; blinds shut.",
        )
    )
    add(
        Referral(
            at=world.moment(100, 150),
            person=line.runners[0],
            responder="Local authority",
            kind="Criminal",
            county_lines=True,
            place=line.flat,
        )
    )
    make, model = dice.choice((("Vauxhall", "Corsa"), ("Volkswagen", "Golf"), ("Ford", "Fiesta")))
    add(
        Keepership(
            vrm=line.vrm,
            since=date(2026, 2, dice.randint(1, 25)),
            until=None,
            keeper=dice.choice((line.elder, line.driver)),
            make=make,
            model=model,
            colour=dice.choice(("Black", "Grey", "White")),
            vin="",
            insured=line.driver,
        )
    )


def _prison(world: World, line: Line) -> None:
    prison = world.dice.choice(("HMP Larkmoor", "HMP Saltfen", "HMP Brackenholt"))
    world.timeline.add(Stay(person=line.jailed, prison=prison, received=date(2025, 3, 11), released=None))
    for day in range(10, 140, 28):
        at = START + timedelta(days=day, hours=13)
        world.timeline.add(Visit(at=at, prison=prison, prisoner=line.jailed, visitor=line.elder, relation="Friend"))
    world.timeline.add(
        PrisonReport(
            at=world.moment(40, 120),
            prison=prison,
            grade="2CP",
            prisoner=line.jailed,
            outside=line.elder,
            phone=world.number(line.elder),
            text=f"Heard to tell an associate that the {line.brand} line is still running and the young ones owe him.",
        )
    )


def _reports(world: World, line: Line) -> None:
    """What is told of the line; its holder is named only in the second week."""
    _same_news(world, line)
    _local_news(world, line)
    report(
        world,
        force=line.hub.force,
        at=CUT + timedelta(days=2, hours=11),
        title=f"{line.brand} line: who holds it",
        items=[
            ("2BC", f"{world.name(line.holder)} holds the {line.brand} phone and sits with {world.name(line.elder)}."),
            ("2CP", "He changes the SIM after each arrest and texts the new number to all."),
        ],
        subjects=((line.holder, "Line holder"), (line.elder, "Organiser")),
        phones=(line.lines[-1], world.number(line.holder)),
    )


def _same_news(world: World, line: Line) -> None:
    """One report sent by three forces under one source reference, in nearly the same words."""
    hub, market = line.hub.force, line.market.force
    text = (
        f"A line known as {line.brand} sells crack and heroin in {line.market.name}. "
        f"The number is held in {line.hub.name} and youths travel up to sell from an address on {line.flat.line}."
    )
    at, source = world.moment(50, 110), f"ISR/{world.dice.randint(10_000, 99_999)}"
    for place, force in enumerate((hub, market, world.force(without=(hub, market)))):
        said = text if place < 2 else text.replace("sells", "is selling").replace("youths travel", "young males travel")
        report(
            world,
            force=force,
            at=at + timedelta(days=2 * place),
            title=f"{line.brand} line",
            source=source,
            items=[("2CP", said), ("2DC", "Source believes that the oldest youth keeps the phone at weekends.")],
            phones=(line.lines[0],),
            place=line.flat,
            happened=at - timedelta(days=1),
        )


def _local_news(world: World, line: Line) -> None:
    runner = line.runners[0]
    report(
        world,
        force=line.market.force,
        at=world.moment(60, 140),
        title="Cuckooed address",
        place=line.flat,
        items=[
            (
                "1AP",
                f"{world.name(line.occupant)} no longer has keys to the flat and was seen sleeping in the stairwell.",
            ),
            ("2CP", "Two or three youths with northern or southern accents stay at any time."),
        ],
        subjects=((line.occupant, "Vulnerable occupant"),),
    )
    report(
        world,
        force=line.hub.force,
        at=world.moment(60, 140),
        title="Vehicle used to move children",
        vrms=(line.vrm,),
        items=[
            ("2BP", f"{world.name(line.driver)} collects {world.name(runner)} from school in a small car."),
            ("E41", "Driver is paid 100 a trip."),
        ],
        subjects=((line.driver, "Driver"), (runner, "Child at risk")),
    )


def tell(world: World, group: str) -> Network:
    """Tell one county line."""
    line = _people(world, group)
    _deal_line(world, line)
    _trips(world, line)
    _records(world, line)
    _prison(world, line)
    _reports(world, line)
    circle = tuple(world.number(p) for p in (line.holder, line.elder, line.driver, line.jailed, *line.runners))
    chatter(world, phones=circle, town=line.hub, days=(3, 155), count=70)
    runner = line.runners[1]
    download(
        world,
        owner=runner,
        kind=KIND,
        peers=(line.elder,),
        circle=(line.runners[0], line.driver),
        town=line.market.name,
        taken=world.moment(140, 150),
        force=line.hub.force,
    )
    return Network(
        group=group,
        kind=KIND,
        force=line.hub.force,
        known_person=line.runners[0],
        known_phone=line.lines[0],
        known_vrm=line.vrm,
    )
