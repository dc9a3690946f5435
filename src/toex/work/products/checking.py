"""What stands in the way of a version: a list that people can work through, each line with where it is mended."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from toex.picture import OpenJoin, Parted, Standing, standing
from toex.publishing import Product, PublishingError, check_product
from toex.work.access.sitting import Standing as Held
from toex.work.errors import Incomplete
from toex.work.judgements.seat import UnitSeat
from toex.work.products.gathering import Kept, cited_in, gather
from toex.work.products.models import Comment, Version


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that keeps a version from being assured: the rule's number, what it is, and what it is mended by."""

    code: str  # records | owners | comments | joins | marking | rule
    words: str
    rule: int
    section: int = 0
    join: OpenJoin | Parted | None = None


def resting(kept: Kept, seat: UnitSeat, held: Held) -> Standing:
    """Say which joins a version rests on, as the seat sees them now; `held` is its standing. Whoever asks logs it."""
    return resting_on(cited_in(kept), kept.version, seat=seat, held=held)


def resting_on(records: Collection[str], version: Version, *, seat: UnitSeat, held: Held) -> Standing:
    """Say which joins of records are needed for a version that cites these."""
    with seat.lend(held) as view:
        return standing(view, records, version.people)


def lacks(kept: Kept, comments: Sequence[Comment], joins: Standing | None, *, at: datetime) -> tuple[Lack, ...]:
    """List what is still lacking before a version can be assured; nothing means ready."""
    return (*_owners(kept), *_facts(kept), *_comments(comments), *joins_of(joins), *_printing(kept, at))


def without_owner(kept: Kept) -> list[str]:
    """Name the people for safeguarding review, by reference, to whom nobody owns the risk (rule 3)."""
    return [s.person for s in kept.sections if s.part == "at_risk" and not (s.risk_owner and s.risk_owner_at_id)]


def _owners(kept: Kept) -> Iterator[Lack]:
    missing = {s.person: s.pk for s in kept.sections}
    for ref in without_owner(kept):
        yield Lack("owners", f"{ref}: nobody in the force is named who owns the risk.", 3, missing.get(ref, 0))


def _facts(kept: Kept) -> Iterator[Lack]:
    for section in kept.sections:
        for said in kept.sentences.get(section.pk, ()):
            if said.basis == "fact" and not said.records:
                yield Lack("records", "A sentence of fact cites no record.", 7, section.pk)


def _comments(comments: Iterable[Comment]) -> Iterator[Lack]:
    for one in comments:
        if one.resolved is None:
            where = one.sentence.section_id if one.sentence else 0
            yield Lack("comments", f"A comment of {one.by.name} is {one.state}.", 2, where)


def joins_of(joins: Standing | None) -> Iterator[Lack]:
    """List the joins that have come undone (rule 4), and those that wait for a ruling (rule 5)."""
    for gone in joins.parted if joins else ():
        yield Lack("parted", f"{gone.ref}: records told as one person's are no longer shown as one.", 4, join=gone)
    for one in joins.open if joins else ():
        who = f"{one.ref}: two" if one.ref else "Two"
        yield Lack("joins", f"{who} records are joined by the machine alone.", 5, join=one)


def _printing(kept: Kept, at: datetime) -> Iterator[Lack]:
    """Ask publishing itself, as a draft: marking, sources, citations."""
    try:
        check_product(gather(kept, at=at))
    except PublishingError as refused:
        yield Lack("rule", str(refused), 2)


def check_prints(product: Product) -> None:
    """Raise Incomplete where publishing would refuse the product: its marking, its sources, its citations."""
    try:
        check_product(product)
    except PublishingError as refused:
        raise Incomplete(str(refused)) from refused
