"""How a file shows that it holds suspicious-activity reports, or is marked too high: it is refused whole (rule 11)."""

import re
from collections.abc import Iterable

from toex.intake.errors import RefusedFileError
from toex.pole.values.marking import refuses

_SAYS = re.compile(
    r"suspicious[\s_-]*activit|reasons?[\s_-]*for[\s_-]*suspicion|glossary[\s_-]*code|\bUKFIU\b|(?<![a-z])SARs?(?![a-z])",
    re.IGNORECASE,
)
# The three letters are also a currency, a request by a data subject and a rescue service.
_ANOTHER = re.compile(r"amount|currency|balance|value|riyal|subject[\s_-]*access|search[\s_-]*and[\s_-]*rescue", re.I)
# The glossary codes of the UK Financial Intelligence Unit stand between two pairs of X (list of 06/2022).
_CODE = r"XX[A-Z0-9]{1,8}XX"
_CODES = re.compile(rf"\s*{_CODE}(?:[\s,;/|&+]+{_CODE})*\s*", re.IGNORECASE)
_SECRET = re.compile(r"\W*(?:UK\s+)?(?:TOP\s+)?SECRET\b")
_REFUSED = (
    "The file says by {place} that it holds suspicious-activity reports. They are refused by default: such reports are "
    "confidential and are not held, compared or put into products here."
)


def says_so(text: str) -> bool:
    """Whether a header, a marking or a title names suspicious-activity reports."""
    return bool(_SAYS.search(text)) and not _ANOTHER.search(text)


def refuse_words(texts: Iterable[str], *, place: str) -> None:
    """Raise RefusedFileError where one of the texts names suspicious-activity reports; `place` says where they stand."""
    if any(says_so(text) for text in texts):
        raise RefusedFileError(_REFUSED.format(place=place))


def refuse_marked(texts: Iterable[str], *, place: str) -> None:
    """Raise RefusedFileError where one of the texts is a marking of SECRET or above; `place` says where they stand."""
    if any(refuses(text) or _SECRET.match(text) for text in texts):
        raise RefusedFileError(f"The file is marked SECRET or above by {place}, which may not be held here.")


def refuse_codes(cells: Iterable[str]) -> None:
    """Raise RefusedFileError where the cells of a column are glossary codes: at least half of those that are filled."""
    filled = [cell for cell in cells if cell.strip()]
    coded = sum(1 for cell in filled if _CODES.fullmatch(cell))
    if filled and 2 * coded >= len(filled):
        raise RefusedFileError(_REFUSED.format(place="a column of glossary codes"))
