"""What the research room keeps."""

from toex.work.research.models.reports import Report, ReportItem, ReportMove, ReportSubject

__all__ = ["Report", "ReportItem", "ReportMove", "ReportSubject"]
