"""What a mapping is: which columns a file has and which records, links and identifiers a row of it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from toex.intake.condition import Condition
from toex.intake.dialect import plain
from toex.intake.expression import Expression, Lists, columns_of

ANY = "*"  # as a link's kind: each piece of the cell that names records says its own


@dataclass(frozen=True, slots=True)
class Stated:
    """An identifier that a record states: its kind, its text, in what role, and when that holds."""

    kind: str
    text: Expression
    role: str
    when: Condition = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One part of a row that becomes a record of a table; `each` and `split` make several of it."""

    part: str
    table: str
    kind: str
    fields: Mapping[str, Expression]
    when: Condition = ()
    row: Mapping[str, Expression] = field(default_factory=dict)  # grade, marking, subject ... of this record alone
    states: tuple[Stated, ...] = ()
    of: str = ""  # the part that this one is linked to
    role: str = ""
    each: tuple[Expression, ...] = ()
    split: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link: a part of the same row or, with a key, of a row elsewhere (`*` is this dataset's prefix).

    With `records` it is whatever records the cell names, each by its table, id, domain and part in the link; with
    `one_of` it is whichever part a cell names, of the table that `tables` has for it.
    """

    part: str
    key: tuple[Expression, ...] = ()
    dataset: str = ""
    table: str = ""
    records: Expression | None = None
    one_of: Expression | None = None
    tables: Mapping[str, str] = field(default_factory=dict)  # of the mapping's parts, for `one_of`

    @property
    def own(self) -> bool:
        """Whether it is a part of the same row."""
        return not self.key and self.records is None


@dataclass(frozen=True, slots=True)
class Link:
    """An association that a row states between two records."""

    kind: str
    start: End
    finish: End
    fields: Mapping[str, Expression]
    when: Condition = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """A column taken out of another by a pattern (its first group) or kept where a condition holds."""

    name: str
    text: Expression
    pattern: str = ""
    when: Condition = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Rows that the mapping sets aside, and the reason that is told."""

    when: Condition
    reason: str


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """The rows of one sheet, or of a delimited file (whose sheet has no name). `names` are those that the sheet may bear."""

    names: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]  # our name -> headers that are accepted, the first being the usual one
    key: tuple[Expression, ...]
    records: tuple[Record, ...]
    links: tuple[Link, ...] = ()
    derived: tuple[Derived, ...] = ()
    lists: Lists = field(default_factory=dict)
    row: Mapping[str, Expression] = field(default_factory=dict)
    turn: tuple[str, str] | None = None  # two columns, name and value, that make one row of the whole sheet
    header_row: int = 0
    ends_at: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    carries: tuple[str, ...] = ()  # columns of a turned sheet that the later sheets may name too

    @property
    def name(self) -> str:
        """The sheet's usual name."""
        return self.names[0]

    def known(self) -> frozenset[str]:
        """Give every header that is accepted, without case, spaces and punctuation."""
        return frozenset(plain(header) for headers in self.columns.values() for header in headers)

    def bind(self, headers: tuple[str, ...]) -> dict[str, str]:
        """Say which header of a file stands for each of our columns; earlier synonyms go before later ones."""
        present: dict[str, str] = {}
        for header in headers:
            present.setdefault(plain(header), header)
        bound = {}
        for name, accepted in self.columns.items():
            found = next((present[plain(one)] for one in accepted if plain(one) in present), None)
            if found is not None:
                bound[name] = found
        return bound

    def key_columns(self) -> frozenset[str]:
        """Give our names of the columns that make up the key."""
        return frozenset().union(*(columns_of(part) for part in self.key))


@dataclass(frozen=True, slots=True)
class FileMapping:
    """A versioned mapping of one kind of file; `also` names the other layouts that it serves."""

    name: str
    version: int
    title: str
    sheets: tuple[SheetMapping, ...]
    also: tuple[str, ...] = ()
    zone: str = "Europe/London"
    dates: str = ""
    encoding: str = ""
    delimiter: str = ""
    pivot: int | None = None
    fingerprint: str = ""  # of the mapping's text: what a row becomes depends on it as much as on the row

    def known(self) -> frozenset[str]:
        """Give every header that any of its sheets accepts."""
        return frozenset().union(*(sheet.known() for sheet in self.sheets))
