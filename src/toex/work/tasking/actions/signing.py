"""Signing terms of reference, and what the Detective Inspector adds to terms in force."""

from datetime import datetime

from django.db import transaction

from toex.reference import load
from toex.work.audit.actions import record
from toex.work.errors import NotAllowed, OutOfOrder
from toex.work.holdings.models import Dataset
from toex.work.staff.models import Person
from toex.work.tasking.actions.moving import NONE, about, check_do, check_lengths, move, take
from toex.work.tasking.actions.terms import check_staff, usable
from toex.work.tasking.agreement import (
    SIDES,
    Proxy,
    check_other_hand,
    check_proxy,
    check_ready,
    check_turn,
    side_of,
)  # fmt: skip
from toex.work.tasking.models import Addition, Request, Signature, Terms
from toex.work.tasking.policies import check_said
from toex.work.tasking.queries.terms import datasets_of, in_force, people_of

_HIGHEST = 99


def sign(*, terms: Terms, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> bool:
    """Sign a version under one's own account: the region's manager for TOEX, the SIO as the customer.

    Gives whether both sides have now signed: then the version is agreed, and the request with it.
    """
    request = terms.request
    side = side_of(check_do("sign", request, by=by, at=at, compartments=compartments))
    made = Signature(
        terms=terms, side=side, person=by, name=by.name, rank=by.rank, organisation_id=by.home_id, signed=at,
        how="own account", entered_by=by, at=at,
    )  # fmt: skip
    with transaction.atomic():
        take("sign", request)
        agreed = _sign(made, request, by=by, at=at)
        record(
            "alteration",
            "tasking.sign",
            by=by,
            at=at,
            facts=_facts(made, agreed),
            **about(request, f"tasking:terms:{terms.pk}"),
        )
    return agreed


def sign_by_proxy(*, terms: Terms, proxy: Proxy, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> bool:
    """Record the customer's signature that came from outside: who, when, how, the message attached (rule 1).

    Entered by a named officer who is neither the signer nor the one who signs for TOEX. Gives whether both have signed.
    """
    request = terms.request
    check_do("sign_by_proxy", request, by=by, at=at, compartments=compartments)
    check_proxy(proxy, request, terms=terms, by=by, at=at)
    made = Signature(
        terms=terms, side="customer", name=proxy.name, rank=proxy.rank, organisation=proxy.organisation,
        signed=proxy.signed, how=proxy.how, message=proxy.message, entered_by=by, at=at,
    )  # fmt: skip
    with transaction.atomic():
        take("sign_by_proxy", request)
        agreed = _sign(made, request, by=by, at=at)
        facts = _facts(made, agreed)
        record(
            "alteration", "tasking.sign_by_proxy", by=by, at=at, behalf=f"{made.rank} at {made.organisation_id}",
            facts=facts, **about(request, f"tasking:terms:{terms.pk}"),
        )  # fmt: skip
    return agreed


def _sign(made: Signature, request: Request, *, by: Person, at: datetime) -> bool:
    """Within the transaction: add the signature; the second one agrees the version."""
    terms = made.terms
    others = list(terms.signatures.all())
    check_turn(terms, made.side, others)
    check_ready(terms)
    check_other_hand(by, made.name, others)
    check_lengths(made)
    made.save()
    agreed = {made.side, *(other.side for other in others)} == set(SIDES)
    if agreed:
        terms.agreed = at
        terms.save(update_fields=["agreed"])
        if request.state == "scoping":
            move("agree", request, by=by, at=at)
    return agreed


def _facts(made: Signature, agreed: bool) -> dict[str, str | int]:
    return {"side": made.side, "version": made.terms.version, "agreed": int(agreed)}


def add_colleague(
    *, terms: Terms, person: Person, reason: str, by: Person, at: datetime, compartments: frozenset[str] = NONE
) -> Addition:
    """Add a named colleague to terms in force: one act of the Detective Inspector, with the reason (rule 1)."""
    request = terms.request
    check_do("add_colleague", request, by=by, at=at, compartments=compartments)
    check_said("reason", reason)
    check_staff([person], at)
    with transaction.atomic():
        take("add_colleague", request)
        _check_in_force(terms, at)
        if person in people_of(terms):
            raise OutOfOrder("The terms name that colleague already.")
        made = Addition.objects.create(terms=terms, person=person, reason=reason, by=by, at=at)
        objects = (f"tasking:terms:{terms.pk}", f"staff:person:{person.pk}")
        record("alteration", "tasking.add_colleague", by=by, at=at, **about(request, *objects))
    return made


def add_dataset(
    *, terms: Terms, dataset: str, reason: str, by: Person, at: datetime, operation: str = "",
    compartments: frozenset[str] = NONE,
) -> Addition:  # fmt: skip
    """Add a like dataset to terms in force: one act of the Detective Inspector, with the reason (rule 1).

    Like means: a standing dataset, as one that the terms name is, from the same kind of supplier, of the same kind
    where kinds are registered, in the same compartment and marked no higher. Anything else is a variation, which both
    sides sign.
    """
    request = terms.request
    check_do("add_dataset", request, by=by, at=at, compartments=compartments)
    check_said("reason", reason)
    [new] = usable([dataset], operation=operation, compartments=compartments)
    held = Dataset.objects.filter(name__in=datasets_of(terms)).select_related("supplier")
    if not any(_alike(new, old) for old in held):
        raise NotAllowed("It is not like a dataset that the terms name: that is a variation, signed by both sides.")
    with transaction.atomic():
        take("add_dataset", request)
        _check_in_force(terms, at)
        if dataset in datasets_of(terms):
            raise OutOfOrder("The terms name that dataset already.")
        made = Addition.objects.create(terms=terms, dataset=dataset, reason=reason, by=by, at=at)
        objects = (f"tasking:terms:{terms.pk}", f"holdings:dataset:{dataset}")
        record("alteration", "tasking.add_dataset", by=by, at=at, **about(request, *objects))
    return made


def _alike(new: Dataset, old: Dataset) -> bool:
    ranks = {code: rank for rank, code in enumerate(load("markings").codes())}  # an unknown one is like itself alone
    return (
        new.binding == old.binding == "standing"
        and new.supplier.kind == old.supplier.kind
        and getattr(new, "kind", "") == getattr(old, "kind", "")  # where holdings registers a kind of data
        and new.compartment == old.compartment
        and (new.marking == old.marking or ranks.get(new.marking, _HIGHEST) <= ranks.get(old.marking, -1))
    )


def _check_in_force(terms: Terms, at: datetime) -> None:
    if in_force(terms.request, at) != terms or not terms.starts <= at < terms.ends:
        raise OutOfOrder("Only terms in force are added to.")
