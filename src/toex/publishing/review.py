"""People for safeguarding review in the order in which they are read, those of whom the same is recorded together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from toex.publishing.product import AtRisk, Sentence

_MANY = 3  # adults of whom the same is recorded before it is told once for all of them


@dataclass(frozen=True, slots=True)
class Shared:
    """A reason that most of a group bear, and the references of those who do not."""

    sentence: Sentence
    but: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """People told together: what is recorded of them all, then each with what is particular to them."""

    title: str
    shared: tuple[Shared, ...]
    people: tuple[AtRisk, ...]


def review_order(entries: Iterable[AtRisk]) -> list[AtRisk]:
    """Put victims first, children first among them; otherwise as given."""
    return sorted(entries, key=lambda e: (not e.person.is_victim(), not e.person.child))


def review_groups(entries: Iterable[AtRisk]) -> list[Group]:
    """Group people for review: children, adults of whom the same is recorded, other adults; victims first in each."""
    ordered = review_order(entries)
    children = [e for e in ordered if e.person.child]
    adults = [e for e in ordered if not e.person.child]
    common = {text for text, n in Counter(r.text for e in adults for r in e.reasons).items() if n >= _MANY}
    alike = [e for e in adults if common & {r.text for r in e.reasons}]
    others = [e for e in adults if e not in alike]
    groups = [Group(f"Children ({len(children)})", (), tuple(children))] if children else []
    if others:
        groups.append(Group(f"Adults, or age not recorded ({len(others)})", (), tuple(others)))
    if alike:
        groups.append(_together(alike))
    return groups


def _together(alike: Sequence[AtRisk]) -> Group:
    bearers = Counter(text for e in alike for text in {r.text for r in e.reasons})
    most = {text for text, n in bearers.items() if n * 2 > len(alike)}
    shared: dict[str, Shared] = {}
    for entry in alike:
        for reason in entry.reasons:
            if reason.text in most:
                without = tuple(e.person.ref for e in alike if reason.text not in {r.text for r in e.reasons})
                shared.setdefault(reason.text, Shared(reason, without))
    own = tuple(replace(e, reasons=tuple(r for r in e.reasons if r.text not in most)) for e in alike)
    return Group(f"Adults of whom the same is recorded ({len(alike)})", tuple(shared.values()), own)
