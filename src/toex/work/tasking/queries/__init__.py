"""What tasking tells: who may see a request, where it stands, the queue, crossings, the terms in force, open risks."""

from toex.work.tasking.queries.awaiting import Awaited, awaited
from toex.work.tasking.queries.board import Load, RegionLoad, board
from toex.work.tasking.queries.forms import content_of_form
from toex.work.tasking.queries.risks import OpenRisk, colour, open_risks, settled_risks
from toex.work.tasking.queries.seeing import find, find_risk, find_terms, visible
from toex.work.tasking.queries.standing import Queued, Status, enquiries, queue, status, told
from toex.work.tasking.queries.terms import (
    Caseload,
    caseload,
    content_of,
    datasets_of,
    fitting,
    in_force,
    last_agreed,
    people_of,
    signed_sides,
)  # fmt: skip
from toex.work.tasking.queries.triage import Pointer, crossings

__all__ = [
    "Awaited",
    "Caseload",
    "Load",
    "OpenRisk",
    "Pointer",
    "Queued",
    "RegionLoad",
    "Status",
    "awaited",
    "board",
    "caseload",
    "colour",
    "content_of",
    "content_of_form",
    "crossings",
    "datasets_of",
    "enquiries",
    "find",
    "find_risk",
    "find_terms",
    "fitting",
    "in_force",
    "last_agreed",
    "open_risks",
    "people_of",
    "queue",
    "settled_risks",
    "signed_sides",
    "status",
    "told",
    "visible",
]
