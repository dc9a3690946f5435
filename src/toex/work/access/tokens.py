"""Tokens: how a program reads for one person under one grant, and never beyond either."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from toex.work.access.models import Grant, Token
from toex.work.access.sitting import hidden_in, hides, sit
from toex.work.audit.actions import record
from toex.work.errors import Incomplete, NotAllowed, NotThere
from toex.work.staff.models import Person

LONGEST = timedelta(days=92)
_USED = timedelta(minutes=5)  # `last_used` is kept to this, so that a quick program does not write at each question
_REFUSED = "The token is not known, has ended or was revoked."


def issue(
    *, grant: Grant, label: str, ends: datetime, by: Person, at: datetime,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> str:  # fmt: skip
    """Make a token for oneself under a grant one reads by, and give its text: it is shown this once and kept nowhere.

    NotThere where the grant is not theirs now; Incomplete for more than 92 days, or beyond the grant.
    """
    standing = sit(person=by, grant=grant.pk, at=at).standing()
    last = min(at + LONGEST, standing.facts.ends or at)
    if not label.strip() or not at < ends <= last:
        raise Incomplete(
            "A token says what it is for, and ends within 92 days and no later than its grant.", {"ends": "not so"}
        )
    text = f"toex_{random(32).hex()}"
    with transaction.atomic():
        made = Token.objects.create(person=by, grant=grant, digest=_digest(text), label=label, made=at, ends=ends)
        _record("issue", made, by=by, at=at)
    return text


def _digest(text: str) -> str:
    """A random value of 256 bits needs no slow hash: there is nothing to guess."""
    return hashlib.sha256(text.encode()).hexdigest()


def _record(what: str, token: Token, *, by: Person, at: datetime) -> None:
    record(
        "alteration", f"access.{what}", by=by, at=at, objects=[f"access:token:{token.pk}"], grant=token.grant_id,
        compartment=hidden_in(hides(token.grant)),
    )  # fmt: skip


def holder_of(token: str, at: datetime) -> tuple[Person, Grant]:
    """Give whose token this is and for which grant; NotAllowed, in one sentence, where it opens nothing.

    Whether the grant is live for them is asked at every view, as for anybody.
    """
    found = Token.objects.select_related("person", "grant", "grant__operation", "grant__request")
    held = found.filter(digest=_digest(token), revoked=None, made__lte=at, ends__gt=at, person__active=True).first()
    if held is None:
        raise NotAllowed(_REFUSED)
    if held.last_used is None or at - held.last_used >= _USED:
        Token.objects.filter(pk=held.pk).update(last_used=at)
    return held.person, held.grant


def revoke(*, token: Token, by: Person, at: datetime) -> None:
    """Let a token open nothing from now on; whose it is does, or who asked for its grant. NotThere for anybody else."""
    if by.pk not in (token.person_id, token.grant.asked_by_id):
        raise NotThere("There is no such token.")
    with transaction.atomic():
        token.revoked = at
        token.save(update_fields=["revoked"])
        _record("revoke", token, by=by, at=at)


def tokens_of(person: Person) -> list[Token]:
    """List somebody's own tokens, the newest first."""
    return list(Token.objects.filter(person=person).select_related("grant").order_by("-made", "-pk"))


def token_for(person: Person, number: int) -> Token:
    """Give a token to whose it is or who asked for its grant; NotThere for anybody else."""
    known = Token.objects.select_related("grant", "grant__operation", "grant__request")
    found = known.filter(Q(person=person) | Q(grant__asked_by=person), pk=number).first()
    if found is None:
        raise NotThere("There is no such token.")
    return found
