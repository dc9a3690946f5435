"""The sources of a product: each cited record with its supplier, file, row and grade."""

from collections.abc import Iterable
from importlib.resources import files

from toex.picture.receipts import file_of
from toex.publishing import SourceRow
from toex.reference import CodeList, load
from toex.store import View


def sources(view: View, record_ids: Iterable[str], organisations: CodeList) -> tuple[SourceRow, ...]:
    """Give a row for each of the records that the view shows."""
    sql = files("toex.picture").joinpath("sql/sources.sql").read_text(encoding="utf-8")
    rows = view.query(sql, {"ids": " ".join(sorted(set(record_ids)))}).to_pylist()
    names = {receipt: file_of(view, receipt) for receipt in {r["receipt"] for r in rows}}
    markings = _markings()
    return tuple(
        SourceRow(
            ref=r["record_id"],
            supplier=short_name(organisations, r["supplier"] or ""),
            dataset=r["dataset"],
            file=in_file(names[r["receipt"]], r["sheet"]),
            row=r["row"] or 0,
            what=r["what"] or "",
            source_grade=r["source_grade"] or "",
            info_grade=r["info_grade"] or "",
            handling=r["handling"] or "",
            conditions=r["conditions"] or "",
            marking=markings[r["marking"]],
            origin=r["origin"] or "",
            reported=r["reported"],
        )
        for r in rows
    )


def in_file(file: str, sheet: str | None) -> str:
    """Name a file and, where it has several, the sheet of it that a row is on."""
    return f"{file}, sheet {sheet}" if file and sheet else file


def source_rows(view: View, record_ids: Iterable[str]) -> tuple[SourceRow, ...]:
    """Give the same with organisations named by the home's own list."""
    return sources(view, record_ids, load("organisations"))


def short_name(organisations: CodeList, code: str) -> str:
    """Give an organisation's abbreviation, or its name where it goes by none; a home's own list may leave it out."""
    known = [entry for entry in (organisations.get(code), load("organisations").get(code)) if entry]
    return next((entry.attribute("abbreviation") for entry in known if entry.attribute("abbreviation")), "") or (
        known[0].label.partition(" (")[0] if known else code
    )


def _markings() -> dict[int, str]:
    return {int(item.attribute("order")): item.code for item in load("markings")}
