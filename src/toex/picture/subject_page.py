"""Everything that a view shows of one subject or thing on one page, each statement with the records it rests on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.resources import files

from toex import analysis
from toex.analysis import Connection, Entry, Held, Node, Quiet
from toex.picture.cast import NO_NAME, is_child
from toex.picture.chain import digest
from toex.picture.errors import UnknownSubject
from toex.picture.phrases import tidy, ways
from toex.picture.seat import Seat
from toex.picture.sources import short_name, sources
from toex.picture.stated import Category, Fact, facts, told
from toex.picture.things import NOT_HELD, Address, addresses, thing_at
from toex.picture.threads import Conversation, threads_of
from toex.pole import Judgement, categories
from toex.publishing import SourceRow
from toex.reference import CodeList, load
from toex.store import View

RulingsOn = Callable[[Sequence[str]], Sequence[Judgement]]
LINKS = 60
CITED = 12
_WRITES = ("phone", "email", "username")


@dataclass(frozen=True, slots=True)
class Linked:
    """Somebody or something that records tie to the subject: in which words, by how many independent sources."""

    key: str
    kind: str
    label: str
    child: bool
    categories: tuple[str, ...]  # victim first (rule 10)
    address: Address | None
    words: str
    sources: int
    contacts: int
    record_ids: tuple[str, ...]
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """One subject (person, organisation) or thing (number, vehicle, account, address) as this view shows it."""

    address: Address
    key: str
    kind: str
    label: str
    born: tuple[date, ...]
    child: bool | None
    categories: tuple[Category, ...]
    record_ids: tuple[str, ...]  # of the subject itself
    facts: tuple[Fact, ...]
    held: tuple[Held, ...]
    holders: tuple[str, ...]  # short names of all who hold something
    independent: int  # sources, items of one origin counted once; 0 where it is not counted
    links: tuple[Linked, ...]
    more_links: int
    entries: tuple[Entry, ...]
    quiet: tuple[Quiet, ...]
    rulings: tuple[Judgement, ...]
    names: Mapping[str, str]  # suppliers' short names by code
    sources: Mapping[str, SourceRow]
    datasets: Mapping[str, str]  # of each record of the subject and of each report that names it
    threads: tuple[Conversation, ...] = ()  # of a number or address that wrote messages or was written to

    @property
    def is_thing(self) -> bool:
        """Say whether it is a number, vehicle, account or address."""
        return ":" in self.key

    @property
    def differs(self) -> tuple[Fact, ...]:
        """The facts on which records contradict each other."""
        return tuple(fact for fact in self.facts if fact.differs)


def subject_page(seat: Seat, address: Address, *, at: datetime, rulings: RulingsOn | None = None) -> SubjectPage:
    """Assemble the page of a record's subject, or of a thing that the record states; noted in the log before it is shown.

    `rulings` gives those on some records, whoever may see them; without it the seat is asked. Those are shown of which
    the view shows both records. UnknownSubject where the view shows no such record, or it is of an event or a text.
    """
    with seat.view() as view:
        page = page_in(view, address, today=at.date())
        said = rulings(page.record_ids) if rulings else seat.rulings()
        page = replace(page, rulings=_shown(view, said, page.record_ids))
    seat.note(
        "consultation", "subject", at, record=address.record_id, thing=address.thing, records=len(page.sources),
        of=digest(sorted(page.sources)),
    )  # fmt: skip
    return page


def shown_among(view: View, record_ids: Iterable[str]) -> set[str]:
    """Give those of some records that the view shows."""
    rows = view.query(_sql("shown_among"), {"ids": sorted(record_ids)}).to_pylist()
    return {r["record_id"] for r in rows}


def _shown(view: View, rulings: Iterable[Judgement], own: Iterable[str]) -> tuple[Judgement, ...]:
    """Keep the rulings that touch these records and of which the view shows both ends, the newest first."""
    held = frozenset(own)
    found = [j for j in rulings if held & set(j.pair())]
    ends = shown_among(view, {end for j in found for end in j.pair()}) if found else set()
    return tuple(sorted((j for j in found if ends.issuperset(j.pair())), key=lambda j: j.at, reverse=True))


def key_of(view: View, address: Address) -> str:
    """Give the key of the subject or thing at an address; UnknownSubject where the view shows none."""
    if address.kind:
        return thing_at(view, address)
    keys = analysis.locate(view, [address.record_id])
    if len(keys) != 1:
        raise UnknownSubject(NOT_HELD)
    return keys[0]


def own_records(view: View, key: str) -> tuple[str, ...]:
    """Give the records of a subject or thing itself, all of them."""
    if ":" not in key:
        return analysis.describe(view, [key])[key].record_ids
    return tuple(r["record_id"] for r in view.query(_sql("records_of_thing"), {"key": key}).to_pylist())


def page_in(view: View, address: Address, *, today: date) -> SubjectPage:
    """Assemble a page from a view, for a caller who logs the looking; rulings are left out."""
    key = key_of(view, address)
    node = analysis.describe(view, [key]).get(key) or Node(key, key.partition(":")[0], key.partition(":")[2], ())
    own = node.record_ids if ":" not in key else own_records(view, key)
    near = analysis.beside(view, [key], most=LINKS)
    entries = analysis.timeline(view, [key])
    held, holders, independent = _held(view, key, node, today=today)
    organisations = load("organisations")
    cited = {*own, *(r for c in near.connections for r in c.record_ids), *(r for h in held for r in h.record_ids)}
    known = {s.ref: s for s in sources(view, cited, organisations)}
    named = {*holders, *(h.supplier for h in held), *(e.supplier for e in entries), *node.suppliers}
    names = _names(named, organisations)
    said = told(view, own, names, today=today)
    return SubjectPage(
        address, key, node.kind, _label(node), said.born, said.child, said.categories, own,
        facts(view, own, known), held, tuple(sorted({names.get(h, h) for h in holders})), independent,
        _linked(view, near.connections, today), near.found - len(near.connections), entries, analysis.quiet(entries), (),
        names, known, {ref: s.dataset for ref, s in known.items()},
        threads_of(view, key) if node.kind in _WRITES else (),
    )  # fmt: skip


def _label(node: Node) -> str:
    if node.label == "Name not recorded":
        return NO_NAME.capitalize()
    return tidy(node.label).replace("|", ", ")


def _names(codes: Iterable[str], organisations: CodeList) -> Mapping[str, str]:
    return {code: short_name(organisations, code) for code in sorted(set(codes)) if code}


def _held(view: View, key: str, node: Node, *, today: date) -> tuple[tuple[Held, ...], tuple[str, ...], int]:
    """Give what is held by whom in which dataset, all holders, and how many independent sources."""
    if ":" not in key:
        found = analysis.holdings(view, node.record_ids[:1], today=today)
        return (found[0].held, found[0].suppliers, found[0].sources) if found else ((), (), 0)
    rows = view.query(_sql("held_of_thing"), {"key": key, "kind": node.kind, "most": CITED}).to_pylist()
    by = {name: dataset.supplier for name, dataset in view.datasets.items()}
    held = tuple(
        Held(by.get(r["dataset"], ""), r["dataset"], r["what"], r["records"], 0, tuple(r["record_ids"])) for r in rows
    )
    return held, tuple(sorted({h.supplier for h in held} - {""})), 0


def _linked(view: View, connections: Sequence[Connection], today: date) -> tuple[Linked, ...]:
    others = [c.b for c in connections]
    nodes = analysis.describe(view, others) if others else {}
    found = addresses(view, others)
    return tuple(_link(c, nodes, found.get(c.b), today) for c in connections if c.b in nodes)


def _link(link: Connection, nodes: Mapping[str, Node], address: Address | None, today: date) -> Linked:
    node = nodes[link.b]
    own_kind = link.a.partition(":")[0] if ":" in link.a else "person"
    on = node.kind if ":" in link.b else own_kind
    return Linked(
        node.key, node.kind, _label(node), is_child(node.born, today), categories(node.subject), address,
        _words(link.kinds, on), link.sources, link.contacts, link.record_ids, link.first, link.last,
    )  # fmt: skip


def _words(kinds: Iterable[str], on: str) -> str:
    return ", ".join(dict.fromkeys(str(way["short"]) for way in ways(kinds, on)[:3])) or "linked"


def _sql(name: str) -> str:
    return files("toex.picture").joinpath(f"sql/{name}.sql").read_text(encoding="utf-8")
