"""How often, and how, what a system says of a person departs from the truth: every rate in one place."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from toex.synthetic.names import NameBook
from toex.synthetic.shapes import Flags, Generator, Ints, Texts, chance

EPOCH = date(1970, 1, 1).toordinal()
UNKNOWN_DAY = -10_000_000
MOST = 0.95
BY_CUSTOM = {"no_middle", "no_phone", "no_ethnicity", "no_pnc", "no_cro", "swapped_names"}
SHARES = {"swapped_names"}  # multiplies the rates of SWAPPING, so it may exceed one
SWAPPING = (0.0, 0.05, 0.02, 0.05, 0.02, 0.15, 0.01, 0.02)
DEFAULT_DAYS = (date(1900, 1, 1).toordinal() - EPOCH, 0)


@dataclass(frozen=True, slots=True)
class Dirt:
    """The chance of each fault in one record; `scaled` multiplies all of them."""

    stale: float = 0.34
    misspelt_forename: float = 0.045
    misspelt_surname: float = 0.05
    other_spelling: float = 0.42
    short_form: float = 0.40
    truncated: float = 0.02
    initial_only: float = 0.03
    no_middle: float = 0.65
    swapped_names: float = 2.0
    alias_given: float = 0.25
    no_dob: float = 0.10
    dob_swapped: float = 0.03
    dob_default: float = 0.045
    dob_slip: float = 0.025
    dob_year_slip: float = 0.02
    no_address: float = 0.17
    no_postcode: float = 0.05
    wrong_postcode: float = 0.02
    hot_address: float = 0.012
    no_phone: float = 0.50
    household_phone: float = 0.35
    hot_phone: float = 0.03
    phone_slip: float = 0.015
    damaged_phone: float = 0.002
    no_sex: float = 0.04
    wrong_sex: float = 0.008
    no_ethnicity: float = 0.66
    no_pnc: float = 0.60
    no_cro: float = 0.75
    placeholder: float = 0.002

    def scaled(self, noise: float) -> "Dirt":
        """Give the same faults at `noise` times their rates, none above 95 in a hundred.

        What is left out by custom (middle names, telephones, ethnicity, identifiers) scales a third as fast.
        """
        gentle = 1 + (noise - 1) / 3
        rates = {
            one.name: max(0.0, getattr(self, one.name) * (gentle if one.name in BY_CUSTOM else noise))
            for one in fields(self)
        }
        return replace(self, **{name: rate if name in SHARES else min(MOST, rate) for name, rate in rates.items()})


Change = Callable[[str, int], str]
SOUNDS = (
    ("ph", "f"),
    ("ck", "k"),
    ("ie", "ei"),
    ("ei", "ie"),
    ("ou", "u"),
    ("ee", "ea"),
    ("th", "t"),
    ("sh", "s"),
    ("wh", "w"),
    ("gh", "g"),
    ("mc", "mac"),
    ("y", "i"),
    ("i", "y"),
    ("c", "k"),
    ("k", "c"),
    ("z", "s"),
    ("s", "z"),
    ("v", "w"),
    ("w", "v"),
    ("x", "ks"),
)
NEAR = {
    "a": "sq",
    "b": "vn",
    "c": "xv",
    "d": "sf",
    "e": "rw",
    "f": "dg",
    "g": "fh",
    "h": "gj",
    "i": "uo",
    "j": "hk",
    "k": "jl",
    "l": "k",
    "m": "n",
    "n": "bm",
    "o": "ip",
    "p": "o",
    "q": "wa",
    "r": "et",
    "s": "ad",
    "t": "ry",
    "u": "yi",
    "v": "cb",
    "w": "qe",
    "x": "zc",
    "y": "tu",
    "z": "xs",
}


def misspell(word: str, roll: int) -> str:
    """Spell a word wrongly in one way, which `roll` (0 to 2**31) chooses: a slip of the finger or of the ear."""
    if len(word) < 3:
        return word
    kind, where = roll % 6, 1 + (roll // 6) % (len(word) - 1)
    if kind == 0:
        return word[:where] + word[where + 1 :]
    if kind == 1 and where + 1 < len(word):
        return word[:where] + word[where + 1] + word[where] + word[where + 2 :]
    if kind == 2:
        options = NEAR.get(word[where].lower(), "e")
        return word[:where] + options[roll // 97 % len(options)] + word[where + 1 :]
    if kind == 3:
        return word[:where] + word[where] + word[where:]
    return _mishear(word, roll)


def _mishear(word: str, roll: int) -> str:
    low = word.lower()
    for step in range(len(SOUNDS)):
        old, new = SOUNDS[(roll // 6 + step) % len(SOUNDS)]
        if old in low[1:]:
            return (word[0] + low[1:].replace(old, new, 1)) if word[:1].isupper() else low.replace(old, new, 1)
    return word[:-1]


def respell(values: Texts, *, where: Flags, table: dict[str, tuple[str, ...]], rng: Generator) -> None:
    """Replace the chosen values by another form from a table, where there is one."""
    chosen = np.flatnonzero(where)
    for i, roll in zip(chosen.tolist(), rng.integers(0, 1 << 30, len(chosen)).tolist(), strict=True):
        others = table.get(values[i])
        if others:
            values[i] = others[roll % len(others)]


def change(values: Texts, *, where: Flags, how: Change, rng: Generator) -> None:
    """Apply a change to the chosen values in place."""
    chosen = np.flatnonzero(where)
    for i, roll in zip(chosen.tolist(), rng.integers(0, 1 << 30, len(chosen)).tolist(), strict=True):
        values[i] = how(values[i], roll)


def dirty_names(forename: Texts, surname: Texts, *, heritage: Ints, book: NameBook, dirt: Dirt, rng: Generator) -> None:
    """Spoil names in place: other spellings, short forms, slips, cuts, initials, forename and surname exchanged."""
    size = len(forename)
    respell(forename, where=chance(rng, size, dirt.other_spelling), table=book.variants, rng=rng)
    respell(surname, where=chance(rng, size, dirt.other_spelling), table=book.variants, rng=rng)
    respell(forename, where=chance(rng, size, dirt.short_form), table=book.nicknames, rng=rng)
    change(forename, where=chance(rng, size, dirt.misspelt_forename), how=misspell, rng=rng)
    change(surname, where=chance(rng, size, dirt.misspelt_surname), how=misspell, rng=rng)
    change(forename, where=chance(rng, size, dirt.truncated), how=lambda word, _: word[:4], rng=rng)
    change(surname, where=chance(rng, size, dirt.truncated), how=lambda word, _: word[:6], rng=rng)
    change(forename, where=chance(rng, size, dirt.initial_only), how=lambda word, _: word[:1], rng=rng)
    swapped = rng.random(size) < np.asarray(SWAPPING)[heritage] * dirt.swapped_names
    held = forename[swapped].copy()
    forename[swapped] = surname[swapped]
    surname[swapped] = held


def dirty_days(days: Ints, *, dirt: Dirt, rng: Generator) -> Ints:
    """Spoil birth dates: slips of a day or a year, day and month exchanged, defaults, missing ones."""
    size, out = len(days), days.copy()
    slip = chance(rng, size, dirt.dob_slip)
    out[slip] += rng.choice((-10, -9, -3, -2, -1, 1, 2, 3, 10, 20), int(slip.sum()))
    years = chance(rng, size, dirt.dob_year_slip)
    out[years] += rng.choice((-3652, -731, -365, 365, 730, 3653), int(years.sum()))
    _swap_day_and_month(out, chance(rng, size, dirt.dob_swapped))
    first = chance(rng, size, dirt.dob_default)
    months = out[first].astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    kind = rng.random(int(first.sum()))
    out[first] = np.where(kind < 0.6, months, np.where(kind < 0.8, DEFAULT_DAYS[0], DEFAULT_DAYS[1]))
    out[chance(rng, size, dirt.no_dob)] = UNKNOWN_DAY
    return out


def _swap_day_and_month(days: Ints, where: Flags) -> None:
    for i in np.flatnonzero(where):
        right = date.fromordinal(EPOCH + int(days[i]))
        if right.day <= 12:
            days[i] = date(right.year, right.day, right.month).toordinal() - EPOCH
