"""The subjects of a product one by one: what is known, who holds it, why the records are one, what happened when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.resources import files
from itertools import groupby

from toex import analysis
from toex.analysis import Entry, Holdings, Network, Node
from toex.conflation import Weights
from toex.picture.cast import Cast
from toex.picture.joins import joinings
from toex.publishing import Particular, Sentence, Subject, TimelineRow
from toex.store import View

_VALUES = 5  # values of one kind: the rest are counted
_ENTRIES = 18
_CITED = 6
_LANES: Mapping[str, str] = {
    "call": "Phone", "sms": "Phone", "message": "Phone", "anpr": "ANPR", "custody": "Custody", "missing": "Missing",
    "intelligence": "Intelligence", "transaction": "Money", "visit": "Prison", "stop": "Stop", "crime": "Crime",
}  # fmt: skip


def subject(
    view: View, key: str, *, cast: Cast, network: Network | None, weights: Mapping[str, Weights], today: date,
    known: frozenset[str] | None,
) -> Subject:  # fmt: skip
    """Tell one person; `known` holds the records of the version before, so that what is new can be marked."""
    node = cast.nodes[key]
    held = analysis.holdings(view, [key], today=today)
    return Subject(
        person=cast.people[key],
        particulars=_particulars(view, node, known),
        account=tuple(_account(key, cast, network, held, known)),
        joinings=joinings(view, node.record_ids, weights),
        timeline=timeline_rows(analysis.timeline(view, [key]), cast, known=known)[-_ENTRIES:],
    )


def timeline_rows(entries: Iterable[Entry], cast: Cast, *, known: frozenset[str] | None) -> tuple[TimelineRow, ...]:
    """Turn timeline entries into rows of a product, oldest first."""
    return tuple(
        TimelineRow(
            at=e.at,
            until=e.until if e.until > e.at else None,
            lane=_LANES.get(e.kind, e.kind.capitalize() or "Other"),
            text=e.sentence + (f", through {e.via.partition(':')[2] or e.via}" if e.via else ""),
            refs=e.record_ids[:_CITED],
            place=e.place,
            people=(cast.people[e.node].ref,) if e.node in cast.people else (),
            new=is_new(e.record_ids, known),
        )
        for e in entries
    )


def is_new(record_ids: Iterable[str], known: frozenset[str] | None) -> bool:
    """Say whether none of the records was in the version before."""
    return known is not None and known.isdisjoint(record_ids)


def _particulars(view: View, node: Node, known: frozenset[str] | None) -> tuple[Particular, ...]:
    sql = files("toex.picture").joinpath("sql/particulars.sql").read_text(encoding="utf-8")
    rows = view.query(sql, {"ids": list(node.record_ids)}).to_pylist()
    told = []
    for label, group in groupby(rows, key=lambda r: str(r["label"])):
        values = list(group)
        for row in values[:_VALUES]:
            ids = tuple(row["record_ids"])
            told.append(Particular(label, Sentence(row["value"], ids[:_CITED], new=is_new(ids, known))))
        if len(values) > _VALUES:
            rest = tuple(r for row in values[_VALUES:] for r in row["record_ids"])[:_CITED]
            told.append(Particular(label, Sentence(f"and {len(values) - _VALUES} more", rest)))
    return tuple(told)


def _account(
    key: str, cast: Cast, network: Network | None, held: Sequence[Holdings], known: frozenset[str] | None
) -> Iterable[Sentence]:
    for one in held:
        by = ", ".join(one.suppliers)
        ids = tuple(r for h in one.held for r in h.record_ids)[:_CITED]
        if ids:
            yield Sentence(f"Records are held by {by}: {one.sources} independent sources.", ids)
    if network is None:
        return
    for connection in network.connections:
        if key in (connection.a, connection.b) and connection.record_ids:
            other = connection.b if connection.a == key else connection.a
            how = ", ".join(connection.kinds)
            count = f"{connection.sources} source{'s' * (connection.sources != 1)}"
            said = f"Linked to {cast.label(other)}: {how} ({count})."
            yield Sentence(said, connection.record_ids[:_CITED], new=is_new(connection.record_ids, known))
