"""Two versions of terms of reference side by side: field by field, item by item, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from toex.reference import load
from toex.web.templatetags.frame import day
from toex.work.tasking.models import Terms

Piece = tuple[str, str]  # "same", "out" or "in", and the words
Pair = tuple[tuple[Piece, ...], tuple[Piece, ...]]
_MANY = 12  # items of a list beyond which those that do not differ are only counted
_TOO_LONG = 4000  # words beyond which whole items are marked


@dataclass(frozen=True, slots=True)
class Line:
    """A field on both sides: items of marked pieces, and whether they differ."""

    title: str
    left: tuple[tuple[Piece, ...], ...]
    right: tuple[tuple[Piece, ...], ...]
    changed: bool


def told(terms: Terms) -> dict[str, tuple[str, ...]]:
    """Give what a version says, field by field, as people read it: a text is one item, a list as many as it has."""
    products, areas = load("support_kinds"), load("question_directions")
    plain = {
        "Why this variation": terms.why, "Purpose": terms.purpose, "Support": terms.support, "In scope": terms.scope_in,
        "Out of scope": terms.scope_out,
    }  # fmt: skip
    rest = {
        "Methods": terms.methods, "Marking": terms.marking, "Handling": terms.handling, "Risks": terms.risks,
        "Review": day(terms.review), "Hours a week": f"{terms.hours:f}",
    }  # fmt: skip
    lists = {
        "Questions": [f"{q.text} (serves objective {q.objective.number}; {areas.label(q.direction)})" for q in
                      terms.questions.all()],
        "Products": [f"{products.label(p.kind)}, by {day(p.due)}" for p in terms.products.all()],
        "Milestones": [f"{m.text}, by {day(m.due)}" for m in terms.milestones.all()],
        "Starts": [day(terms.starts)], "Ends": [day(terms.ends)],
        "People": sorted(str(person) for person in terms.people.all()), "Datasets": list(terms.datasets),
        "Added since, in one act": [f"{a.person or a.dataset}: {a.reason}" for a in terms.additions.all()],
        "Goes to": list(terms.dissemination),
    }  # fmt: skip
    texts = [(title, [words] if words else []) for title, words in plain.items()]
    more = [(title, [words] if words else []) for title, words in rest.items()]
    return {title: tuple(items) for title, items in (*texts, *lists.items(), *more)}


def side_by_side(older: Terms, newer: Terms) -> list[Line]:
    """Set two versions beside each other; a field that neither says is left out."""
    left, right = told(older), told(newer)
    return [_line(title, left[title], right[title]) for title in left if left[title] or right[title]]


def alone(terms: Terms) -> list[Line]:
    """Give one version in the same form."""
    return [_line(title, items, items) for title, items in told(terms).items() if items]


def _line(title: str, left: Sequence[str], right: Sequence[str]) -> Line:
    pairs = list(_paired(left, right))
    if tuple(left) != tuple(right) and len(pairs) > _MANY:
        pairs = list(_only_changed(pairs))
    return Line(
        title, tuple(one for one, _ in pairs if one), tuple(one for _, one in pairs if one), tuple(left) != tuple(right)
    )


def _only_changed(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Of a long list, give what differs and how many items do not."""
    same = sum(_unchanged(pair) for pair in pairs)
    yield from (pair for pair in pairs if not _unchanged(pair))
    yield (("same", f"{same} unchanged"),), (("same", f"{same} unchanged"),)


def _unchanged(pair: Pair) -> bool:
    return pair[0] == pair[1] and all(kind == "same" for kind, _ in pair[0])


def _paired(left: Sequence[str], right: Sequence[str]) -> Iterator[Pair]:
    """Pair items that are the same, then those between them in order; a pair that differs is told word by word."""
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for one, other in zip_longest(left[a:b], right[c:d], fillvalue=""):
            yield ((("same", one),), (("same", other),)) if kind == "equal" else words(one, other)


def words(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Mark the words that differ between two texts, on each side."""
    one, other = re.findall(r"\s+|\S+", left), re.findall(r"\s+|\S+", right)
    if not one or not other or len(one) + len(other) > _TOO_LONG:
        return _whole("out", left), _whole("in", right)
    matched = SequenceMatcher(None, one, other, autojunk=False)
    gone, come = [], []
    for kind, a, b, c, d in matched.get_opcodes():
        gone.append(("same" if kind == "equal" else "out", "".join(one[a:b])))
        come.append(("same" if kind == "equal" else "in", "".join(other[c:d])))
    return tuple(p for p in gone if p[1]), tuple(p for p in come if p[1])


def _whole(kind: str, text: str) -> tuple[Piece, ...]:
    return ((kind, text),) if text else ()
