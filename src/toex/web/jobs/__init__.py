"""Pages of the jobs room: what runs in the background."""
