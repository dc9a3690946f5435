"""What may be read: the scope that a grant gives, and the one rule that decides, in Python and in SQL alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toex.pole.subject import EVERY_SUBJECT


@dataclass(frozen=True, slots=True)
class Scope:
    """What one grant lets its holder read, and for what purpose.

    `domains` names access domains (see `domain`), None only for the one user of a bench home. A row is visible when its
    domain is named, its marking is not above `marking`, its handling code is held and every category of its subjects
    is allowed. Anything unknown denies.
    """

    purpose: str
    domains: frozenset[str] | None
    marking: int = 1
    handling: frozenset[str] = frozenset({"P", "C"})
    subjects: int = EVERY_SUBJECT
    policy: str = "1"

    def __post_init__(self) -> None:
        # a tie or link carries the stricter code of its two ends, so whoever may read C must be able to read P
        if self.handling and "P" not in self.handling:
            raise ValueError("A scope that holds any handling code holds P: C is the stricter of the two.")


def bench_scope() -> Scope:
    """Give the scope of a bench home's one named user: all of it."""
    return Scope(purpose="bench", domains=None)


def domain(dataset: str, compartment: str = "") -> str:
    """Name the access domain of a dataset's compartment: the folder its rows lie in."""
    return f"{dataset}+{compartment}" if compartment else dataset


def in_domains(scope: Scope, *domains: str | None) -> bool:
    """Say whether every one of the domains is within the scope; an unknown domain is not."""
    if any(d is None for d in domains):
        return False
    return scope.domains is None or all(d in scope.domains for d in domains)


def decide(scope: Scope, row: Mapping[str, Any]) -> bool:
    """Say whether the scope shows a row (a mapping of its ACCESS columns, and `other_domain` where it has one)."""
    marking, handling, subject = row.get("marking"), row.get("handling"), row.get("subject")
    dataset, compartment = row.get("dataset"), row.get("compartment")
    if None in (marking, handling, subject, dataset, compartment):
        return False
    ends = [domain(str(dataset), str(compartment))]
    if "other_domain" in row:
        ends.append(row["other_domain"])
    return (
        in_domains(scope, *ends)
        and int(marking or 0) <= scope.marking
        and handling in scope.handling
        and (int(subject or 0) & ~scope.subjects) == 0
    )


def predicate(scope: Scope, *, two_ended: bool = False) -> str:
    """Write the same rule as a SQL condition over the ACCESS columns (and `other_domain` where rows have two ends).

    The folder that a row lies in is the first gate and is chosen by `in_domains`; the condition repeats it, so that
    a row written into a wrong folder is not shown either.
    """
    held = ", ".join(quoted(code) for code in sorted(scope.handling)) or "NULL"
    clauses = [
        f"marking <= {int(scope.marking)}",
        f"handling IN ({held})",
        f"(subject & {~scope.subjects & 0x7FFF}) = 0",
        "dataset IS NOT NULL AND compartment IS NOT NULL",
    ]
    if scope.domains is not None:
        named = ", ".join(quoted(name) for name in sorted(scope.domains)) or "NULL"
        own = "CASE WHEN compartment = '' THEN dataset ELSE dataset || '+' || compartment END"
        clauses.append(f"{own} IN ({named})")
        if two_ended:
            clauses.append(f"other_domain IN ({named})")
    elif two_ended:
        clauses.append("other_domain IS NOT NULL")
    return " AND ".join(clauses)


def quoted(text: str) -> str:
    """Write a text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"
