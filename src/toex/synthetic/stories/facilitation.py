"""Facilitation by small boat or lorry that turns into trafficking by debt: locked houses where plants are tended."""

from dataclasses import dataclass
from datetime import date, timedelta

from toex.synthetic.journeys import call, call_abroad, chatter, report, travel
from toex.synthetic.lives import Arrest, Crime, Keepership, Referral, Stop, Subscription, Tenancy
from toex.synthetic.places import Place, Town
from toex.synthetic.stories import Network
from toex.synthetic.stories.threads import download
from toex.synthetic.world import CUT, START, World

KIND = "facilitation"


@dataclass(slots=True)
class Route:
    """The people, places and things of one facilitation group."""

    group: str
    method: str
    port: Town
    inland: Town
    organiser: int
    skipper: int
    collector: int
    keeper: int
    carried: list[int]
    tied: list[int]
    grow: Place
    vrm: str
    false_name: int
    abroad: str


def _people(world: World, group: str) -> Route:
    dice = world.dice
    method = dice.choice(("small boat", "lorry"))
    heritage = dice.choice(("albanian", "albanian", "east_asian"))
    port, inland = world.town(force="42"), world.town(without="42")
    tongues = ["albanian"] + [dice.choice((heritage, "african")) for _ in range(dice.randint(5, 8))]
    carried = [world.cast(heritage=tongue, ages=(17, 38), town=inland, records=1) for tongue in tongues]
    tied = carried[: dice.randint(2, 4)]
    grow = world.place(inland)
    for person in tied:
        world.move(person, grow)
    route = Route(
        group=group,
        method=method,
        port=port,
        inland=inland,
        organiser=world.cast(heritage=heritage, sex="M", ages=(28, 48), town=inland, records=3),
        skipper=world.cast(heritage=dice.choice(("british", heritage)), sex="M", ages=(24, 55), town=port, records=2),
        collector=world.cast(heritage=heritage, sex="M", ages=(22, 40), town=inland, records=2),
        keeper=world.cast(heritage=heritage, ages=(25, 50), town=inland, records=2),
        carried=carried,
        tied=tied,
        grow=grow,
        vrm=world.plate(),
        false_name=world.cast(heritage=heritage, sex="M", ages=(20, 35), town=inland, records=2),
        abroad=f"355690{dice.randint(100_000, 999_999)}",
    )
    for person, role in (
        (route.organiser, "organiser"),
        (route.collector, "debt collector"),
        (route.keeper, "house keeper"),
        (route.skipper, "boat handler" if method == "small boat" else "lorry driver"),
    ):
        world.role(group, kind=KIND, person=person, role=role)
    for person in carried:
        risk = "works off the journey behind a locked door" if person in tied else ""
        world.role(group, kind=KIND, person=person, role="gardener in debt" if risk else "carried person", risk=risk)
    return route


def _landings(world: World, route: Route) -> None:
    for day in range(6, 150, 24):
        landed = START + timedelta(days=day, hours=world.dice.randint(1, 4))
        call_abroad(
            world,
            caller=world.number(route.organiser),
            called=route.abroad,
            at=landed - timedelta(hours=3),
            town=route.inland,
        )
        call(
            world,
            caller=world.number(route.skipper),
            called=world.number(route.collector),
            at=landed,
            town=route.port,
            kind="sms",
        )
        riders = tuple(world.dice.sample(route.carried, 3))
        phones = (world.number(route.collector), world.number(riders[0]))
        travel(
            world,
            people=(route.collector,),
            vrm=route.vrm,
            phones=phones[:1],
            towns=(route.inland, route.port),
            depart=landed - timedelta(hours=8),
            stay=timedelta(hours=4),
        )
        arrive = travel(
            world,
            people=(route.collector, *riders),
            vrm=route.vrm,
            phones=phones,
            towns=(route.port, route.inland),
            depart=landed + timedelta(minutes=50),
        )
        call(
            world,
            caller=world.number(route.collector),
            called=world.number(route.organiser),
            at=arrive,
            town=route.inland,
        )
    world.timeline.add(
        Stop(
            at=landed + timedelta(minutes=20),
            person=route.collector,
            place=world.place(route.port),
            vrm=route.vrm,
            driver=True,
            grounds="Vehicle waiting near a beach at night"
            if route.method == "small boat"
            else "Vehicle waiting in lorry park at night",
            outcome="No further action",
        )
    )


