"""What is done in research, each act in plain verbs."""

from toex.work.research.actions.exports import export
from toex.work.research.actions.grids import (
    Refreshed,
    add_lines,
    add_systems,
    enter,
    make_grid,
    refresh,
    set_template,
    withdraw_line,
)  # fmt: skip
from toex.work.research.actions.searches import drop_search, save_search, share_search

__all__ = [
    "Refreshed",
    "add_lines",
    "add_systems",
    "drop_search",
    "enter",
    "export",
    "make_grid",
    "refresh",
    "save_search",
    "set_template",
    "share_search",
    "withdraw_line",
]
