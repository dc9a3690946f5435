"""Marking, and quality assurance by another person: submitted, commented on, returned with reasons or assured."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from toex.picture import chain
from toex.publishing import freeze
from toex.work.audit.actions import record
from toex.work.errors import OutOfOrder
from toex.work.judgements.seat import UnitSeat
from toex.work.products.actions.moving import about, check_do, move, take
from toex.work.products.checking import check_prints, resting, without_owner
from toex.work.products.gathering import gather
from toex.work.products.models import Comment, Sentence, Version
from toex.work.products.policies import check_confirmed, check_marking, check_owners, check_resolved, check_why
from toex.work.products.queries import kept
from toex.work.staff.models import Person


def mark(
    *, version: Version, marking: str, why: str, handling: Sequence[str], seat: UnitSeat, by: Person, at: datetime
) -> str:
    """Set the marking, at or above the floor of what is cited, and the handling conditions in words (rule 2)."""
    check_do("mark", version, seat=seat, by=by)
    chosen = check_marking(marking, why, floor=kept(version).floor)
    with transaction.atomic():
        take("mark", version, by=by)
        version.marking, version.marking_why = chosen, why.strip()
        version.handling = [line.strip() for line in handling if line.strip()]
        version.save(update_fields=["marking", "marking_why", "handling"])
        record("alteration", "products.mark", by=by, at=at, facts={"marking": chosen[:64]}, **about(version, seat))
    return chosen


def submit(*, version: Version, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Submit a draft for quality assurance.

    Incomplete while somebody for safeguarding review has no risk owner (rule 3); a rule of publishing refuses a draft
    that cites what is not sealed or is marked too low.
    """
    check_do("submit", version, seat=seat, by=by)
    held = kept(version)
    check_owners(without_owner(held))
    check_prints(gather(held, at=at))
    with transaction.atomic():
        move("submit", version, by=by, at=at)
        record("alteration", "products.submit", by=by, at=at, **about(version, seat))


def comment(
    *, version: Version, words: str, seat: UnitSeat, by: Person, at: datetime, sentence: Sentence | None = None
) -> Comment:
    """Say something of a sentence, or of the whole, in quality assurance."""
    check_do("comment", version, seat=seat, by=by)
    check_why(words, "comment")
    with transaction.atomic():
        made = Comment.objects.create(version=version, sentence=sentence, words=words.strip(), by=by, at=at)
        record("alteration", "products.comment", by=by, at=at, **about(version, seat, f"products:comment:{made.pk}"))
    return made


def answer(*, comment: Comment, words: str, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Answer a comment; whoever assures then resolves it or says more."""
    version = comment.version
    check_do("answer", version, seat=seat, by=by)
    check_why(words, "answer")
    _check_open(comment)
    with transaction.atomic():
        comment.answer, comment.answered_by, comment.answered = words.strip(), by, at
        comment.save(update_fields=["answer", "answered_by", "answered"])
        record("alteration", "products.answer", by=by, at=at, **about(version, seat, f"products:comment:{comment.pk}"))


def resolve(*, comment: Comment, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Resolve a comment: what it asked for is done, or the answer is enough."""
    version = comment.version
    check_do("resolve", version, seat=seat, by=by)
    _check_open(comment)
    with transaction.atomic():
        comment.resolved, comment.resolved_by = at, by
        comment.save(update_fields=["resolved", "resolved_by"])
        record("alteration", "products.resolve", by=by, at=at, **about(version, seat, f"products:comment:{comment.pk}"))


def _check_open(comment: Comment) -> None:
    comment.refresh_from_db(fields=["resolved"])
    if comment.resolved is not None:
        raise OutOfOrder("The comment is resolved already: say more in a new one.")


def give_back(*, version: Version, reason: str, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Return a version to its authors, with the reasons."""
    check_do("give_back", version, seat=seat, by=by)
    check_why(reason)
    with transaction.atomic():
        move("give_back", version, by=by, at=at, reason=reason.strip())
        record("alteration", "products.give_back", by=by, at=at, **about(version, seat))


def assure(*, version: Version, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Assure a version's quality as another person than its authors; it is frozen and sealed with its hash (rule 2).

    OutOfOrder while comments are not resolved, or while it names people on joins that nothing confirms (rule 5);
    Incomplete while somebody for safeguarding review has no risk owner (rule 3).
    """
    standing = check_do("assure", version, seat=seat, by=by)
    held = kept(version)
    check_resolved(version.comments.filter(resolved=None).count())
    check_owners(without_owner(held))
    joins = resting(held, seat, standing)
    check_confirmed(len(joins.open), len(joins.parted))
    version.assured_by, version.assured = by, at
    product = gather(held, at=at, status="final", standing=joins)
    check_prints(product)
    version.marking, version.sealed = product.marking, freeze(product)
    version.digest = chain.hashed(chain.written(version.sealed))
    with transaction.atomic():
        move("assure", version, by=by, at=at, also=("assured_by", "assured", "marking", "sealed", "digest"))
        record("alteration", "products.assure", by=by, at=at, facts={"digest": version.digest}, **about(version, seat))
