"""Vehicle registration marks: classified and never rejected, since foreign plates and misreads exist."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toex.pole.values import rules, text
from toex.reference import stop_values

_SHAPES = (
    ("current", rules.VRM_CURR), ("prefix", rules.VRM_PREFIX), ("suffix", rules.VRM_SUFFIX), ("q", rules.VRM_Q),
    ("northern_ireland", rules.VRM_NI), ("diplomatic", rules.VRM_DIPLO), ("trade", rules.VRM_TRADE),
    ("dateless", rules.VRM_NODATE),
)  # fmt: skip
_READY = re.compile(r"[A-Z]{2}\d{2}[A-Z]{3}", re.ASCII)
# Cameras take these for one another (a hint for candidates only, never a ruling): 0/O/Q/D 1/I/L 2/Z 5/S 8/B 4/A V/Y G/6
_LOOK_ALIKE = str.maketrans("OQDILZSBAYG", "000112584V6")


@dataclass(frozen=True, slots=True)
class Vrm:
    """A mark without spaces. `kind` names its form, `other` where it has none of the British ones."""

    raw: str
    value: str
    problem: str
    kind: str

    @property
    def skeleton(self) -> str:
        """The mark with characters that cameras confuse made one: equal skeletons are candidates only."""
        return skeleton(self.value)

    @property
    def shown(self) -> str:
        """The mark as people write it."""
        return f"{self.value[:4]} {self.value[4:]}" if self.kind == "current" else self.value


def clean(raw: str) -> Vrm:
    """The mark in capitals without anything but letters and digits, with its class."""
    value = raw if _READY.fullmatch(raw) else text.key(raw)
    if not value:
        return Vrm(raw, "", "" if not raw.strip() else "nothing of a mark is left without its punctuation", "blank")
    if value in stop_values("vrm"):
        return Vrm(raw, "", "a filler that systems write where no mark is known", "filler")
    return Vrm(raw, value, "", classify(value))


def classify(value: str) -> str:
    """The class of a mark written without spaces: the first British form that it has, else `other`."""
    for kind, shape in _SHAPES:
        if shape.match(value):
            return kind
    return "other"


def skeleton(value: str) -> str:
    """One spelling for all marks that cameras take for one another."""
    return value.translate(_LOOK_ALIKE)


def looks_like(left: str, right: str) -> bool:
    """Whether two different marks may be one misread: same skeleton, or one of at most one character changed."""
    if left == right or not left or not right:
        return False
    first, second = skeleton(left), skeleton(right)
    if len(first) != len(second):
        return False
    return sum(a != b for a, b in zip(first, second, strict=True)) <= 1
