"""A labour-exploitation group: recruiter abroad, transporter, gangmaster, landlord, payroll and wage collector."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from toex.synthetic.journeys import call_abroad, chatter, report, travel
from toex.synthetic.lives import Account, Crime, Keepership, Payment, Referral, Stop, Subscription, Tenancy, Work
from toex.synthetic.places import Place, Town
from toex.synthetic.stories import Network
from toex.synthetic.stories.threads import download
from toex.synthetic.world import CUT, START, World

KIND = "labour"
SITES = ("Marlow Poultry", "Fernacre Salads", "Quarrydene Recycling", "Eskmoor Packing", "Sandpiper Car Wash")
AGENCIES = ("Brightway Labour", "Tansley Staffing", "Northfold Recruitment")


@dataclass(slots=True)
class Gang:
    """The people, places and things of one labour group."""

    group: str
    heritage: str
    town: Town
    port: Town
    site: str
    agency: str
    gangmaster: int
    recruiter: int
    transporter: int
    landlord: int
    collector: int
    workers: list[int]
    house: Place
    vrm: str
    contact: int
    abroad: str


def _people(world: World, group: str) -> Gang:
    dice = world.dice
    heritage = dice.choice(("romanian", "romanian", "east_european", "portuguese"))
    town = world.town(without="42")
    house = world.place(town)
    tongues = ["romanian"] + [heritage] * dice.randint(8, 15)
    workers = [world.cast(heritage=tongue, sex=dice.choice("MMMF"), ages=(19, 48), town=town) for tongue in tongues]
    for person in workers:
        world.move(person, house)
    gang = Gang(
        group=group,
        heritage=heritage,
        town=town,
        port=world.town(force="42"),
        site=dice.choice(SITES),
        agency=dice.choice(AGENCIES),
        gangmaster=world.cast(heritage=heritage, sex="M", ages=(32, 50), town=town, records=3),
        recruiter=world.cast(heritage="romanian", ages=(28, 50), town=town, records=1),
        transporter=world.cast(heritage=heritage, sex="M", ages=(28, 50), town=town, records=2),
        landlord=world.cast(heritage=dice.choice(("british", "south_asian")), ages=(40, 65), town=town, records=2),
        collector=world.cast(heritage=heritage, ages=(25, 45), town=town, records=2),
        workers=workers,
        house=house,
        vrm=world.plate(),
        contact=world.phone(),
        abroad=f"40700{dice.randint(100_000, 999_999)}",
    )
    for person, role in (
        (gang.gangmaster, "gangmaster"),
        (gang.recruiter, "recruiter abroad"),
        (gang.transporter, "transporter"),
        (gang.landlord, "landlord"),
        (gang.collector, "wage collector"),
    ):
        world.role(group, kind=KIND, person=person, role=role)
    for person in workers:
        world.role(
            group, kind=KIND, person=person, role="exploited worker", risk="wages taken, documents held, crowded house"
        )
    world.role(
        group,
        kind=KIND,
        person=workers[-1],
        role="house enforcer",
        risk="worker set over the others: victim and suspect at once",
    )
    return gang


def _work(world: World, gang: Gang) -> dict[int, int]:
    """Everybody on one payroll, one address and one telephone; give each worker's account."""
    accounts = {}
    for person in gang.workers:
        number = world.account()
        accounts[person] = number
        start = date(2026, 4, 2) + timedelta(days=world.dice.randint(0, 60))
        world.timeline.add(Account(number=number, holder=person, opened=start + timedelta(days=5)))
        world.timeline.add(
            Work(
                person=person,
                site=gang.site,
                agency=gang.agency,
                job="Line operative",
                start=start,
                leave=None,
                account=number,
                phone=gang.contact,
                address=gang.house,
                pence=world.dice.randint(34_000, 46_000),
            )
        )
    return accounts


def _money(world: World, gang: Gang, accounts: dict[int, int]) -> None:
    """Wages come in on Friday and leave within hours, to the collector or at one cash machine; he pays those above."""
    sink, top = world.account(), world.account()
    world.timeline.add(Account(number=sink, holder=gang.collector, opened=date(2025, 11, 3)))
    world.timeline.add(Account(number=top, holder=gang.gangmaster, opened=date(2024, 2, 8), kind="business"))
    machine = f"CASH {gang.town.name.upper()} HIGH ST"
    for week in range(10, 23):
        friday = START + timedelta(days=7 * week + 2, hours=6)
        swept = 0
        for account in accounts.values():
            wage = world.dice.randint(34_000, 46_000)
            world.timeline.add(
                Payment(
                    at=friday,
                    payer=-1,
                    payee=account,
                    pence=wage,
                    kind="BACS",
                    reference="WAGES",
                    elsewhere=gang.agency,
                )
            )
            swept += _sweep(world, account=account, sink=sink, wage=wage, at=friday, machine=machine)
        at = friday + timedelta(hours=world.dice.randint(9, 30))
        world.timeline.add(Payment(at=at, payer=sink, payee=top, pence=int(swept * 0.8), kind="FPO", reference="van"))


def _sweep(world: World, *, account: int, sink: int, wage: int, at: datetime, machine: str) -> int:
    taken = wage - world.dice.randint(2_000, 4_000)
    later = at + timedelta(minutes=world.dice.randint(20, 240))
    if world.dice.random() < 0.75:
        word = world.dice.choice(("rent", "chirie", "loan", "food"))
        world.timeline.add(Payment(at=later, payer=account, payee=sink, pence=taken, kind="FPO", reference=word))
        return taken
    cash = taken // 1000 * 1000
    world.timeline.add(
        Payment(at=later, payer=account, payee=-1, pence=cash, kind="ATM", reference="", elsewhere=machine)
    )
    return 0


