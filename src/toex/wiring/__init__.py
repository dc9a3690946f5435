"""What is opened with what: the only place that knows everything."""
