"""A group that exploits children: a shared phone, a hotel, a taxi, missing episodes that fall on the same nights."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from toex.synthetic.journeys import call, chatter, report, travel
from toex.synthetic.lives import Crime, Episode, Keepership, Referral, Stop, Subscription
from toex.synthetic.places import Place, Town
from toex.synthetic.stories import Network
from toex.synthetic.stories.threads import download
from toex.synthetic.world import CUT, World

KIND = "children"
HOTELS = ("Ropewalk Lodge", "Viaduct Inn", "Estuary House Hotel", "Turntable Rooms")


@dataclass(slots=True)
class Ring:
    """The people, places and things of one such group."""

    group: str
    town: Town
    away: Town
    men: list[int]
    taxi: int
    children: list[int]
    hotel: Place
    phone: int
    vrm: str


def _people(world: World, group: str) -> Ring:
    dice = world.dice
    town = world.town()
    heritage = dice.choice(("british", "british", "south_asian", "romanian", "african"))
    ring = Ring(
        group=group,
        town=town,
        away=dice.choice([t for t in world.where.in_force(town.force) if t != town]),
        men=[
            world.cast(heritage=heritage, sex="M", ages=(22, 45), town=town, records=2)
            for _ in range(dice.randint(3, 5))
        ],
        taxi=world.cast(heritage=dice.choice((heritage, "british")), sex="M", ages=(28, 55), town=town, records=2),
        children=[
            world.cast(
                heritage=dice.choice(("british", "british", "african")),
                sex=dice.choice("FFFM"),
                ages=(12, 16),
                town=town,
            )
            for _ in range(dice.randint(3, 6))
        ],
        hotel=world.place(town, dice.choice(HOTELS)),
        phone=world.phone(),
        vrm=world.plate(),
    )
    for place, person in enumerate(ring.men):
        world.role(group, kind=KIND, person=person, role="groomer" if place == 0 else "offender")
    world.role(group, kind=KIND, person=ring.taxi, role="taxi driver")
    for person in ring.children:
        world.role(
            group,
            kind=KIND,
            person=person,
            role="exploited child",
            risk="missing on the same nights, hotel, gifts, older men",
        )
    world.role(
        group,
        kind=KIND,
        person=ring.children[0],
        role="peer recruiter",
        risk="child who brings others: victim and suspect at once",
    )
    return ring


def _night(world: World, ring: Ring, evening: datetime) -> None:
    """One night: two or three children go missing within the hour, are taxied, and are found in the morning."""
    dice = world.dice
    group = dice.sample(ring.children, min(len(ring.children), dice.randint(2, 3)))
    man = dice.choice(ring.men)
    for child in group:
        call(
            world,
            caller=ring.phone,
            called=world.number(child),
            at=evening - timedelta(minutes=dice.randint(20, 90)),
            town=ring.town,
        )
    phones = (world.number(ring.taxi), *(world.number(child) for child in group))
    arrive = travel(
        world,
        people=(ring.taxi, *group),
        vrm=ring.vrm,
        phones=phones,
        towns=(ring.away, ring.town),
        depart=evening,
        stay=timedelta(hours=7),
    )
    call(world, caller=ring.phone, called=world.number(ring.taxi), at=arrive + timedelta(minutes=3), town=ring.town)
    end = arrive + timedelta(hours=dice.randint(7, 13))
    for child in group:
        world.timeline.add(
            Episode(
                person=child,
                force=ring.town.force,
                start=evening - timedelta(minutes=dice.randint(5, 40)),
                end=end + timedelta(minutes=dice.randint(0, 90)),
                found=ring.hotel if dice.random() < 0.4 else world.place(ring.town),
                companion=world.name(group[0]) if child != group[0] else "",
                care=dice.choice(("At home", "Looked after")),
                note=dice.choice(
                    ("Smelt of alcohol, new phone", "Says older boyfriend", "Would not talk", "Dropped off by a taxi")
                ),
            )
        )
    if dice.random() < 0.35:
        world.timeline.add(
            Stop(
                at=arrive + timedelta(minutes=25),
                person=man,
                place=ring.hotel,
                vrm="",
                driver=False,
                grounds="With a girl who gave a false age outside a hotel",
                outcome="Words of advice",
            )
        )


def _records(world: World, ring: Ring) -> None:
    add, child, man = world.timeline.add, ring.children[1], ring.men[0]
    add(
        Crime(
            at=world.moment(80, 140),
            place=ring.hotel,
            offence="Sexual activity with a child",
            category="Sexual offences",
            victim=child,
            suspect=man,
            text="Reported by a youth worker. Child names a nickname only; hotel room booked in cash.",
        )
    )
    add(
        Crime(
            at=world.moment(20, 80),
            place=ring.hotel,
            offence="Supplying alcohol to a child",
            category="Miscellaneous",
            victim=ring.children[0],
            suspect=-1,
            text="Hotel staff called; males made off in a private hire car.",
            vrm=ring.vrm,
        )
    )
    add(
        Keepership(
            vrm=ring.vrm,
            since=date(2024, 6, 1),
            until=None,
            keeper=ring.taxi,
            make="Toyota",
            model="Prius",
            colour="Silver",
            vin="",
            insured=ring.taxi,
            marker="Private hire",
        )
    )
    add(Subscription(phone=ring.phone, person=-1, start=date(2026, 3, 20), until=None, top_up=ring.town.name))
    add(
        Referral(
            at=world.moment(110, 155),
            person=child,
            responder="Local authority",
            kind="Sexual",
            county_lines=False,
            place=ring.hotel,
        )
    )


def _reports(world: World, ring: Ring) -> None:
    force, child = ring.town.force, ring.children[1]
    report(
        world,
        force=force,
        at=world.moment(30, 100),
        title="Girls at hotel",
        place=ring.hotel,
        vrms=(ring.vrm,),
        items=[
            ("2BP", "Young girls are brought by taxi on weekday evenings and collected before breakfast."),
            ("2CP", "Room is paid for in cash by a man who says he is their uncle."),
        ],
    )
    report(
        world,
        force=force,
        at=world.moment(50, 130),
        title="Child given a phone",
        phones=(ring.phone,),
        items=[
            ("1AC", f"{world.name(child)} has a second phone; one number rings it each time before she goes missing."),
            ("E41", "The man is called by a nickname only."),
        ],
        subjects=((child, "Child at risk"),),
    )
    report(
        world,
        force=force,
        at=CUT + timedelta(days=1, hours=10),
        title="Who books the rooms",
        items=[
            ("1BP", f"{world.name(ring.men[0])} books the rooms and {world.name(ring.taxi)} drives."),
            ("2CC", f"{world.name(ring.men[1])} is often with them."),
        ],
        subjects=((ring.men[0], "Suspect"), (ring.men[1], "Suspect")),
        phones=(ring.phone,),
        place=ring.hotel,
    )


def tell(world: World, group: str) -> Network:
    """Tell one group that exploits children."""
    ring = _people(world, group)
    for day in sorted(world.dice.sample(range(5, 150, 2), world.dice.randint(7, 11))):
        _night(world, ring, world.moment(day, day, hours=(18, 21)))
    _records(world, ring)
    _reports(world, ring)
    men = tuple(world.number(man) for man in (*ring.men, ring.taxi))
    chatter(world, phones=(*men, ring.phone), town=ring.town, days=(2, 155), count=60)
    download(
        world,
        owner=ring.children[1],
        kind=KIND,
        peers=(ring.children[0],),
        circle=(ring.men[0],),
        town=ring.town.name,
        taken=world.moment(140, 152),
        force=ring.town.force,
    )
    return Network(
        group=group,
        kind=KIND,
        force=ring.town.force,
        known_person=ring.children[1],
        known_phone=ring.phone,
        known_vrm=ring.vrm,
    )
