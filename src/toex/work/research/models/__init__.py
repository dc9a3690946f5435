"""The tables of this room."""

from toex.work.research.models.charts import Chart, ChartVersion, HandDrawn

__all__ = ["Chart", "ChartVersion", "HandDrawn"]
