"""Terms of reference: drafted, amended while nobody signed, varied."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from toex.work.audit.actions import record
from toex.work.errors import Incomplete, OutOfOrder
from toex.work.holdings.models import Dataset
from toex.work.staff.models import Person
from toex.work.staff.policies import TEAM
from toex.work.staff.queries import with_roles
from toex.work.tasking.actions.moving import NONE, about, check_do, check_lengths, take
from toex.work.tasking.agreement import check_questions, check_terms
from toex.work.tasking.content import TermsContent
from toex.work.tasking.models import Milestone, Objective, ProductDue, Question, Request, Terms
from toex.work.tasking.policies import check_said, posts

_PLAIN = (
    "purpose", "starts", "ends", "support", "scope_in", "scope_out", "methods", "marking", "handling", "risks", "review",
    "hours", "why",
)  # fmt: skip


def draft_terms(
    *, request: Request, content: TermsContent, by: Person, at: datetime, operation: str = "",
    compartments: frozenset[str] = NONE,
) -> Terms:  # fmt: skip
    """Draft the first version, or the next where a side has signed the last and it is wanted otherwise.

    `operation` is the reference of the operation, where there is one: it lets the terms name data bound to it.
    """
    return _draft("draft_terms", request, content, by=by, at=at, operation=operation, compartments=compartments)


def vary(
    *, request: Request, content: TermsContent, by: Person, at: datetime, operation: str = "",
    compartments: frozenset[str] = NONE,
) -> Terms:  # fmt: skip
    """Draft a variation of terms in force, with why; it changes nothing until both sides have signed it."""
    check_said("why", content.why)
    return _draft("vary", request, content, by=by, at=at, operation=operation, compartments=compartments)


def _draft(
    act: str, request: Request, content: TermsContent, *, by: Person, at: datetime, operation: str,
    compartments: frozenset[str],
) -> Terms:  # fmt: skip
    check_do(act, request, by=by, at=at, compartments=compartments)
    _check(request, content, at=at, operation=operation, compartments=compartments)
    with transaction.atomic():
        take(act, request)
        last = request.terms.order_by("-version").first()
        if last is not None and last.agreed is None and not last.signatures.exists():
            raise OutOfOrder("There is a version that nobody has signed: amend that one.")
        version = last.version + 1 if last else 1
        terms = Terms(request=request, version=version, drafted_by=by)
        _write(terms, content, at)
        record("alteration", f"tasking.{act}", by=by, at=at, facts=_facts(content), **about(request, _named(terms)))
    return terms


def amend_terms(
    *, terms: Terms, content: TermsContent, by: Person, at: datetime, operation: str = "",
    compartments: frozenset[str] = NONE,
) -> None:  # fmt: skip
    """Amend a version that nobody has signed; one under signature is never changed."""
    request = terms.request
    check_do("amend_terms", request, by=by, at=at, compartments=compartments)
    _check(request, content, at=at, operation=operation, compartments=compartments)
    with transaction.atomic():
        take("amend_terms", request)
        if terms.signatures.exists():
            raise OutOfOrder("A version under signature is never changed: draft the next one.")
        for rows in (terms.questions, terms.products, terms.milestones):
            rows.all().delete()
        _write(terms, content, at)
        record(
            "alteration", "tasking.amend_terms", by=by, at=at, facts=_facts(content), **about(request, _named(terms))
        )


def add_objective(
    *, request: Request, text: str, by: Person, at: datetime, compartments: frozenset[str] = NONE
) -> Objective:
    """Add an objective of the SIO's strategy that came up since the form; the others keep their numbers."""
    check_do("add_objective", request, by=by, at=at, compartments=compartments)
    check_said("objective", text)
    with transaction.atomic():
        take("add_objective", request)
        last = request.objectives.order_by("-number").first()
        made = Objective.objects.create(request=request, number=last.number + 1 if last else 1, text=text)
        record("alteration", "tasking.add_objective", by=by, at=at, **about(request))
    return made


def _check(
    request: Request, content: TermsContent, *, at: datetime, operation: str, compartments: frozenset[str]
) -> None:
    check_terms(content, at)
    check_questions(content.questions, set(request.objectives.filter(retired=False).values_list("pk", flat=True)))
    usable(content.datasets, operation=operation, compartments=compartments)
    check_staff(content.people, at)


def usable(names: Sequence[str], *, operation: str, compartments: frozenset[str]) -> list[Dataset]:
    """Give the datasets of those names; Incomplete where one is not registered for this work.

    One bound to another operation (rule 11), closed, or in a compartment that the person does not read reads exactly
    like one that was never registered.
    """
    found = [
        row
        for row in Dataset.objects.filter(name__in=names, closed=None).select_related("supplier")
        if (row.binding == "standing" or row.operation == operation != "")
        and (not row.compartment or row.compartment in compartments)
    ]
    if len(found) < len(set(names)):
        raise Incomplete(
            "A dataset that is named is not registered here for this work.", {"datasets": "not registered"}
        )
    return found


def check_staff(people: Sequence[Person], at: datetime) -> None:
    """Raise Incomplete unless everybody named is of a TOEX team today: people outside read products, not records."""
    if any(not any(held & TEAM for held in posts(person, at).values()) for person in with_roles(people)):
        raise Incomplete("Staff named in terms of reference are of a TOEX team today.", {"people": "not of a team"})


def _write(terms: Terms, content: TermsContent, at: datetime) -> None:
    for name in _PLAIN:
        setattr(terms, name, getattr(content, name))
    terms.datasets, terms.dissemination = sorted(set(content.datasets)), list(content.dissemination)
    terms.drafted = at
    check_lengths(terms)
    fresh = terms.pk is None
    terms.save()
    if fresh:
        terms.people.add(*content.people)
    else:
        terms.people.set(content.people)
    Question.objects.bulk_create(
        Question(terms=terms, number=n, text=q.text, direction=q.direction, objective=q.objective)
        for n, q in enumerate(content.questions, 1)
    )
    ProductDue.objects.bulk_create(ProductDue(terms=terms, kind=p.what, due=p.due) for p in content.products)
    steps = [Milestone(terms=terms, text=m.what, due=m.due) for m in content.milestones]
    for step in steps:
        check_lengths(step)
    Milestone.objects.bulk_create(steps)


def _facts(content: TermsContent) -> dict[str, str | int]:
    return {
        "questions": len(content.questions), "products": len(content.products), "datasets": len(content.datasets),
        "people": len(content.people),
    }  # fmt: skip


def _named(terms: Terms) -> str:
    return f"tasking:terms:{terms.pk}"
