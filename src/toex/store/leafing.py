"""Reading texts through where no index is made yet: slower, with exactly the index's answer."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from toex.pole import Batch, Term, Wanted, fit, quoted
from toex.pole.values import words
from toex.store.texts import ACCESS, TABLES, Access, TextHit, TextsFound, hit, select

_FAR = datetime(9999, 12, 31, tzinfo=UTC)
_AT_ONCE = 10_000  # rows
Query = Callable[[str], Batch]


def leaf_through(
    query: Query, unread: Collection[str], wanted: Wanted, *,
    most: int, datasets: Collection[str] | None, sorts: Collection[str] | None,
) -> list[TextsFound]:  # fmt: skip
    """Answer for the domains that are unread out of the visible rows: `query` runs SQL over them."""
    answers = _answers(query, unread, wanted)
    found = []
    for domain in unread:
        give = most if datasets is None or domain.split("+")[0] in datasets else 0
        rows = answers.get(domain, [])
        counts = Counter(_sort(row) for _, row in rows)
        chosen = [(level, row) for level, row in rows if sorts is None or _sort(row) in sorts]
        found.append(TextsFound(domain, dict(counts), tuple(_first(chosen, give)), indexed=False))
    return found


def _sort(row: Mapping[str, Any]) -> str:
    return Access(*(row[name] for name in ACCESS)).sort


def _answers(query: Query, domains: Collection[str], wanted: Wanted) -> Mapping[str, list[tuple[int, dict[str, Any]]]]:
    own = "CASE WHEN compartment = '' THEN dataset ELSE dataset || '+' || compartment END"
    listed = ", ".join(quoted(domain) for domain in domains)
    found: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for table in TABLES:
        named = f'"{table}"'
        sql = f"SELECT *, {own} AS domain FROM ({select(table, named, 'text')}) WHERE {own} IN ({listed})"
        for part in query(f"{sql}{_likely(wanted)}").to_batches(max_chunksize=_AT_ONCE):
            for level, row in _answering(part, wanted):
                found[row["domain"]].append((level, row))
    return found


def _answering(part: pa.RecordBatch, wanted: Wanted) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the rows that answer; only those are made rows of."""
    texts = zip(part.column("title").to_pylist(), part.column("text").to_pylist(), strict=True)
    levels = [(n, level) for n, both in enumerate(texts) if (level := fit(wanted, both)) is not None]
    rows = part.take(pa.array([n for n, _ in levels], pa.int64())).to_pylist()
    yield from ((level, row) for (_, level), row in zip(levels, rows, strict=True))


def _first(answers: Sequence[tuple[int, dict[str, Any]]], most: int) -> list[TextHit]:
    ordered = sorted(answers, key=lambda a: (a[0], a[1]["at"] is None, _before(a[1]["at"]), a[1]["record_id"]))
    places: Counter[int] = Counter()
    hits = []
    for level, row in ordered[:most]:
        hits.append(hit(Access(*(row[name] for name in ACCESS)), level, places[level], row))
        places[level] += 1
    return hits


def _before(at: datetime | None) -> timedelta:
    """Give what sorts the newest first."""
    return _FAR - at if at else timedelta(0)


def _likely(wanted: Wanted) -> str:
    """Write conditions that every answer meets, so that most rows are passed over without being taken apart.

    A text that is not plain ASCII is always looked at: folding may make other letters of it.
    """
    needed = [letters for clause in wanted.every if len(clause) == 1 and (letters := _letters(clause[0]))]
    if not needed:
        return ""
    bare = "regexp_replace(lower(title || text), '[^a-z0-9]', '', 'g')"
    holds = " AND ".join(f"contains({bare}, {quoted(letters)})" for letters in needed)
    return f" AND (strlen(title || text) <> length(title || text) OR ({holds}))"


def _letters(term: Term) -> str:
    """Give letters and digits that stand in a row in every ASCII text that holds a term."""
    if term.near:
        return ""
    if term.kind == "word":
        return words.beginning(term.forms[0])
    return term.forms[0].removeprefix("0") if term.kind == "number" else "".join(term.forms)
