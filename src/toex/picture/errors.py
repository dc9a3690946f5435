"""What can go wrong on the road, in the words of the person who walks it."""


class PictureError(Exception):
    """The root of every error of the road."""


class UnknownDelivery(PictureError):
    """A delivery note is missing or cannot be read."""


class UnknownSubject(PictureError):
    """A starting subject is not among the visible records."""


class NotABench(PictureError):
    """The home belongs to a unit, and its people work under grants, through its own doors."""
