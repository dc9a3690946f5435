"""What every cleaner of an identifier gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in its canonical form. `warning` says what a person should know though the form is right."""

    raw: str
    value: str
    problem: str
    kind: str
    warning: str = ""


def blank_or(raw: str, kind: str, problem: str) -> Identifier:
    """No value: without a problem where nothing was written, else with it."""
    return Identifier(raw, "", problem if raw.strip() else "", kind)
