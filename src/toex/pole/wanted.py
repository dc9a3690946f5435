"""What is looked for in texts, and the plain rule by which a text answers it: what every engine must agree with.

The order of answers follows from each text alone. No count over other texts enters it, so what a reader may not see
can move nothing that they do see.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from toex.pole.values import words

SIDE_BY_SIDE, AS_TYPED, OTHER_FORM, NEARLY = range(4)  # how a text answers, the best first
FITS = ("The words side by side", "The words as typed", "Other forms of the words", "Spelled nearly so")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a text must hold: a word in any form, words side by side, the beginning of a word, a number.

    With `near` a word may be spelled nearly so.
    """

    kind: Literal["word", "phrase", "prefix", "number"]
    forms: tuple[str, ...]
    near: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Clauses, of each of which a text holds at least one term, and terms of which it holds none as they are typed."""

    every: tuple[tuple[Term, ...], ...] = ()
    none: tuple[Term, ...] = ()

    @property
    def near(self) -> bool:
        """Whether near spelling was asked for."""
        return any(term.near for clause in self.every for term in clause)

    @property
    def side_by_side(self) -> tuple[str, ...]:
        """The single words that were typed, in their order, where there are at least two; a number may stand for one."""
        held = tuple(clause[0].forms[0] for clause in self.every if _is_one_word(clause))
        return held if len(held) > 1 else ()


def _is_one_word(clause: Sequence[Term]) -> bool:
    return clause[0].kind == "word" and all(term.kind == "number" for term in clause[1:])


class Held:
    """The words of a record's texts, ready to be asked."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.parts = [words.forms(text).split() for text in texts]
        self.forms = {form for part in self.parts for form in part}
        self._stems: set[str] | None = None
        self._marks: set[str] | None = None

    @property
    def stems(self) -> set[str]:
        """The stem of every word."""
        if self._stems is None:
            self._stems = set(map(words.stem, self.forms))
        return self._stems

    @property
    def marks(self) -> set[str]:
        """Every number and mark, however spaced."""
        if self._marks is None:
            self._marks = {one for part in self.parts for one in words.marks(part)}
        return self._marks

    def beside(self, forms: Sequence[str]) -> bool:
        """Say whether words stand side by side in one of the texts."""
        size, wanted = len(forms), list(forms)
        return self.forms.issuperset(forms) and any(
            part[at : at + size] == wanted for part in self.parts for at in range(len(part) - size + 1)
        )


def fit(wanted: Wanted, texts: Iterable[str]) -> int | None:
    """Say how the texts of a record answer: one of FITS by its place, None where they do not."""
    if not wanted.every:
        return None
    held = Held(texts)
    worst = AS_TYPED
    for clause in wanted.every:
        best = min((level for term in clause if (level := _level(term, held)) is not None), default=None)
        if best is None:
            return None
        worst = max(worst, best)
    if any(_level(term, held) == AS_TYPED for term in wanted.none):
        return None
    beside = wanted.side_by_side
    return SIDE_BY_SIDE if worst == AS_TYPED and beside and held.beside(beside) else worst


def _level(term: Term, held: Held) -> int | None:
    if term.kind == "word":
        return _word_level(term, held)
    first = term.forms[0]
    if term.kind == "phrase":
        there = held.beside(term.forms)
    elif term.kind == "prefix":
        there = any(form.startswith(first) for form in held.forms)
    else:
        there = first in held.forms or first in held.marks
    return AS_TYPED if there else None


def _word_level(term: Term, held: Held) -> int | None:
    form = term.forms[0]
    if form in held.forms:
        return AS_TYPED
    if words.stem(form) in held.stems:
        return OTHER_FORM
    return NEARLY if term.near and any(words.is_near(form, other) for other in held.forms) else None
