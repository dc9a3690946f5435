"""What research keeps: saved searches, grids of lines by systems with every result ever entered, reports written here."""

from toex.work.research.models.grids import Cell, Grid, GridLine, OwnCell, Template
from toex.work.research.models.reports import Report, ReportItem, ReportMove, ReportSubject
from toex.work.research.models.searches import SavedSearch

__all__ = [
    "Cell",
    "Grid",
    "GridLine",
    "OwnCell",
    "Report",
    "ReportItem",
    "ReportMove",
    "ReportSubject",
    "SavedSearch",
    "Template",
]
