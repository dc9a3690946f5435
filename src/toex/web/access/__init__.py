"""Pages of the access room: grants asked for, approved and closed."""
