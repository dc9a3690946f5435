"""The names of children taken out of words: whoever wrote them, a reference stands in the name's place."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import permutations

from toex.reference import name_words, stop_values
from toex.store import View

_SHORTEST = 3  # letters of a name that is looked for by itself: shorter ones are words
_WIDEST = 3  # signs between two words of one name: "Wren, Toby", "Wren (Toby)", "toby_wren"
_MOST_WORDS = 4  # of a name whose words are looked for in every order
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(rf"[\W_]{{0,{_WIDEST}}}")
_ONE = re.compile(r"[\W_]{0,3}(?:[^\W\d_]\.?[\W_]{1,2})?")  # between words of one person: an initial may stand there
_PARTS = re.compile(r"[\s;,]+")


class Hush:
    """Replaces the names of children by their references: in any order and case, with or without hyphens and accents.

    A forename or surname by itself is replaced too, and so is an initial with a surname: the words get poorer, never the
    other way about. The whole name of an adult beside them, who may bear the same surname, is left as it is.
    """

    def __init__(self, names: Mapping[str, Iterable[str]], spared: Iterable[str] = ()) -> None:
        """`names` holds, by what a child is called here, every name that is known of them; `spared` the names of adults."""
        self._given = ({reference: tuple(filter(None, held)) for reference, held in names.items()}, tuple(spared))
        held_names = sorted((reference, name) for reference, held in self._given[0].items() for name in held)
        self._parts = sorted({(part, reference) for reference, name in held_names for part in _alone(name)})
        called: dict[str, set[str]] = {}
        for reference, name in held_names:
            for written in _written(name):
                called.setdefault(written, set()).add(reference)
        self._called = {written: " or ".join(sorted(of)) for written, of in called.items()}
        self._starts = _starts(self._called)
        relatives = [name for name in self._given[1] if name and self._shares_one_word(name)]
        self._called |= dict.fromkeys({w for n in relatives for w in _whole(_parts(n))} - called.keys(), "")
        self._starts = _starts(self._called)

    def beside(self, names: Mapping[str, Iterable[str]], *, spared: Iterable[str] = ()) -> "Hush":
        """Give the same with further names of children, and further adults."""
        held = {called: (*self._given[0].get(called, ()), *of) for called, of in names.items()}
        return Hush({**self._given[0], **held}, (*self._given[1], *spared))

    def text(self, said: str) -> str:
        """Give a text without the names."""
        made, at = "", 0
        for start, end, reference in self._spans(said):
            made, at = made + said[at:start] + reference, end
        return made + said[at:]

    def part_of(self, written: str) -> str:
        """Give what the child is called whose name is a part of something written as one word, a user name say; or ""."""
        low = _letters(written)
        return next((reference for part, reference in self._parts if part in low), "")

    def _shares_one_word(self, name: str) -> bool:
        """Say whether a name has one word in common with a child's, as a relative's has, and no more."""
        found = [_letters(name[start:end]) for start, end, _ in self._found(name)]
        return len(found) == 1 and any(part == found[0] for part, _ in self._parts)

    def _spans(self, said: str) -> Iterator[tuple[int, int, str]]:
        """Give where names of children stand, one after the other, the words of one child together."""
        held: tuple[int, int, str] | None = None
        for start, end, reference in self._found(said) if self._called else ():
            if held and reference == held[2] and _ONE.fullmatch(said, held[1], start):
                held = (held[0], end, reference)
                continue
            if held and held[2]:
                yield held
            held = (start, end, reference)
        if held and held[2]:
            yield held

    def _found(self, said: str) -> Iterator[tuple[int, int, str]]:
        places = [found.span() for found in _WORD.finditer(_whole_letters(said))]
        words = [(start, end, _letters(said[start:end])) for start, end in places]
        at = 0
        while at < len(words):
            taken, name = self._longest(words, at, said) if words[at][2] in self._starts else (0, "")
            if taken:
                yield words[at][0], words[at + taken - 1][1], self._called[name]
            at += taken or 1

    def _longest(self, words: Sequence[tuple[int, int, str]], at: int, said: str) -> tuple[int, str]:
        """Count the words from here on that make the longest name, and give that name."""
        together, best = "", (0, "")
        for n in range(at, len(words)):
            spaced, together = f"{together} {words[n][2]}", together + words[n][2]
            near = n == at or _BETWEEN.fullmatch(said, words[n - 1][1], words[n][0])
            if not near or (together not in self._starts and spaced not in self._starts):
                break
            name = together if together in self._called else spaced if spaced in self._called else ""
            best = (n - at + 1, name) if name else best
        return best


def hush_of(view: View, called: Mapping[str, str], *, spared: Iterable[str] = ()) -> Hush:
    """Read every name that records give some children; `called` says, by record, what the child is called instead."""
    names: dict[str, list[str]] = {}
    sql = files("toex.picture").joinpath("sql/names_of.sql").read_text(encoding="utf-8")
    for r in view.query(sql, {"ids": sorted(called)}).to_pylist() if called else ():
        held = names.setdefault(called[r["record_id"]], [])
        held += [r[c] for c in ("name", "alias", "forename", "middle", "surname") if r[c]]
        held += [f"{r['forename']} {r['surname']}"] if r["forename"] and r["surname"] else []
    return Hush(names, spared)


def _starts(names: Iterable[str]) -> frozenset[str]:
    """Give everything with which a name begins, so that a word that begins none is passed by at once."""
    return frozenset(name[:letters] for name in names for letters in range(1, len(name) + 1))


def _written(name: str) -> set[str]:
    """Give, as letters alone, every way in which a name may be written: whole, in part, in any order, with an initial."""
    parts = _parts(name)
    found = _whole(parts) | _alone(name)
    if len(parts) <= _MOST_WORDS:
        for one, other in permutations(parts, 2):
            found.add(one + other)
            if len(other) >= _SHORTEST:  # an initial stands by itself: a and rose, never "arose"
                found |= {f"{one[0]} {other}", f"{other} {one[0]}"}
    return found - _nobody()


def _whole(parts: list[str]) -> set[str]:
    orders = permutations(parts) if len(parts) <= _MOST_WORDS else (parts, [parts[-1], *parts[:-1]])
    return {"".join(order) for order in orders} if len(parts) > 1 else set()


def _alone(name: str) -> set[str]:
    """Give the words of a name that are looked for by themselves: those of a double name too."""
    words = {*_parts(name), *(_letters(w) for w in re.split(r"[\s;,\-‐-―]+", name))}
    return {w for w in words if len(w) >= _SHORTEST} - _nobody()


def _parts(name: str) -> list[str]:
    return [letters for word in _PARTS.split(name) if (letters := _letters(word))]


@cache
def _nobody() -> frozenset[str]:
    """Give the words of names that name nobody by themselves: fillers, titles, particles."""
    fillers = stop_values("name") | stop_values("name_part")
    beside = {word for kind in ("title", "suffix", "particle", "aka") for word in name_words(kind)}
    return frozenset(map(_letters, fillers | beside)) | {"name", "not", "recorded", "male", "female"}


def _whole_letters(said: str) -> str:
    """Let marks that belong to the letter before them count as letters, so that a word is not cut at its accent."""
    return said if said.isascii() else "".join("x" if unicodedata.combining(c) else c for c in said)


def _letters(word: str) -> str:
    """Give a word's letters without case and accents."""
    if word.isascii() and word.isalpha():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word).casefold() if c.isalpha())
