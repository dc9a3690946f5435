"""A mapping drafted from choices: which of a file's columns is what, out of nothing or over a ready mapping."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from toex.intake.dialect import plain
from toex.intake.expression import Column, First, columns_of
from toex.intake.fields import OBJECTS
from toex.intake.mapping import Record, SheetMapping
from toex.intake.mapping_file import ready_mappings

_PERSON = (
    "name", "forename", "middle", "surname", "alias", "dob", "sex", "ethnicity", "nationality", "occupation", "address",
    "postcode", "phone", "email", "pnc", "cro", "noms", "nino", "driver", "passport", "note",
)  # fmt: skip

# What a column may become: the part, what it is, its fields. A person's telephone and address become records of their own.
PARTS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "person": ("person", _PERSON),
        "second": ("person", ("name", "forename", "surname", "dob", "address", "postcode", "phone", "note")),
        "organisation": ("organisation", ("name", "kind", "number", "address", "postcode", "phone")),
        "text": ("text", ("reference", "item", "title", "text", "written")),
        "event": (
            "event",
            (
                "kind", "reference", "start", "finish", "summary", "status", "amount", "duration", "place_name",
                "address", "postcode",
            ),
        ),
        "phone": ("phone", ("value", "note")),
        "vehicle": ("vehicle", ("value", "make", "model", "colour", "vin", "note")),
        "account": ("account", ("value", "issuer", "note")),
        "device": ("device", ("value", "make", "model", "note")),
        "username": ("username", ("value", "issuer", "note")),
        "place": ("place", ("place_name", "address", "postcode", "town", "lat", "lon", "easting", "northing")),
        "row": ("", ("reported", "grade", "source_grade", "info_grade", "handling", "conditions", "marking")),
    }
)  # fmt: skip
_ROLES = {"vehicle": "keeper", "place": "resident", "organisation": "associated"}  # of a person; of others "holder"
_SPACED = frozenset({"name", "start", "finish", "dob", "value", "written", "reported", "duration"})
_BY_KIND = {
    "phone": "person.phone", "email": "person.email", "postcode": "person.postcode", "pnc": "person.pnc", "cro": "person.cro",
    "noms": "person.noms", "nino": "person.nino", "vin": "vehicle.vin", "imei": "device.value",
}  # fmt: skip
_SPLIT = "[;\\n]"
_ABSENT = "not in this file"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody chose for a file: `choices` are its headers with what each becomes ("person.surname")."""

    title: str
    choices: Mapping[str, str]
    key: Sequence[str] = ()  # headers that together name a row
    dates: str = "day-first"
    times: str = "local"
    subject: str = ""  # the category of data subject that all of its people have
    role: str = "subject"  # what the people are in the event or the text
    _names: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)

    def tables(self) -> dict[str, Any]:
        """Give the tables of the mapping that these choices make."""
        used = [h for h in self.choices if self.choices[h] or h in self.key]
        self._names.update(zip(used, _names(used), strict=True))
        fields = _chosen(self)
        row: dict[str, Any] = fields.pop("row", {})
        if self.subject:
            row["subject"] = [self.subject]
        made = {
            "title": self.title, "times": self.times, "dates": self.dates, "key": [self._names[h] for h in self.key],
            "columns": {self._names[h]: [h] for h in used}, "row": row, "records": list(_records(fields, self.role)),
        }  # fmt: skip
        if "person" in fields and "second" in fields:
            made["links"] = [{"kind": "associate", "from": "person", "to": "second"}]
        return {name: value for name, value in made.items() if value not in ([], {}, "")}


def _chosen(draft: Draft) -> dict[str, dict[str, Any]]:
    """Give, by part, the expression of each field; several columns of one field are joined in the file's order."""
    joined = defaultdict[tuple[str, str], list[str]](list)
    for header, choice in draft.choices.items():
        part, _, name = choice.partition(".")
        if name in PARTS.get(part, ("", ()))[1]:
            joined[part, name].append(draft._names[header])
    found = defaultdict[str, dict[str, Any]](dict)
    for (part, name), columns in joined.items():
        found[part][name] = (" + " if name in _SPACED else ", ").join(columns)
    return {part: found[part] for part in PARTS if part in found}


