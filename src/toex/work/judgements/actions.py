"""Ruling on a match: added to what was ruled before, applied by the conflation that it queues."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from toex.work.access.kinds import kind_of
from toex.work.access.sitting import Sitting, hidden_in, hides
from toex.work.audit.actions import one_act, record
from toex.work.citations.actions import tell
from toex.work.jobs.actions import enqueue
from toex.work.jobs.models import Job
from toex.work.judgements.models import Judgement
from toex.work.judgements.policies import check_explicit, check_latest, check_own_seat, check_rules_under, check_said
from toex.work.judgements.touching import Touch, bound_to, looked
from toex.work.staff.models import Person

CONFLATE = "conflate"
BEING_APPLIED = "being applied"


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling that was made, and that what is shown as one follows it as soon as the conflation has run."""

    judgement: Judgement
    touch: Touch
    state: str = BEING_APPLIED


def rule(
    *, seat: Sitting, record_id: str, other_id: str, ruling: str, reason: str, by: Person, at: datetime,
    explicit: Collection[str] = (),
) -> Ruled:  # fmt: skip
    """Rule on two records that the seat shows (rules 4 and 5); an earlier ruling is undone by another, with a reason.

    NotAllowed without the role or a live grant that is not to read by alone, NotThere unless both records are shown,
    Incomplete without a reason, or where the ruling brings a child and an adult, or a victim and a suspect, together and
    `explicit` does not name that meeting. Owners of what was built on the records are told, and a conflation is queued.
    """
    check_own_seat(seat.person, by)
    check_rules_under(kind_of(seat.grant.kind, seat.grant.duty))
    check_said(ruling, reason)
    touch = looked(seat, record_id, other_id, ruling=ruling, told=False)
    check_explicit(touch.waits, explicit)
    check_latest(at, touch.ruled)
    hidden = hidden_in(hides(seat.grant) | set(touch.compartment.split("+")) - {""})
    with one_act():
        made = Judgement.objects.create(
            record_id=touch.record_id, other_id=touch.other_id, ruling=ruling, reason=reason.strip(), by=by, at=at,
            grant=seat.grant, operation=seat.operation, compartment=hidden,
        )  # fmt: skip
        _queue(by=by, at=at)
        _tell(seat, touch, by=by, at=at)
        record(
            "combination", "judgements.rule", by=by, at=at, objects=[f"judgements:judgement:{made.pk}"],
            facts={"ruling": ruling, "records": sum(len(s.record_ids) for s in touch.sides)}, grant=seat.grant.pk,
            operation=seat.operation, compartment=hidden,
        )  # fmt: skip
    return Ruled(made, touch)


def _queue(*, by: Person, at: datetime) -> None:
    """One that waits will read this ruling too; one that runs may have read the rulings before it."""
    if not Job.objects.filter(kind=CONFLATE, state="queued").exists():
        enqueue(kind=CONFLATE, args={}, by=by, at=at, title="Apply rulings")


def _tell(seat: Sitting, touch: Touch, *, by: Person, at: datetime) -> None:
    """Tell owners, and of what only an operation or a compartment can see, only its own."""
    if touch.effect == "none":
        return
    why = "re-joined" if touch.effect == "joins" else "split"
    told = [touch.record_id, touch.other_id]
    if touch.widely_seen(
        bound_to(seat)
    ):  # else who cites the rest could learn of what stands between; the job tells them
        told = [one for side in touch.sides for one in side.record_ids]
    tell(
        record_ids=told, why=why, by=by, at=at, operation=touch.operation or None, compartment=touch.compartment or None
    )
