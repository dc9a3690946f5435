"""Reviews of what is kept, and legal holds: how long, why still, and what stops its going (DPA 2018 s.39)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from toex.reference import load
from toex.work.audit.actions import record
from toex.work.errors import Incomplete, OutOfOrder
from toex.work.holdings.models import Amendment, Dataset, HeldRecord, Hold, Review
from toex.work.holdings.policies import check_code, check_said
from toex.work.holdings.queries import standing_holds
from toex.work.staff.models import Person
from toex.work.staff.policies import check_may

DECISIONS = ("retain", "dispose")


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A dataset whose review is due: since when, by which rule, and the holds that would stop a disposal."""

    dataset: Dataset
    since: date
    why: str  # review date | clear period | authority ended
    holds: tuple[int, ...]


def reviews_due(day: date, *, within: int = 0, compartments: Collection[str] = ()) -> list[ReviewDue]:
    """List the datasets to be reviewed by a day, or within so many days of it, the longest overdue first.

    Those of a compartment are there for its readers alone (rule 12).
    """
    until = day + timedelta(days=within)
    kept = (
        Dataset.objects.filter(disposed=None, compartment__in=["", *compartments])
        .select_related("supplier")
        .prefetch_related("reviews")
    )
    datasets = list(kept.order_by("name"))
    holds = standing_holds([d.name for d in datasets])
    found = []
    for dataset in datasets:
        reasons = [(since, why) for since, why in _reasons(dataset) if since <= until]
        if reasons:
            since, why = min(reasons)
            found.append(ReviewDue(dataset, since, why, tuple(h.pk for h in holds if h.dataset_id == dataset.name)))
    return sorted(found, key=lambda due: (due.since, due.dataset.name))


def clear_period_ends(dataset: Dataset) -> date | None:
    """Give the day on which the group's initial clear period ends, counted from the registration.

    The groups' periods are unverified reference data; a period that hangs on a person's age has no day for a dataset.
    """
    group = load("review_groups").get(dataset.retention_group)
    years = int(group.attribute("clear_years") or 0) if group else 0
    start = dataset.registered.date()
    return _years_on(start, years) if years else None


def decide_review(
    *, dataset: Dataset, decision: str, reason: str, by: Person, at: datetime, next_date: date | None = None
) -> Review:
    """Record a review's decision by the national retention assessment criteria: retain to a day ahead, or dispose.

    To dispose is refused while a legal hold stands; the disposal itself is an erasure, which another person approves.
    """
    check_may(by, "review records for retention", at)
    check_said(reason=reason)
    if decision not in DECISIONS:
        raise Incomplete("A review ends with retain or dispose.", {"decision": "not one of the two"})
    if decision == "retain" and (next_date is None or next_date <= at.date()):
        raise Incomplete("What is retained is given the day of its next review.", {"next_date": "lies not ahead"})
    if decision == "dispose":
        check_no_hold([dataset.name])
    with transaction.atomic():
        held = Dataset.objects.select_for_update().get(pk=dataset.pk)
        made = Review.objects.create(
            dataset=held, decision=decision, reason=reason, next_date=next_date, by=by.username, at=at
        )
        if next_date and decision == "retain":
            _put_off(held, next_date, reason=reason, by=by, at=at)
        record(
            "alteration", "holdings.decide_review", by=by, at=at, reason=decision, operation=held.operation,
            compartment=held.compartment, objects=[f"holdings:review:{made.pk}", f"holdings:dataset:{held.name}"],
        )  # fmt: skip
    return made


def place_hold(
    *, dataset: Dataset, ground: str, reason: str, by: Person, at: datetime, record_ids: Sequence[str] = (),
    until: date | None = None,
) -> Hold:  # fmt: skip
    """Place a legal hold on a dataset, or on named records of it: nothing that it covers is disposed of.

    `until` is the day on which somebody looks at it again. It does not end by itself: a hold that lapsed unseen would
    let material go that a court asks for.
    """
    check_may(by, "place a legal hold", at)
    check_code("hold_grounds", ground, "ground")
    check_said(reason=reason)
    ids = sorted(set(record_ids))
    with transaction.atomic():
        hold = Hold.objects.create(
            dataset=dataset, whole=not ids, ground=ground, reason=reason, until=until, placed_by=by.username, placed=at
        )
        HeldRecord.objects.bulk_create((HeldRecord(hold=hold, record_id=r) for r in ids), batch_size=500)
        record(
            "alteration", "holdings.place_hold", by=by, at=at, reason=ground, operation=dataset.operation,
            compartment=dataset.compartment, facts={"records": len(ids)},
            objects=[f"holdings:hold:{hold.pk}", f"holdings:dataset:{dataset.name}"],
        )  # fmt: skip
    return hold


def release_hold(*, hold: Hold, reason: str, by: Person, at: datetime) -> Hold:
    """Let a hold go; from now on it stops nothing."""
    check_may(by, "place a legal hold", at)
    check_said(reason=reason)
    with transaction.atomic():
        held = Hold.objects.select_for_update().get(pk=hold.pk)
        if held.released:
            raise OutOfOrder("The hold was released already.")
        held.released, held.released_by, held.release_reason = at, by.username, reason
        held.save(update_fields=["released", "released_by", "release_reason"])
        record(
            "alteration", "holdings.release_hold", by=by, at=at, objects=[f"holdings:hold:{held.pk}"],
            operation=hold.dataset.operation, compartment=hold.dataset.compartment,
        )  # fmt: skip
    return held


def check_no_hold(datasets: Sequence[str], record_ids: Sequence[str] = ()) -> None:
    """Raise OutOfOrder where a legal hold covers any of it; without records, a hold on one record holds the dataset."""
    holds = standing_holds(datasets, record_ids)
    if holds:
        labels = sorted({load("hold_grounds").label(hold.ground) for hold in holds})
        raise OutOfOrder(f"A legal hold stands: {'; '.join(labels)}. Nothing that it covers is disposed of.")


def _reasons(dataset: Dataset) -> list[tuple[date, str]]:
    """Name the days that call for a review; one that a later decision to retain has answered does not."""
    clear = clear_period_ends(dataset)
    found = [(dataset.review_date, "review date")]
    if clear and clear < dataset.review_date and not any(r.decision == "retain" for r in dataset.reviews.all()):
        found.append((clear, "clear period"))
    if dataset.expiry:
        found.append((dataset.expiry + timedelta(days=1), "authority ended"))
    return found


def _put_off(dataset: Dataset, day: date, *, reason: str, by: Person, at: datetime) -> None:
    """Give a dataset another review date, as a dated version of its registration."""
    before = Amendment.objects.filter(dataset=dataset, version=dataset.version).first()
    dataset.review_date, dataset.version = day, dataset.version + 1
    dataset.save(update_fields=["review_date", "version"])
    facts = {**(before.facts if before else {}), "review_date": day.isoformat()}
    Amendment.objects.create(
        dataset=dataset, version=dataset.version, facts=facts, reason=reason, by=by.username, at=at
    )


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return date(day.year + years, 3, 1)
