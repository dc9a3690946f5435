"""The subjects of a product one by one: what is known, who holds it, why the records are one, what happened when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby

from toex.analysis import Connection, Entry, Holdings, Network
from toex.conflation import Weights
from toex.picture.cast import Cast
from toex.picture.chronicle import is_new, subject_rows
from toex.picture.joins import joinings
from toex.picture.phrases import counted, listed, tidy, ways
from toex.publishing import Particular, Sentence, Subject
from toex.store import View

_VALUES = 3  # values of one kind: the rest are counted
_LINKS = 6


@dataclass(frozen=True, slots=True)
class Known:
    """What every subject of one product is told from; `before` holds the records of the version before."""

    cast: Cast
    network: Network
    entries: Mapping[str, Sequence[Entry]]
    held: Mapping[str, Holdings]
    weights: Mapping[str, Weights]
    shared: frozenset[str]
    before: frozenset[str] | None


def subject(view: View, key: str, known: Known) -> Subject:
    """Tell one person of the cast."""
    shown, more = joinings(view, known.cast.nodes[key].record_ids, known.weights)
    return Subject(
        person=known.cast.people[key],
        particulars=_particulars(view, known.cast.nodes[key].record_ids, known.before),
        account=tuple(_account(key, known)),
        joinings=shown,
        more_joinings=more,
        timeline=subject_rows(known.entries.get(key, ()), known.cast, shared=known.shared, known=known.before),
    )


def _particulars(view: View, ids: Sequence[str], before: frozenset[str] | None) -> tuple[Particular, ...]:
    sql = files("toex.picture").joinpath("sql/particulars.sql").read_text(encoding="utf-8")
    rows = view.query(sql, {"ids": " ".join(ids)}).to_pylist()
    told = []
    for label, group in groupby(rows, key=lambda r: str(r["label"])):
        values = list(group)
        for row in values[:_VALUES]:
            stated = tuple(row["record_ids"])
            told.append(Particular(label, Sentence(tidy(row["value"]), stated, new=is_new(stated, before))))
        if len(values) > _VALUES:
            rest = tuple(r for row in values[_VALUES:] for r in row["record_ids"])
            told.append(Particular(label, Sentence(f"and {len(values) - _VALUES} more", rest)))
    return tuple(told)


def _account(key: str, known: Known) -> Iterable[Sentence]:
    held = known.held.get(key)
    ids = tuple(r for one in held.held for r in one.record_ids) if held else ()
    if held and ids:
        by = listed(known.cast.suppliers(held.suppliers))
        yield Sentence(f"Records are held by {by}: {counted(held.sources, 'independent source')}.", ids)
    mine = [c for c in known.network.connections if key in (c.a, c.b) and c.record_ids]
    strongest = sorted(mine, key=lambda c: (-c.sources, -c.contacts, c.a, c.b))
    for connection in strongest[:_LINKS]:
        yield Sentence(
            linked(key, connection, known), connection.record_ids, new=is_new(connection.record_ids, known.before)
        )
    if len(strongest) > _LINKS:
        rest = tuple(r for c in strongest[_LINKS:] for r in c.record_ids)
        yield Sentence(f"{counted(len(strongest) - _LINKS, 'further link')} in the table of links.", rest)


def linked(key: str, connection: Connection, known: Known) -> str:
    """Tell a stated link of somebody in practitioners' words, with how many sources state it and who else shares it."""
    other = connection.b if connection.a == key else connection.a
    kind = known.cast.nodes[other].kind if other in known.cast.nodes else other.partition(":")[0]
    named = ways(connection.kinds, kind)
    said = f"{named[0]['words']} {known.cast.label(other)}" if named else f"linked to {known.cast.label(other)}"
    also = f" (also: {listed([way['words'] for way in named[1:3]])})" if len(named) > 1 else ""
    shared = _shared(key, other, known)
    beside = f"; shared with {listed(shared, most=3)}" if shared else ""
    sources = f" ({counted(connection.sources, 'independent source')})" if connection.sources > 1 else ""
    return f"{said[0].upper()}{said[1:]}{also}{sources}{beside}."


def _shared(key: str, other: str, known: Known) -> list[str]:
    """Give the references of the other people of the network linked to the same object."""
    people = known.cast.people
    if other in people:
        return []
    ends = [(c.b if c.a == other else c.a) for c in known.network.connections if other in (c.a, c.b)]
    return [people[end].ref for end in dict.fromkeys(ends) if end in people and end != key]
