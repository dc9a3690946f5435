"""What this room tells."""
