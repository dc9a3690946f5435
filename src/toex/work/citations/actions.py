"""Pointing at records, and telling whoever pointed at them that they changed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from toex.picture import chain
from toex.work.audit.actions import Actor, record
from toex.work.citations.models import Citation, Notice
from toex.work.citations.policies import check_cited, check_open, check_owner, check_why, seal_of
from toex.work.citations.queries import Owner, notices_of, owners_of
from toex.work.errors import NotThere
from toex.work.staff.models import Person

_ERASED: Mapping[str, bool] = {"erased": True}


def cite(
    *, record_ids: Sequence[str], room: str, object: str, sealed: Mapping[str, Mapping[str, Any]], by: Person,
    at: datetime, operation: str = "", compartment: str = "", grant: int | None = None,
) -> list[Citation]:  # fmt: skip
    """Let an object point at records, each with the copy of its row as it was; a record it cites already stays as it is.

    `sealed` gives by record id its values, supplier, file, row and grade (rule 7): the copy is the object's own, so
    that no product pins a snapshot. Incomplete where one lacks.
    """
    wanted = list(dict.fromkeys(record_ids))
    check_cited(wanted, sealed)
    with transaction.atomic():
        held = Citation.objects.filter(room=room, object=object, withdrawn=None, record_id__in=wanted)
        known = set(held.values_list("record_id", flat=True))
        made = Citation.objects.bulk_create(
            Citation(
                record_id=one, room=room, object=object, operation=operation, compartment=compartment,
                sealed=dict(sealed[one]), digest=seal_of(sealed[one]), by=by, cited_at=at,
            )
            for one in wanted if one not in known
        )  # fmt: skip
        facts: dict[str, str | int] = {"records": len(made), "of": chain.digest(wanted)}
        record(
            "consultation", "citations.cite", by=by, at=at, objects=[f"{room}:{object}"], facts=facts,
            operation=operation, compartment=compartment, grant=grant,
        )  # fmt: skip
    return made


def withdraw(
    *,
    room: str,
    object: str,
    by: Person,
    at: datetime,
    reason: str,
    record_ids: Sequence[str] | None = None,
) -> int:
    """Let an object point no more at records, or at none at all; give how many. What was cited once stays on file."""
    rows = Citation.objects.filter(room=room, object=object, withdrawn=None)
    if record_ids is not None:
        rows = rows.filter(record_id__in=list(record_ids))
    first = rows.first()
    if first is None:
        raise NotThere("Nothing is cited there.")
    with transaction.atomic():
        count = rows.update(withdrawn=at)
        record(
            "alteration", "citations.withdraw", by=by, at=at, objects=[f"{room}:{object}"], reason=reason,
            facts={"records": count}, operation=first.operation, compartment=first.compartment,
        )  # fmt: skip
    return count


def tell(
    *, record_ids: Iterable[str], why: str, by: Actor, at: datetime, operation: str | None = None,
    compartment: str | None = None,
) -> list[Notice]:  # fmt: skip
    """Tell every object that points at any of the records that what it was built on has changed, once for each object.

    `why` is a code of reference list "notice_reasons". A notice for the same reason that nobody has read yet is
    extended, so that an owner reads of one change once. With `operation` or `compartment` only their own objects are
    told: what others may not see changes nothing for them. Rule 4.
    """
    check_why(why)
    with transaction.atomic(savepoint=False):
        owners = owners_of(record_ids, operation=operation, compartment=compartment)
        waiting = _waiting(owners, why)
        for owner in owners:
            notice = waiting.setdefault((owner.room, owner.object), _notice(owner, why, by=by, at=at))
            notice.records = sorted({*notice.records, *owner.record_ids})
            notice.told = at
        old = [n for n in waiting.values() if n.pk]
        Notice.objects.bulk_update(old, ["records", "told"], batch_size=200)
        Notice.objects.bulk_create([n for n in waiting.values() if not n.pk])
        _noted(owners, why, by=by, at=at)
    return list(waiting.values())


def _waiting(owners: Sequence[Owner], why: str) -> dict[tuple[str, str], Notice]:
    """Give the unread notices on these objects for this reason."""
    named = {(o.room, o.object) for o in owners}
    rows = Notice.objects.filter(why=why, read=None, object__in=[name for _, name in named])
    return {(n.room, n.object): n for n in rows if (n.room, n.object) in named}


def _notice(owner: Owner, why: str, *, by: Actor, at: datetime) -> Notice:
    return Notice(
        room=owner.room, object=owner.object, operation=owner.operation, compartment=owner.compartment, why=why,
        told_by=by.username, told=at,
    )  # fmt: skip


def _noted(owners: Sequence[Owner], why: str, *, by: Actor, at: datetime) -> None:
    """One entry for each compartment that was told, so that an entry open to all counts nothing that is hidden."""
    for hidden in sorted({o.compartment for o in owners}):
        told = [f"{o.room}:{o.object}" for o in owners if o.compartment == hidden]
        record(
            "disclosure", "citations.tell", by=by, at=at, objects=told, reason=why, facts={"told": len(told)},
            compartment=hidden,
        )  # fmt: skip


def read(*, notice: int, by: Person, at: datetime, compartments: Collection[str] = ()) -> Notice:
    """Open a notice as one of its owners; the first to do so is kept."""
    found = check_owner(notices_of(by, compartments=compartments).filter(pk=notice).first())
    with transaction.atomic():
        if found.read is None:
            found.read, found.read_by = at, by
            found.save(update_fields=["read", "read_by"])
        record("consultation", "citations.read", by=by, at=at, **_where(found))
    return found


def acknowledge(
    *, notice: int, by: Person, at: datetime, reason: str = "", compartments: Collection[str] = ()
) -> Notice:
    """Acknowledge a notice as one of its owners: what follows for the object is now theirs."""
    found = check_owner(notices_of(by, compartments=compartments).filter(pk=notice).first())
    check_open(found)
    with transaction.atomic():
        found.read, found.read_by = found.read or at, found.read_by or by
        found.acknowledged, found.acknowledged_by = at, by
        found.save(update_fields=["read", "read_by", "acknowledged", "acknowledged_by"])
        record("alteration", "citations.acknowledge", by=by, at=at, reason=reason, **_where(found))
    return found


def erase_copies(*, record_ids: Sequence[str], by: Actor, at: datetime) -> int:
    """Empty the sealed copies of erased records; that they were cited, where and when stays, and so does the hash."""
    rows = Citation.objects.filter(record_id__in=list(record_ids)).exclude(sealed=dict(_ERASED))
    with transaction.atomic():
        count = rows.update(sealed=dict(_ERASED))
        # no count: it would speak of copies in compartments too
        record("erasure", "citations.erase_copies", by=by, at=at, facts={"of": chain.digest(record_ids)})
    return count


def _where(notice: Notice) -> dict[str, Any]:
    return {
        "objects": [f"citations:notice:{notice.pk}", f"{notice.room}:{notice.object}"],
        "operation": notice.operation,
        "compartment": notice.compartment,
    }
