"""Categories of data subject, and the one order in which they are told: a victim is a victim on every screen (rule 10)."""

from collections.abc import Mapping

# DPA 2018 s.38(3); several may hold at once, so they are bits.
SUBJECTS: Mapping[str, int] = {"suspect": 1, "convicted": 2, "victim": 4, "witness": 8, "other": 16}
EVERY_SUBJECT = sum(SUBJECTS.values())

_TOLD = ("victim", *(name for name in SUBJECTS if name not in ("victim", "other")))


def categories(subject: int | None) -> tuple[str, ...]:
    """Name the categories that hold of a data subject, victim first; none where none of the four is established.

    "other" is how a record is filed: it says nothing of a person, and is not told.
    """
    return tuple(name for name in _TOLD if (subject or 0) & SUBJECTS[name])
