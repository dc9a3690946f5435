"""Lives that look like exploitation or like somebody else, and are neither: the traps."""

from datetime import date, timedelta

from toex.synthetic.journeys import call, chatter, report, travel
from toex.synthetic.lives import Account, Crime, Episode, Keepership, Payment, Stop, Subscription, Tenancy, Work
from toex.synthetic.world import START, Trap, World


def _note(world: World, kind: str, people: list[int], detail: str) -> None:
    world.traps.append(Trap(kind=kind, people=tuple(people), detail=detail))


def labour_provider(world: World) -> None:
    """A licensed labour provider whose workers share a house and keep their wages."""
    town = world.town()
    house = world.place(town)
    workers = [world.cast(heritage="romanian", ages=(20, 45), town=town, records=1) for _ in range(8)]
    owner = world.cast(heritage="british", ages=(40, 60), town=town, records=1)
    for person in workers:
        world.move(person, house)
        account = world.account()
        world.timeline.add(Account(number=account, holder=person, opened=date(2024, 3, 1)))
        world.timeline.add(
            Work(
                person=person,
                site="Sandstoneley Farms",
                agency="Harvest Licensed Labour",
                job="Picker",
                start=date(2026, 3, 2),
                leave=None,
                account=account,
                phone=world.number(person),
                address=house,
                pence=world.dice.randint(38_000, 47_000),
            )
        )
        _wages_kept(world, account)
    world.timeline.add(
        Tenancy(
            place=house,
            tenant=workers[0],
            landlord=owner,
            company="",
            landlord_phone=world.number(owner),
            start=date(2023, 2, 1),
            until=None,
            occupants=tuple(workers),
            licence="HMO/2023/0417",
            note="Licensed house of eight; inspected and in order",
        )
    )
    _note(world, "licensed labour provider", workers, "shared house, one employer, wages kept by the workers")


def _wages_kept(world: World, account: int) -> None:
    """Wages come in on Friday and are spent little by little by the one who earned them."""
    for week in range(10, 23):
        at = START + timedelta(days=7 * week + 2, hours=6)
        world.timeline.add(
            Payment(
                at=at,
                payer=-1,
                payee=account,
                pence=world.dice.randint(38_000, 47_000),
                kind="BACS",
                reference="WAGES",
                elsewhere="Harvest Licensed Labour",
            )
        )
        world.timeline.add(
            Payment(
                at=at + timedelta(days=world.dice.randint(0, 5)),
                payer=account,
                payee=-1,
                pence=world.dice.randint(900, 6_000),
                kind="CARD",
                reference="",
                elsewhere="SUPERMARKET",
            )
        )


def often_missing(world: World) -> None:
    """Children who go missing often, alone and near home: matched controls of those who are exploited."""
    for _ in range(6):
        town = world.town()
        child = world.cast(heritage="british", ages=(12, 17), town=town)
        for _ in range(world.dice.randint(3, 6)):
            start = world.moment(4, 155, hours=(15, 22))
            world.timeline.add(
                Episode(
                    person=child,
                    force=town.force,
                    start=start,
                    end=start + timedelta(hours=world.dice.randint(2, 10)),
                    found=world.place(town),
                    companion="",
                    care="At home",
                    note="At a friend's house after an argument",
                )
            )
        _note(world, "often missing, not exploited", [child], "alone, near home, hours only")


def care_home(world: World) -> None:
    """A children's home: many children with one address and one telephone."""
    town = world.town()
    house = world.place(town, "Willowmere House")
    phone = world.phone()
    children = [
        world.cast(heritage=world.dice.choice(("british", "african", "albanian")), ages=(11, 17), town=town, records=2)
        for _ in range(6)
    ]
    for child in children:
        world.move(child, house)
        world.people.phone[child] = phone
        start = world.moment(4, 150, hours=(19, 22))
        world.timeline.add(
            Episode(
                person=child,
                force=town.force,
                start=start,
                end=start + timedelta(hours=3),
                found=house,
                companion="",
                care="Looked after",
                note="Back late, reported by staff as required",
            )
        )
    _note(world, "children's home", children, "one address and one number for all")


