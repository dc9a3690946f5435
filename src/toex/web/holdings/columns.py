"""What somebody said of a file's columns, as the load form sends it, and the mapping that it makes."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from toex.intake import PARTS, Draft, FileMapping, MappingError, Profile, parse_mapping, proposed, rebound, written
from toex.web.holdings.wording import choice_words, column_words, field_words
from toex.work.errors import Incomplete
from toex.work.holdings.mappings import read_mapping, text_of
from toex.work.holdings.models import Dataset

SCRATCH = "new"
_SUBJECTS = ("", "suspect", "convicted", "victim", "witness", "other")


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A column of the file: what its cells look like, what it becomes, whether it names the row."""

    number: int
    header: str
    cells: Sequence[str]
    looks: str
    choice: str
    key: bool


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column that a mapping reads, and the file's header that stands for it."""

    name: str  # of the form's field
    words: str
    header: str
    cells: Sequence[str]
    key: bool


@dataclass(frozen=True, slots=True)
class Said:
    """The form as it stands: how the mapping is made, of which one, its text, and what the form draws again."""

    how: str  # columns | scratch | text
    of: str
    text: str
    headers: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    keys: frozenset[str] = frozenset()
    facts: Mapping[str, str] = field(default_factory=dict)
    changed: bool = True
    fault: str = ""

    def mapping(self) -> FileMapping:
        """Give the mapping; Incomplete says the rule that its text breaks."""
        return read_mapping(self.text)


def first_said(of: str, found: Profile | None, *, dataset: Dataset) -> Said:
    """What the form says when it is opened: a mapping as it is, or what is proposed for a file that none fits."""
    if of != SCRATCH:
        return Said("columns", of, text_of(of, dataset=dataset), changed=False)
    headers = found.headers if found else ()
    choices = proposed(headers, found.kinds if found else {})
    facts = {"title": dataset.title, "dates": "day-first", "times": "local", "subject": "", "role": "subject"}
    return _drafted(Said("scratch", SCRATCH, "", headers, choices, _key_among(headers), facts))


def said_in(sent: QueryDict, *, dataset: Dataset) -> Said:
    """Read the form as it was sent."""
    of, how = sent.get("of", SCRATCH), sent.get("how", "scratch")
    headers = tuple(sent.getlist("header"))
    if how == "text":
        return Said("text", of, sent.get("text", ""), headers)
    facts = {name: sent.get(name, "") for name in ("title", "dates", "times", "subject", "role")}
    if how == "columns":
        return _columns(Said("columns", of, text_of(of, dataset=dataset), headers, facts=facts), sent)
    choices = {header: sent.get(f"becomes-{place}", "") for place, header in enumerate(headers)}
    keys = frozenset(header for place, header in enumerate(headers) if sent.get(f"key-{place}"))
    return _drafted(Said("scratch", SCRATCH, "", headers, choices, keys, facts))


def _drafted(said: Said) -> Said:
    facts = said.facts
    draft = Draft(
        title=facts["title"].strip() or "Untitled", choices=said.choices,
        key=[header for header in said.headers if header in said.keys], dates=facts["dates"], times=facts["times"],
        subject=facts["subject"] if facts["subject"] in _SUBJECTS else "", role=facts["role"].strip() or "subject",
    )  # fmt: skip
    text = written({"name": "draft", "version": 1, **draft.tables()})
    fault = "" if any(said.choices.values()) else "Say of at least one column what it becomes."
    return Said("scratch", SCRATCH, text, said.headers, said.choices, said.keys, facts, fault=fault)


def _columns(said: Said, sent: QueryDict) -> Said:
    tables, bound = tomllib.loads(said.text), _bound(said.text, said.headers)
    chosen = {}
    for place, name in bound:
        header = sent.get(f"column-{place}-{name}")
        if header is not None and header != bound[place, name] and header in {"", *said.headers}:
            chosen[place, name] = header
    anew = {
        name: said.facts[name] for name in ("dates", "times") if said.facts[name] not in ("", _standing(tables, name))
    }
    if not chosen and not anew:
        return replace(said, changed=False)
    return replace(said, text=written(rebound({**tables, **anew}, chosen, said.headers)))


def _bound(text: str, headers: Sequence[str]) -> dict[tuple[int, str], str]:
    """Give each column of a mapping with the file's header that stands for it, or nothing."""
    sheets = enumerate(parse_mapping(text).sheets)
    held = [(place, sheet, sheet.bind(tuple(headers))) for place, sheet in sheets]
    return {(place, name): bound.get(name, "") for place, sheet, bound in held for name in sheet.columns}


def _standing(tables: Mapping[str, Any], name: str) -> str:
    return str(tables.get(name, {"times": "local", "dates": ""}[name]))


def facts_of(said: Said) -> dict[str, str]:
    """Give the order of dates and the clock of times as the mapping has them."""
    try:
        tables = tomllib.loads(said.text)
    except tomllib.TOMLDecodeError:
        return {}
    return {name: _standing(tables, name) for name in ("dates", "times")}


def header_rows(said: Said, found: Profile) -> list[HeaderRow]:
    """List the file's columns with what each becomes."""
    return [
        HeaderRow(n, h, found.cells.get(h, ()), found.kinds.get(h, ""), said.choices.get(h, ""), h in said.keys)
        for n, h in enumerate(said.headers or found.headers)
    ]


def column_rows(said: Said, found: Profile) -> list[tuple[str, list[ColumnRow], list[ColumnRow]]]:
    """List, by sheet, the columns that the mapping reads: those that the file has with their headers, and the others."""
    try:
        mapping = said.mapping()
    except Incomplete:
        return []
    told = []
    for place, sheet in enumerate(mapping.sheets):
        bound, keys = sheet.bind(said.headers or found.headers), sheet.key_columns()
        rows = [
            ColumnRow(
                f"column-{place}-{name}", column_words(name), bound.get(name, ""), found.cells.get(bound.get(name, ""), ()),
                name in keys,
            )
            for name in sheet.columns
        ]  # fmt: skip
        first = sorted((row for row in rows if row.header or row.key), key=lambda row: not row.key)
        told.append((sheet.name, first, [row for row in rows if not (row.header or row.key)]))
    return told


def unused(found: Profile) -> list[str]:
    """List the file's columns that the mapping does not read."""
    return [h for headers in found.sheet.unused.values() for h in headers] if found.sheet else []


def becomes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Give what a column may become, grouped, in words."""
    return list(_groups())


def _groups() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for part, (_, names) in PARTS.items():
        yield field_words(part, ""), [(f"{part}.{name}", choice_words(part, name)) for name in names]


def subjects() -> list[tuple[str, str]]:
    """Give the categories of data subject, with not stating one first."""
    return [(code, code.capitalize() if code else "Not stated by the file") for code in _SUBJECTS]


def _key_among(headers: Sequence[str]) -> frozenset[str]:
    """Propose what names a row: the first header that says it is a reference."""
    words = ("urn", "reference", "ref", "record", "id", "number", "no")
    told = [h for h in headers if h.lower().replace(".", " ").replace("_", " ").split()[-1:] in [[w] for w in words]]
    return frozenset(told[:1])


def known_fault(error: MappingError | Incomplete) -> str:
    """Say what is wrong with a mapping."""
    return str(error) if not isinstance(error, Incomplete) else "; ".join(error.fields.values()) or str(error)
