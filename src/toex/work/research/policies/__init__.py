"""The pure rules of the research room."""
