"""Correction notices: drawn from what changed, released by another person, told to everybody who was given the wrong thing."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from toex.picture import hush_in, sealed_copies
from toex.publishing import Product
from toex.work.access.sitting import Standing
from toex.work.audit.actions import one_act, record
from toex.work.errors import Incomplete, OutOfOrder
from toex.work.judgements.seat import UnitSeat
from toex.work.products.actions.moving import About, about, check_do, take
from toex.work.products.corrected import Change, Wrong, changed_of, copies_cited, given_with, right_for, wrong_in
from toex.work.products.models import Correction, CorrectionLine, CorrectionTold, Recipient, Version
from toex.work.products.policies import check_released, check_second, check_unreleased, check_why
from toex.work.staff.models import Person


def correct(
    *, version: Version, words: str, seat: UnitSeat, by: Person, at: datetime, records: Mapping[str, str] | None = None
) -> Correction:
    """Draw a correction notice: to everybody who was given this version or, with `records`, any version that says it.

    `records` gives, by record that changed, why (list "notice_reasons"). What each version says on them is set against
    what is right now, proposed out of how they changed; people write that anew until another person releases it.
    """
    standing = check_do("correct", version, seat=seat, by=by)
    check_why(words, "correction")
    why = dict(records or {})
    held = given_with(version, set(why)) if why else []
    if why and not held:
        raise Incomplete("Nothing that was given out rests on these records.", {"records": "cited by no version"})
    versions = [one for one, _ in held] or [version]
    changed = _changed(why, versions, seat, standing)
    lines = [(one, right_for(one, changed)) for one in wrong_in(held, set(why))]
    with one_act():
        take("correct", version)
        made = Correction.objects.create(
            version=version, words=_hushed(words.strip(), [product for _, product in held]), by=by, at=at,
            changed={record: asdict(one) for record, one in changed.items()},
        )  # fmt: skip
        _lay(made, lines)
        told = _tell_all(made, versions)
        record(
            "alteration", "products.correct", by=by, at=at, facts={"recipients": told, "lines": len(lines)},
            **about(version, seat, f"products:correction:{made.pk}"),
        )  # fmt: skip
    return made


def _changed(
    why: Mapping[str, str], versions: Sequence[Version], seat: UnitSeat, standing: Standing
) -> dict[str, Change]:
    if not why:
        return {}
    with seat.lend(standing) as view:
        now = sealed_copies(seat.home, view, set(why))
    return changed_of(copies_cited(versions, set(why)), now, why)


def _hushed(words: str, products: Sequence[Product]) -> str:
    """Take the names of the products' children out of what people wrote (decision 16)."""
    for product in products:
        words = hush_in(product).text(words)
    return words


def _lay(made: Correction, lines: Sequence[tuple[Wrong, str]]) -> None:
    CorrectionLine.objects.bulk_create(
        CorrectionLine(
            correction=made, place=number, where=one.where[:300], versions=one.versions, was=one.was, now=now,
            records=list(one.records),
        )
        for number, (one, now) in enumerate(lines, start=1)
    )  # fmt: skip


def _tell_all(made: Correction, versions: Sequence[Version]) -> int:
    """Within the transaction: everybody who was given any of the versions is to be told, once."""
    given = Recipient.objects.filter(version__in=versions, disseminations__isnull=False).distinct().order_by("pk")
    rows = CorrectionTold.objects.bulk_create(CorrectionTold(correction=made, recipient=one) for one in given)
    return len(rows)


def tell_withdrawn(*, version: Version, reason: str, by: Person, at: datetime) -> None:
    """Within the transaction: a notice for everybody who was given the version that it is withdrawn, released by that act."""
    made = Correction.objects.create(
        version=version, kind="withdrawal", words=f"This version is withdrawn: {reason}", by=by, at=at, released_by=by,
        released=at,
    )  # fmt: skip
    _tell_all(made, [version])


def say_right(*, line: CorrectionLine, words: str, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Say what is right in place of what was said; OutOfOrder once the notice is released."""
    correction = line.correction
    version = correction.version
    check_do("correct", version, seat=seat, by=by)
    check_why(words, "what is right")
    held = given_with(version, set(line.records))
    with transaction.atomic():
        _take(correction)
        line.now = _hushed(words.strip(), [product for _, product in held])
        line.save(update_fields=["now"])
        if correction.by_id != by.pk:
            Correction.objects.filter(pk=correction.pk).update(by=by)
        record("alteration", "products.say_right", by=by, at=at, **_about(correction, seat))


def release(*, correction: Correction, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Release a notice that another person wrote, to be told to everybody on its list (rule 2).

    Whoever was given a version that says it since the notice was drawn comes onto the list, so that nobody is left out.
    """
    check_do("release", correction.version, seat=seat, by=by)
    left_out = _left_out(correction)
    with transaction.atomic():
        _take(correction)
        check_second(by, correction.by)
        CorrectionTold.objects.bulk_create(
            CorrectionTold(correction=correction, recipient_id=n) for n in sorted(left_out)
        )
        correction.released, correction.released_by = at, by
        correction.save(update_fields=["released", "released_by"])
        record("alteration", "products.release", by=by, at=at, **_about(correction, seat))


def _take(correction: Correction) -> None:
    """Within the transaction: lock a notice that is not released yet, and bring who wrote it last up to date."""
    fresh = Correction.objects.select_for_update().select_related("by").get(pk=correction.pk)
    check_unreleased(fresh.released is not None)
    correction.by = fresh.by


def _left_out(correction: Correction) -> Set[int]:
    """Name whoever was given a version that says it since the notice was drawn."""
    records = set(correction.changed)
    versions = [one for one, _ in given_with(correction.version, records)] if records else [correction.version]
    given = Recipient.objects.filter(version__in=versions, disseminations__isnull=False).values_list("pk", flat=True)
    return set(given) - set(correction.told.values_list("recipient_id", flat=True))


def tell(
    *, told: CorrectionTold, how: str, seat: UnitSeat, by: Person, at: datetime, acknowledged: bool = False
) -> None:
    """Record that a correction notice was sent to a recipient, or that they acknowledged it; OutOfOrder before its release."""
    correction = told.correction
    version = correction.version
    check_do("tell", version, seat=seat, by=by)
    correction.refresh_from_db(fields=["released"])
    check_released(correction.released is not None)
    if acknowledged and told.sent is None:
        raise OutOfOrder("A notice is acknowledged after it was sent.")
    if not acknowledged:
        check_why(how, "how")
    with transaction.atomic():
        if acknowledged:
            told.acknowledged = at
        else:
            told.sent, told.how = at, how.strip()
        told.save(update_fields=["sent", "how", "acknowledged"])
        record(
            "alteration" if acknowledged else "disclosure", "products.tell", by=by, at=at,
            **about(version, seat, f"products:correction:{told.correction_id}", f"products:recipient:{told.recipient_id}"),
        )  # fmt: skip


def _about(correction: Correction, seat: UnitSeat) -> About:
    return about(correction.version, seat, f"products:correction:{correction.pk}")
