"""What the readers of analysts' charts send: the entities and the links of a chart, and the chart itself, as three tables."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from toex.parsers.refusals import GivenUpError, Why
from toex.parsers.sending import Sender

CHART, ENTITIES, LINKS = "Chart", "Entities", "Links"
MOST = 1_000_000  # things and links of one chart
WIDEST = 200  # columns of attributes; what is beyond them stands with the others in one cell
ALSO = "Attributes"  # every attribute of an item, a line each
_SAID = (
    "Description", "Source reference", "Source type", "Chart grade", "Date", "Time", "When", "Cards", ALSO, "Marking", "Saved",
)  # fmt: skip
_ENTITY = ("Chart", "Entity id", "Type", "Label", "Identity", *_SAID)
_ENDS = tuple(f"End {n} {what}" for n in (1, 2) for what in ("id", "type", "label"))
_LINK = ("Chart", "Link id", *_ENDS, "Type", "Label", "Direction", "Strength", *_SAID)
_TELLING = (
    *(name for name in _ENDS if name.endswith("id")),
    "Type",
    "Label",
    "Date",
    "Time",
    "Source reference",
    "Source type",
)
_SUMMARY = (
    "Chart", "Title", "Marking", "Author", "Created", "Saved", "Comments", "Subject", "Keywords", "Category", "Entities", "Links",
)  # fmt: skip
_MARKED = re.compile(
    r"\W*(?:UK\s+)?((?:TOP\s+)?SECRET|CONFIDENTIAL|RESTRICTED|PROTECT|OFFICIAL(?:\s*[-–—:]\s*SENSITIVE|\s+SENSITIVE)?)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Thing:
    """An entity of a chart: how links name it, what it is, what stands under its sign."""

    id: str
    kind: str
    label: str


@dataclass(slots=True)
class Summary:
    """What a chart says of itself; `name` is what its rows are known by."""

    name: str
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def marking(self) -> str:
        """The marking: stated, or what the title or the comments begin with."""
        stated = self.said.get("Marking", "")
        if stated:
            return stated
        begun = (
            _MARKED.match(self.said.get(name, "")) for name in ("Title", "Comments", "Subject", "Keywords", "Category")
        )
        return next((found[1] for found in begun if found), "")


class Tables:
    """The three tables on their way out; attributes become columns under names that no fixed column has."""

    def __init__(self, out: Sender, summary: Summary, classes: Mapping[str, Iterable[str]]) -> None:
        """`classes` names the attributes that the items of each table have."""
        self._out, self._summary, self._counts = out, summary, {ENTITIES: 0, LINKS: 0}
        self._seen: dict[str, int] = {}  # how often links say the same
        self._names = {table: _columns(fixed, classes.get(table, ())) for table, fixed in _FIXED.items()}
        for table, fixed in _FIXED.items():
            out.begin(table, (*fixed, *self._names[table].values()))

    def entity(self, thing: Thing, said: Mapping[str, str], attributes: Mapping[str, str]) -> None:
        """Send an entity."""
        self._send(ENTITIES, {"Entity id": thing.id, "Type": thing.kind, "Label": thing.label, **said}, attributes)

    def link(
        self, ends: tuple[Thing | None, Thing | None], said: Mapping[str, str], attributes: Mapping[str, str]
    ) -> None:
        """Send a link; an end that the chart does not hold, or holds twice, is left empty."""
        told: dict[str, str] = {}
        for number, end in enumerate(ends, start=1):
            if end is not None:
                told |= {f"End {number} id": end.id, f"End {number} type": end.kind, f"End {number} label": end.label}
        self._send(LINKS, {**told, **said, "Link id": self._link_id({**told, **said})}, attributes)

    def _link_id(self, said: Mapping[str, str]) -> str:
        """Name a link by what it says, for no program keeps another name of it: it is the same when the chart is saved anew."""
        parts = [said.get(name, "") for name in _TELLING]
        made = blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()
        self._seen[made] = self._seen.get(made, 0) + 1
        return made if self._seen[made] == 1 else f"{made} ({self._seen[made]})"

    def end(self) -> None:
        """Send the chart itself, with how much it holds."""
        self._out.begin(CHART, _SUMMARY)
        counts = {name: str(number) for name, number in self._counts.items()}
        said = {**self._summary.said, "Marking": self._summary.marking, "Chart": self._summary.name}
        self._out.record(CHART, {**said, **counts})

    def _send(self, table: str, said: Mapping[str, str], attributes: Mapping[str, str]) -> None:
        self._counts[table] += 1
        if sum(self._counts.values()) > MOST:
            raise GivenUpError(Why.TOO_BIG)
        names = self._names[table]
        told = {names[name]: value for name, value in attributes.items() if name in names}
        also = "\n".join(f"{name}: {value}" for name, value in attributes.items())
        marking = said.get("Marking") or self._summary.marking
        own = {"Chart": self._summary.name, ALSO: also, "Saved": self._summary.said.get("Saved", "")}
        self._out.record(table, {**told, **said, **own, "Marking": marking})


_FIXED: Mapping[str, tuple[str, ...]] = {ENTITIES: _ENTITY, LINKS: _LINK}


def _columns(fixed: Iterable[str], names: Iterable[str]) -> dict[str, str]:
    """Give each attribute its column; one that is called as a fixed column, or nearly as another, bears a number."""
    taken = {_plain(name) for name in fixed}
    made: dict[str, str] = {}
    for name in list(dict.fromkeys(names))[:WIDEST]:
        column, turn = name, 2
        while not _plain(column) or _plain(column) in taken:
            column, turn = f"{name} ({turn})", turn + 1
        taken.add(_plain(column))
        made[name] = column
    return made


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())
