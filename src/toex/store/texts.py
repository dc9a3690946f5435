"""The texts that records hold: in which columns they stand, how they are read, and what an answer out of them is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class _Columns:
    """SQL by which a table's rows give a title, a text, and what tells where the text stands. '' = it has none."""

    text: str
    title: str = "''"
    label: str = "''"  # of whom or what a note is
    kind: str = "kind"
    reference: str = "''"
    item: str = "NULL"
    page: str = "NULL"
    at: str = "reported"
    deleted: str = "false"
    other_domain: str = "NULL"


_TEXTS: Mapping[str, _Columns] = {
    "text": _Columns(
        "text", title="title", reference="reference", item="item", page="page", at="coalesce(written, reported)",
        deleted="coalesce(deleted, false)",
    ),
    "event": _Columns("summary", label="place_name", reference="reference", at='coalesce("start", reported)'),
    "person": _Columns("note", label="name", kind="'person'"),
    "object": _Columns("note", label="value"),
    "link": _Columns("note", other_domain="other_domain"),
}  # fmt: skip
TABLES = tuple(_TEXTS)
NEWEST_FIRST = '"at" DESC NULLS LAST, record_id'
ACCESS = ("table", "kind", "dataset", "compartment", "marking", "handling", "subject", "other_domain")
SHOWN = (
    "record_id",
    "item",
    "page",
    "row",
    "supplier",
    "deleted",
    "at",
    "sheet",
    "label",
    "reference",
    "title",
    "text",
)


@dataclass(frozen=True, slots=True)
class Access:
    """What the rows of one sort have in common: their table and kind, and all by which the policy decides on them."""

    table: str
    kind: str
    dataset: str
    compartment: str
    marking: int
    handling: str
    subject: int
    other_domain: str | None

    @property
    def sort(self) -> str:
        """The word under which such rows are counted: what is noted of a person or a link is a note."""
        return f"note on a {self.table}" if self.table in ("person", "link") else self.kind or self.table

    def row(self) -> Mapping[str, Any]:
        """Give the row on which the policy decides."""
        ends = {"other_domain": self.other_domain} if self.table == "link" else {}
        return {name: getattr(self, name) for name in ACCESS[2:7]} | ends


@dataclass(frozen=True, slots=True)
class TextHit:
    """A record whose text answers, how it answers, and its place among those of its domain that answer so, from 0."""

    record_id: str
    access: Access
    fit: int
    place: int
    label: str
    reference: str
    item: int | None
    page: int | None
    row: int | None
    sheet: str
    supplier: str
    deleted: bool
    at: datetime | None
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class TextsFound:
    """What the visible texts of one access domain answer: how many of each sort, and the first of them in their order.

    `indexed` says whether an index answered; where none is made yet the texts were read through, with the same result.
    """

    domain: str
    counts: Mapping[str, int]
    hits: tuple[TextHit, ...]
    indexed: bool


_REPEATED = "EXISTS (SELECT 1 FROM {texts} said WHERE said.title = it.summary AND " + " AND ".join(
    f"said.{name} = it.{name}" for name in ("source_key", "dataset", "compartment", "marking", "handling", "subject")
) + ")"  # fmt: skip


def select(table: str, source: str, texts: str = "") -> str:
    """Write the SQL of a table's texts out of a source of its rows; rows that hold none are left out.

    So is an event whose summary only says again the title of a text of the same row, out of `texts` and under the same
    access: one row's one text is found once.
    """
    c = _TEXTS[table]
    again = f" AND NOT {_REPEATED.format(texts=texts)}" if table == "event" and texts else ""
    title = f"coalesce({c.title}, '')"
    return f"""SELECT record_id, '{table}' AS "table", coalesce({c.kind}, '') AS kind, dataset, compartment, marking, handling,
        subject, {c.other_domain}::VARCHAR AS other_domain, coalesce({c.label}, '') AS label,
        coalesce({c.reference}, '') AS reference, {c.item}::INTEGER AS item, {c.page}::INTEGER AS page, "row",
        coalesce(sheet, '') AS sheet,
        coalesce(supplier, '') AS supplier, {c.deleted} AS deleted, {c.at} AS "at", {title} AS title,
        coalesce({c.text}, '') AS text
        FROM {source} it WHERE (coalesce({c.text}, '') <> '' OR {title} <> ''){again}"""


def hit(access: Access, fit: int, place: int, values: Mapping[str, Any]) -> TextHit:
    """Make an answer of a row's values."""
    return TextHit(access=access, fit=fit, place=place, **{name: values[name] for name in SHOWN})


_BETWEEN = "\x1f"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def packed() -> str:
    """Write the SQL that makes one text of what is shown of a row; `unpacked` takes it apart.

    What people wrote may hold the sign that stands between: it is taken out of all but the last.
    """
    written = {"deleted": "CASE WHEN deleted THEN 'y' ELSE '' END", "at": "coalesce(epoch_us(\"at\")::VARCHAR, '')"}
    written |= {name: f"coalesce(\"{name}\"::VARCHAR, '')" for name in ("item", "page", "row")}
    written |= {name: f"replace({name}, chr(31), ' ')" for name in ("sheet", "label", "reference", "title")}
    return f"concat_ws(chr(31), {', '.join(written.get(name, name) for name in SHOWN)})"


def unpacked(text: str) -> Mapping[str, Any]:
    """Take a packed row apart."""
    values: dict[str, Any] = dict(zip(SHOWN, text.split(_BETWEEN, len(SHOWN) - 1), strict=True))
    values |= {name: int(values[name]) if values[name] else None for name in ("item", "page", "row")}
    values["deleted"] = values["deleted"] == "y"
    values["at"] = _EPOCH + timedelta(microseconds=int(values["at"])) if values["at"] else None
    return values
