"""What a run's exit code says, and how an error is told."""

import traceback
from enum import IntEnum

from toex.conflation import ConflationError
from toex.intake import IntakeError
from toex.picture import PictureError
from toex.publishing import PublishingError
from toex.store import StoreError
from toex.synthetic import SyntheticError
from toex.work.errors import WorkError


class Exit(IntEnum):
    """The exit codes of `toex`."""

    DONE = 0
    NOTHING = 1
    USAGE = 2
    HOME = 3
    FILE = 4
    RULE = 5
    FAULT = 6

    @property
    def meaning(self) -> str:
        """Say what the code means."""
        return {
            Exit.DONE: "done",
            Exit.NOTHING: "done, and nothing was found",
            Exit.USAGE: "the words of the command are off",
            Exit.HOME: "the home cannot be used",
            Exit.FILE: "a file cannot be used",
            Exit.RULE: "a rule refuses it",
            Exit.FAULT: "a fault of ours",
        }[self]


_TOLD: dict[type[Exception], Exit] = {
    StoreError: Exit.HOME,
    IntakeError: Exit.FILE,
    PictureError: Exit.RULE,
    ConflationError: Exit.RULE,
    PublishingError: Exit.RULE,
    WorkError: Exit.RULE,
    SyntheticError: Exit.USAGE,
}


def explain_error(error: Exception) -> tuple[Exit, str]:
    """Give the exit code and the words for an error.

    Of a fault of ours the kind and the lines of code are told, never its message, which may quote a value.
    """
    for kind, code in _TOLD.items():
        if isinstance(error, kind):
            return code, str(error)
    if isinstance(error, FileNotFoundError | IsADirectoryError | PermissionError | FileExistsError):
        return Exit.FILE, f"{error.strerror}: {error.filename}"
    where = "".join(traceback.format_tb(error.__traceback__))
    return (
        Exit.FAULT,
        f"A fault of ours ({type(error).__name__}); what it says is left out, for it may be personal.\n{where}",
    )
