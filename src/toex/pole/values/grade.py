"""Grades of intelligence: 3x5x2 and the older 5x5x5, told apart by their pattern; the original is always kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from toex.pole.values import rules, text
from toex.reference import load

_ENDS = re.compile(r"^(?:GRADE|GRADING|EVAL(?:UATION)?)[ :]*", re.ASCII)
_NO_GRADE = "a grade is a figure, letter and letter (3x5x2) or a letter and two figures (5x5x5)"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade as given. `system` is 3x5x2 or 5x5x5; `filter_*` are readings in 3x5x2 for filters only.

    No official table from 5x5x5 was found: a filter reading is an inference and never replaces the original.
    """

    raw: str
    value: str
    problem: str
    system: str = ""
    source: str = ""
    assessment: str = ""
    handling: str = ""
    filter_source: str = ""
    filter_assessment: str = ""
    filter_handling: str = ""

    @property
    def with_conditions(self) -> bool:
        """Whether handling instructions must be given and followed."""
        return self.filter_handling == "C"


def clean(raw: str) -> Grade:
    """A grade however it is spaced: `2BP`, `2/B/P`, `E41`."""
    key = text.key(_ENDS.sub("", text.plain(text.tidy(raw))))
    if rules.IR_3X5X2.match(key):
        return Grade(raw, key, "", "3x5x2", key[0], key[1], key[2], key[0], key[1], key[2])
    if rules.IR_5X5X5.match(key):
        return _older(raw, key)
    return Grade(raw, "", _NO_GRADE if raw.strip() else "")


def of_parts(source: str, assessment: str, handling: str) -> Grade:
    """A grade delivered in three fields."""
    return clean(f"{source}{assessment}{handling}")


def _older(raw: str, key: str) -> Grade:
    reading = _filters()
    axes = zip(("source", "assessment", "handling"), key, strict=True)
    filters = [reading[f"{axis}:{code}"] for axis, code in axes]
    return Grade(raw, key, "", "5x5x5", key[0], key[1], key[2], *filters)


@cache
def _filters() -> dict[str, str]:
    return {entry.code: entry.attribute("filter") for entry in load("grade_legacy")}