def _records(fields: Mapping[str, Mapping[str, Any]], role: str) -> Iterator[dict[str, Any]]:
    about = next((part for part in ("text", "event") if part in fields), "")
    owner = next((part for part in ("person", "organisation") if part in fields), "")
    for part, own in fields.items():
        kind, _ = PARTS[part]
        made: dict[str, Any] = {"part": part, "is": kind, **own}
        if kind == "person" and about:
            made |= {"of": about, "as": role}
        elif part not in ("text", "person", "second") and part != about:
            made |= _belonging(part, owner, about)
        yield made
        if kind == "person":
            yield from _of_person(part, own)


def _belonging(part: str, owner: str, about: str) -> dict[str, str]:
    if part == "event":  # beside a text
        return {"of": about, "as": "about"}
    if owner and owner != part and not (part == "place" and about):
        return {"of": owner, "as": _ROLES.get(part, "holder")}
    return {"of": about, "as": "located" if part == "place" else "subject"} if about else {}


def _of_person(part: str, own: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if "phone" in own:
        yield {
            "part": f"{part}-phone",
            "is": "phone",
            "value": own["phone"],
            "split": _SPLIT,
            "of": part,
            "as": "holder",
        }
    placed = {name: own[name] for name in ("address", "postcode") if name in own}
    if placed:
        yield {"part": f"{part}-home", "is": "place", "kind": "= home", **placed, "of": part, "as": "resident"}


def _names(headers: Sequence[str]) -> list[str]:
    """Give each header a name that the mapping language takes."""
    names: list[str] = []
    for header in headers:
        base = re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_") or "column"
        base = base if base[0].isalpha() else f"c_{base}"
        name, turn = base, 2
        while name in names or name == "each":
            name, turn = f"{base}_{turn}", turn + 1
        names.append(name)
    return names


def rebound(tables: Mapping[str, Any], chosen: Mapping[tuple[int, str], str], headers: Iterable[str]) -> dict[str, Any]:
    """Give a mapping's tables with other headers for its columns: (sheet, column) -> the file's header, or nothing."""
    present = {plain(header) for header in headers}
    made = {**tables, "sheet": [dict(one) for one in tables["sheet"]]} if "sheet" in tables else dict(tables)
    for place, sheet in enumerate(made.get("sheet", [made])):
        columns = dict(sheet.get("columns", {}))
        for name, accepted in columns.items():
            header = chosen.get((place, name))
            if header is not None:
                columns[name] = [header] if header else _without(accepted, present)
        sheet["columns"] = columns
    return made


def _without(accepted: str | Sequence[str], present: set[str]) -> list[str]:
    listed = [accepted] if isinstance(accepted, str) else list(accepted)
    return [one for one in listed if plain(one) not in present] or [_ABSENT]


def proposed(headers: Sequence[str], kinds: Mapping[str, str]) -> dict[str, str]:
    """Propose what each header becomes: as most ready mappings have it, else by what its cells look like."""
    known = _usual()
    return {header: known.get(plain(header), "") or _BY_KIND.get(kinds.get(header, ""), "") for header in headers}


@cache
def _usual() -> Mapping[str, str]:
    """What the ready mappings make of each header: a person's where one does, else the most frequent."""
    counted = defaultdict[str, Counter[str]](Counter)
    for mapping in ready_mappings().values():
        for header, choice in (use for sheet in mapping.sheets for use in _uses(sheet)):
            counted[header][choice] += 1
    return {h: max(uses, key=lambda one: (one.startswith("person."), uses[one])) for h, uses in counted.items()}


def _uses(sheet: SheetMapping) -> Iterator[tuple[str, str]]:
    """Which header stands alone, or as one of several to choose from, for which field."""
    said = [(_code(record, name), rule) for record in sheet.records for name, rule in record.fields.items()]
    said += [(f"row.{name}", rule) for name, rule in sheet.row.items()]
    for choice, rule in said:
        part, _, name = choice.partition(".")
        if name in PARTS.get(part, ("", ()))[1] and isinstance(rule, Column | First):
            yield from ((plain(h), choice) for column in columns_of(rule) for h in sheet.columns.get(column, ()))


def _code(record: Record, name: str) -> str:
    return f"{record.kind if record.table == 'object' and record.kind in OBJECTS else record.table}.{name}"
