"""What the research room shows, and to whom."""
