"""Beginning a product or its next version: a job draws it from the picture, and then it is people's."""

from collections.abc import Sequence
from datetime import datetime

from toex.picture import Known
from toex.reference import load
from toex.work.access.sitting import Sitting, hidden_in, hides
from toex.work.audit.actions import one_act, record
from toex.work.errors import Incomplete, OutOfOrder
from toex.work.jobs.actions import enqueue
from toex.work.products.actions.moving import about, check_do, of_product
from toex.work.products.models import Move, Product, Version
from toex.work.products.policies import check_kind, check_related, check_seat, relations
from toex.work.products.queries import find_version
from toex.work.products.states import FROZEN
from toex.work.staff.models import Person
from toex.work.tasking.actions.moving import next_reference

DRAW = "draw product"
_MOST_POINTS = 40


def begin(*, seat: Sitting, kind: str, title: str, points: Sequence[Known], by: Person, at: datetime) -> Version:
    """Begin a product of the seat's operation around these subjects; a job draws its first version.

    Incomplete without a known kind, a title or a subject to draw it around.
    """
    check_seat(seat.person, by)
    standing = seat.check_shows("records")
    check_kind("begin", standing.kind)
    operation = seat.grant.operation
    if operation is None:
        raise OutOfOrder("A product belongs to an operation: this grant is for none.")
    check_related("begin", relations(by, standing.person.roles, drafted_by=0, hands=frozenset()))
    _check_begun(kind, title, points)
    hidden = hidden_in(seat.seen | hides(seat.grant))
    with one_act():
        made = Product.objects.create(
            reference=next_reference("PRD", at), kind=kind, title=title.strip(), operation=operation, grant=seat.grant,
            compartment=hidden, created=at, created_by=by,
        )  # fmt: skip
        version = _versioned(made, 1, points, by=by, at=at)
        _queue(version, seat, by=by, at=at)
        record("collection", "products.begin", by=by, at=at, facts={"kind": kind}, **of_product(made, seat))
    return version


def _check_begun(kind: str, title: str, points: Sequence[Known]) -> None:
    wrong = {}
    if kind not in load("product_kinds"):
        wrong["kind"] = "a kind of product"
    if not title.strip() or len(title) > 200:
        wrong["title"] = "a title, at most 200 letters"
    if not 0 < len(points) <= _MOST_POINTS:
        wrong["points"] = f"whom or what it is drawn around, at most {_MOST_POINTS}"
    if wrong:
        raise Incomplete("A product has a kind, a title, and somebody or something it is drawn around.", wrong)


def _versioned(product: Product, number: int, points: Sequence[Known], *, by: Person, at: datetime) -> Version:
    made = Version.objects.create(
        product=product, number=number, since=at, drafted_by=by, begun=at,
        points=[[p.kind, p.value, p.supplier] for p in points],
    )  # fmt: skip
    act = "begin" if number == 1 else "renew"
    Move.objects.create(version=made, act=act, now=made.state, by=by, at=at)
    return made


def _queue(version: Version, seat: Sitting, *, by: Person, at: datetime) -> None:
    where = about(version, seat)
    enqueue(
        kind=DRAW, args={"version": version.pk}, by=by, at=at, title=f"Draw {version.product.reference}, version {version.number}",
        grant=seat.grant.pk, operation=where["operation"], compartment=where["compartment"],
    )  # fmt: skip


def renew(*, version: Version, seat: Sitting, by: Person, at: datetime) -> Version:
    """Begin the version after this one: drawn anew, with what people wrote carried over and what is new marked.

    OutOfOrder where a later version is there already, or this one was never assured.
    """
    check_seat(seat.person, by)
    standing = seat.check_shows("records")
    check_kind("renew", standing.kind)
    last = find_version(seat, version.product_id, version.number, compartments=standing.person.compartments)
    check_related("renew", relations(by, standing.person.roles, drafted_by=0, hands=frozenset()))
    if last.state not in (*FROZEN, "withdrawn") or not last.drawn:
        raise OutOfOrder("The next version is begun when this one has been assured, or withdrawn.")
    if Version.objects.filter(product=last.product_id, number__gt=last.number).exists():
        raise OutOfOrder("A later version has been begun already.")
    with one_act():
        made = _versioned(last.product, last.number + 1, [Known(*p) for p in last.points], by=by, at=at)
        _queue(made, seat, by=by, at=at)
        record("collection", "products.renew", by=by, at=at, facts={"number": made.number}, **about(made, seat))
    return made


def draw_again(*, version: Version, seat: Sitting, by: Person, at: datetime) -> None:
    """Queue the drawing of a version again, where the job that should have drawn it failed."""
    check_do("abandon", version, seat=seat, by=by)
    if version.state != "drawing":
        raise OutOfOrder("The version is drawn already.")
    with one_act():
        _queue(version, seat, by=by, at=at)
        record("alteration", "products.draw_again", by=by, at=at, **about(version, seat))
