"""Looking things up in a home: search, search of texts, wash and show, each noted in the log before its result is seen."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from toex import search
from toex.picture.chain import digest
from toex.picture.errors import UnknownSubject
from toex.picture.exporting import write_table
from toex.picture.receipts import file_of
from toex.picture.seat import Seat
from toex.picture.sources import in_file
from toex.pole import SCHEMAS, categories
from toex.search import Answer, InTexts
from toex.store import View

_KEYED = tuple(table for table, schema in SCHEMAS.items() if "source_key" in schema.names)
_HIDDEN = {"digest", "receipt", "sheet", "marking", "subject"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as its row stated it, what it is one with, and what it is linked to."""

    record_id: str
    table: str
    supplier: str
    dataset: str
    file: str
    row: int
    version: int
    categories: tuple[str, ...]  # of this record and those it is one with, victim first (rule 10)
    stated: tuple[str, ...]  # by this record alone
    values: Mapping[str, Any]
    one_with: tuple[tuple[str, str, str], ...]
    links: tuple[tuple[str, str, str], ...]


def find(seat: Seat, text: str, *, at: datetime) -> Answer:
    """Find one thing however it is written."""
    with seat.view() as view:
        answer = search.find(view, text)
    seat.note("consultation", "search", at, asked=seat.digest(text), found=answer.found, answer=_digest([answer]))
    return answer


def find_texts(
    seat: Seat, text: str, *, at: datetime, near: bool = False, most: int = 20, skip: int = 0,
    datasets: Collection[str] = (), kinds: Collection[str] = (),
) -> InTexts:  # fmt: skip
    """Find records by the words of their texts, as `search.find_texts` does."""
    with seat.view() as view:
        answer = search.find_texts(view, text, near=near, most=most, skip=skip, datasets=datasets, kinds=kinds)
    shown = digest(sorted(passage.record_id for passage in answer.passages))
    seat.note("consultation", "search texts", at, asked=seat.digest(text), found=answer.found, answer=shown)
    return answer


def wash(seat: Seat, text: str, *, at: datetime) -> tuple[Answer, ...]:
    """Look up a pasted or delivered list, a line or a CSV row each; nil returns are kept."""
    with seat.view() as view:
        answers = search.wash(view, text)
    found = sum(a.found for a in answers)
    seat.note(
        "consultation", "wash", at, lines=len(answers), asked=seat.digest(text), found=found, answer=_digest(answers)
    )
    return answers


def write_grid(seat: Seat, answers: Sequence[Answer], out: Path, *, at: datetime) -> None:
    """Write what a wash found as CSV or, where the file is called so, as XLSX."""
    rows = [(a.line + 1, a.reading.asked, a.reading.said, a.result, _names(a), _holders(a)) for a in answers]
    headers = ("line", "asked", "read as", "result", "subjects", "held by")
    seat.note("disclosure", "export grid", at, rows=len(rows), file=seat.digest(out.name))
    write_table(out, headers, rows, name="grid", notice=seat.notice)


def show(seat: Seat, record_id: str, *, at: datetime) -> Shown:
    """Show one record; UnknownSubject if the view shows none of that id."""
    with seat.view() as view:
        shown = read_record(view, record_id)
    seat.note("consultation", "show", at, record=record_id)
    return shown


def read_record(view: View, record_id: str) -> Shown:
    """Read one record, for a caller who logs the looking; UnknownSubject if the view shows none of that id."""
    for table in _KEYED:
        found = view.query(f"SELECT * FROM {table} WHERE record_id = ?", [record_id]).to_pylist()
        if found:
            row = found[0]
            values = {k: v for k, v in row.items() if v not in (None, "") and k not in _HIDDEN}
            return Shown(
                record_id, table, row["supplier"], row["dataset"],
                in_file(file_of(view, row["receipt"]), row["sheet"]), row["row"],
                row["version"], categories(_together(view, record_id, row["subject"])), categories(row["subject"]), values,
                _one_with(view, record_id), _links(view, record_id),
            )  # fmt: skip
    raise UnknownSubject("No record of that id is in this workbench.")


def _one_with(view: View, record_id: str) -> tuple[tuple[str, str, str], ...]:
    sql = files("toex.picture").joinpath("sql/one_with.sql").read_text(encoding="utf-8")
    return tuple((r["record_id"], r["dataset"], r["source_key"]) for r in view.query(sql, [record_id]).to_pylist())


def _together(view: View, record_id: str, subject: int) -> int:
    """Give the categories' bits of everything that the view shows a record as one with, its own among them."""
    sql = files("toex.picture").joinpath("sql/of_whom.sql").read_text(encoding="utf-8")
    [found] = view.query(sql, [record_id]).to_pylist()
    return int(subject or 0) | int(found["subject"] or 0)


def _links(view: View, record_id: str) -> tuple[tuple[str, str, str], ...]:
    sql = files("toex.picture").joinpath("sql/links.sql").read_text(encoding="utf-8")
    return tuple((r["kind"], r["other_id"], r["what"]) for r in view.query(sql, {"id": record_id}).to_pylist())


def _digest(answers: Iterable[Answer]) -> str:
    """Give what stands in the log for the records that were shown."""
    subjects = [r for a in answers for s in a.subjects for r in s.record_ids]
    return digest(sorted({*subjects, *(r for a in answers for m in a.mentions for r in m.record_ids)}))


def _names(answer: Answer) -> str:
    return "; ".join(subject.told for subject in answer.subjects)


def _holders(answer: Answer) -> str:
    return ", ".join(sorted({h.supplier for subject in answer.subjects for h in subject.holdings}))
