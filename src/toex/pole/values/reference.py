"""References of crimes, reports and operations: free text in one spelling, since no national form was found."""

from __future__ import annotations

from dataclasses import dataclass

from toex.pole.values import text


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in capitals with single spaces."""

    raw: str
    value: str
    problem: str

    @property
    def key(self) -> str:
        """Letters and figures alone, for comparing."""
        return text.key(self.value)


def clean(raw: str) -> Reference:
    """The reference in capitals; a reference without a letter or figure is none."""
    line = " ".join(text.plain(text.tidy(raw)).split())
    if not text.key(line):
        return Reference(raw, "", "there is no letter or figure in this reference" if raw.strip() else "")
    return Reference(raw, line, "")
