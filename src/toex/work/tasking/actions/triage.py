"""Triage at the gateway: complete? duplicate? how harmful? who should take it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from toex.reference import load
from toex.work.audit.actions import record
from toex.work.errors import Incomplete
from toex.work.staff.models import Person
from toex.work.tasking.actions.moving import NONE, about, check_do, move, take
from toex.work.tasking.models import Request, TriageSheet
from toex.work.tasking.policies import check_codes, check_said
from toex.work.tasking.queries.triage import Pointer, crossings


def begin_triage(*, request: Request, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> None:
    """Take a submitted request into triage; the clock has run since the submission."""
    check_do("begin_triage", request, by=by, at=at, compartments=compartments)
    with transaction.atomic():
        move("begin_triage", request, by=by, at=at)
        record("consultation", "tasking.begin_triage", by=by, at=at, **about(request))


def check(
    *, request: Request, answers: Mapping[str, str], by: Person, at: datetime, compartments: frozenset[str] = NONE
) -> None:
    """Fill the triage sheet: words to checks by their code (list triage_checks); a later answer stands."""
    check_do("check", request, by=by, at=at, compartments=compartments)
    check_codes(answers, of="triage_checks", field="answers", on=at.date())
    for code, words in answers.items():
        check_said(code, words)
    with transaction.atomic():
        take("check", request)
        TriageSheet.objects.bulk_create(
            TriageSheet(request=request, check_code=code, words=words, by=by, at=at) for code, words in answers.items()
        )
        record("alteration", "tasking.check", by=by, at=at, facts={"answers": len(answers)}, **about(request))


def likely_duplicates(
    *, request: Request, by: Person, at: datetime, compartments: frozenset[str] = NONE
) -> tuple[Pointer, ...]:
    """Say whom to call about other open requests that share a subject, and nothing of what they hold.

    What is in a compartment that the person does not read answers nothing, and reads like nothing.
    """
    check_do("look_across", request, by=by, at=at, compartments=compartments)
    found = crossings(request, compartments=compartments)
    with transaction.atomic():
        take("look_across", request)
        record("consultation", "tasking.likely_duplicates", by=by, at=at, facts={"hits": len(found)}, **about(request))
    return found


def return_to_asker(
    *, request: Request, missing: str, by: Person, at: datetime, compartments: frozenset[str] = NONE
) -> None:
    """Return a request, saying what is missing; the clock stops until it is submitted again."""
    _end("return_to_asker", request, missing, by=by, at=at, compartments=compartments)


def redirect(
    *, request: Request, where: str, reason: str, by: Person, at: datetime, compartments: frozenset[str] = NONE
) -> None:
    """End a request here because another body is better placed, and name it."""
    check_said("where", where)
    _end("redirect", request, reason, by=by, at=at, compartments=compartments, where=where)


def reject(*, request: Request, reason: str, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> None:
    """Reject a request at triage, with the reason."""
    _end("reject", request, reason, by=by, at=at, compartments=compartments)


def _end(
    act: str, request: Request, reason: str, *, by: Person, at: datetime, compartments: frozenset[str], where: str = ""
) -> None:
    check_do(act, request, by=by, at=at, compartments=compartments)
    check_said("reason", reason)
    with transaction.atomic():
        move(act, request, by=by, at=at, reason=reason, where=where)
        record("alteration", f"tasking.{act}", by=by, at=at, **about(request))


def pass_on(
    *, request: Request, priority: str, reason: str, by: Person, at: datetime, compartments: frozenset[str] = NONE
) -> None:
    """Pass a request on to the TOEX manager with a priority and why; every triage check must be answered."""
    check_do("pass_on", request, by=by, at=at, compartments=compartments)
    check_said("reason", reason)
    check_codes([priority], of="request_priorities", field="priority", on=at.date())
    open_ = set(load("triage_checks").codes()) - set(request.sheet.values_list("check_code", flat=True))
    if open_:
        raise Incomplete("The triage sheet is not filled.", dict.fromkeys(sorted(open_), "not answered"))
    with transaction.atomic():
        request.priority, request.priority_why = priority, reason
        move("pass_on", request, by=by, at=at, reason=reason, also=("priority", "priority_why"))
        record("alteration", "tasking.pass_on", by=by, at=at, **about(request))
