"""What was typed for a search of texts: words, "words in their order", -not, begin*, near~, this OR that; never an error."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from toex.pole import Term, Wanted
from toex.pole.values import words

LONGEST, _MOST = 500, 24  # letters that are read, and things that are looked for
_PART = re.compile(r'(?P<no>(?<![^\s(])-)?(?:"(?P<phrase>[^"]*)"|(?P<bare>[^\s"]+))')
_QUOTES = str.maketrans("“”„«»", '"""""')


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, what is looked for, and how it was read, in words."""

    typed: str
    wanted: Wanted
    said: str


@dataclass(frozen=True, slots=True)
class _Part:
    """Something between spaces or quotation marks, as it was read."""

    term: Term
    no: bool = False
    other: bool = False  # OR stood before it
    bare: bool = False  # typed without a sign: with its neighbours it may be a number


def read_words(typed: str, *, near: bool = False) -> Asked:
    """Read what was typed; what is no sign of ours is taken as words. With `near` every word may be spelled nearly so.

    AND is understood and changes nothing: all words are wanted. NOT and OR work in capitals.
    """
    parts = _parts(typed[:LONGEST].translate(_QUOTES), near=near)[:_MOST]
    clauses: list[tuple[Term, ...]] = []
    none: list[Term] = []
    for part, numbers in zip(parts, _numbers(parts), strict=True):
        if part.no:
            none += [part.term, *numbers]
        elif part.other and clauses:
            clauses[-1] = (*clauses[-1], part.term, *numbers)
        else:
            clauses.append((part.term, *numbers))
    wanted = Wanted(tuple(clauses), tuple(none))
    return Asked(typed, wanted, _said(wanted))


def _parts(typed: str, *, near: bool) -> list[_Part]:
    parts: list[_Part] = []
    no = other = False
    for found in _PART.finditer(typed):
        bare = found["bare"]
        if bare in ("AND", "NOT", "OR"):
            no, other = no or bare == "NOT", other or bare == "OR"
            continue
        part = _part(bare, near=near) if bare is not None else _phrase(found["phrase"])
        if part is not None:
            parts.append(replace(part, no=no or bool(found["no"]), other=other))
            no = other = False
    return parts


def _phrase(text: str) -> _Part | None:
    forms = tuple(words.forms(text).split())
    return _Part(Term("phrase", forms)) if forms else None


def _part(text: str, *, near: bool) -> _Part | None:
    """Read what stands between spaces: signs within it part words that were written together."""
    forms = tuple(words.forms(text).split())
    if not forms:
        return None
    if len(forms) > 1:
        return _Part(Term("phrase", forms), bare=True)
    if text.endswith("*") and len(forms[0]) > 1:
        return _Part(Term("prefix", forms))
    is_near = (near or text.endswith("~")) and words.nearness(forms[0]) > 0
    return _Part(Term("word", forms, is_near), bare=not text.endswith(("~", "*")))


def _numbers(parts: Sequence[_Part]) -> list[tuple[Term, ...]]:
    """Give for each part the numbers and marks, however spaced, that it makes alone or with its neighbours."""
    found: list[dict[Term, None]] = [{} for _ in parts]
    for start, first in enumerate(parts):
        for end in range(start, len(parts)):
            if not parts[end].bare or parts[end].no != first.no or (end > start and parts[end].other):
                break
            if one := words.mark([form for part in parts[start : end + 1] for form in part.term.forms]):
                for at in range(start, end + 1):
                    found[at][Term("number", (one,))] = None
    return [tuple(one) for one in found]


def _said(wanted: Wanted) -> str:
    if not wanted.every:
        return "Name at least one word that the texts shall hold." if wanted.none else "Nothing that can be looked for."
    told = " and ".join(" or ".join(_told(term) for term in clause if term.kind != "number") for clause in wanted.every)
    numbers = dict.fromkeys(term.forms[0] for clause in wanted.every for term in clause if term.kind == "number")
    alone = {"".join(term.forms) for clause in wanted.every for term in clause if term.kind != "number"}
    joined = "".join(f", or {number} however it is spaced" for number in numbers if number not in alone)
    left_out = "".join(f", without {_told(term)}" for term in wanted.none if term.kind != "number")
    return f"{told}{joined}{left_out}"


def _told(term: Term) -> str:
    said = " ".join(term.forms)
    if term.kind == "phrase":
        return f"“{said}”"
    return f"words that begin with {said}" if term.kind == "prefix" else f"{said}{' or nearly so' * term.near}"
