"""The language in which a recipe is written: what is compared, at which levels, and under which keys records meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Same:
    """Both sides hold the same value in each of the columns; an unknown value is never the same."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossed:
    """The lower record's first column equals the other record's second column."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Alike:
    """The Jaro-Winkler similarity of the two values is at least this (0 to 1)."""

    column: str
    least: float


@dataclass(frozen=True, slots=True)
class Edits:
    """The two values differ by at most so many edits, a transposition counting as one."""

    column: str
    most: int


@dataclass(frozen=True, slots=True)
class Slips:
    """Two codes of one length differ in at most so many places."""

    column: str
    most: int


@dataclass(frozen=True, slots=True)
class Opens:
    """One value opens the other, the shorter being at least so many characters long."""

    column: str
    least: int


@dataclass(frozen=True, slots=True)
class Within:
    """Two numbers differ by at most this."""

    column: str
    most: float


@dataclass(frozen=True, slots=True)
class Either:
    """The column is true (or not zero) on at least one side."""

    column: str


@dataclass(frozen=True, slots=True)
class Missing:
    """The value is unknown on at least one side."""

    column: str


@dataclass(frozen=True, slots=True)
class Differ:
    """Both values are known and are not the same."""

    column: str


@dataclass(frozen=True, slots=True)
class Graded:
    """The comparison of a field came out at one of these levels (only guards may ask this)."""

    field: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold; what is unknown counts as not holding."""

    part: Condition


Condition: TypeAlias = (
    Same | Crossed | Alike | Edits | Slips | Opens | Within | Either | Missing | Differ | Graded | All | Some | Not
)


def same(*columns: str) -> Same:
    """Write `Same` without the brackets."""
    return Same(columns)


def every(*parts: Condition) -> All:
    """Write `All` without the brackets."""
    return All(parts)


def some(*parts: Condition) -> Some:
    """Write `Some` without the brackets."""
    return Some(parts)


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison: its code, when it holds, and the sentence that a reader sees.

    `rarity` names a column of frequencies: the rarer of the agreeing value, the more the agreement weighs. `m` and `u`
    are starting values, and stay where the field is `fixed`.
    """

    code: str
    when: Condition | None  # None: everything that is left
    sentence: str
    rarity: str = ""
    m: float = 0.0
    u: float = 0.0


@dataclass(frozen=True, slots=True)
class Field:
    """One comparison: levels from the strongest to the rest; `unknown` says when it can say nothing (level -1)."""

    name: str
    unknown: Condition
    levels: tuple[Level, ...]
    missing: str  # the sentence for level -1
    fixed: bool = False  # m and u are set by rule, not learned
    shows: str = ""  # the column whose values an explanation names

    def number(self, code: str) -> int:
        """Give the number of a level: -1 for "unknown", 0 for the rest, counting up towards the strongest."""
        if code == "unknown":
            return -1
        codes = [level.code for level in self.levels]
        return len(codes) - 1 - codes.index(code)

    def starting(self, which: Literal["m", "u"]) -> tuple[float, ...]:
        """Give the starting m or u of every level, lowest first."""
        return tuple(level.m if which == "m" else level.u for level in reversed(self.levels))

    def level(self, number: int) -> Level:
        """Give the level of a number."""
        return self.levels[len(self.levels) - 1 - number]


@dataclass(frozen=True, slots=True)
class Key:
    """Columns under which two records meet; each alternative writes another row under the same key.

    Groups larger than `most` records say nothing about identity and are left out.
    """

    name: str
    alternatives: tuple[tuple[str, ...], ...]
    most: int = 60


@dataclass(frozen=True, slots=True)
class Guard:
    """A rule that keeps a pair from being joined by a machine, whatever its weight."""

    code: str
    standing: str  # refused | possible
    when: Condition
    sentence: str


@dataclass(frozen=True, slots=True)
class Exclusive:
    """A column of which one entity may hold one value only, and what becomes of a pair that would break it."""

    column: str
    standing: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Household:
    """Agreement that comes from living together: a field's level 1 is weighed by how much it overcounts.

    Among records alike in one of `within` but in none of `but` (two people of one household), how many share `column`?
    """

    field: str
    column: str
    within: tuple[str, ...]
    but: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How records of one table are conflated."""

    table: str
    columns: tuple[str, ...]  # what it reads of the table beside the access columns
    fields: tuple[Field, ...]
    keys: tuple[Key, ...]
    guards: tuple[Guard, ...]
    blocks: tuple[tuple[str, ...], ...] = ()  # tight groups in which the weights are learned
    exclusive: tuple[Exclusive, ...] = ()
    household: Household | None = None
    anchor: tuple[str, ...] = ()  # equal in most pairs that are one: gives the first guess of the prior
    counted: tuple[str, ...] = ()  # columns of the table of which it counts how many share a value
    apart: Condition | None = None  # pairs of which this holds are not compared: their value already makes them one
    prior: float = 0.0  # bits, where nothing is learned
    joined: float = 12.0  # thresholds in bits, where nothing is learned
    possible: float = 0.0

    @property
    def learns(self) -> bool:
        """Say whether any field's weights are learned."""
        return any(not each.fixed for each in self.fields)

    def field(self, name: str) -> Field:
        """Give the field of that name."""
        return next(each for each in self.fields if each.name == name)
