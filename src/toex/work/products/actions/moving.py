"""What every act on a product's version shares: who may, from which state, the move itself, what the log says."""

from datetime import datetime
from typing import TypedDict

from toex.work.access.sitting import Sitting, Standing, hidden_in, hides
from toex.work.products.models import Move, Product, Version
from toex.work.products.policies import check_kind, check_related, check_seat
from toex.work.products.queries import find_version, related_to
from toex.work.products.states import TABLE, check_can
from toex.work.staff.models import Person


class About(TypedDict):
    """What an entry of the log says of a version."""

    objects: list[str]
    operation: str
    compartment: str
    grant: int


def about(version: Version, seat: Sitting, *more: str) -> About:
    """Name a version, and what else was touched, for the log."""
    return {"objects": [f"products:version:{version.pk}", *more], **_where(version.product, seat)}


def of_product(product: Product, seat: Sitting) -> About:
    """Name a product for the log."""
    return {"objects": [f"products:product:{product.pk}"], **_where(product, seat)}


class _Where(TypedDict):
    operation: str
    compartment: str
    grant: int


def _where(product: Product, seat: Sitting) -> _Where:
    hidden = hidden_in(set(product.compartment.split("+")) - {""} | hides(seat.grant))
    return {"operation": seat.operation, "compartment": hidden, "grant": seat.grant.pk}


def check_do(act: str, version: Version, *, seat: Sitting, by: Person) -> Standing:
    """Give the standing of a live grant under which somebody may do this to a version as it stands now.

    NotThere where the seat shows no such version, NotAllowed where the act is another's or the grant makes no products,
    OutOfOrder where the state is not one of the act's. The version is brought up to date.
    """
    check_seat(seat.person, by)
    standing = seat.check_shows("records")
    fresh = find_version(seat, version.product_id, version.number, compartments=standing.person.compartments)
    check_kind(act, standing.kind)
    check_related(act, related_to(fresh, seat, standing.person.roles))
    check_can(act, fresh.state)
    for field in fresh._meta.concrete_fields:
        setattr(version, field.attname, getattr(fresh, field.attname))
    version.product = fresh.product
    return standing


def take(act: str, version: Version, *, by: Person | None = None) -> None:
    """Within the transaction: lock the version and check its state again, for somebody may have been quicker.

    `by` had a hand in it from now on.
    """
    fresh = Version.objects.select_for_update().only("pk", "state", "hands").get(pk=version.pk)
    check_can(act, fresh.state)
    version.state, version.hands = fresh.state, fresh.hands
    if by is not None and by.pk not in version.hands:
        version.hands = [*version.hands, by.pk]
        version.save(update_fields=["hands"])


def move(act: str, version: Version, *, by: Person, at: datetime, reason: str = "", also: tuple[str, ...] = ()) -> None:
    """Within the transaction: take the version along the table's arrow and note by whom, when and why."""
    take(act, version)
    was, version.state = version.state, TABLE[act].target or version.state
    if version.state != was:
        version.since = at
    version.save(update_fields=["state", "since", *also])
    Move.objects.create(version=version, act=act, was=was, now=version.state, by=by, at=at, reason=reason)
