"""The kinds of grant and of duty as the reference lists have them, and the version of that policy."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from toex.reference import Code, load

SHOWS = ("records", "pointers", "counts", "log", "nothing")
_CODE_VERSION = "unit-2"  # raised when the rules of policies.py change


@dataclass(frozen=True, slots=True)
class Kind:
    """What one kind of grant (of a duty: that duty) allows; `longest` None where it lasts as long as what it hangs on."""

    code: str
    duty: str
    asks: frozenset[str]
    approves: frozenset[str]
    holds: frozenset[str]
    approvals: int
    review: timedelta | None
    longest: timedelta | None
    shows: str
    reads: str
    needs: str
    states: frozenset[str]
    read_only: bool


def kind_of(code: str, duty: str = "") -> Kind | None:
    """Give a kind, with a duty's own holders, approvers, days and sight; None where a list does not know it."""
    kind = load("grant_kinds").get(code)
    own = load("duties").get(duty) if code == "duty" else kind
    if kind is None or own is None or (duty and code != "duty") or own.attribute("shows") not in SHOWS:
        return None
    return Kind(
        code, duty, frozenset(kind.words("asks")), frozenset(own.words("approves")), frozenset(own.words("holds")),
        int(kind.attribute("approvals")), _span(kind, "review_hours", hours=1), _span(own, "longest_days", hours=24),
        own.attribute("shows"), kind.attribute("reads"), kind.attribute("needs"), frozenset(kind.words("states")),
        bool(kind.attribute("read_only")),
    )  # fmt: skip


def _span(code: Code, attribute: str, *, hours: int) -> timedelta | None:
    return timedelta(hours=int(code.attribute(attribute) or 0) * hours) or None


def policy_version() -> str:
    """Name the state of the policy: another text as soon as a line of either list differs."""
    lines = [repr(sorted((c.code, *sorted(c.attributes.items())), key=str)) for n in _LISTS for c in load(n)]
    return f"{_CODE_VERSION}:{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:12]}"


_LISTS = ("grant_kinds", "duties")
