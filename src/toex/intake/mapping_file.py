"""Mappings read from TOML files and checked against the rules of the mapping language, and the ready ones."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any

from toex.intake.condition import parse_condition
from toex.intake.errors import MappingError
from toex.intake.expression import Constant, Expression, columns_of, lists_of, parse
from toex.intake.fields import FIELDS, IDENTIFIERS, OBJECTS, ROW_FIELDS
from toex.intake.mapping import ANY, Derived, End, FileMapping, Link, Record, Refusal, SheetMapping, Stated

_FILE = {
    "name",
    "version",
    "title",
    "also",
    "times",
    "dates",
    "encoding",
    "delimiter",
    "pivot",
    "sheet",
    "sheet_name",
    "lists",
}
_SHEET = {"columns", "key", "records", "links", "derived", "lists", "row", "turn", "header_row", "ends_at", "name",
          "set_aside", "carries"}  # fmt: skip
_RECORD = {"part", "is", "when", "states", "of", "as", "each", "split", "pattern", *ROW_FIELDS}
_ZONES = {"local": "Europe/London", "utc": "UTC"}
_EACH = "each"  # the column that holds the present piece of `each` or `split`

Table = Mapping[str, Any]


def load_mapping(name_or_path: str | Path) -> FileMapping:
    """Give a ready mapping by name (its own or one of those it serves), or read one from a file.

    Raises MappingError where there is none of that name, or the file breaks a rule.
    """
    path = Path(name_or_path)
    if path.suffix == ".toml":
        try:
            return parse_mapping(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as problem:
            raise MappingError("The mapping's file cannot be read.") from problem
    for mapping in ready_mappings().values():
        if str(name_or_path) in (mapping.name, *mapping.also):
            return mapping
    raise MappingError(f"There is no ready mapping named {str(name_or_path)!r}.")


@cache
def ready_mappings() -> Mapping[str, FileMapping]:
    """Give the mappings that come with the package, by name."""
    found = sorted((parse_mapping(text) for text in _texts_kept()), key=lambda mapping: mapping.name)
    return {mapping.name: mapping for mapping in found}


@cache
def all_headers() -> frozenset[str]:
    """Give every header that any ready mapping accepts, without case, spaces and punctuation."""
    return frozenset().union(*(mapping.known() for mapping in ready_mappings().values()))


def ready_text(name: str) -> str:
    """Give the text of a ready mapping, by its own name or one that it serves; MappingError where there is none."""
    wanted = load_mapping(name).fingerprint
    return next(text for text in _texts_kept() if _fingerprint(text) == wanted)


@cache
def _texts_kept() -> tuple[str, ...]:
    folder = files("toex.intake") / "mappings"
    return tuple(file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml"))


def _fingerprint(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def parse_mapping(text: str) -> FileMapping:
    """Read a mapping from the text of its file; raises MappingError with the rule that is broken."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise MappingError(f"The mapping is not TOML: {problem}.") from problem
    for needed in ("name", "version", "title"):
        if needed not in data:
            raise MappingError(f"A mapping states its {needed}.")
    sheets = data.get("sheet", [])
    _only(data, _FILE if sheets else _FILE | _SHEET, "a mapping")
    if data.get("dates", "") not in ("", "day-first", "month-first"):
        raise MappingError("`dates` is day-first or month-first.")
    made = tuple(
        _sheet({**sheet, "lists": {**data.get("lists", {}), **sheet.get("lists", {})}}) for sheet in sheets
    ) or (_sheet({**data, "name": data.get("sheet_name", "")}),)
    made = _with_tables(made)
    carried = {name for sheet in made for name in sheet.carries}
    for sheet in made:
        _check(sheet, carried)
    return FileMapping(
        name=str(data["name"]),
        version=int(data["version"]),
        title=str(data["title"]),
        sheets=made,
        also=tuple(data.get("also", ())),
        zone=_ZONES.get(data.get("times", "local"), data.get("times", "")),
        dates=data.get("dates", ""),
        encoding=data.get("encoding", ""),
        delimiter=data.get("delimiter", ""),
        pivot=data.get("pivot"),
        fingerprint=_fingerprint(text),
    )


