"""Pages of the judgements room: the review queue."""