def _roads(world: World, gang: Gang) -> None:
    for day in range(5, 140, 27):
        riders = tuple(world.dice.sample(gang.workers, 3))
        at, phones = START + timedelta(days=day, hours=world.dice.randint(3, 6)), (world.number(gang.transporter),)
        evening = at - timedelta(hours=10)
        travel(
            world,
            people=(gang.transporter,),
            vrm=gang.vrm,
            phones=phones,
            towns=(gang.town, gang.port),
            depart=evening,
            stay=timedelta(hours=9),
        )
        arrive = travel(
            world,
            people=(gang.transporter, *riders),
            vrm=gang.vrm,
            phones=phones,
            towns=(gang.port, gang.town),
            depart=at,
        )
        if day == 59:
            world.timeline.add(
                Stop(
                    at=arrive + timedelta(minutes=12),
                    person=gang.transporter,
                    place=world.place(gang.town),
                    vrm=gang.vrm,
                    driver=True,
                    grounds="Nine people in a seven-seat van",
                    outcome="Traffic offence report",
                )
            )
            for rider in riders[:2]:
                world.timeline.add(
                    Stop(
                        at=arrive + timedelta(minutes=15),
                        person=rider,
                        place=world.place(gang.town),
                        vrm=gang.vrm,
                        driver=False,
                        grounds="Passenger of stopped van",
                        outcome="No further action",
                    )
                )
    for _ in range(24):
        at = world.moment(2, 150)
        call_abroad(world, caller=world.number(gang.gangmaster), called=gang.abroad, at=at, town=gang.town)


def _records(world: World, gang: Gang) -> None:
    add = world.timeline.add
    add(
        Tenancy(
            place=gang.house,
            tenant=gang.collector,
            landlord=gang.landlord,
            company="",
            landlord_phone=world.number(gang.landlord),
            start=date(2025, 10, 1),
            until=None,
            occupants=tuple(gang.workers[:3]),
            licence="",
            note="Three-bed let; mattresses in every room; rent paid in cash.",
        )
    )
    add(
        Subscription(
            phone=gang.contact, person=gang.collector, start=date(2025, 9, 1), until=None, top_up=gang.town.name
        )
    )
    add(
        Keepership(
            vrm=gang.vrm,
            since=date(2025, 8, 14),
            until=None,
            keeper=gang.transporter,
            make="Ford",
            model="Transit",
            colour="White",
            vin="",
            insured=gang.transporter,
        )
    )
    add(
        Referral(
            at=world.moment(120, 155),
            person=gang.workers[0],
            responder="Police",
            kind="Labour",
            county_lines=False,
            place=gang.house,
        )
    )
    add(
        Crime(
            at=world.moment(90, 140),
            place=gang.house,
            offence="Assault occasioning actual bodily harm",
            category="Violence against the person",
            victim=gang.workers[1],
            suspect=gang.workers[-1],
            text="Victim says he was hit for asking about his bank card. Would not support.",
        )
    )


def _reports(world: World, gang: Gang) -> None:
    force = gang.town.force
    report(
        world,
        force=force,
        at=world.moment(40, 110),
        title="Overcrowded house",
        place=gang.house,
        vrms=(gang.vrm,),
        items=[
            (
                "2BP",
                f"Ten or more men leave {gang.house.line} before five each morning in a van, back after dark.",
            ),
            ("2DP", "They are said to work at a food plant and not to hold their own bank cards."),
        ],
    )
    report(
        world,
        force=force,
        at=world.moment(70, 140),
        title="Worker asks for help",
        phones=(gang.contact,),
        items=[
            ("1BC", f"A worker said that {world.name(gang.gangmaster)} keeps the identity cards of all in the house."),
            ("1CC", f"{world.name(gang.landlord)} is paid for each mattress."),
        ],
        subjects=((gang.gangmaster, "Suspected gangmaster"), (gang.landlord, "Landlord")),
    )
    report(
        world,
        force="42",
        at=CUT + timedelta(days=3, hours=9),
        title="Port enquiry",
        vrms=(gang.vrm,),
        items=[
            (
                "1AP",
                f"{world.name(gang.recruiter)} met the van at {gang.port.name} and took a folder of identity cards.",
            ),
            ("2CP", "Recruits through an advert abroad and takes 600 for the journey."),
        ],
        subjects=((gang.recruiter, "Recruiter"), (gang.transporter, "Transporter")),
        phones=(world.number(gang.recruiter),),
    )


def tell(world: World, group: str) -> Network:
    """Tell one labour-exploitation group."""
    gang = _people(world, group)
    _money(world, gang, _work(world, gang))
    _roads(world, gang)
    _records(world, gang)
    _reports(world, gang)
    chiefs = (gang.gangmaster, gang.recruiter, gang.transporter, gang.landlord, gang.collector)
    chatter(world, phones=(*(world.number(p) for p in chiefs), gang.contact), town=gang.town, days=(2, 155), count=60)
    download(
        world,
        owner=gang.workers[0],
        kind=KIND,
        peers=(gang.recruiter,),
        circle=(gang.gangmaster, *gang.workers[1:4]),
        town=gang.town.name,
        taken=world.moment(140, 152),
        force=gang.town.force,
    )
    return Network(
        group=group,
        kind=KIND,
        force=gang.town.force,
        known_person=gang.workers[1],
        known_phone=gang.contact,
        known_vrm=gang.vrm,
    )
