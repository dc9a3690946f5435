"""Conflation: records compared, matches ruled, ties between those that are one, and the reasons for each."""

from toex.conflation.bound import overlay
from toex.conflation.errors import ConflationError, UnknownRecordError, WeightsMismatchError
from toex.conflation.evaluation import Scores, evaluate
from toex.conflation.explanation import Explanation, Line, explain, told_reason
from toex.conflation.run import Outcome, conflate
from toex.conflation.weights import Weights

__all__ = [
    "ConflationError",
    "Explanation",
    "Line",
    "Outcome",
    "Scores",
    "UnknownRecordError",
    "Weights",
    "WeightsMismatchError",
    "conflate",
    "evaluate",
    "explain",
    "overlay",
    "told_reason",
]
