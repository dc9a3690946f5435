"""Two records beside each other, value by value, with what differs marked: by words, and within one word by letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from toex.picture.stated import Fact, facts
from toex.publishing import SourceRow
from toex.store import View

_WORD_BY_LETTERS = 0.6  # how alike two words are whose letters are compared; less alike, and they differ as a whole


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a value, and whether the other side has it not."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One heading of two records; `alike` where both state the same, `told` where both state something."""

    label: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    alike: bool

    @property
    def told(self) -> bool:
        """Say whether both state something."""
        return bool(self.left and self.right)


def side_by_side(view: View, pair: tuple[str, str], sources: dict[str, SourceRow]) -> tuple[Row, ...]:
    """Give the headings under which either record states something, in the order of a nominal's page."""
    left, right = (_values(facts(view, [one], sources)) for one in pair)
    return tuple(_row(label, left.get(label, ""), right.get(label, "")) for label in _in_order(left, right))


def marked(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Mark what two values do not share; capitals and small letters are the same, and stops between words say nothing."""
    one, other = left.split(), right.split()
    if len(one) == len(other) == 1:
        return _letters(left, right)
    lefts: list[Piece] = []
    rights: list[Piece] = []
    folded = SequenceMatcher(None, [_bare(w) for w in one], [_bare(w) for w in other], autojunk=False)
    for same, a, b, c, d in folded.get_opcodes():
        if same == "replace" and b - a == d - c:
            for mine, theirs in zip(one[a:b], other[c:d], strict=True):
                pieces = _letters(mine, theirs)
                lefts += [*pieces[0], Piece(" ")]
                rights += [*pieces[1], Piece(" ")]
            continue
        lefts += _stretch(one[a:b], same != "equal")
        rights += _stretch(other[c:d], same != "equal")
    return _joined(lefts), _joined(rights)


def _bare(word: str) -> str:
    return word.casefold().strip(",.;:")


def _letters(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    if _bare(left) == _bare(right):
        return (Piece(left),), (Piece(right),)
    folded = SequenceMatcher(None, left.casefold(), right.casefold(), autojunk=False)
    if len(left) != len(left.casefold()) or len(right) != len(right.casefold()) or folded.ratio() < _WORD_BY_LETTERS:
        alike = left.casefold() == right.casefold()
        return (Piece(left, not alike),), (Piece(right, not alike),)
    codes = folded.get_opcodes()
    return (
        _joined(Piece(left[a:b], same != "equal") for same, a, b, _, _ in codes if b > a),
        _joined(Piece(right[c:d], same != "equal") for same, _, _, c, d in codes if d > c),
    )


def _stretch(words: Sequence[str], differs: bool) -> list[Piece]:
    return [Piece(" ".join(words), differs), Piece(" ")] if words else []


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Put neighbouring pieces of one kind together, and leave out the space after the last."""
    kept: list[Piece] = []
    for piece in pieces:
        if kept and kept[-1].differs == piece.differs:
            kept[-1] = Piece(kept[-1].text + piece.text, piece.differs)
        else:
            kept.append(piece)
    if kept and not kept[-1].differs:
        kept[-1] = Piece(kept[-1].text.rstrip())
    return tuple(piece for piece in kept if piece.text)


def _row(label: str, left: str, right: str) -> Row:
    if not left or not right:
        one, other = ((Piece(value),) if value else () for value in (left, right))
        return Row(label, one, other, alike=False)
    pieces = marked(left, right)
    return Row(label, *pieces, alike=not any(p.differs for side in pieces for p in side))


def _values(found: Iterable[Fact]) -> dict[str, str]:
    return {fact.label: "; ".join(sorted(v.value for v in fact.values)) for fact in found}


def _in_order(left: dict[str, str], right: dict[str, str]) -> list[str]:
    """Put the headings of both in one order: those of the left, and what the right alone has after its neighbour."""
    order = list(left)
    at = 0
    for label in right:
        if label in left:
            at = order.index(label) + 1
        else:
            order.insert(at, label)
            at += 1
    return order
