"""The rules of terms of reference: what they must say, who may sign for which side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from toex.reference import load
from toex.work.errors import Incomplete, NotAllowed, OutOfOrder
from toex.work.staff.models import Organisation, Person
from toex.work.staff.queries import REGIONS
from toex.work.tasking.content import Asked, TermsContent
from toex.work.tasking.models import Attachment, ProductDue, Question, Request, Signature, Terms
from toex.work.tasking.policies import OUR_OWN, check_codes, has_risk_owner, same_person

SIDES = ("toex", "customer")


@dataclass(frozen=True, slots=True)
class Proxy:
    """Somebody outside who has signed: who, of what, when, how it came, and the message itself (rule 1)."""

    name: str
    rank: str
    organisation: Organisation
    signed: datetime
    how: str
    message: Attachment | None


def check_terms(content: TermsContent, at: datetime) -> None:
    """Raise Incomplete where terms do not hold together: purpose, dates, marking, codes, hours."""
    on = at.date()
    wrong = {
        "purpose": not content.purpose.strip(),
        "ends": content.ends <= content.starts,
        "hours": content.hours < 0,
        "marking": bool(content.marking) and content.marking not in held_markings(),
    }
    if any(wrong.values()):
        fields = {field: "not allowed" for field, bad in wrong.items() if bad}
        raise Incomplete(
            "Terms need a purpose, an end after their start, hours not below none and a marking that is held here "
            f"({', '.join(held_markings())}).",
            fields,
        )
    check_codes([q.direction for q in content.questions], of="question_directions", field="questions", on=on)
    check_codes([p.what for p in content.products], of="support_kinds", field="products", on=on)


def held_markings() -> tuple[str, ...]:
    """Give the markings that are held here; SECRET and above are known in order to be refused."""
    return tuple(entry.code for entry in load("markings") if entry.attribute("held"))


def check_questions(questions: Sequence[Asked], objectives: set[int]) -> None:
    """Raise Incomplete where a question points at no objective of this request's strategy."""
    if any(q.objective is None or q.objective.pk not in objectives or not q.text.strip() for q in questions):
        raise Incomplete(
            "Every question points at an objective of the SIO's investigation strategy.", {"questions": "no objective"}
        )


def check_ready(terms: Terms) -> None:
    """Raise Incomplete where a version lacks what both sides must be able to rely on before they sign."""
    lacking = {
        "support": not terms.support.strip(),
        **{name: not there for name, there in _promised(terms).items()},
        "marking": not terms.marking,
        "review": terms.review is None,
        "risk_owner": not has_risk_owner(terms.request),
    }
    if any(lacking.values()):
        fields = {field: "missing" for field, bad in lacking.items() if bad}
        raise Incomplete("The terms cannot be signed yet: " + ", ".join(fields) + ".", fields)


def _promised(terms: Terms) -> dict[str, bool]:
    """Say, in one query, of which of the three a version has any."""
    held = Terms.objects.annotate(
        asks=Exists(Question.objects.filter(terms=OuterRef("pk"))),
        promises=Exists(ProductDue.objects.filter(terms=OuterRef("pk"))),
        staffed=Exists(Person.objects.filter(terms=OuterRef("pk"))),
    ).values_list("asks", "promises", "staffed")
    return dict(zip(("questions", "products", "people"), held.get(pk=terms.pk), strict=True))


def check_turn(terms: Terms, side: str, others: Sequence[Signature]) -> None:
    """Raise OutOfOrder unless the version is the newest and waits for that side's signature."""
    if terms.request.terms.filter(version__gt=terms.version).exists():
        raise OutOfOrder("There is a newer version: that one is signed.")
    if any(other.side == side for other in others):
        raise OutOfOrder("That side has signed this version.")


def side_of(related: frozenset[str]) -> str:
    """Say for which side a person signs: the manager for TOEX, the SIO as the customer; never both."""
    if {"manager", "sio"} <= related:
        raise NotAllowed("Nobody signs both sides: whoever is the SIO does not sign as the TOEX manager.")
    return "toex" if "manager" in related else "customer"


def check_other_hand(person: Person, name: str, others: Sequence[Signature]) -> None:
    """Raise NotAllowed where the person who signs or enters had a hand in the other side's signature."""
    for other in others:
        if person.pk in (other.person_id, other.entered_by_id) or same_person(name, other.name):
            raise NotAllowed("Nobody signs both sides, and who signs one does not enter the other.")


def check_proxy(proxy: Proxy, request: Request, *, terms: Terms, by: Person, at: datetime) -> None:
    """Raise unless a proxy says who, when and how, with the message attached to this request, entered by another."""
    lacking = {
        "name": not proxy.name.strip(),
        "rank": not proxy.rank.strip(),
        "how": not proxy.how.strip(),
        "message": proxy.message is None or proxy.message.request_id != request.pk,
    }
    if any(lacking.values()):
        fields = {field: "missing" for field, bad in lacking.items() if bad}
        raise Incomplete("A signature from outside needs who, when, how and the message attached.", fields)
    if same_person(proxy.name, by.name):
        raise NotAllowed("A signature from outside is entered by a named officer who is not the signer.")
    check_outside(proxy.organisation, request)
    drafted = terms.drafted.replace(second=0, microsecond=0)  # a message's time is told to the minute
    if not drafted <= proxy.signed <= at:
        raise Incomplete(
            "The message is from before this text was last changed, or from the future.",
            {"signed": "not before this text was last changed, and not after now"},
        )


def check_outside(organisation: Organisation, request: Request) -> None:
    """Raise NotAllowed where the customer would be TOEX itself or a region that did not ask."""
    ours = organisation.kind in REGIONS and (organisation.pk != request.organisation_id or request.kind != "request")
    if organisation.pk == OUR_OWN or ours:
        raise NotAllowed("The customer's side is signed in the force or body that is served, never by TOEX.")
