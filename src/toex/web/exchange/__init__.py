"""Pages of exchange between installations."""