def taxi_firm(world: World) -> None:
    """A taxi firm: one number rung by hundreds, one company keeping many cars."""
    town = world.town()
    number = world.phone()
    drivers = [
        world.cast(heritage=world.dice.choice(("south_asian", "british")), sex="M", ages=(25, 60), town=town, records=1)
        for _ in range(5)
    ]
    for driver in drivers:
        vrm = world.plate()
        world.timeline.add(
            Keepership(
                vrm=vrm,
                since=date(2024, 1, 8),
                until=None,
                keeper=-1,
                make="Toyota",
                model="Prius",
                colour="White",
                vin="",
                company="Tenterfield Cars Ltd",
                insured=driver,
                marker="Private hire",
            )
        )
        for _ in range(6):
            other = world.dice.choice([t for t in world.where.in_force(town.force) if t != town])
            travel(
                world,
                people=(driver,),
                vrm=vrm,
                phones=(world.number(driver),),
                towns=(town, other),
                depart=world.moment(3, 155),
            )
    for _ in range(250):
        call(
            world,
            caller=world.dice.randrange(1000, 90_000),
            called=number,
            at=world.moment(1, 158, hours=(0, 23)),
            town=town,
            seconds=40,
        )
    _note(world, "taxi firm", drivers, "a number that everybody rings, cars that go everywhere")


def large_family(world: World) -> None:
    """A large family: one surname, one address, birth dates close together, two sharing a forename."""
    town = world.town()
    father = world.cast(heritage="south_asian", sex="M", ages=(44, 52), town=town)
    family = [father] + [world.cast(heritage="south_asian", ages=(14, 26), town=town) for _ in range(6)]
    house, folk = world.home(father), world.people
    for person in family[1:]:
        folk.surname[person] = folk.surname[father]
        world.move(person, house)
    son = family[1]
    folk.forename[son], folk.sex[son] = folk.forename[father], folk.sex[father]
    _note(world, "large family", family, "one surname and address; father and son share a forename")


def twins(world: World) -> None:
    """Twins: same birth date, surname and address, forenames that begin alike."""
    town = world.town()
    pair = [world.cast(heritage="british", sex="M", ages=(18, 24), town=town, records=3) for _ in range(2)]
    folk = world.people
    first, second = pair
    folk.surname[second], folk.dob[second] = folk.surname[first], folk.dob[first]
    folk.forename[first], folk.forename[second] = "Jamie", "James"
    world.move(second, world.home(first))
    _note(world, "twins", pair, "same birth date and home, like forenames")


def namesakes(world: World) -> None:
    """A child and an adult of one name in one town; and two adults of one name and birth date in two regions."""
    town, folk = world.town(), world.people
    adult = world.cast(heritage="british", sex="M", ages=(35, 45), town=town, records=3)
    child = world.cast(heritage="british", sex="M", ages=(13, 16), town=town, records=2)
    folk.forename[child], folk.surname[child] = folk.forename[adult], folk.surname[adult]
    _note(world, "namesake child and adult", [adult, child], "same name, same town")
    far = world.cast(heritage="british", sex="M", ages=(35, 45), town=world.town(without=town.force), records=2)
    folk.forename[far], folk.surname[far], folk.dob[far] = folk.forename[adult], folk.surname[adult], folk.dob[adult]
    _note(
        world,
        "namesakes with one birth date",
        [adult, far],
        "same name and birth date, different police identifiers and regions",
    )


def moved_plate(world: World) -> None:
    """A private plate that moves from one car to another."""
    town, vrm = world.town(), world.plate()
    before = world.cast(heritage="british", ages=(30, 60), town=town, records=1)
    after = world.cast(heritage="south_asian", ages=(30, 60), town=town, records=1)
    change = date(2026, 6, 15)
    world.timeline.add(
        Keepership(
            vrm=vrm, since=date(2022, 1, 4), until=change, keeper=before, make="Audi", model="A4", colour="Blue", vin=""
        )
    )
    world.timeline.add(
        Keepership(vrm=vrm, since=change, until=None, keeper=after, make="BMW", model="320", colour="Black", vin="")
    )
    other = world.town(without=town.force)
    travel(world, people=(before,), vrm=vrm, phones=(), towns=(town, other), depart=world.moment(20, 60))
    travel(world, people=(after,), vrm=vrm, phones=(), towns=(other, town), depart=world.moment(90, 140))
    _note(world, "moved plate", [before, after], "one mark, two cars, two keepers, one after the other")


