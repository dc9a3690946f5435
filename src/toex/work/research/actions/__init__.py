"""What is done in the research room, each act in plain verbs."""
