"""What research keeps, as a seat shows it."""

from toex.work.research.queries.cells import Standing, history, standing_cells
from toex.work.research.queries.grids import (
    Chosen,
    Listed,
    grid_for,
    grids_of,
    line_for,
    lines_for,
    short_name,
    systems_for,
    template_versions,
    templates_on,
)  # fmt: skip
from toex.work.research.queries.items import Item, graded_items
from toex.work.research.queries.looking import Facet, Found, find, find_texts, unasked
from toex.work.research.queries.searches import search_for, searches_of
from toex.work.research.queries.sheets import Before, Looked, Own, Row, Sheet, look_at, sheet, sight_of

__all__ = [
    "Before",
    "Chosen",
    "Facet",
    "Found",
    "Item",
    "Listed",
    "Looked",
    "Own",
    "Row",
    "Sheet",
    "Standing",
    "find",
    "find_texts",
    "graded_items",
    "grid_for",
    "grids_of",
    "history",
    "line_for",
    "lines_for",
    "look_at",
    "search_for",
    "searches_of",
    "sheet",
    "short_name",
    "sight_of",
    "standing_cells",
    "systems_for",
    "template_versions",
    "templates_on",
    "unasked",
]
