"""A report that was sent as the file that is delivered of it: a row an item, what was sanitised of it and nothing else."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toex.intake import load_mapping
from toex.pole import domain, record_id
from toex.pole.values import phone, vrm
from toex.reference import load
from toex.work.research.models import Report, ReportItem, ReportSubject

MAPPING = "own-reports"
_NUMBER = re.compile(r"(?<![\d+/])(?:\+44|0)[ ()-]*\d(?:[ ()-]{0,2}\d){7,11}(?![\d/])", re.ASCII)
_MARK = re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b", re.ASCII)
TAKEN_BACK = "This item was taken back after it had been sent: nothing of it is released any more."


@dataclass(frozen=True, slots=True)
class Picked:
    """A record that the report is about: its table and access domain, its part, and of which item (none: of all)."""

    record_id: str
    table: str
    domain: str
    role: str
    item: int | None

    @property
    def told(self) -> str:
        """The record as the mapping reads it out of a cell."""
        return f"{self.table} {self.record_id} {self.domain} {self.role}"


def picked(subjects: Iterable[ReportSubject], sealed: Mapping[str, Mapping[str, str]]) -> list[Picked]:
    """Give whom a report is about, with the domain that each record's sealed copy names; an erased one is left out."""
    return [
        Picked(s.record_id, s.table, domain(copy["dataset"], copy["compartment"]), s.role, s.item)
        for s in subjects
        if "dataset" in (copy := sealed.get(s.record_id, {}))
    ]


def delivered_items(items: Iterable[ReportItem]) -> list[ReportItem]:
    """List the items that go: what is released, and what went before and was taken back since."""
    return [item for item in items if not item.withheld or item.delivered]


def item_records(report: Report, items: Iterable[ReportItem], dataset: str) -> list[str]:
    """Give the ids of the records that items are in a dataset."""
    return [record_id(dataset, f"{report.reference}|{item.number}", "item") for item in items]


def file_name(report: Report) -> str:
    """Name the file that is delivered of a report: IR-2026-0001.csv."""
    return report.reference.replace("/", "-") + ".csv"


def write(
    path: Path, report: Report, items: Sequence[ReportItem], *, about: Sequence[Picked], corrections: int
) -> None:
    """Write the file. The same report in the same state is the same file; a correction is always another."""
    heads = {name: headers[0] for name, headers in load_mapping(MAPPING).sheets[0].columns.items()}
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.DictWriter(stream, heads.values())
        lines.writeheader()
        for item in delivered_items(items):
            told = {**_of_report(report), **_of_item(report, item), **_of_subjects(item, about)}
            told["correction"] = str(corrections or "")
            lines.writerow({heads[name]: value for name, value in told.items()})


def _of_report(report: Report) -> dict[str, str]:
    reported = report.submitted or report.begun
    return {
        "reference": report.reference, "urn": report.urn, "reported": reported.isoformat(timespec="minutes"),
        "title": report.safe_title, "marking": report.marking,
    }  # fmt: skip


def _of_item(report: Report, item: ReportItem) -> dict[str, str]:
    return {
        "item": str(item.number),
        "origin": _origin(report, item),
        "grade": f"{item.source_grade}{item.assessment}{item.handling}",
        "conditions": _conditions(item.conditions),
        "text": TAKEN_BACK if item.withheld else item.safe_text,
        "phones": "" if item.withheld else ";".join(_numbers(item.safe_text)),
        "vehicles": "" if item.withheld else ";".join(_marks(item.safe_text)),
        "basis": item.basis,
        "from": item.happened.isoformat(timespec="minutes") if item.happened and not item.withheld else "",
        "to": item.happened_until.isoformat(timespec="minutes") if item.happened_until and not item.withheld else "",
    }


def _of_subjects(item: ReportItem, about: Sequence[Picked]) -> dict[str, str]:
    mine = [] if item.withheld else [one for one in about if one.item in (None, item.number)]
    return {
        "categories": " ".join(sorted({one.role for one in mine})),
        "people": ";".join(one.told for one in mine if one.table == "person"),
        "things": ";".join(one.told for one in mine if one.table != "person"),
    }


def _origin(report: Report, item: ReportItem) -> str:
    """Say what the item first came from, so that it counts once with what it repeats (rule 7).

    That is what the system outside calls it where it was taken up from a grid, else the report: by the owning force's URN
    once that is known, for the force's own copy bears it.
    """
    if item.cell is None:
        return report.urn or report.reference
    line = item.cell.line
    return item.cell.reference.strip() or f"{item.cell.system}, grid {line.grid_id}, line {line.number}"


def _numbers(text: str) -> list[str]:
    """List the telephone numbers that stand in a text in a spelling that is dialled from the UK, each once."""
    found = (phone.clean(one[0]) for one in _NUMBER.finditer(text))
    return list(dict.fromkeys(one.value for one in found if one.kind == "e164"))


def _marks(text: str) -> list[str]:
    """List the registration marks of today's form that stand in a text in capitals, each once: older ones look like words."""
    return list(dict.fromkeys(vrm.clean(one[0]).value for one in _MARK.finditer(text)))


def _conditions(said: Mapping[str, str]) -> str:
    labels = load("condition_fields")
    return "; ".join(f"{labels.label(code)}: {words}" for code, words in said.items() if words.strip())
