"""The audit log: one entry for each act, chained by hashes, in the six words of the Data Protection Act 2018 s.62."""
