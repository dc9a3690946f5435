"""The errors of the intake floor; none of them prints a value out of a delivered file."""


class IntakeError(Exception):
    """Root of everything that intake raises."""


class UnreadableFileError(IntakeError):
    """The file as a whole cannot be read: nothing of it was loaded."""


class RefusedFileError(IntakeError):
    """The file can be read but a limit or a rule forbids it: nothing of it was loaded."""


class MappingError(IntakeError):
    """A mapping breaks a rule of the mapping language, or does not fit the file it is used on."""


class LostRowError(IntakeError):
    """Rows in are not rows loaded and rows set aside: a fault of intake itself, so the load must not go on."""
