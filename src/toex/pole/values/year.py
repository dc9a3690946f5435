"""What a two-digit year means, given the latest year that it may stand for."""

from __future__ import annotations

from typing import Final

PIVOT: Final = 2026
"""The pivot where a caller gives none; a caller that knows the year of receipt passes that instead."""


def full_year(two_digits: int, pivot: int) -> int:
    """The year ending in two digits that is the pivot or one of the 99 years before it."""
    return pivot - (pivot - two_digits) % 100
