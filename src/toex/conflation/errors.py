"""The errors of conflation."""


class ConflationError(Exception):
    """Root of everything that conflation raises."""


class UnknownRecordError(ConflationError):
    """A record was asked for that this view does not show."""


class WeightsMismatchError(ConflationError):
    """A weights card was given that was not written for the recipe in use."""
