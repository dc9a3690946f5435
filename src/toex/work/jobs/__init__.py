"""Work that outlives a request: leased, fenced, resumable steps, each with its effect exactly once."""
