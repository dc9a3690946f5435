"""Everybody else's ordinary events, so that the stories are needles and not the whole stack."""

from datetime import date, timedelta

from toex.synthetic.journeys import call, report, session
from toex.synthetic.lives import (
    Account,
    Advert,
    Arrest,
    Crime,
    Episode,
    Keepership,
    Payment,
    PrisonReport,
    Read,
    Referral,
    Stay,
    Stop,
    Subscription,
    Tenancy,
    Visit,
    Work,
)
from toex.synthetic.numbers import plate
from toex.synthetic.places import Town
from toex.synthetic.routes import road, town_mast
from toex.synthetic.world import START, World

OFFENCES = (
    ("Theft from a motor vehicle", "Theft"),
    ("Burglary", "Burglary"),
    ("Common assault", "Violence against the person"),
    ("Criminal damage", "Damage"),
    ("Possession of cannabis", "Drug offences"),
    ("Shoplifting", "Theft"),
    ("Harassment", "Violence against the person"),
    ("Drink driving", "Other"),
    ("Fraud by false representation", "Fraud"),
)
CARS = (
    ("Ford", "Focus"),
    ("Vauxhall", "Astra"),
    ("Nissan", "Qashqai"),
    ("Toyota", "Yaris"),
    ("BMW", "118"),
    ("Ford", "Transit"),
    ("Kia", "Rio"),
)
COLOURS = ("Black", "White", "Silver", "Grey", "Blue", "Red")
PRISONS = ("HMP Larkmoor", "HMP Saltfen", "HMP Brackenholt", "HMYOI Thistledown")
GOSSIP = (
    ("2CP", "{name} is selling small amounts of cannabis from the home address."),
    ("2BP", "{name} was seen driving while disqualified."),
    ("1AP", "{name} has moved in with a partner at {place}."),
    ("3DP", "{name} is said to carry a knife."),
    ("E41", "{name} boasts of stealing tools from vans."),
    ("B21", "{name} drinks daily in the park and argues with others."),
    ("2CP", "{name} handles stolen bicycles from {place}."),
    ("2DC", "{name} is owed money by several young men."),
    ("1BP", "{name} cares for an elderly parent; many visitors are nurses."),
)


def _someone(world: World, *, youngest: int = 10, oldest: int = 90) -> int:
    """Pick an ordinary person, no one of a story."""
    while True:
        person = world.dice.randrange(len(world.people))
        if person not in world.known and youngest <= world.people.age(person) <= oldest:
            return person


def _town_of(world: World, person: int) -> Town:
    return world.where.towns[int(world.people.town[person])]


