"""Adults exploited through adverts: one phone on many adverts, women moved from town to town, pop-up addresses."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from toex.synthetic.journeys import call, chatter, report, travel
from toex.synthetic.lives import Account, Advert, Keepership, Payment, Referral, Subscription, Tenancy
from toex.synthetic.places import Place, Town
from toex.synthetic.stories import Network
from toex.synthetic.stories.threads import download
from toex.synthetic.world import CUT, START, World

KIND = "adverts"
WORKING = ("Bianca", "Lola", "Jessy", "Carla", "Mia", "Kim", "Anya", "Sofia", "Ruby", "Coco")
BODIES = (
    "New in town for a few days only, call now, no text, no withheld",
    "Sweet and friendly, incall only, discreet place near the centre",
    "First time in {town}, here until Sunday, all services, open late",
)


@dataclass(slots=True)
class House:
    """The people, places and things of one such group."""

    group: str
    heritage: str
    towns: list[Town]
    controller: int
    driver: int
    money: int
    women: list[int]
    phones: list[int]
    vrm: str
    flats: list[Place]


def _people(world: World, group: str) -> House:
    dice = world.dice
    heritage = dice.choice(("portuguese", "portuguese", "romanian", "east_asian"))
    towns = dice.sample(list(world.where.towns), dice.randint(4, 6))
    house = House(
        group=group,
        heritage=heritage,
        towns=towns,
        controller=world.cast(heritage=heritage, ages=(28, 50), town=towns[0], records=3),
        driver=world.cast(
            heritage=dice.choice((heritage, "british")), sex="M", ages=(24, 50), town=towns[0], records=2
        ),
        money=world.cast(heritage=heritage, ages=(25, 50), town=towns[0], records=1),
        women=[
            world.cast(heritage=tongue, sex="F", ages=(19, 34), town=towns[0], records=1)
            for tongue in ["portuguese"] + [heritage] * dice.randint(3, 6)
        ],
        phones=[world.phone() for _ in range(dice.randint(1, 2))],
        vrm=world.plate(),
        flats=[world.place(town) for town in towns],
    )
    world.role(group, kind=KIND, person=house.controller, role="controller")
    world.role(group, kind=KIND, person=house.driver, role="transporter")
    world.role(group, kind=KIND, person=house.money, role="money handler")
    for person in house.women:
        world.role(group, kind=KIND, person=person, role="exploited adult", risk="advertised by others, moved, in debt")
    world.role(
        group,
        kind=KIND,
        person=house.women[-1],
        role="house keeper",
        risk="made to watch the others: victim and suspect at once",
    )
    return house


def _advertise(world: World, house: House, *, town: Town, at: datetime, women: list[int]) -> None:
    for woman in women:
        name = world.dice.choice(WORKING)
        world.timeline.add(
            Advert(
                at=at + timedelta(minutes=world.dice.randint(0, 240)),
                town=town.name,
                area=town.outcodes[0],
                phone=world.dice.choice(house.phones),
                name=name,
                person=woman,
                price=world.dice.choice((60, 70, 80)),
                age=max(20, world.people.age(woman) - world.dice.randint(0, 5)),
                nationality=str(world.people.nationality[woman]),
                body=world.dice.choice(BODIES).format(town=town.name),
                image=f"{woman * 2_654_435_761 % 2**32:08x}",
            )
        )


def _tour(world: World, house: House) -> None:
    """Every ten days to two weeks the women are driven to the next town, and the adverts follow them."""
    at = START + timedelta(days=4, hours=20)
    for turn in range(11):
        here, there = house.towns[turn % len(house.towns)], house.towns[(turn + 1) % len(house.towns)]
        women = world.dice.sample(house.women, min(3, len(house.women)))
        phones = (world.number(house.driver), *house.phones[:1], *(world.number(w) for w in women[:1]))
        arrive = travel(
            world, people=(house.driver, *women), vrm=house.vrm, phones=phones, towns=(here, there), depart=at
        )
        _advertise(world, house, town=there, at=arrive + timedelta(hours=1), women=women)
        for _ in range(14):
            ring = arrive + timedelta(hours=world.dice.randint(2, 200))
            buyer = world.dice.randrange(1000, 90_000)
            call(
                world,
                caller=buyer,
                called=world.dice.choice(house.phones),
                at=ring,
                town=there,
                seconds=world.dice.randint(20, 90),
            )
        at = arrive + timedelta(days=world.dice.randint(10, 14))


def _money(world: World, house: House) -> None:
    own, card = world.account(), world.account()
    world.timeline.add(Account(number=own, holder=house.money, opened=date(2025, 7, 1)))
    world.timeline.add(Account(number=card, holder=house.women[0], opened=date(2026, 3, 1)))
    for week in range(2, 22):
        at = START + timedelta(days=7 * week, hours=10)
        amount = world.dice.randint(60, 180) * 1000
        town = house.towns[week % len(house.towns)].name.upper()
        world.timeline.add(
            Payment(at=at, payer=-1, payee=own, pence=amount, kind="CASH", reference="", elsewhere=f"PAID IN {town}")
        )
        world.timeline.add(
            Payment(
                at=at + timedelta(hours=5),
                payer=own,
                payee=-1,
                pence=9_000,
                kind="CARD",
                reference="ADVERT CREDIT",
                elsewhere="ADSITE ONLINE",
            )
        )
        world.timeline.add(
            Payment(
                at=at + timedelta(hours=26),
                payer=own,
                payee=-1,
                pence=amount // 2,
                kind="REMIT",
                reference=world.name(house.controller),
                elsewhere="MONEY TRANSFER ABROAD",
            )
        )


def _records(world: World, house: House) -> None:
    add = world.timeline.add
    for flat in house.flats:
        add(
            Tenancy(
                place=flat,
                tenant=house.controller if world.dice.random() < 0.4 else house.money,
                landlord=-1,
                company="Shortlet Homes",
                landlord_phone=-1,
                start=date(2026, 4, world.dice.randint(1, 28)),
                until=date(2026, 9, 30),
                note="Short let, paid up front",
            )
        )
    add(
        Keepership(
            vrm=house.vrm,
            since=date(2025, 12, 9),
            until=None,
            keeper=house.driver,
            make="Skoda",
            model="Octavia",
            colour="Grey",
            vin="",
            insured=house.driver,
        )
    )
    for phone in house.phones:
        add(
            Subscription(
                phone=phone, person=house.money, start=date(2026, 2, 1), until=None, top_up=house.towns[0].name
            )
        )
    add(
        Referral(
            at=world.moment(130, 156),
            person=house.women[0],
            responder="Police",
            kind="Sexual",
            county_lines=False,
            place=house.flats[1],
        )
    )


def _reports(world: World, house: House) -> None:
    one, two = house.towns[0], house.towns[1]
    report(
        world,
        force=one.force,
        at=world.moment(30, 90),
        title="Pop-up brothel",
        place=house.flats[0],
        phones=tuple(house.phones[:1]),
        items=[
            ("2BP", "Men come and go at all hours; women change every fortnight."),
            ("2CP", "A grey saloon brings them."),
        ],
        vrms=(house.vrm,),
    )
    report(
        world,
        force=two.force,
        at=world.moment(60, 140),
        title="Woman says she is in debt",
        place=house.flats[1],
        items=[
            ("1BC", f"{world.name(house.women[0])} said she owes for her flight, room and adverts and may not leave."),
            ("2DP", "She was told what to say to police."),
        ],
        subjects=((house.women[0], "Possible victim"),),
    )
    report(
        world,
        force=one.force,
        at=CUT + timedelta(days=2, hours=15),
        title="Who places the adverts",
        items=[
            (
                "1BP",
                f"{world.name(house.controller)} places the adverts and answers; {world.name(house.driver)} drives.",
            )
        ],
        subjects=((house.controller, "Controller"), (house.driver, "Driver")),
        phones=(world.number(house.controller), *house.phones),
    )


def tell(world: World, group: str) -> Network:
    """Tell one group that exploits adults through adverts."""
    house = _people(world, group)
    _tour(world, house)
    _money(world, house)
    _records(world, house)
    _reports(world, house)
    circle = (house.controller, house.driver, house.money, *house.women)
    chatter(world, phones=tuple(world.number(p) for p in circle), town=house.towns[0], days=(2, 155), count=60)
    download(
        world,
        owner=house.women[0],
        kind=KIND,
        peers=(house.controller,),
        circle=(house.driver, *house.women[1:3]),
        town=house.towns[1].name,
        taken=world.moment(145, 156),
        force=house.towns[1].force,
    )
    return Network(
        group=group,
        kind=KIND,
        force=house.towns[0].force,
        known_person=house.women[0],
        known_phone=house.phones[0],
        known_vrm=house.vrm,
    )
