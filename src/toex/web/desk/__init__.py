"""Pages that belong to no one room: my work, the desk one sits at, searching from anywhere, help."""
