"""Why a reader gives a file up, as the child's exit code and as words for whoever delivered it."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum


class Why(IntEnum):
    """The exit codes of a reader; what the operating system ends is negative."""

    REFUSED = 3
    ENCRYPTED = 4
    BROKEN = 5
    TOO_BIG = 6
    NO_TEXT = 7
    UNKNOWN = 8

    @property
    def words(self) -> str:
        """Say it to whoever delivered the file."""
        return {
            Why.REFUSED: "The file declares its own document type or entities, which no delivery needs.",
            Why.ENCRYPTED: "The file is encrypted; ask the supplier for one without a password.",
            Why.BROKEN: "The file is not a sound one of its kind.",
            Why.TOO_BIG: "The file unpacks to more than the limit.",
            Why.NO_TEXT: "The file holds pictures of pages and no text; it waits until scans can be read.",
            Why.UNKNOWN: "The file is of a kind that is not taken.",
        }[self]


class GivenUpError(Exception):
    """A reader gives the file up."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.name)
        self.why = why


@contextmanager
def by_library() -> Iterator[None]:
    """Whatever a library raises of a file within, even a fault of its own, means that the file is not sound."""
    try:
        yield
    except (GivenUpError, MemoryError, RecursionError):
        raise
    except Exception as problem:
        raise GivenUpError(Why.BROKEN) from problem
