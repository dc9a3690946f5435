"""Pages of the research room: searching, grids, charts, subjects, reports."""
