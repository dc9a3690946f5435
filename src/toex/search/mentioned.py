"""What rules find in the words of a text: numbers, marks, postcodes, addresses of mail, and words that may be a name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from toex.pole.values import email, phone, postcode, rules, text, vrm
from toex.reference import name_words, postcode_middle

KINDS: Final = ("person", "phone", "vehicle", "place", "email")

# What looks like a number or a mark and is none. Each is blotted out, in this order, before anything is looked for.
_NEVER: Final = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        r"\b(?:https?://|www\.)\S+",
        r"(?<![\w/])(?=[\w/]*\d)(?=[\w/]*[A-Z_])\w+(?:/\w+)+",  # 13/IR/26/0077009001
        r"(?<![\w/])\d+(?:/\d+){2,}(?!\w)",  # 14/07/2026
        r"(?<![\w-])(?!(?:tel|mob|mobile|phone|call|on|no|reg|vrm)-)[A-Z]{1,12}-(?=[\w-]*\d)\w+(?:-\w+)*",  # CR-0123456789
        r"(?<![\w-])\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]+)?",
        r"(?<![\w.-])(?:0?[1-9]|[12]\d|3[01])([ .-])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d{2}(?![\w-])",
        r"(?<!\w)\d{1,2}(?:st|nd|rd|th)?[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:[ -](?:19|20)?\d\d)?\b",
        r"(?<![\w:])\d{1,2}[:.][0-5]\d(?:[:.][0-5]\d)?(?: ?[ap]m)?(?![\w:])",
        r"(?:[£$€]|\b(?:GBP|EUR|USD) ?)\d[\d,.]*",
        r"\b\d{2}-\d{2}-\d{2}(?: \d{8})?\b",  # a sort code, with the account
        r"\b(?:NHS|IMEI|IMSI|ICCID|PNC|CRO|URN|account|card|crime|log|incident|ref|reference)\b"
        r"\W{0,3}(?:(?:no|num|number)\b\W{0,3})?\d[\d -]*\d",
    )
)
_EMAIL = re.compile(
    r"(?<![\w.@+-])[\w.!#$%&'*+=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?![\w@])", re.ASCII
)
_DIGITS = re.compile(r"(?<![\w£$€#])(?:\+ ?)?\(?\d(?:[\d()\u00a0\u2010-\u2013. -]*\d)?(?![\w%])")
_BLOCK = re.compile(r"\d+")
_JOIN = re.compile(r"[()\u00a0\u2010-\u2013. -]{0,4}")
_SHORT_BESIDE = re.compile(r"(?:^|\D)\d{1,5}/$")
_POSTCODE = re.compile(r"(?<![\w/£$€-])([A-Z]{1,2}\d[A-Z\d]?)( ?)(\d[A-Z]{2})(?![\w/])", re.ASCII | re.IGNORECASE)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)", re.ASCII)
_ELSEWHERE: Final = frozenset({"BT", "GY", "JE", "IM"})  # no open list says which postcodes these have
_ABOUT_A_VEHICLE = re.compile(
    r"\b(?:vehicle|veh|car|van|lorry|truck|taxi|bike|motor\w*|moped|scooter|reg|registration|registered|vrm|vrn|index|plates?|mark|"
    r"driv\w+)\b[^\n]{0,30}$",
    re.IGNORECASE,
)
_NO_MARK_ENDS = frozenset(
    re.findall(
        r"\w+",
        "THE AND WAS FOR HAS HAD HIS HER HIM SHE ARE NOT BUT ALL ANY ONE TWO SIX TEN MEN MAN OUT OFF NEW OLD NOW DAY YET WHO "
        "WHY IN ON AT TO BY OF OR AS IF IS IT IR NO CAN MAY SAY SEE SAW GOT GET LET LAY RUN RAN JCT CAB CAR VAN BUS ROW PER VIA",
    )
)
_MARK_SHAPES: Final = (  # the pattern, the rule that its letters must keep, and whether it wants a vehicle spoken of before it
    (
        re.compile(r"(?<![\w/-])([A-Z]{2}(?:0[2-9]|[12]\d|5[1-9]|6\d|7\d))( ?)([A-Z]{3})(?![\w/])"),
        rules.VRM_CURR,
        False,
    ),
    (re.compile(r"(?<![\w/-])([a-z]{2}(?:0[2-9]|[12]\d|5[1-9]|6\d|7\d))()([a-z]{3})(?![\w/])"), rules.VRM_CURR, False),
    (re.compile(r"(?<![\w/-])([A-Z]\d{3})( ?)([A-Z]{3})(?![\w/])"), rules.VRM_PREFIX, False),
    (re.compile(r"(?<![\w/-])([A-Z]{3})( ?)(\d{3}[A-Z])(?![\w/])"), rules.VRM_SUFFIX, False),
    (re.compile(r"(?<![\w/-])([A-Z]\d{1,2})( ?)([A-Z]{3})(?![\w/])"), rules.VRM_PREFIX, True),
    (re.compile(r"(?<![\w/-])([A-Z]{3})( ?)(\d{1,2}[A-Z])(?![\w/])"), rules.VRM_SUFFIX, True),
    (re.compile(r"(?<![\w/-])([A-Z]?I[A-Z]|[A-Z]{2}Z)( ?)(\d{1,4})(?![\w/])"), rules.VRM_NI, True),
    (re.compile(r"(?<![\w/-])([A-Z]{2,3})( ?)(\d{1,4})(?![\w/])"), rules.VRM_NODATE, True),
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_BETWEEN = re.compile(r",? |, ?")
_AFTER_INITIAL = re.compile(r"\.? ?")
_MOST_BLOCKS = 15  # groups of figures in one number
_MOST_WORDS = 4_000  # of one text that are read for names


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a text that name something: its kind, its canonical value, and where they stand (end exclusive)."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NamedPair:
    """Two words, or groups of words, that would be a name if somebody of it is on file: keys of A-Z, either order is one pair."""

    forename_key: str
    surname_key: str
    start: int
    end: int


def passages(words: str) -> tuple[Passage, ...]:
    """List the numbers, marks, postcodes and addresses of mail in a text, in the order in which they stand; none overlap.

    Dates, times, sums of money, references and parts of longer numbers are none of them. A mark of an old form is taken only
    where a vehicle is spoken of just before it, unless it has three figures: otherwise roads and words would be marks.
    """
    left, found = words, []
    for rule in (_emails, _blotted, _phones, _postcodes, _marks):
        taken = list(rule(left))
        found += [one for one in taken if one.kind]
        for one in taken:
            left = left[: one.start] + "\0" * (one.end - one.start) + left[one.end :]
    return tuple(sorted(found, key=lambda one: one.start))


def name_pairs(words: str) -> tuple[NamedPair, ...]:
    """List what could be a forename beside a surname, in either order: both begin with a capital and stand on one line.

    One more capitalised word or initial may stand between them. Whether it is a name is asked of what is on file; a surname
    alone is never one.
    """
    units = list(_units(words))
    found: dict[NamedPair, None] = {}
    for group in (2, 3):
        for at in range(len(units) - group + 1):
            some = units[at : at + group]
            if all(_beside(words, a, b) for a, b in pairwise(some)):
                first, last = some[0], some[-1]
                if min(len(first[0]), len(last[0])) > 1:
                    found[NamedPair(first[0], last[0], first[1], last[2])] = None
                    found[NamedPair(last[0], first[0], first[1], last[2])] = None
    return tuple(found)


def _beside(words: str, one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    rule = _AFTER_INITIAL if len(one[0]) == 1 else _BETWEEN
    return one[2] < other[1] and rule.fullmatch(words[one[2] : other[1]]) is not None


def _emails(words: str) -> Iterator[Passage]:
    for found in _EMAIL.finditer(words):
        value = email.clean(found[0]).value
        if value:
            yield Passage("email", value, *found.span())


def _blotted(words: str) -> Iterator[Passage]:
    for never in _NEVER:
        for found in never.finditer(words):
            yield Passage("", "", *found.span())


def _phones(words: str) -> Iterator[Passage]:
    for run in _DIGITS.finditer(words):
        beside = words[max(0, run.start() - 7) : run.start()]
        if _SHORT_BESIDE.search(beside) or re.match(r"/\d{1,5}(?!\d)", words[run.end() :]):
            continue  # a piece of a reference
        yield from _numbers_in(words, run.start(), run.end())


def _numbers_in(words: str, start: int, end: int) -> Iterator[Passage]:
    """Take the longest numbers that can be dialled out of a run of figures, block by block from the left."""
    blocks = [(start + b.start(), start + b.end()) for b in _BLOCK.finditer(words[start:end])]
    at = 0
    while at < len(blocks):
        opens = _opening(words, start, blocks[at][0])
        for last in range(min(len(blocks), at + _MOST_BLOCKS) - 1, at - 1, -1):
            value = _dialled(words[opens : blocks[last][1]])
            if value:
                yield Passage("phone", value, opens, blocks[last][1])
                at = last
                break
        at += 1


def _opening(words: str, start: int, at: int) -> int:
    """Give where a number begins: at its plus sign or bracket, where it has one."""
    while at > start and words[at - 1] in "+(":
        at -= 1
    return at


def _dialled(written: str) -> str:
    figures = "".join(_BLOCK.findall(written))
    marked = written.lstrip("(").startswith("+") or figures.startswith("00")
    if not (marked or figures.startswith("0") or re.fullmatch(r"44[1-37]\d{9}", figures)) or len(figures) > 15:
        return ""
    if marked and len(figures) < 9:
        return ""
    if any(len(joint) > 3 for joint in re.findall(r"[^\d+]+", written.lstrip("+("))):
        return ""
    found = phone.clean(written)
    return found.value if found.kind == "e164" else ""


def _postcodes(words: str) -> Iterator[Passage]:
    for found in _POSTCODE.finditer(words):
        if _ORDINAL.fullmatch(found[3]) or not (found[2] or found[0].isupper()):
            continue
        if not rules.POSTCODE.match(found[0].upper()):
            continue
        read = postcode.clean(found[0])
        known = read.area in _ELSEWHERE or postcode_middle(read.value) is not None
        if read.precision == "unit" and not read.doubt and known:
            yield Passage("place", read.value, *found.span())


def _marks(words: str) -> Iterator[Passage]:
    taken: list[tuple[int, int]] = []
    for shape, rule, wants_vehicle in _MARK_SHAPES:
        for found in shape.finditer(words):
            value = vrm.clean(found[0])
            if (
                not value.value
                or not rule.match(value.value)
                or any(a < found.end() and found.start() < b for a, b in taken)
            ):
                continue
            if {found[1], found[3]} & _NO_MARK_ENDS:
                continue
            if wants_vehicle and not _ABOUT_A_VEHICLE.search(words[max(0, found.start() - 60) : found.start()]):
                continue
            taken.append(found.span())
            yield Passage("vehicle", value.value, *found.span())


def _units(words: str) -> Iterator[tuple[str, int, int]]:
    """Give the capitalised words as keys with where they stand; small words that open a surname are joined to it."""
    particles = name_words("particle")
    opened: tuple[str, int] | None = None
    for count, found in enumerate(_WORD.finditer(words)):
        if count > _MOST_WORDS:
            return
        key = text.letters(found[0])
        if key in particles and len(key) > 1:
            opened = opened or ("", found.start())
            opened = (opened[0] + key, opened[1])
            continue
        if found[0][0].isupper() and key:
            if opened:
                yield opened[0] + key, opened[1], found.end()
            yield key, found.start(), found.end()
        opened = None


def apart(found: Sequence[Passage]) -> tuple[Passage, ...]:
    """Leave of passages that overlap the longest, of two as long the first; in the order in which they stand."""
    kept: list[Passage] = []
    for one in sorted(found, key=lambda p: (p.start - p.end, p.start, KINDS.index(p.kind), p.value)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda p: p.start))
