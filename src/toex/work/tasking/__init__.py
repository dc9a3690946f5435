"""From a force's request to terms of reference signed by both sides, with the clocks that run meanwhile."""
