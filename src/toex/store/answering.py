"""What an index answers to a scope: only rows that the policy shows are counted, ordered or given."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from tantivy import DocAddress, Index, Occur, Order, Query

from toex.pole import AS_TYPED, NEARLY, OTHER_FORM, SIDE_BY_SIDE, Term, Wanted
from toex.pole.values import words
from toex.store.indexing import CLASSES, RECORDS, teach
from toex.store.texts import Access, TextHit, hit, unpacked

Shows = Callable[[Access], bool]


class Opened:
    """An index that is open for questions. It holds its files: close it by letting it go."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.classes = [Access(**row) for row in json.loads((folder / CLASSES).read_bytes())]
        if self.classes:
            self._index = teach(Index.open(str(folder)))
            self._searcher = self._index.searcher()

    def names(self, record_ids: Collection[str]) -> bool:
        """Say whether a text of the index is, or is about, one of the records."""
        if not record_ids or not self.classes:
            return False
        held = self._held()
        if held is None:
            return True
        return bool(pc.any(pc.is_in(held, value_set=pa.array(sorted(record_ids), pa.string()))).as_py())

    def _held(self) -> pa.ChunkedArray | None:
        """Read every record that the index names; None where it was removed meanwhile."""
        try:
            return pq.read_table(self._folder / RECORDS, columns=["record_id"])["record_id"]
        except FileNotFoundError:
            return None

    def every(self) -> Iterable[str]:
        """Give the record of every text that the index keeps, read out of what it keeps."""
        if not self.classes:
            return
        found = self._searcher.search(Query.all_query(), max(self._searcher.num_docs, 1), count=False)
        for _, address in found.hits:
            yield unpacked(self._shown(address))["record_id"]

    def answer(
        self, wanted: Wanted, shows: Shows, *, most: int, sorts: Collection[str] | None
    ) -> tuple[dict[str, int], list[TextHit]]:
        """Count the rows that answer by sort, and give the first `most`, of some sorts alone where they are named."""
        visible = [n for n, access in enumerate(self.classes) if shows(access)]  # few: sorts of rows, not rows
        if not visible:
            return {}, []
        levels = _levels(wanted)
        counts = self._counts(self._query(wanted, levels[-1]), visible)
        chosen = [n for n in visible if sorts is None or self.classes[n].sort in sorts]
        if not counts or not chosen or not most:
            return counts, []
        return counts, self._first(wanted, levels, chosen, most)

    def _counts(self, query: Query, visible: Sequence[int]) -> dict[str, int]:
        asked = {"access": {"terms": {"field": "access", "size": len(self.classes)}}}
        found = self._searcher.aggregate(query, asked)["access"]["buckets"]
        counts: dict[str, int] = {}
        for bucket in found:
            access = self.classes[int(bucket["key"])]
            if int(bucket["key"]) in visible:
                counts[access.sort] = counts.get(access.sort, 0) + int(bucket["doc_count"])
        return counts

    def _first(self, wanted: Wanted, levels: Sequence[int], chosen: Sequence[int], most: int) -> list[TextHit]:
        """Go from the best answers to the rest; each level holds the ones before it, which are given already."""
        found: dict[int, TextHit] = {}
        for level in levels:
            query = self._among(self._query(wanted, level), chosen)
            answered = self._searcher.search(query, most, count=False, order_by_field="place", order=Order.Asc)
            new = [(place, address) for place, address in answered.hits if place not in found]
            for n, (place, address) in enumerate(new[: most - len(found)]):
                found[place] = self._hit(level, n, address)
            if len(found) >= most:
                break
        return list(found.values())

    def _hit(self, fit: int, place: int, address: DocAddress) -> TextHit:
        access = self._searcher.fast_field_values("access", [address])[0]
        return hit(self.classes[int(access or 0)], fit, place, unpacked(self._shown(address)))

    def _shown(self, address: DocAddress) -> str:
        return bytes(self._searcher.doc(address)["shown"][0]).decode()

    def _among(self, query: Query, chosen: Sequence[int]) -> Query:
        """Let only rows of the chosen sorts answer, by naming whichever are fewer: these or the others."""
        if len(chosen) == len(self.classes):
            return query
        others = [n for n in range(len(self.classes)) if n not in set(chosen)]
        if len(chosen) <= len(others):
            return _all([query, _any([self._term("access", n) for n in chosen])])
        return _all([query], [self._term("access", n) for n in others])

    def _query(self, wanted: Wanted, level: int) -> Query:
        every = [_any([self._of(term, level) for term in clause]) for clause in wanted.every]
        if level == SIDE_BY_SIDE:
            every.append(self._beside(wanted.side_by_side))
        return _all(every, [self._of(term, AS_TYPED) for term in wanted.none])

    def _of(self, term: Term, level: int) -> Query:
        first = term.forms[0]
        if term.kind == "phrase":
            return self._beside(term.forms)
        if term.kind == "prefix":
            return Query.regex_query(self._index.schema, "words", f"{first}.*")
        if term.kind == "number":
            return _any([self._term("words", first), self._term("marks", first)])
        return self._word(term, level)

    def _word(self, term: Term, level: int) -> Query:
        form = term.forms[0]
        ways = [self._term("words", form)]
        if level >= OTHER_FORM:
            stem = words.stem(form)
            ways.append(self._term("stems", stem))
            ways += [self._term("words", stem)] if words.stem(stem) == stem else []
        if level >= NEARLY and term.near and (most := words.nearness(form)):
            ways.append(Query.fuzzy_term_query(self._index.schema, "words", form, most))
        return _any(ways)

    def _beside(self, forms: Sequence[str]) -> Query:
        if len(forms) == 1:
            return self._term("words", forms[0])
        return Query.phrase_query(self._index.schema, "words", list(forms))

    def _term(self, field: str, value: str | int) -> Query:
        return Query.term_query(self._index.schema, field, value, "basic")


def _levels(wanted: Wanted) -> list[int]:
    """Give the ways in which a text may answer, the best and narrowest first; the last holds every answer."""
    has_words = any(term.kind == "word" for clause in wanted.every for term in clause)
    beside = [SIDE_BY_SIDE] if wanted.side_by_side else []
    return [*beside, AS_TYPED, *([OTHER_FORM] if has_words else []), *([NEARLY] if wanted.near else [])]


def _any(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: Sequence[Query], none: Sequence[Query] = ()) -> Query:
    if len(queries) == 1 and not none:
        return queries[0]
    return Query.boolean_query([(Occur.Must, q) for q in queries] + [(Occur.MustNot, q) for q in none])
