"""What an erasure here means for bundles that came: a signed file cannot be cut, so the whole file goes; its hash stays."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from toex.work.audit.actions import Actor, record
from toex.work.exchange.models import ReceivedBundle, ReceivedRecord
from toex.work.exchange.queries import kept_bundle

_AT_ONCE = 10_000  # SQLite takes 32,766 values in one statement


def let_go(*, record_ids: Collection[str], datasets: Collection[str], by: Actor, at: datetime) -> int:
    """Let the files go of every bundle that told of an erased record, or went into a disposed dataset; count them.

    Every bundle of the same product goes: an earlier version told of the record too.
    """
    ids, told = sorted(record_ids), set[tuple[str, str]]()
    for start in range(0, len(ids), _AT_ONCE):
        rows = ReceivedRecord.objects.filter(here__in=ids[start : start + _AT_ONCE])
        told |= set(rows.values_list("bundle__reference", "installation"))
    products = Q(dataset__in=list(datasets))
    for reference, installation in sorted(told):
        products |= Q(reference=reference, sender__installation=installation)
    with transaction.atomic():
        found = list(ReceivedBundle.objects.filter(products, erased=None))
        for one in found:
            kept_bundle(one.sha256).unlink(missing_ok=True)
        ReceivedBundle.objects.filter(pk__in=[one.pk for one in found]).update(erased=at, notice={})
        # no count: it would speak of what lies in compartments too
        record("erasure", "exchange.let_go", by=by, at=at)
    return len(found)
