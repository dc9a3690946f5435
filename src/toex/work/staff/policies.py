"""Which role may do what: one table, asked by every room. A role alone never opens a record; a grant does (rule 1)."""

from collections.abc import Mapping, Set
from datetime import datetime

from toex.work.errors import NotAllowed
from toex.work.staff.models import Person

TEAM = frozenset(
    {"manager", "senior_analyst", "analyst", "development_officer", "researcher", "data_analyst"}
)  # the roles of a TOEX team, as the brochure lists them

MAY: Mapping[str, frozenset[str]] = {
    "administer": frozenset({"administrator"}),
    "register a dataset": frozenset({"data_analyst", "manager"}),
    "steer another's job": frozenset({"manager"}),
    "load": frozenset({"data_analyst", "researcher"}),
    "conflate": frozenset({"data_analyst"}),
    "review records for retention": frozenset({"data_analyst", "manager"}),
    "approve an erasure": frozenset({"manager"}),
    "place a legal hold": frozenset({"manager"}),
    "release privileged material": frozenset({"manager"}),
    "ask for a grant": TEAM | {"gateway", "auditor", "performance_analyst"},
    "approve a grant": frozenset({"manager"}),
    "approve an audit grant": frozenset({"manager", "administrator"}),
    "rule on a match": TEAM,
    "draw a chart": TEAM,
    "research": TEAM,
    "keep grid templates": frozenset({"senior_analyst"}),
    "record PND state": TEAM,
    "write a report": TEAM,
    "sanitise a report": frozenset({"manager", "senior_analyst", "development_officer"}),
    "ask for support": frozenset({"requester"}),
    "answer an enquiry": frozenset({"gateway"}),
    "begin own work": TEAM,
    "raise an immediate risk": TEAM | {"requester", "advisor", "gateway", "sio", "duty_officer"},
    "review an immediate risk": frozenset({"manager"}),
    "take a referral": TEAM | {"gateway"},
    "read the log": frozenset({"auditor"}),
    "make a product": TEAM,
    "assure a product": frozenset({"senior_analyst"}),
    "disseminate a product": frozenset({"manager", "senior_analyst", "analyst"}),
    "withdraw a product": frozenset({"manager", "senior_analyst"}),
    "offer a template": frozenset({"administrator", "requester", "advisor"}),
    "approve a template": frozenset({"administrator", "manager", "senior_analyst"}),
    "adopt an operation": frozenset({"manager"}),
    "open a compartment": frozenset({"manager"}),
    "name a holder": frozenset({"manager"}),
}


def roles(person: Person, at: datetime, *, organisation: str | None = None) -> frozenset[str]:
    """Give the roles that a person holds at a moment, everywhere or at one organisation."""
    if not person.active:
        return frozenset()
    held = [r for r in person.roles.all() if r.holds(at)]
    return frozenset(r.role for r in held if organisation in (None, r.at_id))


def may(person: Person, what: str, at: datetime, *, organisation: str | None = None) -> bool:
    """Say whether one of the person's roles at that moment allows an act of the table `MAY`."""
    return bool(roles(person, at, organisation=organisation) & MAY[what])


def check_may(person: Person, what: str, at: datetime, *, organisation: str | None = None) -> None:
    """Raise NotAllowed unless one of the person's roles allows it."""
    check_held(roles(person, at, organisation=organisation), what)


def check_held(held: Set[str], what: str) -> None:
    """Raise NotAllowed unless one of these roles, as they were just read, allows it."""
    if not held & MAY[what]:
        wanted = " or ".join(sorted(role.replace("_", " ") for role in MAY[what]))
        raise NotAllowed(f"To {what} takes the role of {wanted}, held today.")
