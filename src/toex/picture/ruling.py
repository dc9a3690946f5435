"""Explaining a pair of records, and ruling on it: what it would touch is told before it is done."""

from dataclasses import dataclass
from datetime import datetime

from toex import conflation
from toex.conflation import Explanation
from toex.picture.conflating import weights_of
from toex.picture.errors import UnknownSubject
from toex.picture.seat import Seat
from toex.pole import Judgement, Ruling
from toex.store import View


@dataclass(frozen=True, slots=True)
class Explained:
    """Why two records are one, or not, how they stand now, and what ruling on them would touch."""

    record_id: str
    other_id: str
    standing: str
    by: str
    explanation: Explanation
    touches: int  # records of the two entities together


def explain(seat: Seat, record_id: str, other_id: str, *, at: datetime) -> Explained:
    """Tell a pair field by field; UnknownSubject where a record is not in this workbench."""
    with seat.view() as view:
        told = _explained(view, *sorted((record_id, other_id)))
    seat.note("consultation", "explain", at, record=record_id, other=other_id)
    return told


def judge(seat: Seat, record_id: str, other_id: str, *, ruling: Ruling, reason: str, at: datetime) -> Explained:
    """Rule on a pair. The ruling survives every re-run; it is applied by the next conflation."""
    if not reason.strip():
        raise UnknownSubject("A ruling needs a reason: whoever reads it later must understand it.")
    with seat.view() as view:
        told = _explained(view, *sorted((record_id, other_id)))
    seat.rule(Judgement(record_id, other_id, ruling, by=seat.user, at=at, reason=reason))
    seat.note("alteration", "judge", at, record=record_id, other=other_id, ruling=ruling)
    return told


def _explained(view: View, record_id: str, other_id: str) -> Explained:
    rows = view.query(
        'SELECT standing, "by" FROM tie WHERE record_id = ? AND other_id = ?', [record_id, other_id]
    ).to_pylist()
    told = conflation.explain(view, record_id, other_id, weights_of(view))
    stands = rows[0] if rows else {"standing": "not compared", "by": ""}
    return Explained(
        record_id, other_id, stands["standing"], stands["by"] or "", told, _touched(view, record_id, other_id)
    )


def _touched(view: View, record_id: str, other_id: str) -> int:
    sql = """
        SELECT count(*) AS n FROM face
        WHERE entity IN (SELECT entity FROM face WHERE record_id IN (?, ?))"""
    return max(2, int(view.query(sql, [record_id, other_id])["n"].to_pylist()[0]))
