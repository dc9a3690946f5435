"""What research keeps: saved searches, and grids of lines by systems with every result ever entered."""

from toex.work.research.models.grids import Cell, Grid, GridLine, OwnCell, Template
from toex.work.research.models.searches import SavedSearch

__all__ = ["Cell", "Grid", "GridLine", "OwnCell", "SavedSearch", "Template"]