def recycled_number(world: World) -> None:
    """A number given back and issued to somebody else."""
    town = world.town()
    before, after = (world.cast(heritage="british", ages=(20, 60), town=town, records=2) for _ in range(2))
    phone = world.number(before)
    world.people.phone[after] = phone
    world.timeline.add(Subscription(phone=phone, person=before, start=date(2022, 1, 3), until=date(2025, 12, 20)))
    world.timeline.add(Subscription(phone=phone, person=after, start=date(2026, 2, 11), until=None))
    _note(world, "recycled number", [before, after], "one number, two holders, one after the other")


def false_identity(world: World) -> None:
    """A man stopped under the name of another, who has done nothing."""
    town = world.town()
    liar, named = (world.cast(heritage="british", sex="M", ages=(22, 40), town=town, records=2) for _ in range(2))
    world.people.alias[liar] = world.name(named)
    world.timeline.add(
        Stop(
            at=world.moment(10, 150),
            person=named,
            place=world.place(town),
            vrm="",
            driver=False,
            grounds="Gave these details; later found to be another man",
            outcome="False details suspected",
        )
    )
    _note(world, "false identity", [liar, named], "one gives the other's name")


def solicitor(world: World) -> None:
    """A solicitor whose number stands on many people's records."""
    town, phone = world.town(), world.phone()
    clients = [world.cast(heritage="british", ages=(19, 50), town=world.town(), records=2) for _ in range(9)]
    for client in clients:
        world.people.old_phone[client] = phone
    who = world.cast(heritage="british", ages=(35, 60), town=town, records=1)
    world.timeline.add(Subscription(phone=phone, person=who, start=date(2018, 5, 1), until=None))
    _note(world, "solicitor's number", [who, *clients], "one number on many records")


def cleared_driver(world: World) -> None:
    """A parcel driver on the same road at night as the line, looked into and cleared; with his own reason to travel."""
    town = world.town()
    other = world.town(without=town.force)
    driver, vrm = world.cast(heritage="british", sex="M", ages=(25, 55), town=town, records=2), world.plate()
    world.timeline.add(
        Keepership(
            vrm=vrm,
            since=date(2024, 4, 1),
            until=None,
            keeper=driver,
            make="Ford",
            model="Transit",
            colour="White",
            vin="",
            insured=driver,
        )
    )
    for day in range(3, 150, 6):
        at = START + timedelta(days=day, hours=21, minutes=world.dice.randint(0, 50))
        travel(world, people=(driver,), vrm=vrm, phones=(world.number(driver),), towns=(town, other), depart=at)
        travel(
            world,
            people=(driver,),
            vrm=vrm,
            phones=(world.number(driver),),
            towns=(other, town),
            depart=at + timedelta(hours=4),
        )
    report(
        world,
        force=town.force,
        at=world.moment(120, 150),
        title="Enquiry into a van: cleared",
        vrms=(vrm,),
        items=[
            (
                "1AP",
                f"{world.name(driver)} drives a nightly parcel run; employer confirms every date. No further interest.",
            )
        ],
        subjects=((driver, "Cleared"),),
    )
    _note(world, "cleared driver", [driver], "regular night travel on one corridor, explained")


def hotel(world: World) -> None:
    """A hotel where many unrelated people are recorded."""
    town = world.town()
    place = world.place(town, "Linden Court Hotel")
    guests = [
        world.cast(
            heritage=world.dice.choice(("british", "african", "east_asian")), ages=(20, 60), town=town, records=1
        )
        for _ in range(10)
    ]
    for guest in guests:
        world.move(guest, place)
    for guest in guests[:2]:
        world.timeline.add(
            Crime(
                at=world.moment(5, 150),
                place=place,
                offence="Theft",
                category="Theft",
                victim=guest,
                suspect=-1,
                text="Bag taken from reception.",
            )
        )
    chatter(world, phones=tuple(world.number(g) for g in guests[:4]), town=town, days=(1, 150), count=6)
    _note(world, "hotel", guests, "one address for people with nothing to do with each other")


TALES = (
    labour_provider,
    often_missing,
    care_home,
    taxi_firm,
    large_family,
    twins,
    namesakes,
    moved_plate,
    recycled_number,
    false_identity,
    solicitor,
    cleared_driver,
    hotel,
)


def tell(world: World) -> None:
    """Tell every innocent life once."""
    for tale in TALES:
        tale(world)
