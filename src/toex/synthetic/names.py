"""Forenames and family names of eight heritages, with their frequencies, spelling variants and short forms."""

from dataclasses import dataclass

import numpy as np

from toex.synthetic.shapes import Generator, Ints, SyntheticError, Texts, data_text, texts

HERITAGES = (
    "british",
    "south_asian",
    "east_european",
    "african",
    "romanian",
    "east_asian",
    "portuguese",
    "albanian",
)
SHARES = (0.64, 0.13, 0.07, 0.06, 0.035, 0.025, 0.02, 0.02)
NATIONALITIES = (
    ("British", "Irish"),
    ("British", "Pakistani", "Indian", "Bangladeshi"),
    ("Polish", "Lithuanian", "Slovak", "Bulgarian"),
    ("British", "Nigerian", "Eritrean", "Somali", "Zimbabwean"),
    ("Romanian", "Moldovan"),
    ("Vietnamese", "Chinese"),
    ("Portuguese", "Brazilian"),
    ("Albanian", "Kosovan"),
)
ETHNICITIES = (
    ("W1", "W1", "W1", "W2", "M1"),
    ("A1", "A2", "A3", "A9"),
    ("W9",),
    ("B1", "B2", "B9"),
    ("W9", "W3"),
    ("O1", "A4", "A9"),
    ("W9", "M9"),
    ("W9",),
)
TAIL_SHARE = {"british": 0.3, "east_asian": 0.0, "south_asian": 0.15}
MALE, FEMALE = 1, 2


@dataclass(frozen=True, slots=True)
class Pool:
    """Values with the cumulative share of each, most frequent first."""

    values: Texts
    cumulative: np.ndarray[tuple[int], np.dtype[np.float64]]

    def draw(self, rng: Generator, size: int) -> Texts:
        """Draw `size` values by their frequency."""
        found: Texts = self.values[np.searchsorted(self.cumulative, rng.random(size) * self.cumulative[-1])]
        return found


@dataclass(frozen=True, slots=True)
class Heritage:
    """The names of one heritage."""

    name: str
    forenames: dict[int, Pool]
    surnames: Pool
    tail: Texts

    def draw_surnames(self, rng: Generator, size: int) -> Texts:
        """Draw family names: most from the list, the rest from the long tail of rare ones."""
        drawn = self.surnames.draw(rng, size)
        if len(self.tail):
            rare = rng.random(size) < TAIL_SHARE.get(self.name, 0.2)
            drawn[rare] = self.tail[rng.integers(0, len(self.tail), int(rare.sum()))]
        return drawn


@dataclass(frozen=True, slots=True)
class NameBook:
    """Every heritage, and the other spellings and short forms by which a name is also written."""

    heritages: tuple[Heritage, ...]
    variants: dict[str, tuple[str, ...]]
    nicknames: dict[str, tuple[str, ...]]


def _sections(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    current = ""
    for line in text.splitlines():
        if line.startswith("["):
            current = line.strip("[]")
            found[current] = []
        elif line and not line.startswith("#"):
            found[current].append(line)
    return found


def _pool(values: list[str], *, shift: float, power: float) -> Pool:
    ranks = np.arange(len(values), dtype=np.float64)
    return Pool(values=texts(values), cumulative=np.cumsum((ranks + shift) ** -power))


def _tails() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in data_text("name_parts.txt").splitlines():
        if not line or line.startswith("#"):
            continue
        heritage, stems, endings = line.split("|")
        found[heritage] = sorted({stem + ending for stem in stems.split() for ending in endings.split()})
    return found


def _groups(name: str) -> list[list[str]]:
    return [line.split() for line in data_text(name).splitlines() if line]


def _spellings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for group in _groups("variants.txt"):
        for word in group:
            found.setdefault(word, []).extend(other for other in group if other != word)
    return {word: tuple(dict.fromkeys(others)) for word, others in found.items()}


def _short_forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for full, *short in _groups("nicknames.txt"):
        found.setdefault(full, []).extend(short)
    return {full: tuple(dict.fromkeys(short)) for full, short in found.items()}


def _heritage(name: str, tail: list[str]) -> Heritage:
    parts = _sections(data_text(f"names_{name}.txt"))
    return Heritage(
        name=name,
        forenames={
            MALE: _pool(parts["male"], shift=5, power=0.75),
            FEMALE: _pool(parts["female"], shift=5, power=0.75),
        },
        surnames=_pool(parts["surname"], shift=4, power=0.8),
        tail=texts(tail),
    )


def name_book() -> NameBook:
    """Read the name lists."""
    tails = _tails()
    return NameBook(
        heritages=tuple(_heritage(name, tails.get(name, [])) for name in HERITAGES),
        variants=_spellings(),
        nicknames=_short_forms(),
    )


def heritage_number(name: str) -> int:
    """Give the place of a heritage in `HERITAGES`; raise SyntheticError where there is none of that name."""
    if name not in HERITAGES:
        raise SyntheticError(f"no such heritage: {name}")
    return HERITAGES.index(name)


def draw_names(book: NameBook, *, heritage: Ints, sex: Ints, rng: Generator) -> Texts:
    """Draw a forename for each person of the given heritage and sex."""
    drawn: Texts = np.empty(len(heritage), dtype=object)
    for number, names in enumerate(book.heritages):
        for which in (MALE, FEMALE):
            mask = (heritage == number) & (sex == which)
            drawn[mask] = names.forenames[which].draw(rng, int(mask.sum()))
    return drawn


def draw_surnames(book: NameBook, *, heritage: Ints, rng: Generator) -> Texts:
    """Draw a family name for each person of the given heritage."""
    drawn: Texts = np.empty(len(heritage), dtype=object)
    for number, names in enumerate(book.heritages):
        mask = heritage == number
        drawn[mask] = names.draw_surnames(rng, int(mask.sum()))
    return drawn
