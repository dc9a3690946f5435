"""Find by name, number or plate, by the words of texts, wash a pasted list: only what the view shows, counts included."""

from toex.search.answers import NIL, Answer, Hit, Holding, Mention, Reading, Subject
from toex.search.finding import find, wash, wash_lines
from toex.search.on_file import HeldBy, Suggestion, suggestions
from toex.search.passages import Piece
from toex.search.pasted import Line, pasted_lines, read_line, read_pasted
from toex.search.reading import read
from toex.search.texts import DEEPEST, InTexts, Passage, find_texts
from toex.search.wording import Asked, read_words

__all__ = [
    "DEEPEST",
    "NIL",
    "Answer",
    "Asked",
    "HeldBy",
    "Hit",
    "Holding",
    "InTexts",
    "Line",
    "Mention",
    "Passage",
    "Piece",
    "Reading",
    "Subject",
    "Suggestion",
    "find",
    "find_texts",
    "pasted_lines",
    "read",
    "read_line",
    "read_pasted",
    "read_words",
    "suggestions",
    "wash",
    "wash_lines",
]