def policing(world: World, scale: int) -> None:
    """Crimes, arrests, stops and missing episodes."""
    dice, add = world.dice, world.timeline.add
    for _ in range(scale):
        suspect, victim = _someone(world), _someone(world)
        offence, category = dice.choice(OFFENCES)
        place, at = world.place(_town_of(world, suspect)), world.moment(0, 165, hours=(0, 23))
        add(
            Crime(
                at=at,
                place=place,
                offence=offence,
                category=category,
                victim=victim if dice.random() < 0.8 else -1,
                suspect=suspect if dice.random() < 0.4 else -1,
                text=f"{offence} reported at {place.town}.",
            )
        )
        if dice.random() < 0.35:
            add(Arrest(at=at + timedelta(hours=dice.randint(1, 50)), person=suspect, place=place, offence=offence))
        if dice.random() < 0.5:
            who = _someone(world, youngest=14)
            add(
                Stop(
                    at=world.moment(0, 165, hours=(0, 23)),
                    person=who,
                    place=world.place(_town_of(world, who)),
                    vrm="",
                    driver=False,
                    grounds="Matches a description",
                    outcome="No further action",
                )
            )
    for _ in range(scale // 6):
        child = _someone(world, youngest=11, oldest=17) if dice.random() < 0.8 else _someone(world)
        town, start = _town_of(world, child), world.moment(0, 164, hours=(12, 23))
        add(
            Episode(
                person=child,
                force=town.force,
                start=start,
                end=start + timedelta(hours=dice.randint(1, 30)),
                found=world.place(town),
                companion="",
                care="At home",
                note="Returned on own",
            )
        )


def gossip(world: World, scale: int) -> None:
    """Intelligence about ordinary offending, some of it in the grades of the older system."""
    for _ in range(scale):
        person = _someone(world, youngest=16)
        town = _town_of(world, person)
        grade, text = world.dice.choice(GOSSIP)
        said = text.format(name=world.name(person), place=world.place(town).text)
        named = ((person, "Subject"),) if world.dice.random() < 0.85 else ()
        items = [(grade, said)]
        if world.dice.random() < 0.25:
            items.append(("2DP", "Source did not know more."))
        report(
            world,
            force=town.force,
            at=world.moment(0, 165),
            title="Local intelligence",
            items=items,
            subjects=named,
            phones=(world.number(person),) if world.dice.random() < 0.15 else (),
            place=world.place(town),
        )


def keepers(world: World, scale: int) -> list[tuple[str, int, Town]]:
    """Vehicles and who keeps them; give each mark, keeper and town."""
    found = []
    for _ in range(scale):
        person = _someone(world, youngest=18)
        make, model = world.dice.choice(CARS)
        vrm = plate(world.dice)
        since = date(2018, 1, 1) + timedelta(days=world.dice.randint(0, 3000))
        world.timeline.add(
            Keepership(
                vrm=vrm,
                since=since,
                until=None,
                keeper=person,
                make=make,
                model=model,
                colour=world.dice.choice(COLOURS),
                vin="",
                insured=person if world.dice.random() < 0.7 else -1,
            )
        )
        found.append((vrm, person, _town_of(world, person)))
    return found


def traffic(world: World, cars: list[tuple[str, int, Town]], scale: int) -> None:
    """Reads of ordinary vehicles on every road, by night and day."""
    roads = {(a.number, b.number): road(a, b) for a in world.where.towns for b in world.where.towns if a != b}
    for _ in range(scale):
        vrm, _person, home = world.dice.choice(cars)
        other = world.dice.choice(world.where.towns if world.dice.random() < 0.25 else world.where.in_force(home.force))
        if other == home:
            continue
        leave = world.moment(0, 165, hours=(0, 23))
        for start, way in (
            (leave, roads[home.number, other.number]),
            (leave + timedelta(hours=7), roads[other.number, home.number]),
        ):
            reads = [Read(at=start + timedelta(hours=p.along / 78), vrm=vrm, camera=p.camera) for p in way]
            world.timeline.add(*(read for read in reads if world.dice.random() < 0.7))


def conversation(world: World, scale: int) -> None:
    """Calls of people that the same requests for call data swept up."""
    for _ in range(scale):
        one, other = _someone(world, youngest=14), _someone(world, youngest=14)
        town = _town_of(world, one)
        for _ in range(world.dice.randint(1, 6)):
            at = world.moment(0, 165)
            call(
                world,
                caller=world.number(one),
                called=world.number(other),
                at=at,
                town=town,
                kind=world.dice.choice(("voice", "sms")),
            )
            session(
                world,
                phone=world.number(one),
                at=at + timedelta(minutes=9),
                mast=town_mast(town, world.dice.randrange(6)),
            )
        if world.dice.random() < 0.4:
            world.timeline.add(Subscription(phone=world.number(one), person=one, start=date(2021, 4, 1), until=None))


def money(world: World, scale: int) -> None:
    """Accounts with wages in and shopping out."""
    for _ in range(scale):
        person, number = _someone(world, youngest=18), world.account()
        world.timeline.add(
            Account(number=number, holder=person, opened=date(2019, 5, 1) + timedelta(days=world.dice.randint(0, 2000)))
        )
        pence = world.dice.randint(120_000, 280_000)
        for month in range(5):
            at = START + timedelta(days=30 * month + 27, hours=6)
            world.timeline.add(
                Payment(
                    at=at, payer=-1, payee=number, pence=pence, kind="BACS", reference="SALARY", elsewhere="EMPLOYER"
                )
            )
            for _ in range(world.dice.randint(3, 8)):
                later = at + timedelta(days=world.dice.randint(0, 25), hours=world.dice.randint(2, 14))
                shop = world.dice.choice(("SUPERMARKET", "FUEL", "COUNCIL TAX", "RENT", "CASH MACHINE"))
                world.timeline.add(
                    Payment(
                        at=later,
                        payer=number,
                        payee=-1,
                        pence=world.dice.randint(500, pence // 6),
                        kind="CARD",
                        reference="",
                        elsewhere=shop,
                    )
                )


def institutions(world: World, scale: int) -> None:
    """Prisoners and their visitors, lets, referrals, payroll."""
    for _ in range(scale):
        _inside(world)
        _let_and_job(world)
    for _ in range(max(3, scale // 10)):
        who = _someone(world, youngest=12, oldest=45)
        world.timeline.add(
            Referral(
                at=world.moment(0, 160),
                person=who,
                responder=world.dice.choice(("Police", "Local authority", "Home Office")),
                kind=world.dice.choice(("Labour", "Criminal", "Sexual", "Domestic servitude")),
                county_lines=False,
                place=world.place(_town_of(world, who)),
            )
        )


def _inside(world: World) -> None:
    dice, add = world.dice, world.timeline.add
    prisoner, visitor = _someone(world, youngest=18), _someone(world, youngest=18)
    prison = dice.choice(PRISONS)
    add(
        Stay(
            person=prisoner,
            prison=prison,
            received=date(2024, 1, 1) + timedelta(days=dice.randint(0, 800)),
            released=None,
        )
    )
    for _ in range(dice.randint(0, 3)):
        add(
            Visit(
                at=START + timedelta(days=dice.randint(0, 160), hours=13),
                prison=prison,
                prisoner=prisoner,
                visitor=visitor,
                relation=dice.choice(("Partner", "Parent", "Friend", "Sibling")),
            )
        )
    if dice.random() < 0.2:
        add(
            PrisonReport(
                at=world.moment(0, 160),
                prison=prison,
                grade="2DP",
                prisoner=prisoner,
                outside=-1,
                phone=-1,
                text="Suspected of holding tobacco for others.",
            )
        )


def _let_and_job(world: World) -> None:
    dice, add = world.dice, world.timeline.add
    tenant, landlord = _someone(world, youngest=18), _someone(world, youngest=30)
    add(
        Tenancy(
            place=world.home(tenant),
            tenant=tenant,
            landlord=landlord,
            company="",
            landlord_phone=world.number(landlord),
            start=date(2020, 1, 1) + timedelta(days=dice.randint(0, 2000)),
            until=None,
        )
    )
    worker = _someone(world, youngest=18, oldest=65)
    add(
        Work(
            person=worker,
            site=dice.choice(("Marlow Poultry", "Sandstoneley Farms", "Eskmoor Packing")),
            agency="",
            job="Operative",
            start=date(2022, 1, 1) + timedelta(days=dice.randint(0, 1500)),
            leave=None,
            account=world.account(),
            phone=world.number(worker),
            address=None,
            pence=dice.randint(130_000, 210_000),
        )
    )


def lone_adverts(world: World, scale: int) -> None:
    """Adverts of people who work by themselves: one phone, one town."""
    for _ in range(scale):
        who = _someone(world, youngest=21, oldest=50)
        town = _town_of(world, who)
        for _ in range(world.dice.randint(1, 4)):
            world.timeline.add(
                Advert(
                    at=world.moment(0, 165),
                    town=town.name,
                    area=town.outcodes[0],
                    phone=world.number(who),
                    name=str(world.people.forename[who]),
                    person=who,
                    price=world.dice.choice((80, 100, 120)),
                    age=world.people.age(who),
                    nationality=str(world.people.nationality[who]),
                    body="Independent, same place, by appointment",
                    image=f"{who * 40_503:08x}",
                )
            )


def fill(world: World) -> None:
    """Tell everybody else's events, growing more slowly than the population."""
    people = len(world.people)
    scale = 60 + min(people, 20_000) // 25 + max(0, people - 20_000) // 100
    policing(world, scale)
    gossip(world, scale // 2)
    cars = keepers(world, scale)
    traffic(world, cars, scale * 2)
    conversation(world, scale)
    money(world, scale // 6)
    institutions(world, scale // 4)
    lone_adverts(world, max(4, scale // 20))
