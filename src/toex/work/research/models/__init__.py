"""What research keeps: saved searches, grids of lines by systems, charts and their versions, reports and their moves."""

from toex.work.research.models.charts import Chart, ChartVersion, HandDrawn
from toex.work.research.models.grids import Cell, Grid, GridLine, OwnCell, Template
from toex.work.research.models.reports import Report, ReportItem, ReportMove, ReportSubject
from toex.work.research.models.searches import SavedSearch

__all__ = [
    "Cell",
    "Chart",
    "ChartVersion",
    "Grid",
    "GridLine",
    "HandDrawn",
    "OwnCell",
    "Report",
    "ReportItem",
    "ReportMove",
    "ReportSubject",
    "SavedSearch",
    "Template",
]
