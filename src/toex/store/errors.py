"""What can go wrong with a home, in the words of the person who keeps it."""


class StoreError(Exception):
    """The root of every error of the store."""


class NoHome(StoreError):
    """The folder holds no home of toex."""


class HomeExists(StoreError):
    """A home is chosen once: it is not made over, and never converted."""


class OtherLayout(StoreError):
    """The home was written by a version of toex with another layout."""


class OtherParent(StoreError):
    """Somebody published since the work was begun, so it no longer fits what is there."""


class HomeBusy(StoreError):
    """Another writer holds the home's lock."""
