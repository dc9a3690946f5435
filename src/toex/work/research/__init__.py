"""The analysts' room: searches kept, research grids, charts, intelligence reports written here."""
