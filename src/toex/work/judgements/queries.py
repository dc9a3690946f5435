"""What was ruled: all of it for the machine, and of the pairs that a seat shows for a person."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from toex import pole
from toex.pole import Ruling
from toex.work.judgements.models import Judgement
from toex.work.staff.models import Person

_NAMES = ("record_id", "other_id", "ruling", "by__username", "at", "reason")


def rulings() -> list[pole.Judgement]:
    """Give every ruling, the oldest first: what conflation obeys. Not for a person to see."""
    return [_told(*row) for row in Judgement.objects.order_by("pk").values_list(*_NAMES)]


def rulings_on(record_ids: Iterable[str]) -> list[pole.Judgement]:
    """Give the rulings of which one record is among these, the oldest first; show those of which a view shows both."""
    held = list(record_ids)
    rows = Judgement.objects.filter(Q(record_id__in=held) | Q(other_id__in=held)).order_by("pk")
    return [_told(*row) for row in rows.values_list(*_NAMES)]


def _told(record_id: str, other_id: str, ruling: str, by: str, at: datetime, reason: str) -> pole.Judgement:
    said: Ruling = "same" if ruling == "same" else "different" if ruling == "different" else "unsure"
    return pole.Judgement(record_id, other_id, said, by, at, reason)


def history(record_id: str, other_id: str) -> list[Judgement]:
    """List the rulings on a pair, the oldest first; the last one stands. Ask it only of a pair that a seat shows."""
    low, high = sorted((record_id, other_id))
    found = Judgement.objects.filter(record_id=low, other_id=high).select_related("by", "grant")
    return list(found.order_by("at", "pk"))


def standing_pairs() -> dict[tuple[str, str], str]:
    """Give the ruling that stands on each pair that was ever ruled on."""
    rows = Judgement.objects.order_by("at", "pk").values_list("record_id", "other_id", "ruling")
    return {(low, high): ruling for low, high, ruling in rows}


def standing_moments() -> dict[tuple[str, str], tuple[str, datetime]]:
    """Give the ruling that stands on each pair that was ever ruled on, and when it was made."""
    rows = Judgement.objects.order_by("at", "pk").values_list("record_id", "other_id", "ruling", "at")
    return {(low, high): (ruling, at) for low, high, ruling, at in rows}


def standing_among(record_ids: Iterable[str]) -> dict[tuple[str, str], tuple[str, datetime]]:
    """Give the rulings that stand between some records, and when each was made."""
    held = list(record_ids)
    rows = Judgement.objects.filter(record_id__in=held, other_id__in=held).order_by("at", "pk")
    fields = ("record_id", "other_id", "ruling", "at")
    return {(low, high): (ruling, at) for low, high, ruling, at in rows.values_list(*fields)}


def is_applied(judgement: Judgement, mark: str) -> bool:
    """Say whether a snapshot obeys a ruling; `mark` is the snapshot's: how many rulings it was made with."""
    return Judgement.objects.filter(pk__lte=judgement.pk).count() <= int(mark or 0)


def last_applied(mark: str) -> int:
    """Give the number of the last ruling that a state of the records obeys, 0 where it obeys none; `mark` is the state's."""
    made = int(mark or 0)
    found = Judgement.objects.order_by("pk").values_list("pk", flat=True)[made - 1 : made] if made else ()
    return next(iter(found), 0)


def own_rulings(person: Person, grant: int, *, most: int) -> list[Judgement]:
    """List what somebody ruled under a grant, the newest first. Show those of which a view shows both records."""
    found = Judgement.objects.filter(by=person, grant=grant).order_by("-at", "-pk")
    return list(found[:most])
