"""What is said in the unit's demonstration: its people, the force's form, the terms of reference. All of it fictional."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from toex.picture import Request as Asked
from toex.work.staff.models import Person
from toex.work.tasking.content import Asked as Question
from toex.work.tasking.content import FormContent, Held, Named, Promised, TermsContent
from toex.work.tasking.models import Objective

LOG_IN = "three kites over the moor"  # the password of everybody in it: nothing is behind it but fiction


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody of the demonstration: log-in, name, rank, of the force that asks or of its region, role, hours a week."""

    username: str
    name: str
    rank: str
    of: Literal["force", "region"]
    role: str
    hours: int = 0


CAST = (
    Player("priya", "Priya Holm", "DS", "force", "requester"),
    Player("tom", "Tom Carr", "DI", "force", "advisor"),
    Player("will", "Will Garth", "Insp", "force", "duty_officer"),
    Player("jo", "Jo Lund", "", "region", "gateway"),
    Player("ruth", "Ruth Ansel", "DI", "region", "manager", 37),
    Player("ben", "Ben Croft", "DI", "region", "manager", 37),
    Player("ines", "Ines Vale", "", "region", "senior_analyst", 37),
    Player("lena", "Lena Birk", "", "region", "analyst", 37),
    Player("kit", "Kit Rowan", "", "region", "development_officer", 37),
    Player("noor", "Noor Ashby", "", "region", "researcher", 30),
    Player("theo", "Theo Lind", "", "region", "data_analyst", 37),
    Player("uma", "Uma Frost", "", "region", "performance_analyst"),
    Player("gil", "Gil Stone", "", "region", "auditor"),
)
DUTIES = {"loading": "theo", "conflation": "theo", "triage": "jo", "match_review": "kit", "audit": "gil"}
ADVICE = "Within the threat areas, and beyond one force: ask TOEX."
TEAM = ("ruth", "ines", "lena", "kit", "noor", "theo")
SIO = "DCI Mark Denby"  # has no account: signs by proxy
_KINDS = {"nominal": "person", "phone": "phone", "vrm": "vrm", "account": "account", "imei": "imei"}

# How a delivered dataset is registered, by what its name ends or begins with; the first that fits.
KINDS: Sequence[tuple[str, str]] = (
    ("nominals", "nominals"), ("crime", "crime"), ("custody", "custody"), ("stops", "stops"), ("missing", "missing"),
    ("intelligence", "intelligence"), ("prison", "prison"), ("calls", "call_data"), ("subscribers", "subscribers"),
    ("handset", "handset"), ("anpr", "anpr"), ("bank", "bank"), ("vehicles", "vehicles"), ("advert", "adverts"),
    ("referral", "referrals"), ("tenanc", "housing"), ("payroll", "housing"),
)  # fmt: skip


def kind_of(dataset: str) -> str:
    """Give the kind under which a dataset of the fictional world is registered."""
    return next((kind for part, kind in KINDS if part in dataset), "other")


def details_of(kind: str, supplier: str) -> Mapping[str, str]:
    """Say what registering a dataset of that kind requires, for the fictional authorities."""
    communications = {
        "application_urn": "CD/DEMO/004417", "category": "events" if kind == "call_data" else "entity",
        "purpose": "Preventing or detecting crime", "operator": supplier, "period": "as authorised",
        "collateral": "Numbers of family and employers are left out of products.",
    }  # fmt: skip
    handset = {
        "device_owner": "A child found with it; the family agreed", "power": "Agreement of the owner and a parent",
        "agreed_scope": "Messages, calls and places of the months named", "privilege": "none",
    }  # fmt: skip
    return {
        "call_data": communications, "subscribers": communications, "handset": handset,
        "bank": {"power": "Production order DEMO/2026/118"},
    }.get(kind, {})  # fmt: skip


def form(asked: Asked, *, background: str, objectives: Sequence[str], today: date) -> FormContent:
    """Fill the tasking request form from the fictional force's request."""
    return FormContent(
        name=asked.operation, bcu="City", sio_name="Mark Denby", sio_rank="DCI", sio_contact="01632 960471",
        threat_areas=("CL", "MSHT"), wanted=("analytical_package", "subject_profile", "network_chart", "data_washing"),
        background=background, strategy="The investigation strategy of the SIO, version 2.", objectives=tuple(objectives),
        subjects=tuple(Named(_KINDS[s.kind], s.value, roles=("suspect",)) for s in asked.subjects if s.kind != "nominal"),
        forces=tuple(sorted({asked.force, "13", "42"})),
        data_held=(Held("Nominals, crime, custody, stops, missing", "the force's own systems"),),
        wanted_by=today + timedelta(days=30), urgency="Children are still being moved between towns.",
        safeguarding="Two children placed out of the area; strategy meetings held; nothing further needed today.",
        risk_owner="Ann Redfern", risk_owner_rank="Supt", risk_owner_at=asked.force,
    )  # fmt: skip


def terms(
    asked: Asked, objectives: Sequence[Objective], *, datasets: Sequence[str], people: Sequence[Person], now: datetime,
    why: str = "",
) -> TermsContent:  # fmt: skip
    """Write the terms of reference: every question points at an objective of the SIO's strategy."""
    today = now.date()
    return TermsContent(
        purpose="Identify who controls the line, who is exploited by it, and where it can be disrupted.",
        starts=now, ends=now + timedelta(days=90), support="Research, conflation, network and communications analysis.",
        datasets=tuple(datasets), people=tuple(people),
        questions=tuple(
            Question(text, "fact", objectives[at % len(objectives)]) for at, text in enumerate(asked.questions)
        ),
        products=(
            Promised("analytical_package", today + timedelta(days=21)), Promised("subject_profile", today + timedelta(days=28)),
        ),
        milestones=(Promised("First picture shown to the SIO", today + timedelta(days=7)),),
        scope_in="The line, those who hold it, who is exploited, four forces.", scope_out="Importation; covert tactics.",
        methods="Conflation of the datasets named; link, network and timeline analysis.", marking="OFFICIAL-SENSITIVE",
        handling="Police and partners named; not to be shown in interview.", risks="Children may be moved if alerted.",
        dissemination=("SIO", "Force intelligence bureau"), review=today + timedelta(days=30), hours=Decimal(60), why=why,
    )  # fmt: skip


GRID = "Who holds the numbers and the marks of the request"
CHART = "The line and who is near it"
PRODUCT = "The line, who holds it and who is exploited by it"
REPORT = "The line rang in two towns at night"
REPORTED = (
    "The number {number} was answered in two towns on one night; a boy carried for whoever answered.",
    "Whoever answers {number} is collected by a grey van after ten in the evening.",
)
SUITABILITY = {
    "organised": (True, "One number recurs in four forces; several adults share it."),
    "exploitation": (True, "Children found out of area with drugs and cash; labour exploitation beside it."),
    "adds": (True, "The force cannot compare four forces' records with call data."),
    "lawful": (True, "Standing agreements cover it; call data and handsets have their own authority."),
    "capacity": (True, "Sixty hours a week for twelve weeks can be given."),
}
TRIAGE = {
    "complete": "Complete.", "duplicate": "No other request names these subjects.",
    "harm": "High: children are exploited now.", "taker": "TOEX: cross-force, organised.",
}  # fmt: skip
