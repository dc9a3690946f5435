"""Charts as tables: a row a link between two ends, as charting tools import and export them, perhaps with a table of entities."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import is_zipfile

from toex.parsers.charted import ENTITIES, LINKS, MOST, Summary, Tables, Thing
from toex.parsers.kinds import CHART_TABLES, ends_row
from toex.parsers.packed import unpacked
from toex.parsers.refusals import GivenUpError, Why
from toex.parsers.sending import Sender

_PARTS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "identity"), "type": ("type",), "label": ("label", "name", ""),
}  # fmt: skip
_LINK: Mapping[str, tuple[str, ...]] = {
    "Type": ("linktype", "type"), "Label": ("linklabel", "label", "link", "relationship"), "Direction": ("direction",),
    "Strength": ("strength",), "Description": ("description", "linkdescription", "notes", "comment"),
    "Source reference": ("sourceref", "sourcereference", "source", "reference"), "Date": ("date", "linkdate"),
    "Time": ("time", "linktime"), "Chart grade": ("grade", "grading"),
    "Marking": ("marking", "classification"), "When": ("when", "datedescription"), "Source type": ("sourcetype",),
}  # fmt: skip
_ENTITY: Mapping[str, tuple[str, ...]] = {
    "type": ("type", "entitytype"), "id": ("id", "entityid", "identity"), "label": ("label", "name", "entitylabel"),
    "Description": ("description", "notes"), "Source reference": ("sourceref", "sourcereference", "source"),
    "Chart grade": ("grade", "grading"), "Date": ("date",), "Time": ("time",), "Marking": ("marking", "classification"),
}  # fmt: skip
_NO_DIRECTION = ("none", "no direction", "-")
_SIGN = re.compile(r"'(?=[=+\-@\t\r\n＝＋－＠])")  # how a formula is kept from being one
_WIDEST_CELL = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """The filled cells of a row: by their headers, and by their headers in letters alone."""

    cells: Mapping[str, str]
    plain: Mapping[str, str]

    def of(self, names: Sequence[str]) -> str:
        """Give the first filled cell under one of some headers."""
        return next((self.plain[name] for name in names if name in self.plain), "")


def read(path: Path, out: Sender, *, digest: str, cap: int) -> None:
    """Send the entities that the rows name, each once, and the links; what a row says of an end is an attribute of it."""
    csv.field_size_limit(_WIDEST_CELL)
    links, entities = _texts(path, cap)
    rows = list(_rows(links, ends_row(links)))
    told = list(_rows(entities, 1)) if entities else []
    above = links.splitlines()[0].strip(" ,;\t\"'") if ends_row(links) > 1 else ""
    chart = _Chart()
    for row in told:
        chart.meet(row)
    ends = [(chart.end(row, 1), chart.end(row, 2)) for row in rows]
    beside = [_beside(row) for row in rows]
    classes = {
        ENTITIES: dict.fromkeys(name for one in chart.attributes.values() for name in one),
        LINKS: dict.fromkeys(name for one in beside for name in one),
    }
    tables = Tables(out, Summary(digest[:16], {"Title": above}), classes)
    for key, thing in chart.things.items():
        tables.entity(thing, {"Identity": thing.id, **chart.said[key]}, chart.attributes[key])
    for row, pair, attributes in zip(rows, ends, beside, strict=True):
        tables.link(pair, _link(row), attributes)
    tables.end()


def _texts(path: Path, cap: int) -> tuple[str, str]:
    if not is_zipfile(path):
        return _decoded(path.read_bytes()), ""
    with unpacked(path, cap) as archive:
        held = [_decoded(archive.whole(name)) if name in archive.members else "" for name in CHART_TABLES]
    if not ends_row(held[0]):
        raise GivenUpError(Why.BROKEN)
    return held[0], held[1]


def _decoded(data: bytes) -> str:
    """Read a text in the encodings that charting tools write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(text: str, header: int) -> Iterator[Row]:
    """Give the rows that say something by their headers, plainly written; GivenUpError where they are no table."""
    lines = text.splitlines(keepends=True)
    between = max(",;\t", key=lines[header - 1].count)
    reader = csv.reader(io.StringIO("".join(lines[header - 1 :]), newline=""), delimiter=between)
    try:
        heads = [head.strip() for head in next(reader)]
        for number, cells in enumerate(reader):
            if number >= MOST:
                raise GivenUpError(Why.TOO_BIG)
            if any(cell.strip() for cell in cells):
                yield _row(heads, cells)
    except csv.Error as problem:
        raise GivenUpError(Why.BROKEN) from problem


