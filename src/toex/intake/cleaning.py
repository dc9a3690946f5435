"""Columns of delivered text turned into columns of clean values, each distinct text being cleaned once."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toex.intake import clock
from toex.pole.values import CLEANERS, address, cleaners, grid, name, text
from toex.pole.values import Cleaned as Read

_CACHED = 250_000  # distinct texts kept for each kind; beyond that a file has little to gain from it
_BETWEEN = "\x1f"
_UNTIDY = r"[^ -~]|  |_x000D_"
_AMERICAN = re.compile(r"^\s*(\d{1,2})([/.\-])(\d{1,2})\2(\d{2,4})")
_SPAN = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})(?:\.\d+)?|(?:(\d+) ?h\w*)? ?(?:(\d+) ?m\w*)? ?(?:(\d+) ?s\w*)?", re.I)
# What a firm's name may bear or lack: its form, and what it trades as.
_FIRM = re.compile(r"\b(?:LIMITED|LTD|PLC|LLP|LLC|INC|COMPANY|CO|THE|UK|T/A.*|TRADING AS.*)(?=\W|$)")
_TIME = pa.timestamp("us", tz="UTC")

Cleaner = Callable[[str], Read]
Outcome = tuple[Any, ...]  # one value a column, then: problem, doubt, default


@dataclass(slots=True)
class Count:
    """How the cells of one field fared."""

    filled: int = 0
    valid: int = 0
    defaults: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Count") -> None:
        """Add the counts of further rows."""
        self.filled += other.filled
        self.valid += other.valid
        self.defaults += other.defaults
        self.problems.update(other.problems)
        self.doubts.update(other.doubts)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The clean columns of one field, named by what they hold, and how its cells fared."""

    columns: Mapping[str, pa.Array]
    count: Count


@dataclass(frozen=True, slots=True)
class _Kind:
    columns: tuple[tuple[str, pa.DataType], ...]
    clean: Callable[[str], Outcome]


class _Known(dict[str, Outcome]):
    """What became of the texts of one kind that were met before; one that was not is cleaned as it is asked for."""

    def __init__(self, clean: Callable[[str], Outcome]) -> None:
        super().__init__()
        self._clean = clean

    def __missing__(self, given: str) -> Outcome:
        found = self[given] = self._clean(given)
        return found


class Cleaning:
    """The cleaners under one mapping's statements: the clock of its times and the order of its dates."""

    def __init__(self, *, zone: str, order: str = "", pivot: int | None = None) -> None:
        given = cleaners(zone=zone) if pivot is None else cleaners(zone=zone, pivot=pivot)
        self._zone = zone
        self._month_first = order == "month-first"
        self._kinds = _kinds(given, order=order)
        self._known = {kind: _Known(spec.clean) for kind, spec in self._kinds.items()}

    def kinds(self) -> frozenset[str]:
        """Give the kinds of value that can be cleaned."""
        return frozenset(self._kinds) | {"text"}

    def clean(self, kind: str, raw: pa.Array) -> Cleaned:
        """Clean a column of text (null where empty); the columns' names are those of the kind."""
        if kind == "text":
            return _texts(raw)
        if kind == "moment" and not self._month_first:
            return self._moments(raw)
        return self._distinct(kind, raw)

    def joint(self, kind: str, *raw: pa.Array) -> Cleaned:
        """Clean several columns that make one value, such as forename, middle name and surname."""
        filled = [pc.fill_null(column, "") for column in raw]
        together = pc.binary_join_element_wise(*filled, _BETWEEN)
        nothing = pa.scalar(_BETWEEN * (len(raw) - 1), pa.string())
        return self._distinct(kind, pc.if_else(pc.equal(together, nothing), pa.scalar(None, pa.string()), together))

    def _moments(self, raw: pa.Array) -> Cleaned:
        stamps, precision, done = clock.read(raw, zone=self._zone)
        if done.sum() + raw.null_count == len(raw):
            return Cleaned({"value": stamps, "precision": precision}, Count(int(done.sum()), int(done.sum())))
        rest = self._distinct("moment", pc.if_else(pa.array(done), pa.scalar(None, pa.string()), raw))
        rest.count.filled += int(done.sum())
        rest.count.valid += int(done.sum())
        columns = {
            "value": pc.coalesce(stamps, rest.columns["value"]),
            "precision": pc.coalesce(precision, rest.columns["precision"]),
        }
        return Cleaned(columns, rest.count)

    def _distinct(self, kind: str, raw: pa.Array) -> Cleaned:
        spec, known = self._kinds[kind], self._known[kind]
        coded = raw.dictionary_encode()
        outcomes = [known[given] for given in coded.dictionary.to_pylist()]
        if len(known) > _CACHED:
            known.clear()
        if not outcomes:
            return Cleaned({column: pa.nulls(len(raw), type_) for column, type_ in spec.columns}, Count())
        values = zip(*outcomes, strict=True)
        # texts that are all different are coded in their order: there is nothing to spread
        places = None if len(outcomes) == len(raw) else coded.indices
        columns = {
            column: _spread(value, type_, places) for (column, type_), value in zip(spec.columns, values, strict=False)
        }
        return Cleaned(columns, _count(outcomes, coded))


