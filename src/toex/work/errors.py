"""What the work plane refuses, and why: each message states the fact and the rule, and no personal value."""

from collections.abc import Mapping


class WorkError(Exception):
    """The root: a rule refuses what was asked."""


class NotAllowed(WorkError):
    """The person may not do this: no role for it, no live grant, or their own work to approve."""


class NotThere(WorkError):
    """It does not exist, or the person may not know that it does; the two read the same."""


class OutOfOrder(WorkError):
    """The thing is not in a state from which this can be done."""


class Incomplete(WorkError):
    """Something that the rule needs is missing; `fields` says what, by the name of the field."""

    def __init__(self, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class PasswordDue(WorkError):
    """The password is one that another gave: its person sets their own before anything else."""


class LogInFailed(WorkError):
    """The name and password do not fit, or the account is locked or not in use; the three read the same."""
