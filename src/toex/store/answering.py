"""What an index answers to a scope: only rows that the policy shows are counted, ordered or given."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
_Found = tuple[int, DocAddress, int]  # place, address, sort of access
_GLANCE = 300  # answers that are taken at once: fewer are all there are, and need not be counted by another pass


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
        every = self._top(self._query(wanted, levels[-1]), _GLANCE)
        whole = len(every) < _GLANCE
        counts = self._summed(Counter(n for _, _, n in every) if whole else self._counts(wanted, levels[-1]), visible)
        chosen = {n for n in visible if sorts is None or self.classes[n].sort in sorts}
        if not counts or not chosen or not most:
            return counts, []
        known = every if whole else None
        return counts, self._first(wanted, levels, chosen, most=most, known=known)

    def _top(self, query: Query, most: int) -> list[_Found]:
        """Give the first answers of a query in the order of their places, each with its sort of access."""
        answered = self._searcher.search(query, most, count=False, order_by_field="place", order=Order.Asc)
        sorts = self._searcher.fast_field_values("access", [address for _, address in answered.hits])
        return [(place, address, int(n or 0)) for (place, address), n in zip(answered.hits, sorts, strict=True)]

    def _top_of(self, query: Query, chosen: Collection[int], most: int) -> list[_Found]:
        """Give the first answers of the chosen sorts: out of three times as many, or else by asking for these sorts alone."""
        some = self._top(query, most * 3)
        kept = [one for one in some if one[2] in chosen]
        if len(kept) >= most or len(some) < most * 3:
            return kept[:most]
        return self._top(self._among(query, chosen), most)

    def _counts(self, wanted: Wanted, level: int) -> Mapping[int, int]:
        asked = {"access": {"terms": {"field": "access", "size": len(self.classes)}}}
        found = self._searcher.aggregate(self._query(wanted, level), asked)["access"]["buckets"]
        return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in found}

    def _summed(self, counts: Mapping[int, int], visible: Collection[int]) -> dict[str, int]:
        summed: Counter[str] = Counter()
        for n, count in counts.items():
            if n in visible:
                summed[self.classes[n].sort] += count
        return dict(summed)

    def _first(
        self, wanted: Wanted, levels: Sequence[int], chosen: Collection[int], *, most: int, known: list[_Found] | None
    ) -> list[TextHit]:
        """Go from the best answers to the rest; each level holds the ones before it, which are given already.

        `known` is all that answers at the last level, where it is few.
        """
        found: dict[int, TextHit] = {}
        for level in levels:
            if known is not None and level == levels[-1]:
                answered = [one for one in known if one[2] in chosen]
            else:
                answered = self._top_of(self._query(wanted, level), chosen, most)
            new = [one for one in answered if one[0] not in found]
            for n, (place, address, access) in enumerate(new[: most - len(found)]):
                found[place] = hit(self.classes[access], level, n, unpacked(self._shown(address)))
            if len(found) >= most:
                break
        return list(found.values())

    def _shown(self, address: DocAddress) -> str:
        return bytes(self._searcher.doc(address)["shown"][0]).decode()

    def _among(self, query: Query, chosen: Collection[int]) -> Query:
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
        ways = [
            self._term("words", one) for one in (words.forms_with(words.stem(form)) if level >= OTHER_FORM else (form,))
        ]
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