def _spread(values: tuple[Any, ...], type_: pa.DataType, places: pa.Array | None) -> pa.Array:
    distinct = pa.array(values, type_)
    return distinct if places is None else distinct.take(places)


def _count(outcomes: list[Outcome], coded: pa.DictionaryArray) -> Count:
    places = coded.indices.drop_null().to_numpy(zero_copy_only=False)
    count = Count(filled=len(places), valid=len(places))
    told = [place for place, outcome in enumerate(outcomes) if outcome[-1] or outcome[-2] or outcome[-3]]
    times = np.bincount(places, minlength=len(outcomes)) if told else places
    for place in told:
        *_, problem, doubt, default = outcomes[place]
        rows = int(times[place])
        if problem:
            count.problems[problem] += rows
            count.valid -= rows
        if doubt:
            count.doubts[doubt] += rows
        if default:
            count.defaults += rows
    return count


def _texts(raw: pa.Array) -> Cleaned:
    untidy = pc.any(pc.match_substring_regex(raw, _UNTIDY)).as_py()
    tidied = _tidied(raw) if untidy else raw
    filled = len(raw) - raw.null_count
    return Cleaned({"value": tidied}, Count(filled, filled))


def _tidied(raw: pa.Array) -> pa.Array:
    coded = raw.dictionary_encode()
    tidy = pa.array([text.tidy(given) or None for given in coded.dictionary.to_pylist()], pa.string())
    return tidy.take(coded.indices)


def _kinds(given: Mapping[str, Cleaner], *, order: str) -> Mapping[str, _Kind]:
    turned = _day_first if order == "month-first" else str
    stated = bool(order)
    value = (("value", pa.string()),)
    kinds = {kind: _Kind(value, _single(cleaner)) for kind, cleaner in given.items()}
    kinds["date"] = _Kind(
        (("value", pa.date32()), ("precision", pa.string()), ("swapped", pa.date32()), ("default", pa.bool_())),
        lambda raw: _date(given["date"](turned(raw)), stated),
    )
    kinds["moment"] = _Kind(
        (("value", _TIME), ("precision", pa.string())),
        lambda raw: _moment(given["moment"](turned(raw)), stated),
    )
    kinds["name"] = _Kind(_NAME, _name)
    kinds["address"] = _Kind(
        (("address", pa.string()), ("address_key", pa.string()), ("postcode", pa.string())), _address
    )
    amount = (("value", pa.float64()), ("currency", pa.string()))
    kinds["money"] = _Kind(amount, lambda raw: _money(given["money"](raw)))
    kinds["seconds"] = _Kind((("value", pa.int32()),), _seconds)
    kinds["whole"] = _Kind((("value", pa.int32()),), _whole)
    kinds["degrees"] = _Kind((("value", pa.float64()),), _degrees)
    kinds["metres"] = _Kind((("lat", pa.float64()), ("lon", pa.float64())), _metres)
    kinds["firm"] = _Kind((("value", pa.string()), ("key", pa.string())), _firm)
    kinds["sex"] = _Kind(value, _sex)
    kinds["yes"] = _Kind((("value", pa.bool_()),), _yes)
    axes = (("source", pa.string()), ("info", pa.string()), ("handling", pa.string()))
    kinds["grade"] = _Kind(axes, lambda raw: _grade(given["grade"](raw)))
    return MappingProxyType(kinds)


def _single(cleaner: Cleaner) -> Callable[[str], Outcome]:
    def clean(raw: str) -> Outcome:
        found: Any = cleaner(raw)
        doubt = getattr(found, "doubt", "") or getattr(found, "warning", "")
        return found.value or None, found.problem, doubt, False

    return clean


def _day_first(raw: str) -> str:
    return _AMERICAN.sub(r"\3\2\1\2\4", raw)


def _date(found: Any, stated: bool) -> Outcome:
    if not found.value:
        return None, None, None, None, found.problem, found.doubt, False
    swapped = date.fromisoformat(found.swapped) if found.swapped else None
    day = date.fromisoformat((found.value + "-01-01")[:10])
    doubt = found.doubt or ("day and month may have changed places" if found.swapped and not stated else "")
    return day, found.precision, swapped, found.default, "", doubt, found.default


