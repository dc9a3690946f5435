"""Which records a sentence cites when many say the same: the most independent, then the best graded, few of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from toex.publishing import ChartLink, Joining, Member, Particular, PossibleJoin, Product, SourceRow, TimelineRow

MOST = 3
_FEWER: Mapping[type, int] = {ChartLink: 1, Member: 1, TimelineRow: 1}
_PAIRS = (Joining, PossibleJoin)  # both records of a pair are what it speaks of
T = TypeVar("T")


def pared(product: Product, rows: Sequence[SourceRow], *, known: Collection[str] | None) -> Product:
    """Keep of each citation at most three records, and of the sources those that are still cited.

    What is new cites what is new first: `known` holds the records of the version before.
    """
    choice = _Choice({row.ref: row for row in rows}, frozenset(known or ()))
    kept: Product = choice.within(product)
    return replace(kept, sources=tuple(row for row in rows if row.ref in choice.cited))


@dataclass(slots=True)
class _Choice:
    """What has been cited so far, so that one record may serve many sentences."""

    rows: Mapping[str, SourceRow]
    known: frozenset[str]
    cited: set[str] = field(default_factory=set)

    def within(self, value: Any) -> Any:
        """Give the value with every citation in it pared, in the order of reading."""
        if isinstance(value, tuple):
            return tuple(self.within(part) for part in value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        if isinstance(value, Particular):
            return replace(
                value, value=replace(value.value, refs=self._chosen(value.value.refs, 2, new=value.value.new))
            )
        changes = {part.name: self.within(getattr(value, part.name)) for part in fields(value) if part.name != "refs"}
        refs = getattr(value, "refs", None)
        if refs is not None:
            changes["refs"] = self._refs(value, refs)
        return replace(value, **changes)

    def _refs(self, value: Any, refs: tuple[str, ...]) -> tuple[str, ...]:
        new = bool(getattr(value, "new", False))
        most = len(refs) if isinstance(value, _PAIRS) else _FEWER.get(type(value), MOST)
        return self._chosen(refs, most, new=new)

    def _chosen(self, given: tuple[str, ...], most: int, *, new: bool) -> tuple[str, ...]:
        refs = [ref for ref in dict.fromkeys(given) if ref in self.rows]
        chosen: list[str] = []
        suppliers, origins = set[str](), set[str]()
        while refs and len(chosen) < most:
            best = min(refs, key=lambda ref: self._rank(ref, suppliers, origins, new))
            refs.remove(best)
            chosen.append(best)
            suppliers.add(self.rows[best].supplier)
            origins.add(self.rows[best].origin or best)
        self.cited.update(chosen)
        return tuple(chosen)

    def _rank(self, ref: str, suppliers: set[str], origins: set[str], new: bool) -> tuple[Any, ...]:
        row = self.rows[ref]
        grade = (row.source_grade or "2") + (row.info_grade or "C")  # an ungraded record of a system is no weak one
        return (
            new and ref in self.known, (row.origin or ref) in origins, row.supplier in suppliers, grade,
            ref not in self.cited, ref,
        )  # fmt: skip
