"""Who may be told of a citation, and what a citation must hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from toex.picture import chain
from toex.reference import load
from toex.work.citations.models import Notice
from toex.work.errors import Incomplete, NotThere, OutOfOrder

SEALED = frozenset({"values", "supplier", "file", "row", "grade"})


def seal_of(sealed: Mapping[str, Any]) -> str:
    """Give the hash of a sealed copy."""
    return chain.hashed(chain.written(sealed))


def check_cited(record_ids: Sequence[str], sealed: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise Incomplete unless there is a whole sealed copy for every record (rule 7: record, row, file, grade, supplier)."""
    without = sum(record not in sealed or set(sealed[record]) < SEALED for record in record_ids)
    if not record_ids or without:
        raise Incomplete(
            f"A citation seals a copy of every record: {without} of {len(record_ids)} lack one with its values, "
            "supplier, file, row and grade.",
            {"sealed": "a copy of each record"},
        )


def check_why(why: str) -> None:
    """Raise Incomplete unless the list of reasons has this one."""
    if why not in load("notice_reasons"):
        raise Incomplete(
            f"There is no reason {why}: {', '.join(load('notice_reasons').codes())}.", {"why": "one of these"}
        )


def check_owner(notice: Notice | None) -> Notice:
    """Give the notice; NotThere where the person is not one of its owners, or it does not exist."""
    if notice is None:
        raise NotThere("There is no such notice.")
    return notice


def check_open(notice: Notice) -> None:
    """Raise OutOfOrder where the notice was acknowledged already."""
    if notice.acknowledged:
        raise OutOfOrder("The notice is acknowledged already: what was said once is not said again.")
