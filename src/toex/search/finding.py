"""Find by one typed line, and wash a pasted list: one answer a line, nil returns kept."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from toex.pole import categories
from toex.search.answers import Answer, Hit, Holding, Mention, Reading, Subject
from toex.search.gathering import read_mentions, read_subjects
from toex.search.matching import Matches, match
from toex.search.pasted import Line, read_line, read_pasted
from toex.search.reading import read
from toex.search.statements import View, rows

CITED = 12


def find(view: View, text: str, limit: int = 50) -> Answer:
    """Find what the view holds on one typed line, at most `limit` subjects, those closest to what was typed first."""
    reading = read(text)
    matches = match(view, [reading], most=max(limit, 1) * 4)
    return _answers(view, [reading], _with_aliases(view, reading, matches, most=limit), limit=limit)[0]


def wash(view: View, lines: str | Sequence[str], *, limit: int = 5) -> tuple[Answer, ...]:
    """Look up a pasted list (free lines or a table with headings), one answer a line in its order, nil returns kept.

    Each answer shows at most `limit` subjects; its count is of all that the view shows.
    """
    readings = read_pasted(lines)
    return tuple(_answers(view, readings, match(view, readings, most=limit * 4), limit=limit))


def wash_lines(view: View, lines: Sequence[Line], *, limit: int = 5) -> tuple[Answer, ...]:
    """Look up lines that were kept, one answer each in their order, as `wash` does."""
    readings = [read_line(line) for line in lines]
    return tuple(_answers(view, readings, match(view, readings, most=limit * 4), limit=limit))


def _with_aliases(view: View, reading: Reading, matches: Matches, *, most: int) -> Matches:
    who = reading.name
    key = who.forename_key + who.surname_key if who else ""
    if len(key) < 3 or reading.born is not None:
        return matches
    known = [hit.record_id for hit in matches.hits.get(0, ())]
    found = rows(view, "alias_hits", key=key, most=most, known=known)
    hits = [Hit(0, r["record_id"], "person", "The name is among the aliases", 3, dataset=r["dataset"]) for r in found]
    if not hits:
        return matches
    ordered = tuple(sorted((*matches.hits.get(0, ()), *hits), key=lambda h: (h.rank, h.record_id)))
    return Matches({0: ordered}, {0: matches.found.get(0, 0) + found[0]["found"]}, matches.people)


def _answers(view: View, readings: Sequence[Reading], matches: Matches, *, limit: int) -> list[Answer]:
    every = [hit for hits in matches.hits.values() for hit in hits]
    members = read_subjects(view, every, known=matches.people)
    mentioned = read_mentions(view, every)
    entity_of = {row["record_id"]: entity for entity, held in members.items() for row in held}
    return [
        Answer(
            line,
            reading,
            _subjects(matches.hits.get(line, ()), members, entity_of)[:limit],
            _mentions(matches.hits.get(line, ()), mentioned),
            matches.found.get(line, 0),
        )
        for line, reading in enumerate(readings)
    ]


def _subjects(
    hits: Sequence[Hit], entities: Mapping[str, list[Mapping[str, Any]]], entity_of: Mapping[str, str]
) -> tuple[Subject, ...]:
    grouped: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.record_id in entity_of:
            grouped[entity_of[hit.record_id]].append(hit)
    found = [_subject(entity, entities[entity], held) for entity, held in grouped.items()]
    return tuple(sorted(found, key=lambda s: (s.hits[0].rank, -len(s.hits), s.entity)))


def _subject(entity: str, held: Sequence[Mapping[str, Any]], hits: Sequence[Hit]) -> Subject:
    born = [r["dob"] for r in held if r["dob"] and not r["dob_default"]]
    bits = 0
    for row in held:
        bits |= int(row["subject"] or 0)
    return Subject(
        entity=entity,
        kind=held[0]["kind"],
        label=_commonest([r["name"] for r in held if r["name"]]) or "Name not recorded",
        born=max(set(born), key=lambda d: (born.count(d), d)) if born else None,
        address=_commonest([r["address"] for r in held if r["address"]]),
        record_ids=tuple(r["record_id"] for r in held),
        holdings=_holdings(held),
        hits=tuple(hits),
        categories=categories(bits),
    )


def _commonest(values: Sequence[str]) -> str:
    counts = Counter(values)
    return max(counts, key=lambda v: (counts[v], len(v), v)) if counts else ""


def _holdings(held: Sequence[Mapping[str, Any]]) -> tuple[Holding, ...]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for row in held:
        grouped[row["supplier"] or ""].append(row["dataset"])
    return tuple(Holding(s, tuple(sorted(set(d))), len(d)) for s, d in sorted(grouped.items()))


def _mentions(hits: Sequence[Hit], mentioned: Mapping[str, Mapping[str, Any]]) -> tuple[Mention, ...]:
    grouped: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for hit in hits:
        row = mentioned.get(hit.record_id)
        if row is not None:
            grouped[row["kind"], row["supplier"] or "", hit.why].append({**row, "dataset": hit.dataset})
    return tuple(
        Mention(kind, supplier, why, len(held), _edge(held, min), _edge(held, max),
                tuple(r["record_id"] for r in held[:CITED]), tuple(sorted({r["dataset"] for r in held})))
        for (kind, supplier, why), held in sorted(grouped.items())
    )  # fmt: skip


def _edge(held: Sequence[Mapping[str, Any]], which: Any) -> Any:
    times = [row["moment"] for row in held if row["moment"] is not None]
    return which(times) if times else None
