"""Code lists as dated data: what an entry and a list are, and how they are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

STATUSES = ("read", "measured", "unverified", "inferred")
"""How far an entry may be relied on: read in a source, measured, general knowledge, or our inference."""

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a list, valid from `valid_from` up to but not including `valid_to` (None: open)."""

    code: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    status: str = "unverified"
    attributes: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    def holds_on(self, on: date) -> bool:
        """Whether the entry is in force on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)

    def attribute(self, name: str) -> str:
        """A further property of the entry, or the empty string."""
        return self.attributes.get(name, "")

    def words(self, name: str) -> tuple[str, ...]:
        """A property that holds several values, written in the file with bars between them."""
        text = self.attributes.get(name, "")
        return tuple(part.strip() for part in text.split("|") if part.strip())


@dataclass(frozen=True, slots=True)
class CodeList:
    """A named list of codes in the order of its file, with its title and source."""

    name: str
    title: str
    source: str
    entries: tuple[Code, ...]

    def __iter__(self) -> Iterator[Code]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, code: object) -> bool:
        return any(entry.code == code for entry in self.entries)

    def at(self, on: date) -> CodeList:
        """The same list with only the entries in force on a day."""
        return replace(self, entries=tuple(entry for entry in self.entries if entry.holds_on(on)))

    def codes(self) -> tuple[str, ...]:
        """Every code once, in the order of the list."""
        return tuple(dict.fromkeys(entry.code for entry in self.entries))

    def get(self, code: str, *, on: date | None = None) -> Code | None:
        """The entry of a code in force on a day; without a day the one that was valid last."""
        found = [entry for entry in self.entries if entry.code == code and (on is None or entry.holds_on(on))]
        return found[-1] if found else None

    def label(self, code: str, *, on: date | None = None) -> str:
        """The words for a code, or the code itself where the list does not know it."""
        entry = self.get(code, on=on)
        return entry.label if entry else code

    def where(self, attribute: str, value: str) -> tuple[Code, ...]:
        """The entries whose attribute has a value."""
        return tuple(entry for entry in self.entries if entry.attribute(attribute) == value)
