"""One record on a page: the row as its supplier stated it, where it lies, how it is graded, and what it is linked to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from toex.picture.lookup import Shown, read_record
from toex.picture.phrases import tidy
from toex.picture.prompting import NamedText, named_text
from toex.picture.seat import Seat
from toex.picture.sources import short_name, sources
from toex.publishing import SourceRow
from toex.reference import load
from toex.store import View

# What the page tells elsewhere, or what only machines compare.
_ELSEWHERE = frozenset(
    {
        "record_id", "source_key", "part", "version", "sheet", "row", "supplier", "source_grade", "info_grade", "grade_as_given",
        "conditions", "basis", "reported", "dataset", "compartment", "handling", "dob_precision", "time_precision",
        "forename_key", "surname_key", "forename_root", "surname_sound", "dob_swapped", "name_key", "address_key",
        "precision_m", "from_id", "to_id", "from_table", "to_table", "other_domain",
    }
)  # fmt: skip
_WORDS: Mapping[str, str] = {
    "dob": "Born", "dob_default": "Default date of birth", "pnc": "PNC ID", "cro": "CRO number", "noms": "Prison number",
    "nino": "National Insurance number", "lat": "Latitude", "lon": "Longitude", "vin": "VIN", "raw": "As written",
    "duration_s": "Seconds", "start": "From", "finish": "To",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OtherPart:
    """Another record that was made of the same row."""

    record_id: str
    table: str
    part: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A record as its row stated it, with its source, its own standing and the other parts of its row."""

    shown: Shown
    source: SourceRow
    source_key: str
    part: str
    receipt: str  # SHA-256 of the delivered file
    grade_as_given: str
    basis: str  # fact | assessment | ""
    compartment: str
    stated: tuple[tuple[str, str], ...]
    parts: tuple[OtherPart, ...]
    named: NamedText | None = None  # of a text: its words, and what rules find them to name


def record_page(seat: Seat, record_id: str, *, at: datetime) -> RecordPage:
    """Show one record; noted in the log before it is shown. UnknownSubject where the view shows none of that id."""
    with seat.view() as view:
        page = _page(view, record_id)
    seat.note("consultation", "record", at, record=record_id)
    return page


def _page(view: View, record_id: str) -> RecordPage:
    shown = read_record(view, record_id)
    [source] = sources(view, [record_id], load("organisations"))
    about = (
        f'SELECT receipt, grade_as_given, basis, source_key, part, compartment FROM "{shown.table}" WHERE record_id = ?'
    )
    row = view.query(about, [record_id]).to_pylist()[0]
    key = {"dataset": shown.dataset, "key": row["source_key"], "id": record_id}
    parts = tuple(OtherPart(**one) for one in view.query(_sql("parts"), key).to_pylist())
    return RecordPage(
        shown, source, row["source_key"] or "", row["part"] or "", row["receipt"] or "", row["grade_as_given"] or "",
        row["basis"] or "", row["compartment"] or "", _stated(shown.values), parts,
        named_text(view, record_id) if shown.table == "text" else None,
    )  # fmt: skip


def supplier_name(code: str) -> str:
    """Give a supplier's short name."""
    return short_name(load("organisations"), code)


def _stated(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_WORDS.get(name, name.replace("_", " ").capitalize()), _words(value))
        for name, value in values.items()
        if name not in _ELSEWHERE and value is not False
    )


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "Yes" if value is True else tidy(str(value))


def _sql(name: str) -> str:
    return files("toex.picture").joinpath(f"sql/{name}.sql").read_text(encoding="utf-8")
