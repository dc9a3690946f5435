"""Any bytes at all given to the readers of strangers' files: none may end in a way that nobody foresaw."""
