"""What this room asks before it acts."""
