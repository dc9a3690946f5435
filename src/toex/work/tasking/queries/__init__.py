"""What tasking tells: who may see a request, where it stands, the queue, crossings, the terms in force, open risks."""

from toex.work.tasking.queries.forms import content_of_form
from toex.work.tasking.queries.risks import OpenRisk, open_risks
from toex.work.tasking.queries.seeing import find, find_risk, find_terms, visible
from toex.work.tasking.queries.standing import Queued, Status, enquiries, queue, status, told
from toex.work.tasking.queries.terms import (
    Caseload,
    caseload,
    content_of,
    datasets_of,
    in_force,
    last_agreed,
    people_of,
    signed_sides,
)  # fmt: skip
from toex.work.tasking.queries.triage import Pointer, crossings

__all__ = [
    "Caseload",
    "OpenRisk",
    "Pointer",
    "Queued",
    "Status",
    "caseload",
    "content_of",
    "content_of_form",
    "crossings",
    "datasets_of",
    "enquiries",
    "find",
    "find_risk",
    "find_terms",
    "in_force",
    "last_agreed",
    "open_risks",
    "people_of",
    "queue",
    "signed_sides",
    "status",
    "told",
    "visible",
]
