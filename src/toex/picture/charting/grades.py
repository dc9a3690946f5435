"""How well what is drawn is sourced, and the marking that it bears at least."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toex.picture.charting.statements import rows
from toex.reference import load
from toex.store import View


@dataclass(frozen=True, slots=True)
class Grades:
    """The grade and marking of each record, by its id; a record without a grade is not in `of`."""

    of: Mapping[str, str]
    markings: Mapping[str, int]

    def best(self, records: Iterable[str]) -> str:
        """Give the best grade among records: source before information, then the stricter handling; "" where none has one."""
        return min((self.of[r] for r in records if r in self.of), default="", key=lambda g: (g[:2], g[2:] != "C"))

    def marking(self) -> str:
        """Give the highest marking of the records: the floor of what is made of them."""
        order = max(self.markings.values(), default=0)
        return next(m.code for m in load("markings") if int(m.attribute("order")) == order)


def grades_of(view: View, records: Iterable[str]) -> Grades:
    """Read the grades and markings of records that the view shows."""
    asked = sorted(set(records))
    found = rows(view, "charting/graded", ids=asked) if asked else []
    of = {
        r["record_id"]: f"{r['source_grade']}{r['info_grade']}{r['handling']}"
        for r in found
        if r["source_grade"] and r["info_grade"]
    }
    return Grades(of, {r["record_id"]: int(r["marking"]) for r in found})