def _sheet(data: Table) -> SheetMapping:
    columns = {str(name): _texts(headers) for name, headers in data.get("columns", {}).items()}
    turn = data.get("turn")
    return SheetMapping(
        names=_texts(data.get("name", "")),
        columns=columns,
        key=tuple(parse(part) for part in _texts(data.get("key", ()))),
        records=tuple(_record(record) for record in data.get("records", ())),
        links=tuple(_link(link) for link in data.get("links", ())),
        derived=tuple(_derived(name, rule) for name, rule in data.get("derived", {}).items()),
        lists={name: _list(entries) for name, entries in data.get("lists", {}).items()},
        row=_row(data.get("row", {})),
        turn=(turn["name"], turn["value"]) if turn else None,
        header_row=int(data.get("header_row", 0)),
        ends_at=_texts(data.get("ends_at", ())),
        refusals=tuple(Refusal(parse_condition(r["when"]), str(r["reason"])) for r in data.get("set_aside", ())),
        carries=_texts(data.get("carries", ())),
    )


def _with_tables(sheets: tuple[SheetMapping, ...]) -> tuple[SheetMapping, ...]:
    """Let the ends that a cell chooses know of what table each part of the mapping is."""
    tables = {record.part: record.table for sheet in sheets for record in sheet.records}

    def known(end: End) -> End:
        return replace(end, tables=tables) if end.one_of is not None else end

    return tuple(
        replace(sheet, links=tuple(replace(x, start=known(x.start), finish=known(x.finish)) for x in sheet.links))
        for sheet in sheets
    )


def _list(entries: Table) -> dict[str, str]:
    return {str(given).lower(): str(ours) for given, ours in entries.items()}


def _record(data: Table) -> Record:
    kind, part = str(data.get("is", "")), str(data.get("part", ""))
    table = "object" if kind in OBJECTS else kind
    if not part or table not in FIELDS:
        raise MappingError(f"A record names its part, and what it is: {', '.join([*FIELDS, *OBJECTS])}.")
    _only(data, _RECORD | set(FIELDS[table]), f"the record {part!r}")
    return Record(
        part=part,
        table=table,
        kind=kind if table == "object" else "",
        fields={name: parse(str(data[name])) for name in FIELDS[table] if name in data},
        when=parse_condition(str(data.get("when", ""))),
        row=_row({name: data[name] for name in ROW_FIELDS if name in data}),
        states=tuple(_stated(entry) for entry in data.get("states", ())),
        of=str(data.get("of", "")),
        role=str(data.get("as", "")),
        each=tuple(parse(part) for part in _texts(data.get("each", ()))),
        split=str(data.get("split", "")),
        pattern=str(data.get("pattern", "")),
    )


def _stated(data: Table) -> Stated:
    kinds = [name for name in data if name in IDENTIFIERS]
    if len(kinds) != 1 or set(data) - {kinds[0], "role", "when"}:
        known = ", ".join(IDENTIFIERS)
        raise MappingError(f"An identifier is stated as {{ kind = column, role = word }}; the kinds are {known}.")
    when = parse_condition(str(data.get("when", "")))
    return Stated(kinds[0], parse(str(data[kinds[0]])), str(data.get("role", "")), when)


def _link(data: Table) -> Link:
    _only(data, {"kind", "from", "to", "when", "start", "finish", "note"}, "a link")
    if not {"kind", "from", "to"} <= set(data):
        raise MappingError("A link states its kind, and the parts from and to which it goes.")
    fields = {name: parse(str(data[name])) for name in ("start", "finish", "note") if name in data}
    when = parse_condition(str(data.get("when", "")))
    start, finish = _end(data["from"]), _end(data["to"])
    if (start.records or finish.records) and (fields or not (start.own or finish.own)):
        raise MappingError("A link to records that a cell names has a part of its row at the other end, and no fields.")
    if data["kind"] == ANY and not (start.records or finish.records):
        raise MappingError("A link of the kind * is one to records that a cell names: each piece says its kind.")
    return Link(str(data["kind"]), start, finish, fields, when)


