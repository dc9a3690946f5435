"""Readers of files that strangers made: each runs in a child process of its own, knows nothing of toex, and is believed nothing.

A reader gives tables of text: a sheet's name, its rows and their numbers. What they mean is for a mapping to say.
"""

from toex.parsers.kinds import LOOK, WORDS, is_delimited
from toex.parsers.refusals import Why
from toex.parsers.sending import COUNTS, LENGTH

__all__ = ["COUNTS", "LENGTH", "LOOK", "WORDS", "Why", "is_delimited"]
