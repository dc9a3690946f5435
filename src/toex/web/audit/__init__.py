"""Pages of the audit room: who saw what, and whether the log is whole."""
