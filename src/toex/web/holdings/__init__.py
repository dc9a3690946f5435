"""Pages of the holdings room: datasets, deliveries, quality, what is missing on PND."""