def _records(world: World, route: Route) -> None:
    add, tied = world.timeline.add, route.tied[0]
    raid = world.moment(110, 145)
    add(Arrest(at=raid, person=tied, place=route.grow, offence="Production of cannabis"))
    add(
        Crime(
            at=raid,
            place=route.grow,
            offence="Cultivation of cannabis",
            category="Drug offences",
            victim=-1,
            suspect=tied,
            text="Door fixed shut from outside. One person asleep beside the plants; no phone, no money, food in bulk.",
        )
    )
    add(
        Crime(
            at=world.moment(60, 130),
            place=world.place(route.port),
            offence="Assisting unlawful immigration",
            category="Miscellaneous",
            victim=-1,
            suspect=route.skipper,
            text="Landing found; engine and life jackets left.",
        )
    )
    add(
        Referral(
            at=raid + timedelta(days=4),
            person=tied,
            responder="Home Office",
            kind="Criminal",
            county_lines=False,
            place=route.grow,
        )
    )


def _holdings(world: World, route: Route) -> None:
    add = world.timeline.add
    add(
        Tenancy(
            place=route.grow,
            tenant=route.keeper,
            landlord=-1,
            company="Holme Lets",
            landlord_phone=-1,
            start=date(2026, 1, 12),
            until=None,
            note="Six months' rent in cash; meter by-passed",
        )
    )
    add(
        Keepership(
            vrm=route.vrm,
            since=date(2025, 10, 2),
            until=None,
            keeper=route.keeper,
            make="Mercedes",
            model="Vito",
            colour="Black",
            vin="",
            insured=route.collector,
        )
    )
    add(
        Subscription(
            phone=world.number(route.collector),
            person=route.false_name,
            start=date(2026, 1, 9),
            until=None,
            top_up=route.inland.name,
        )
    )


def _reports(world: World, route: Route) -> None:
    report(
        world,
        force="42",
        at=world.moment(20, 90),
        title=f"Landing by {route.method}",
        vrms=(route.vrm,),
        items=[
            ("2BP", "A dark van collected five people before dawn and went north."),
            ("2DP", "Price is four thousand, half after arrival."),
        ],
    )
    report(
        world,
        force=route.inland.force,
        at=world.moment(80, 140),
        title="House never opens",
        place=route.grow,
        items=[
            ("2CP", "Strong smell, windows covered, one man brings food twice a week."),
            ("2CP", f"The man is {world.name(route.collector)}."),
        ],
        subjects=((route.collector, "Visitor"),),
    )
    report(
        world,
        force=route.inland.force,
        at=CUT + timedelta(days=4, hours=12),
        title="Debt after arrival",
        items=[
            (
                "1BC",
                f"{world.name(route.tied[0])} came by {route.method} and must work for {world.name(route.organiser)}.",
            ),
            ("1CC", "The time was made longer twice."),
        ],
        subjects=((route.tied[0], "Possible victim"), (route.organiser, "Organiser")),
        phones=(world.number(route.organiser),),
    )


def tell(world: World, group: str) -> Network:
    """Tell one facilitation group."""
    route = _people(world, group)
    _landings(world, route)
    _records(world, route)
    _holdings(world, route)
    _reports(world, route)
    chiefs = (route.organiser, route.skipper, route.collector, route.keeper)
    chatter(
        world, phones=tuple(world.number(p) for p in (*chiefs, *route.tied)), town=route.inland, days=(2, 155), count=60
    )
    download(
        world,
        owner=route.tied[0],
        kind=KIND,
        peers=(route.organiser, route.collector),
        circle=tuple(route.tied[1:]),
        town=route.inland.name,
        taken=world.moment(146, 156),
        force=route.inland.force,
    )
    return Network(
        group=group,
        kind=KIND,
        force=route.inland.force,
        known_person=route.tied[0],
        known_phone=world.number(route.collector),
        known_vrm=route.vrm,
    )
