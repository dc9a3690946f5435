"""A fictional package with one of everything, for the tests of publishing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from toex.publishing import (
    AtRisk,
    Chart,
    ChartEntity,
    ChartLink,
    Gap,
    Holding,
    Joining,
    KeyJudgement,
    LineOfEnquiry,
    Member,
    OutsideCheck,
    Particular,
    Person,
    PlaceRow,
    PossibleJoin,
    Product,
    Section,
    Sentence,
    SourceRow,
    Subject,
    Term,
    TimelineRow,
    describe_chart,
)

FORCES = ("Avon and Somerset", "Wiltshire", "Gloucestershire", "Devon and Cornwall")
DATASETS = ("custody-13", "nominals-13", "missing-04", "calls-op", "anpr-op", "intelligence-13")
MARCH = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


def record(number: int) -> str:
    """Give the id of a made-up record."""
    return f"{number:024x}"


def source(number: int) -> SourceRow:
    dataset = DATASETS[number % len(DATASETS)]
    return SourceRow(
        ref=record(number),
        supplier=FORCES[number % len(FORCES)],
        dataset=dataset,
        file=f"{dataset}_2026-03.csv",
        row=100 + 7 * number,
        what=("nominal", "custody record", "missing report", "call", "plate read", "intelligence report")[number % 6],
        source_grade=str(1 + number % 2),
        info_grade="ABCD"[number % 4],
        handling="PC"[number % 2],
        conditions="Consult the originator before any action" if number % 2 else "",
        marking="OFFICIAL-SENSITIVE",
        origin="IR 13/4471" if number in (5, 11, 17) else "",
        reported=MARCH + timedelta(days=number),
    )


NAMES = (
    "Tomas Brandish",
    "Ilir Vassos",
    "Keziah Oduya",
    "Danielle Marchetti",
    "Perry Lockhart-Nunn",
    "Sunniva Aldous",
    "Rafe Okonjo",
    "Marta Wielicka",
    "Jude Pemberthy",
    "Casimir Holt",
    "Nadia Farouk-Estevez",
    "Gethin Prosser",
)
VICTIMS, CHILDREN, SUSPECTS = {2, 5, 8}, {5, 8}, {0, 1, 4}


def person(number: int) -> Person:
    categories = (("victim",) if number in VICTIMS else ()) + (("suspect",) if number in SUSPECTS else ())
    return Person(f"A{number + 1}", NAMES[number], categories, child=number in CHILDREN, new=number == 11)


def fact(text: str, *numbers: int, new: bool = False) -> Sentence:
    return Sentence(text, tuple(record(n) for n in numbers), new=new)


def a_chart() -> Chart:
    people = tuple(
        ChartEntity(
            f"p{n}",
            "person",
            NAMES[n],
            victim=n in VICTIMS,
            child=n in CHILDREN,
            ref=f"A{n + 1}",
            focus=n == 0,
            new=n == 11,
        )
        for n in range(12)
    )
    things = (
        ChartEntity("t1", "phone", "07700 900123"),
        ChartEntity("t2", "phone", "07700 900456"),
        ChartEntity("t3", "phone", "07700 900789"),
        ChartEntity("v1", "vehicle", "TX26 TOE"),
        ChartEntity("v2", "vehicle", "AB12 XYZ"),
        ChartEntity("a1", "address", "14 Sexton Yard, Bristol"),
        ChartEntity("a2", "address", "Flat 3, 208 Quayside Terrace, Gloucester"),
        ChartEntity("b1", "account", "00-00-00 12345678"),
        ChartEntity("o1", "organisation", "Blue Lantern Car Wash Ltd"),
        ChartEntity("e1", "event", "Missing episode 11/03"),
    )
    wires = (
        ("p0", "t1", "holder", 1),
        ("p0", "v1", "keeper", 1),
        ("p0", "o1", "director", 1),
        ("p1", "t2", "holder", 1),
        ("t1", "t2", "41 calls", 1),
        ("p1", "a1", "resident", 1),
        ("p2", "a1", "resident", 1),
        ("p3", "a1", "resident", 0),
        ("p4", "v2", "keeper", 1),
        ("p4", "a2", "resident", 1),
        ("p5", "a2", "located", 1),
        ("p8", "a2", "located", 1),
        ("p5", "e1", "subject", 1),
        ("p6", "t3", "holder", 0),
        ("t3", "t1", "12 calls", 1),
        ("p7", "o1", "worker", 1),
        ("p2", "o1", "worker", 1),
        ("p9", "b1", "holder", 1),
        ("p0", "b1", "payee", 0),
        ("p10", "o1", "worker", 1),
        ("p11", "v2", "driver", 0),
        ("p11", "v1", "driver", 1),
        ("p0", "p1", "associate", 1),
        ("p6", "p4", "associate", 0),
    )
    links = tuple(
        ChartLink(a, b, label, bool(stated), refs=(record(1 + n % 20),))
        for n, (a, b, label, stated) in enumerate(wires)
    )
    entities = people + things
    return Chart("Candidate network A and what links it", describe_chart(entities, links), entities, links)


def happenings(
    count: int, *, lanes: tuple[str, ...] = ("phone", "ANPR", "custody", "missing", "intelligence")
) -> tuple[TimelineRow, ...]:
    told = {
        "phone": "Call from 07700 900123 to 07700 900456, 4 minutes",
        "ANPR": "TX26 TOE read eastbound",
        "custody": "Arrested on suspicion of conspiracy; released under investigation",
        "missing": "Reported missing from placement; found safe and well",
        "intelligence": "Said to collect workers from the coach station",
    }
    return tuple(
        TimelineRow(
            at=MARCH + timedelta(hours=19 * n),
            lane=lanes[n % len(lanes)],
            text=told[lanes[n % len(lanes)]],
            refs=(record(1 + n % 20),),
            until=MARCH + timedelta(hours=19 * n + 30) if lanes[n % len(lanes)] in ("custody", "missing") else None,
            place=("Bristol", "M5 J17", "Gloucester")[n % 3],
            people=(f"A{1 + n % 5}",),
            whole_day=lanes[n % len(lanes)] == "intelligence",
            new=n == count - 1,
        )
        for n in range(count)
    )


def a_subject(number: int) -> Subject:
    first, second = 1 + 2 * number, 2 + 2 * number
    return Subject(
        person(number),
        particulars=(
            Particular("Born", fact("14 May 1987", first)),
            Particular("Telephone", fact("07700 900123, called 41 times by 07700 900456", first, 4)),
            Particular("Address", fact("14 Sexton Yard, Bristol", second, new=True)),
        ),
        account=(
            fact(
                f"{NAMES[number]} keeps the vehicle TX26 TOE, which four cameras read on two nights.",
                1,
                2,
                3,
            ),
            Sentence("He probably arranges transport for the group.", (record(6),), basis="assessment"),
        ),
        joinings=(
            Joining(
                (record(first), record(second)),
                (
                    "Surname agrees exactly.",
                    "Forename agrees by a known short form (Tom, Tomas).",
                    "Date of birth agrees with day and month exchanged.",
                    "Telephone agrees.",
                ),
                "ruling",
                ruled_by="L. Hartnell, intelligence analyst",
                reason="Custody photograph compared; same mark on the left hand.",
            ),
        ),
        timeline=happenings(6),
    )


def the_judgements() -> tuple[KeyJudgement, ...]:
    return (
        KeyJudgement(
            fact("One man arranges transport and housing for at least five workers of one car wash.", 1, 2, 3, 4),
            "highly likely",
            "moderate",
        ),
        KeyJudgement(
            Sentence(
                "Two children are moved along the M5 by the same two vehicles.",
                tuple(record(n) for n in (5, 11, 17)),
                basis="assessment",
                new=True,
            ),
            "likely",
            "low",
        ),
        KeyJudgement(fact("The network reaches into a fourth force that has not yet been told.", 9, 10)),
    )


def the_people_at_risk() -> tuple[AtRisk, ...]:
    return (
        AtRisk(
            person(5),
            (
                fact(
                    "Reported missing four times in March; each time a plate was read nearby.",
                    2,
                    8,
                ),
                fact("Located twice at an address where a suspect lives.", 14, new=True),
            ),
            "14 years, in the care of Wiltshire Council",
        ),
        AtRisk(
            person(8),
            (fact("Found at the same address on 11 March.", 14),),
            "15 years",
            owner="Gloucestershire Constabulary",
        ),
        AtRisk(person(2), (fact("Works at the car wash; wages are paid into another person's account.", 9, 13),)),
    )


def the_members() -> tuple[Member, ...]:
    return tuple(
        Member(
            person(n),
            (f"linked to {12 - n} others", "lies on most paths") if n < 3 else (f"linked to {12 - n} others",),
            FORCES[: 1 + n % 3],
            (record(n + 1),),
        )
        for n in range(12)
    )


def the_possible_joins() -> tuple[PossibleJoin, ...]:
    return (
        PossibleJoin(
            person(2),
            person(4),
            (record(3), record(5)),
            ("Same name", "Born on different days"),
            "A victim's and a suspect's record would meet in one entity",
            command="toex judge one other same|different",
        ),
    )


def the_enquiries() -> tuple[LineOfEnquiry, ...]:
    return (
        LineOfEnquiry(
            "Trace the coach bookings behind the six arrivals of March.",
            fact("Two reports say workers arrive by night coach.", 5, 11),
            "High",
            new=True,
        ),
        LineOfEnquiry(
            "Ask for the wage records of Blue Lantern Car Wash Ltd.",
            fact("Payments leave the firm's account for one person.", 9),
            "High",
        ),
        LineOfEnquiry(
            "Establish who drives AB12 XYZ at weekends.",
            fact("The keeper was in custody while it was read.", 3, 15),
            "Medium",
            owner="DS K. Whitlow",
            due="30/04/2026",
        ),
        LineOfEnquiry("Speak with the school about A9.", fact("Absent on each day of a read.", 14), "Medium"),
    )


def the_places() -> tuple[PlaceRow, ...]:
    return (
        PlaceRow(
            "14 Sexton Yard, Bristol",
            "Home",
            fact("Three members are recorded as living here.", 6, 7),
            ("A2", "A3", "A4"),
        ),
        PlaceRow(
            "Flat 3, 208 Quayside Terrace, Gloucester",
            "Visited",
            fact("Two children were located here.", 14),
            ("A5", "A6", "A9"),
        ),
    )


def a_package() -> Product:
    return Product(
        kind="intelligence package",
        operation="Lanternfish",
        title="Candidate network A: labour exploitation and the movement of children between two counties",
        force="Avon and Somerset Police",
        version=2,
        at=datetime(2026, 4, 14, 10, 30, tzinfo=UTC),
        home="bench",
        reference="SW/2026/0117",
        customer="DCI R. Ashdown",
        prepared_by="L. Hartnell, intelligence analyst",
        assured_by="M. Osei, senior intelligence analyst",
        threats=("Modern slavery", "Child criminal exploitation"),
        handling=(
            "RECIPIENTS ONLY. Not to be shared further without the originator's consent.",
            "Review by 14 October 2026.",
        ),
        recipients=("Senior investigating officer", "South West ROCU"),
        judgements=the_judgements(),
        summary=(fact("Records of four forces meet in one address and three telephones.", 1, 5, 6, 7, 8, 9, 12),),
        at_risk=the_people_at_risk(),
        since=1,
        news=(
            fact("A fourth force, Devon and Cornwall, holds records of two members.", 11, new=True),
            fact("Gethin Prosser was read driving TX26 TOE.", 16, new=True),
        ),
        chart=a_chart(),
        network=(fact("Twelve people are joined by three telephones, two vehicles and two addresses.", 1, 2, 3),),
        members=the_members(),
        holdings=tuple(
            Holding(force, 12 - n, 7 - n, f"Intelligence desk, 01632 96000{n}") for n, force in enumerate(FORCES)
        ),
        possible=the_possible_joins(),
        possible_left=2,
        lines=the_enquiries(),
        subjects=tuple(a_subject(n) for n in (0, 1, 4)),
        timeline=happenings(24),
        places=the_places(),
        sections=(Section("Money", (fact("Eleven payments of the same sum leave one account each Friday.", 9),)),),
        gaps=(
            Gap("Who rents 14 Sexton Yard?", "Land registry and council tax"),
            Gap("Is 07700 900789 still in use?", "Subscriber check", owner="SPOC", new=True),
        ),
        checks=(
            OutsideCheck("PND", "all twelve people"),
            OutsideCheck("PNC", "A1, A2, A5"),
            OutsideCheck("GAIN", "Blue Lantern Car Wash Ltd"),
        ),
        sources=tuple(source(n) for n in range(1, 26)),
        method=(Sentence("Call data of one authority was read for March 2026 only.", basis="note"),),
        glossary=(Term("SPOC", "the single point of contact for communications data"),),
    )


@pytest.fixture(scope="session")
def package() -> Product:
    return a_package()


@pytest.fixture(scope="session")
def profile(package: Product) -> Product:
    return replace(package, kind="subject profile", title="Tomas Brandish", subjects=package.subjects[:1])
