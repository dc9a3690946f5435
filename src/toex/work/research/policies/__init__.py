"""Who may research where, and what a result must say: pure rules."""

from toex.work.research.policies.grids import (
    MOST_LINES,
    Entry,
    check_entry,
    check_lines,
    check_standing,
    check_systems,
    check_template,
    is_open,
    kind_of_line,
    takes,
)  # fmt: skip
from toex.work.research.policies.seats import (
    check_titled,
    check_works,
    codes_of,
    is_open_to,
    is_written_under,
    may_work,
    within,
)

__all__ = [
    "MOST_LINES",
    "Entry",
    "check_entry",
    "check_lines",
    "check_standing",
    "check_systems",
    "check_template",
    "check_titled",
    "check_works",
    "codes_of",
    "is_open",
    "is_open_to",
    "is_written_under",
    "kind_of_line",
    "may_work",
    "takes",
    "within",
]