def _moment(found: Any, stated: bool) -> Outcome:
    doubt = found.doubt or ("day and month may have changed places" if found.swapped and not stated else "")
    problem = found.problem or ("" if found.utc else "this time lies outside the calendar")
    return found.utc, found.precision or None, problem, doubt, False


_NAME = tuple(
    (column, pa.string())
    for column in (
        "name", "forename", "middle", "surname", "forename_key", "surname_key", "forename_root", "surname_sound", "also"
    )
)  # fmt: skip


def _name(raw: str) -> Outcome:
    """A name out of full name, forename, middle name and surname; the parts win where a file gives both."""
    whole, forename, middle, surname = raw.split(_BETWEEN)
    found = name.clean_parts(forename, middle, surname) if forename or middle or surname else name.clean(whole)
    given = whole or ", ".join(part for part in (surname, f"{forename} {middle}".strip()) if part)
    columns = (
        text.tidy(given), found.forename, found.middle, found.surname, found.forename_key, found.surname_key,
        found.variant, found.surname_sound, "; ".join(found.also),
    )  # fmt: skip
    return (*[column or None for column in columns], found.problem, "", False)


def _address(raw: str) -> Outcome:
    """An address out of its lines and its postcode; both as given where they are not understood."""
    lines, _, code = raw.partition(_BETWEEN)
    unit = CLEANERS["postcode"](code)
    found = address.clean(f"{lines}, {unit.value}" if unit.value and lines else lines)
    stated, problem = unit.value or found.postcode, found.problem or unit.problem
    return text.tidy(lines) or None, found.key or None, stated or None, problem, "", False


def _firm(raw: str) -> Outcome:
    words = _FIRM.sub(" ", text.plain(text.tidy(raw)).replace(".", "").replace("&", " AND ")).split()
    return text.tidy(raw), text.key("".join(words)) or text.key(raw) or None, "", "", False


def _money(found: Any) -> Outcome:
    return float(found.value) if found.value else None, found.currency or None, found.problem, "", False


def _seconds(raw: str) -> Outcome:
    bare = raw.strip().removesuffix("s").strip()
    if bare.replace(".", "", 1).isdecimal() and len(bare) < 10:
        return int(float(bare)), "", "", False
    found = _SPAN.fullmatch(raw.strip())
    if not found or not any(found.groups()):
        return None, "this is not a length of time", "", False
    if found[2]:
        return _bounded(int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]))
    return _bounded(int(found[4] or 0) * 3600 + int(found[5] or 0) * 60 + int(found[6] or 0))


def _bounded(number: int) -> Outcome:
    return (number, "", "", False) if number < 2**31 else (None, "this number is too large", "", False)


def _whole(raw: str) -> Outcome:
    bare = raw.strip().removesuffix(".0")
    if bare.lstrip("-").isdecimal() and bare.isascii() and len(bare) < 10:
        return int(bare), "", "", False
    return None, "this is not a whole number", "", False


def _degrees(raw: str) -> Outcome:
    try:
        number = float(raw)
    except ValueError:
        number = float("nan")
    return (number, "", "", False) if -180 <= number <= 180 and number else (None, "this is no coordinate", "", False)


def _metres(raw: str) -> Outcome:
    """Easting and northing of the national grid, as a point in WGS84."""
    try:
        east, north = (float(part) for part in raw.split(_BETWEEN))
        if not (0 < east < 700_000 and 0 < north < 1_300_000):
            raise ValueError
        lat, lon = grid.to_wgs84(east, north)
    except (ValueError, ArithmeticError):
        return None, None, "this is no point of the national grid", "", False
    return round(lat, 6), round(lon, 6), "", "", False


_SEXES = {
    "0": ("0", "u", "unknown", "not known", "nk", "u/k", "uk", "unk"),
    "1": ("1", "m", "male", "man", "boy"),
    "2": ("2", "f", "female", "woman", "girl"),
    "9": ("9", "x", "not specified", "other", "indeterminate", "non-binary"),
}
_SEX_OF = {word: code for code, words in _SEXES.items() for word in words}


def _sex(raw: str) -> Outcome:
    code = _SEX_OF.get(raw.strip().lower())
    return code, "" if code else "this is not a sex that is known here", "", False


_YES: Iterable[str] = frozenset({"yes", "y", "true", "1", "deleted", "trash"})
_NO: Iterable[str] = frozenset({"no", "n", "false", "0", "intact"})


def _yes(raw: str) -> Outcome:
    word = raw.strip().lower()
    known = word in _YES or word in _NO
    return (word in _YES) if known else None, "" if known else "this is neither yes nor no", "", False


def _grade(found: Any) -> Outcome:
    values = (found.filter_source, found.filter_assessment, found.filter_handling)
    return (*(value or None for value in values), found.problem, "", False)
