"""Giving a force the lists of its own rows: noted as a disclosure to that force alone, before the file is given."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from toex.publishing import export_xlsx
from toex.work.audit.actions import record
from toex.work.errors import NotThere, OutOfOrder
from toex.work.exchange.models import ReturnedList
from toex.work.exchange.owners import Lists, lists_for, suppliers_shown
from toex.work.holdings.policies import NO_DATASET
from toex.work.judgements.seat import UnitSeat
from toex.work.products.files import digest_of
from toex.work.staff.models import Person


def return_lists(*, supplier: str, seat: UnitSeat, by: Person, at: datetime) -> tuple[Lists, bytes]:
    """Give the lists of a force's own rows as a workbook: duplicates, contradictions, rows not loaded, odd values.

    NotThere where the grant shows nothing of that force, OutOfOrder where there is nothing to return, NotAllowed under a
    duty, which gives nothing out (rule 1).
    """
    standing = seat.check_shows("records")
    to = next((one for one in suppliers_shown(standing) if one.code == supplier), None)
    if to is None:
        raise NotThere(NO_DATASET)
    with seat.lend(standing) as view:
        lists = lists_for(to, view, standing)
    if not any(lists.counts.values()):
        raise OutOfOrder("Nothing of this force's own rows contradicts itself, and all of them were read.")
    seat.note("disclosure", "exchange.return_lists", at, to=to.code, rows=sum(lists.counts.values()))
    content = _written(lists, at)
    with transaction.atomic():
        made = ReturnedList.objects.create(
            to=to, counts=lists.counts, sha256=digest_of(content), grant=seat.grant, by=by, at=at
        )
        record(
            "alteration", "exchange.return_lists", by=by, at=at, grant=seat.grant.pk, operation=seat.operation,
            objects=[f"exchange:returned:{made.pk}"], facts={"sha256": made.sha256, "to": to.code},
        )  # fmt: skip
    return lists, content


def _written(lists: Lists, at: datetime) -> bytes:
    said = f"{lists.marking}. For {lists.to.name} alone: rows that it delivered, so that they can be mended."
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lists.xlsx"
        export_xlsx([sheet for sheet in lists.sheets if sheet.rows], path, marking=said, at=at.replace(tzinfo=None))
        return path.read_bytes()
