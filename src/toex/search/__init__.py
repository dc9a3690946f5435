"""Find by name, number, plate or reference, and wash a pasted list: only what the view shows, counts included."""

from toex.search.answers import NIL, Answer, Hit, Holding, Mention, Reading, Subject
from toex.search.finding import find, wash
from toex.search.pasted import read_pasted
from toex.search.reading import read

__all__ = ["NIL", "Answer", "Hit", "Holding", "Mention", "Reading", "Subject", "find", "read", "read_pasted", "wash"]
