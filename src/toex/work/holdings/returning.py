"""Rows that were not loaded: as they lie, as they were delivered, and the list of them that goes to the owning force."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from toex import intake
from toex.intake import Given
from toex.picture import Seat
from toex.store import View
from toex.work.audit.actions import record
from toex.work.errors import Incomplete
from toex.work.holdings.actions import delivered
from toex.work.holdings.mappings import mapping_named
from toex.work.holdings.models import HandBack, Receipt
from toex.work.holdings.policies import check_said
from toex.work.holdings.queries import SetAside
from toex.work.staff.models import Organisation, Person

REPEATED = "again later in the file"
_OF = "FROM set_aside WHERE dataset = $dataset AND receipt = $receipt"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows were not loaded, and how many for that."""

    reason: str
    rows: int


def reasons_of(receipt: Receipt, view: View) -> list[Reason]:
    """Count the rows of a delivery that were not loaded by reason, as far as the view shows them, the most first."""
    sql = f"SELECT reason, count(*) AS rows {_OF} GROUP BY reason ORDER BY rows DESC, reason"
    return [Reason(**row) for row in view.query(sql, _named(receipt)).to_pylist()]


def rows_of(
    receipt: Receipt, view: View, *, reason: str = "", limit: int | None = None, after: int = 0
) -> list[SetAside]:
    """List a delivery's rows that were not loaded in the order of the file, of one reason or all, as far as shown."""
    wanted = " AND reason = $reason" if reason else ""
    pages = f" LIMIT {int(limit)} OFFSET {int(after)}" if limit is not None else ""
    sql = f'SELECT receipt, sheet, "row", "column", reason, record_id {_OF}{wanted} ORDER BY sheet, "row"{pages}'
    given = {**_named(receipt), **({"reason": reason} if reason else {})}
    return [SetAside(receipt.file, **row) for row in view.query(sql, given).to_pylist()]


def as_delivered(receipt: Receipt, rows: Sequence[SetAside]) -> Given:
    """Read rows out of the delivery as it is kept, their cells as they came; an erased one says that it is."""
    numbers = {(one.sheet, one.row) for one in rows}
    return intake.given(delivered(receipt.kept), mapping=mapping_named(receipt.mapping), rows=numbers)


def hand_back(
    *, receipt: Receipt, seat: Seat, rows: Sequence[SetAside], to: Organisation, how: str, by: Person, at: datetime,
    grant: int, note: str = "",
) -> HandBack:  # fmt: skip
    """Record that the list of rows that were not loaded went to the force that owns them: to whom, how, when, by whom.

    It is a disclosure, so it is made under the work's own grant: NotAllowed under a duty. Incomplete where no row is
    listed or the way is not said. The list holds no value out of the file.
    """
    check_said(how=how)
    if not rows:
        raise Incomplete("No row was set aside, so there is nothing to return.", {"rows": "none"})
    digest = hashlib.sha256(json.dumps([[r.sheet, r.row, r.column, r.reason] for r in rows]).encode()).hexdigest()
    facts: dict[str, str | int] = {"receipt": receipt.pk, "rows": len(rows), "list": digest, "to": to.code}
    seat.note("disclosure", "holdings.hand_back", at, **facts)
    with transaction.atomic():
        made = HandBack.objects.create(
            receipt=receipt, to=to, rows=len(rows), digest=digest, how=how, note=note, by=by, grant=grant, at=at
        )
        record(
            "alteration", "holdings.hand_back", by=by, at=at, grant=grant, operation=receipt.dataset.operation,
            compartment=receipt.dataset.compartment, facts={"rows": len(rows), "list": digest},
            objects=[f"holdings:receipt:{receipt.pk}", f"holdings:dataset:{receipt.dataset_id}"],
        )  # fmt: skip
    return made


def _named(receipt: Receipt) -> dict[str, str]:
    return {"dataset": receipt.dataset_id, "receipt": receipt.sha256}
