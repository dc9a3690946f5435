"""What research keeps: saved searches, grids, charts and their versions, reports and their moves, rulings on texts."""

from toex.work.research.models.charts import Chart, ChartVersion, HandDrawn
from toex.work.research.models.grids import Cell, Grid, GridLine, OwnCell, Template
from toex.work.research.models.mentions import Mention
from toex.work.research.models.reports import Report, ReportItem, ReportMove, ReportSubject
from toex.work.research.models.searches import SavedSearch

__all__ = [
    "Cell",
    "Chart",
    "ChartVersion",
    "Grid",
    "GridLine",
    "HandDrawn",
    "Mention",
    "OwnCell",
    "Report",
    "ReportItem",
    "ReportMove",
    "ReportSubject",
    "SavedSearch",
    "Template",
]
