"""Addresses of electronic mail."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toex.pole.values import text
from toex.reference import stop_values

_SHAPE = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z]", re.ASCII
)
_WRAPPED = re.compile(r"<([^<>\s]+@[^<>\s]+)>")
_DOTS_MEAN_NOTHING = ("gmail.com", "googlemail.com")


@dataclass(frozen=True, slots=True)
class Email:
    """An address in small letters."""

    raw: str
    value: str
    problem: str

    @property
    def key(self) -> str:
        """The mailbox without tag, and without dots at hosts where they mean nothing: equal keys are candidates."""
        local, _, host = self.value.rpartition("@")
        local = local.partition("+")[0] or local
        if host in _DOTS_MEAN_NOTHING:
            local, host = local.replace(".", ""), "gmail.com"
        return f"{local}@{host}" if host else ""


def clean(raw: str) -> Email:
    """The address in small letters, taken out of `mailto:` and `Name <address>`."""
    line = text.tidy(raw).lower()
    wrapped = _WRAPPED.search(line)
    line = (wrapped[1] if wrapped else line.removeprefix("mailto:")).strip(" <>,;.\"'")
    if not line:
        return Email(raw, "", "")
    if line in stop_values("email"):
        return Email(raw, "", "a filler that systems write where no address is known")
    if not _SHAPE.fullmatch(line) or ".." in line:
        return Email(raw, "", "this is not the form of an email address")
    return Email(raw, line, "")
