"""Consideration by the TOEX manager: suitability, capacity, another region, acceptance; and the end of the work."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from toex.reference import load
from toex.work.audit.actions import record
from toex.work.errors import Incomplete, OutOfOrder
from toex.work.staff.models import Organisation, Person
from toex.work.staff.queries import REGIONS
from toex.work.tasking.actions.moving import NONE, about, check_do, move, take
from toex.work.tasking.models import RegionAsk, Request, SuitabilityAnswer
from toex.work.tasking.policies import check_codes, check_said


def weigh(
    *, request: Request, answers: Mapping[str, tuple[bool, str]], by: Person, at: datetime,
    compartments: frozenset[str] = NONE,
) -> None:  # fmt: skip
    """Answer the questions of suitability (list suitability_questions), each with yes or no and words."""
    check_do("weigh", request, by=by, at=at, compartments=compartments)
    check_codes(answers, of="suitability_questions", field="answers", on=at.date())
    for code, (_, words) in answers.items():
        check_said(code, words)
    with transaction.atomic():
        take("weigh", request)
        SuitabilityAnswer.objects.bulk_create(
            SuitabilityAnswer(request=request, question=code, fits=fits, words=words, by=by, at=at)
            for code, (fits, words) in answers.items()
        )
        record("alteration", "tasking.weigh", by=by, at=at, facts={"answers": len(answers)}, **about(request))


def ask_region(
    *, request: Request, asked: Organisation, reason: str, by: Person, at: datetime,
    compartments: frozenset[str] = NONE,
) -> RegionAsk:  # fmt: skip
    """Ask another region's manager to take a request; it stays here until they say yes."""
    check_do("ask_region", request, by=by, at=at, compartments=compartments)
    check_said("reason", reason)
    if asked.kind not in REGIONS or asked.pk == request.region_id:
        raise Incomplete("Ask a region, and another than the one that has it.", {"asked": "not another region"})
    with transaction.atomic():
        take("ask_region", request)
        if request.region_asks.filter(answered=None).exists():
            raise OutOfOrder("A region was asked already and has not answered; one question at a time.")
        made = RegionAsk.objects.create(request=request, asked=asked, reason=reason, by=by, at=at)
        record("disclosure", "tasking.ask_region", by=by, at=at, **about(request, f"staff:organisation:{asked.code}"))
    return made


def answer_region(
    *, request: Request, takes: bool, words: str, by: Person, at: datetime, compartments: frozenset[str] = NONE
) -> None:
    """Answer for the region that was asked; a yes moves the request there, to be weighed by its manager."""
    check_do("answer_region", request, by=by, at=at, compartments=compartments)
    check_said("answer", words)
    with transaction.atomic():
        take("answer_region", request)
        ask = request.region_asks.filter(answered=None).first()
        if ask is None:
            raise OutOfOrder("This question was answered already.")
        ask.takes, ask.answer, ask.answered_by, ask.answered = takes, words, by, at
        ask.save()
        if takes:
            request.region_id = ask.asked_id
            request.save(update_fields=["region"])
        record("alteration", "tasking.answer_region", by=by, at=at, **about(request))


def accept(*, request: Request, reason: str, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> None:
    """Accept a request for scoping, with the reason, once every question of suitability is answered here."""
    check_do("accept", request, by=by, at=at, compartments=compartments)
    check_said("reason", reason)
    open_ = set(load("suitability_questions").codes()) - _answered_here(request)
    if open_:
        raise Incomplete("Not every question of suitability is answered.", dict.fromkeys(sorted(open_), "not answered"))
    with transaction.atomic():
        take("accept", request)
        if request.region_asks.filter(answered=None).exists():
            raise OutOfOrder("Another region was asked to take it and has not answered yet.")
        move("accept", request, by=by, at=at, reason=reason)
        record("alteration", "tasking.accept", by=by, at=at, **about(request))


def _answered_here(request: Request) -> set[str]:
    """Give the questions answered since the region that has it now took it."""
    came = request.region_asks.filter(takes=True).aggregate(at=Max("answered"))["at"]
    answers = request.suitability.filter(at__gte=came) if came else request.suitability.all()
    return set(answers.values_list("question", flat=True))


def decline(*, request: Request, reason: str, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> None:
    """Decline a request, with the reason: not suitable, no capacity, or no terms that both sides could sign."""
    _move("decline", request, reason, by=by, at=at, compartments=compartments)


def close(*, request: Request, reason: str, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> None:
    """Close the work: no terms are in force from this moment."""
    _move("close", request, reason, by=by, at=at, compartments=compartments)


def develop(*, request: Request, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> None:
    """Begin development under agreed terms."""
    _move("develop", request, "adopted", by=by, at=at, compartments=compartments)


def _move(act: str, request: Request, reason: str, *, by: Person, at: datetime, compartments: frozenset[str]) -> None:
    check_do(act, request, by=by, at=at, compartments=compartments)
    check_said("reason", reason)
    with transaction.atomic():
        move(act, request, by=by, at=at, reason=reason)
        record("alteration", f"tasking.{act}", by=by, at=at, **about(request))
