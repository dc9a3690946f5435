"""The passage of a text that answers, as pieces that are hit or not: words to be shown, never markup."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from toex.pole import Term, Wanted
from toex.pole.values import words

_WIDE, _BEFORE, _MOST = 300, 70, 2  # letters of a window, those before its first hit, windows of a passage
_FAR = 24  # letters within which a window's end looks for a space
CUT = " … "


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a passage, and whether it is what was looked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class _Spot:
    start: int
    end: int
    term: int  # which of the terms it answers


def passage(text: str, wanted: Wanted) -> tuple[Piece, ...]:
    """Give a short text whole, of a long one the windows that hold most of what was looked for."""
    if not text:
        return ()
    spots = list(_spots(text, wanted))
    if len(text) <= _WIDE:
        return tuple(_pieces(text, spots, 0, len(text)))
    made: list[Piece] = []
    last = 0
    for start, end in _windows(text, spots):
        made += [Piece(CUT)] if start > last else []
        made += _pieces(text, spots, start, end)
        last = end
    return (*made, Piece(CUT)) if last < len(text) else tuple(made)


def _spots(text: str, wanted: Wanted) -> Iterator[_Spot]:
    read = list(words.read(text))
    forms = [word.form for word in read]
    terms = list(dict.fromkeys(term for clause in wanted.every for term in clause))
    for n, term in enumerate(terms):
        for first, last in _runs(term, forms):
            yield _Spot(read[first].start, read[last].end, n)


def _runs(term: Term, forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give the first and the last word of each place that answers a term."""
    if term.kind == "phrase":
        size = len(term.forms)
        yield from ((at, at + size - 1) for at in range(len(forms)) if tuple(forms[at : at + size]) == term.forms)
    elif term.kind == "number":
        yield from _numbers(term.forms[0], forms)
    elif term.kind == "prefix":
        yield from ((at, at) for at, form in enumerate(forms) if form.startswith(term.forms[0]))
    else:
        wanted, stem = term.forms[0], words.stem(term.forms[0])
        yield from (
            (at, at)
            for at, form in enumerate(forms)
            if words.stem(form) == stem or (term.near and words.is_near(wanted, form))
        )


def _numbers(number: str, forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    for at in range(len(forms)):
        for size in range(1, min(words.MOST_PARTS, len(forms) - at) + 1):
            if number in (words.mark(forms[at : at + size]), forms[at] if size == 1 else ""):
                yield at, at + size - 1
                break


def _windows(text: str, spots: Sequence[_Spot]) -> list[tuple[int, int]]:
    """Choose the windows, in their order: the one that holds most terms first, then one that adds the most to it."""
    chosen: list[tuple[int, int]] = []
    seen: set[int] = set()
    for _ in range(_MOST):
        tried = [(len(_terms(spots, *one) - seen), -one[0], one) for one in _around(text, spots)]
        free = [one for one in tried if not any(one[2][0] < end and start < one[2][1] for start, end in chosen)]
        best = max(free, default=(0, 0, (0, 0)))
        if not best[0]:
            break
        chosen.append(best[2])
        seen |= _terms(spots, *best[2])
    return sorted(chosen) or [(0, _at_space(text, _WIDE))]


def _terms(spots: Iterable[_Spot], start: int, end: int) -> set[int]:
    return {spot.term for spot in spots if start <= spot.start and spot.end <= end}


def _around(text: str, spots: Sequence[_Spot]) -> list[tuple[int, int]]:
    starts = sorted({max(spot.start - _BEFORE, 0) for spot in spots})[:200]
    return [(_at_space(text, start), _at_space(text, start + _WIDE)) for start in starts]


def _at_space(text: str, at: int) -> int:
    """Move a window's end to the next space, so that it cuts no word; in a script without them it stays."""
    if at <= 0 or at >= len(text):
        return min(max(at, 0), len(text))
    found = next((n for n in range(at, min(at + _FAR, len(text))) if text[n].isspace()), None)
    return at if found is None else found + 1


def _pieces(text: str, spots: Iterable[_Spot], start: int, end: int) -> Iterator[Piece]:
    at = start
    for first, last in _merged((s.start, s.end) for s in spots if s.start >= start and s.end <= end):
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[first:last], hit=True)
        at = last
    if at < end:
        yield Piece(text[at:end])


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
