"""Find by name, number, plate or reference, and wash a pasted list: only what the view shows, counts included."""

from toex.search.answers import NIL, Answer, Hit, Holding, Mention, Reading, Subject
from toex.search.finding import find, wash, wash_lines
from toex.search.mentioned import Passage, passages
from toex.search.on_file import HeldBy, Suggestion, suggestions
from toex.search.pasted import Line, pasted_lines, read_line, read_pasted
from toex.search.reading import read

__all__ = [
    "NIL",
    "Answer",
    "HeldBy",
    "Hit",
    "Holding",
    "Line",
    "Mention",
    "Passage",
    "Reading",
    "Subject",
    "Suggestion",
    "find",
    "passages",
    "pasted_lines",
    "read",
    "read_line",
    "read_pasted",
    "suggestions",
    "wash",
    "wash_lines",
]