def _row(heads: Sequence[str], cells: Sequence[str]) -> Row:
    named = [*heads, *(f"Column {n}" for n in range(len(heads) + 1, len(cells) + 1))]
    row: dict[str, str] = {}
    for head, cell in zip(named, cells, strict=False):
        if cell.strip():
            row.setdefault(head, (_SIGN.sub("", cell, count=1) if cell.startswith("'") else cell).strip())
    return Row(row, {_plain(head): cell for head, cell in reversed(row.items())})


class _Chart:
    """The entities met so far: by their id, or where rows give none by their type and label."""

    def __init__(self) -> None:
        self.things: dict[str, Thing] = {}
        self.said: dict[str, dict[str, str]] = {}
        self.attributes: dict[str, dict[str, str]] = {}

    def meet(self, row: Row) -> None:
        """Take a row of the table of entities."""
        named = {part: row.of(names) for part, names in _ENTITY.items()}
        read = {_plain(name) for names in _ENTITY.values() for name in names}
        extra = {head: cell for head, cell in row.cells.items() if _plain(head) not in read}
        said = {name: value for name, value in named.items() if name[0].isupper() and value}
        self._add(named["id"], named["type"], named["label"], said, extra)

    def end(self, row: Row, number: int) -> Thing | None:
        """Take an end of a row; None where the row names nothing there."""
        named = {part: row.of([f"{before}{number}{name}" for before in ("end", "entity", "e") for name in names])
                 for part, names in _PARTS.items()}  # fmt: skip
        if not named["id"] and not named["label"]:
            return None
        begun = re.compile(rf"(?:end|entity|e)[ _]?{number}[ _](?:attr(?:ibute)?[ _])?(.+)", re.IGNORECASE)
        known = {name for names in _PARTS.values() for name in names}
        found = {head: begun.fullmatch(head) for head in row.cells}
        extra = {m[1]: row.cells[head] for head, m in found.items() if m and _plain(m[1]) not in known}
        marking = row.of(_LINK["Marking"])
        return self._add(named["id"], named["type"], named["label"], {"Marking": marking} if marking else {}, extra)

    def _add(self, id: str, kind: str, label: str, said: Mapping[str, str], extra: Mapping[str, str]) -> Thing:
        key = id or f"{kind}: {label}"
        thing = self.things.setdefault(key, Thing(key, kind, label))
        thing.kind, thing.label = thing.kind or kind, thing.label or label
        held = self.said.setdefault(key, {})
        marking = _stricter(held.get("Marking", ""), said.get("Marking", ""))
        held.update({name: value for name, value in said.items() if name not in held})
        if marking:
            held["Marking"] = marking
        for name, value in extra.items():
            self.attributes.setdefault(key, {}).setdefault(name, value)
        self.attributes.setdefault(key, {})
        return thing


def _stricter(one: str, other: str) -> str:
    """Give the marking that says more: what speaks of a secret, else the longer words."""
    return max(one, other, key=lambda said: ("SECRET" in said.upper(), len(said)))


def _link(row: Row) -> dict[str, str]:
    said = {name: row.of(names) for name, names in _LINK.items()}
    if said["Direction"].lower() in _NO_DIRECTION:
        said["Direction"] = ""
    return said


def _beside(row: Row) -> dict[str, str]:
    """Give what a row says beside its ends and what every link has."""
    read = {_plain(name) for names in _LINK.values() for name in names}
    return {
        head: cell
        for head, cell in row.cells.items()
        if _plain(head) not in read and not re.match(r"(?:end|entity|e)[ _]?[12]", head, re.IGNORECASE)
    }


@lru_cache(4096)
def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())
