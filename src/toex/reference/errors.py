"""The errors of the reference floor."""


class ReferenceListError(Exception):
    """Root of everything that the reference floor raises."""


class UnknownListError(ReferenceListError):
    """A list was asked for that is not shipped and not laid over."""


class ListFormatError(ReferenceListError):
    """A list's file breaks a rule that every list keeps."""
