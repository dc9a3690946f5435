"""A pasted list: free lines, or a table whose first line names its columns."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from toex.pole.values import date as dates
from toex.pole.values import name, text
from toex.search.answers import Reading
from toex.search.reading import identifiers_of, person_reading, read

MOST = 5000
_HEADERS = {
    "surname": r"surname|last ?name|family ?name|lname",
    "forename": r"fore ?names?|first ?name|given ?names?|fname|christian names?",
    "middle": r"middle ?names?",
    "name": r"(full ?|nominal ?|subject ?)?name|subject|nominal",
    "born": r"d\.?o\.?b\.?|date of birth|born|birth ?date",
    "identifier": r"(tele)?phone( ?n(o|umber|r))?|tel( ?no)?|mob(ile)?( ?n(o|umber))?|number|msisdn|"
    r"vrms?|vehicles?|reg(istration)?( mark)?|pnc( ?id| ?no)?|cro( ?no)?|"
    r"noms( ?no)?|nino|imei|account( ?number)?|email|postcode|ref(erence)?|urn",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list that is kept, to be read again: as it was pasted or, of a table, its cells under its heading.

    Cells and headings stand between tabs.
    """

    text: str
    heading: str = ""

    @property
    def told(self) -> str:
        """The line as it is shown."""
        return ", ".join(cell for cell in self.text.split("\t") if cell) if self.heading else text.tidy(self.text)


def pasted_lines(pasted: str) -> list[Line]:
    """Take a pasted list apart into lines that can be kept; ValueError where there are more than 5,000."""
    kept = _kept(pasted.splitlines())
    columns = _columns(kept[0]) if kept else None
    if columns is None:
        return [Line(line.strip()) for line in kept]
    delimiter = columns[0]
    heading, *rows = csv.reader(io.StringIO("\n".join(kept)), delimiter=delimiter)
    return [Line(_row(row), _row(heading)) for row in rows if any(cell.strip() for cell in row)]


def _row(cells: Sequence[str]) -> str:
    return "\t".join(" ".join(cell.split()) for cell in cells)


def read_line(line: Line) -> Reading:
    """Read one kept line."""
    columns = _columns(line.heading) if line.heading else None
    if columns is None:
        return read(line.text)
    return replace(_read_row(line.text.split("\t"), columns[1], "\t"), asked=line.told)


def _kept(lines: Sequence[str]) -> list[str]:
    kept = [line for line in lines if line.strip()]
    if len(kept) > MOST:
        raise ValueError(f"A list has at most {MOST} lines; this one has {len(kept)}.")
    return kept


def read_pasted(pasted: str | Sequence[str]) -> list[Reading]:
    """Read a pasted list, one reading a line that is not empty, in its order; at most 5,000 lines."""
    lines = pasted.splitlines() if isinstance(pasted, str) else [str(line) for line in pasted]
    kept = _kept(lines)
    columns = _columns(kept[0]) if kept else None
    if columns is None:
        return [read(line) for line in kept]
    delimiter, kinds = columns
    cells = csv.reader(io.StringIO("\n".join(kept[1:])), delimiter=delimiter)
    return [_read_row(row, kinds, delimiter) for row in cells]


def _columns(line: str) -> tuple[str, list[str]] | None:
    """Give the delimiter and each column's kind where every word of the line, or nearly, is a known heading."""
    for delimiter in ("\t", ";", ",", "|"):
        heads = [head.strip().strip('"').casefold() for head in line.split(delimiter)]
        kinds = [_kind(head) for head in heads]
        if sum(map(bool, kinds)) * 2 > len(heads) and (len(heads) > 1 or any(kinds)):
            return delimiter, kinds
    return None


def _kind(head: str) -> str:
    tidy = re.sub(r"[_\s]+", " ", head)
    return next((kind for kind, pattern in _HEADERS.items() if re.fullmatch(pattern, tidy)), "")


def _read_row(row: Sequence[str], kinds: Sequence[str], delimiter: str) -> Reading:
    cells: dict[str, str] = {}
    for kind, cell in zip(kinds, row, strict=False):
        if kind != "identifier" and cell.strip():
            cells[kind] = f"{cells[kind]} {cell}" if kind in cells else cell
    numbers = [cell for kind, cell in zip(kinds, row, strict=False) if kind == "identifier" and cell.strip()]
    found = tuple(sorted({pair for cell in numbers for pair in identifiers_of(cell.strip())}))
    references = tuple(cell.strip() for cell in numbers if not identifiers_of(cell.strip()))
    person = person_reading(delimiter.join(row), _name(cells), _born(cells))
    said = [person.said] if person.name or person.born else []
    said += [read(value).said for _, value in found[:1]] + ["a reference"] * bool(references)
    words = " and ".join(said) or person.said
    return replace(person, identifiers=found, references=references, said=words)


def _name(cells: dict[str, str]) -> name.Name | None:
    if "surname" in cells or "forename" in cells:
        return name.clean_parts(cells.get("forename", ""), cells.get("middle", ""), cells.get("surname", ""))
    return name.clean(cells["name"]) if "name" in cells else None


def _born(cells: dict[str, str]) -> dates.Date | None:
    return dates.clean(cells["born"]) if "born" in cells else None
