"""The two machine-readable lines of a passport (ICAO 9303, TD3) and their check figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from toex.pole.values import text

_WEIGHTS: Final = (7, 3, 1)
_LINE: Final = re.compile(r"[A-Z0-9<]{44}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mrz:
    """What two lines say; `problem` lists the fields whose check figure does not fit. Dates are YYMMDD as written."""

    country: str
    surname: str
    forenames: str
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    problem: str

    @property
    def sound(self) -> bool:
        """Whether every check figure fits."""
        return not self.problem


def check_figure(field: str) -> int:
    """Weights 7, 3, 1 in turn; `<` counts 0, A to Z count 10 to 35."""
    return sum(_worth(character) * _WEIGHTS[at % 3] for at, character in enumerate(field)) % 10


def _worth(character: str) -> int:
    return 0 if character == "<" else int(character, 36)


def read(raw: str) -> Mrz | None:
    """The two lines of 44 characters that open with P, or None where the text is no such thing."""
    lines = _LINE.findall(text.plain(raw.replace(" ", "")))
    if len(lines) != 2 or not lines[0].startswith("P"):
        return None
    top, low = lines
    surname, _, forenames = top[5:].partition("<<")
    return Mrz(
        country=top[2:5].rstrip("<"), surname=_spaced(surname), forenames=_spaced(forenames),
        number=low[:9].rstrip("<").replace("<", ""), nationality=low[10:13].rstrip("<"), birth=low[13:19],
        sex=low[20], expiry=low[21:27], problem=_misfits(low),
    )  # fmt: skip


def _spaced(field: str) -> str:
    return " ".join(field.replace("<", " ").split())


def _misfits(low: str) -> str:
    fields = (
        ("number", low[:9], low[9]), ("birth date", low[13:19], low[19]), ("expiry", low[21:27], low[27]),
        ("optional data", low[28:42], low[42]), ("whole", low[:10] + low[13:20] + low[21:43], low[43]),
    )  # fmt: skip
    wrong = [name for name, field, figure in fields if not _fits(field, figure)]
    return f"the check figure does not fit: {', '.join(wrong)}" if wrong else ""


def _fits(field: str, figure: str) -> bool:
    """An empty optional field may bear `<` for its check figure."""
    return figure == str(check_figure(field)) or (figure == "<" and not field.strip("<"))
