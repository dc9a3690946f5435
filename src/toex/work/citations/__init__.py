"""Who points at a record: one table that every room writes, so that owners are told when it changes."""
