"""What people write into a form and into terms of reference, as values: read from a version, changed, given back."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from toex.work.staff.models import Person
from toex.work.tasking.models import Attachment, Objective


@dataclass(frozen=True, slots=True)
class Named:
    """A subject as a request names it. `roles` are categories of data subject, several at once (rule 10)."""

    kind: str
    written: str
    born: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Data that the force holds: what, and where."""

    what: str
    place: str


@dataclass(frozen=True, slots=True)
class FormContent:
    """All that a form says. Anything may be missing until it is submitted; organisations are named by code."""

    name: str = ""
    bcu: str = ""
    sio: Person | None = None
    sio_name: str = ""
    sio_rank: str = ""
    sio_contact: str = ""
    threat_areas: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    background: str = ""
    strategy: str = ""
    strategy_document: Attachment | None = None
    objectives: tuple[str, ...] = ()
    subjects: tuple[Named, ...] = ()
    forces: tuple[str, ...] = ()
    data_held: tuple[Held, ...] = ()
    no_data: bool = False
    wanted_by: date | None = None
    urgency: str = ""
    safeguarding: str = ""
    risk_owner: str = ""
    risk_owner_rank: str = ""
    risk_owner_at: str = ""
    risk_owner_account: Person | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A key question, its direction (fact or supposition), and the objective of the strategy that it serves."""

    text: str
    direction: str
    objective: Objective | None


@dataclass(frozen=True, slots=True)
class Promised:
    """A product or a milestone (`what` a code or words) and the day on which it is due."""

    what: str
    due: date


@dataclass(frozen=True, slots=True)
class TermsContent:
    """All that one version of the terms of reference says."""

    purpose: str
    starts: datetime
    ends: datetime
    support: str = ""
    datasets: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    questions: tuple[Asked, ...] = ()
    products: tuple[Promised, ...] = ()
    milestones: tuple[Promised, ...] = ()
    scope_in: str = ""
    scope_out: str = ""
    methods: str = ""
    marking: str = ""
    handling: str = ""
    risks: str = ""
    dissemination: tuple[str, ...] = ()
    review: date | None = None
    hours: Decimal = Decimal(0)
    why: str = ""
