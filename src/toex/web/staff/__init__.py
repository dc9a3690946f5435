"""Pages of the staff room: coming in and going out, one's own settings, the unit's people."""