def _end(data: str | Table) -> End:
    if isinstance(data, str):
        return End(data)
    _only(data, {"part", "key", "dataset", "is", "records", "one_of"}, "the end of a link")
    if "records" in data:
        return End("", records=parse(str(data["records"])))
    if "one_of" in data:
        return End("", tuple(parse(part) for part in _texts(data.get("key", ()))), one_of=parse(str(data["one_of"])))
    kind = str(data.get("is", "person"))
    table = "object" if kind in OBJECTS else kind
    key = tuple(parse(part) for part in _texts(data.get("key", ())))
    return End(str(data["part"]), key, str(data.get("dataset", "")), table)


def _derived(name: str, rule: str | Table) -> Derived:
    if isinstance(rule, str):
        return Derived(name, parse(rule))
    _only(rule, {"from", "pattern", "when"}, f"the derived column {name!r}")
    when = parse_condition(str(rule.get("when", "")))
    return Derived(name, parse(str(rule["from"])), str(rule.get("pattern", "")), when)


def _row(data: Table) -> dict[str, Expression]:
    _only(data, set(ROW_FIELDS), "the row")
    return {name: _subject(value) if name == "subject" else parse(str(value)) for name, value in data.items()}


def _subject(value: str | list[str]) -> Expression:
    """Categories of data subject: a list of words is a constant, a text is an expression."""
    return Constant(" ".join(value)) if isinstance(value, list) else parse(value)


def _texts(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(one) for one in value)


def _only(data: Table, allowed: set[str], where: str) -> None:
    unknown = set(data) - allowed
    if unknown:
        raise MappingError(f"{where.capitalize()} has no field {', '.join(sorted(unknown))}.")


def _check(sheet: SheetMapping, carried: set[str]) -> None:
    """Every column, list and part that is named exists."""
    columns = {*sheet.columns, *(derived.name for derived in sheet.derived), _EACH, *carried}
    for expression in _expressions(sheet):
        missing = (columns_of(expression) - columns) | {f"list {n}" for n in lists_of(expression) - set(sheet.lists)}
        if missing:
            raise MappingError(f"The mapping names {', '.join(sorted(missing))} but does not say what that is.")
    clauses = [clause for record in sheet.records for clause in record.when]
    clauses += [clause for record in sheet.records for stated in record.states for clause in stated.when]
    clauses += [clause for link in sheet.links for clause in link.when]
    clauses += [clause for derived in sheet.derived for clause in derived.when]
    clauses += [clause for refusal in sheet.refusals for clause in refusal.when]
    if unknown := {clause.column for clause in clauses} - columns:
        raise MappingError(f"A condition asks for {', '.join(sorted(unknown))}, which is no column of the mapping.")
    _check_parts(sheet)


def _check_parts(sheet: SheetMapping) -> None:
    parts = [record.part for record in sheet.records]
    if len(set(parts)) != len(parts):
        raise MappingError("Two records of a mapping bear the same part: their ids would be the same.")
    named = {record.of for record in sheet.records if record.of}
    named |= {end.part for link in sheet.links for end in (link.start, link.finish) if end.own}
    if missing := named - set(parts):
        raise MappingError(f"A link names the part {', '.join(sorted(missing))}, which the mapping does not make.")


def _expressions(sheet: SheetMapping) -> Iterable[Expression]:
    yield from sheet.key
    yield from sheet.row.values()
    yield from (derived.text for derived in sheet.derived)
    for record in sheet.records:
        yield from record.fields.values()
        yield from record.row.values()
        yield from record.each
        yield from (stated.text for stated in record.states)
    for link in sheet.links:
        yield from link.fields.values()
        yield from (part for end in (link.start, link.finish) for part in end.key)
        ends = (link.start, link.finish)
        yield from (one for end in ends for one in (end.records, end.one_of) if one is not None)
