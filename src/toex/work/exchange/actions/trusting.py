"""Saying whose installation this is, and whose bundles are opened: an administrator's acts, with who checked the key."""

from datetime import datetime

from django.db import transaction

from toex.work.audit.actions import record
from toex.work.audit.signing import key_id
from toex.work.errors import Incomplete, OutOfOrder
from toex.work.exchange.keys import own_key, read_card, spelt
from toex.work.exchange.models import Installation, TrustedSender
from toex.work.exchange.policies import check_fingerprint
from toex.work.exchange.queries import installation
from toex.work.holdings.policies import check_said
from toex.work.staff.models import Organisation, Person
from toex.work.staff.policies import check_may


def name_installation(*, organisation: Organisation, by: Person, at: datetime) -> Installation:
    """Say whose installation this is: who its bundles come from, and which bundles are addressed here."""
    check_may(by, "administer", at)
    held = installation()
    number = held.number if held else key_id(own_key().public_key())
    with transaction.atomic():
        made = Installation.objects.create(organisation=organisation, number=number, by=by, at=at)
        record("alteration", "exchange.name_installation", by=by, at=at, objects=[f"exchange:installation:{number}"])
    return made


def trust(
    *, organisation: Organisation, card: str, fingerprint: str, checked_with: str, checked_how: str, by: Person,
    at: datetime,
) -> TrustedSender:  # fmt: skip
    """Open bundles of another installation from now on: its card, and the fingerprint that somebody there read out.

    Incomplete where the fingerprint is not the card's or nobody is named who read it; OutOfOrder for one's own key, or one
    that is trusted already.
    """
    check_may(by, "administer", at)
    check_said(checked_with=checked_with, checked_how=checked_how)
    shown = read_card(card)
    check_fingerprint(fingerprint, shown.fingerprint)
    own = installation()
    if own and shown.installation == own.number:
        raise OutOfOrder("That is this installation's own card.")
    if TrustedSender.objects.filter(fingerprint=shown.fingerprint, ended=None).exists():
        raise OutOfOrder("This key is trusted already.")
    _check_one_organisation(shown.installation, organisation)
    with transaction.atomic():
        made = TrustedSender.objects.create(
            organisation=organisation, installation=shown.installation, public_key=shown.public_key,
            fingerprint=shown.fingerprint, checked_with=checked_with.strip()[:128], checked_how=checked_how.strip()[:128],
            by=by, at=at,
        )  # fmt: skip
        record(
            "alteration", "exchange.trust", by=by, at=at, objects=[f"exchange:sender:{made.pk}"],
            facts={"key": spelt(shown.fingerprint), "organisation": organisation.code},
        )  # fmt: skip
    return made


def _check_one_organisation(number: str, organisation: Organisation) -> None:
    other = TrustedSender.objects.filter(installation=number).exclude(organisation=organisation)
    if other.exists():
        raise Incomplete(
            "This installation is known as another organisation's.", {"organisation": "not the one it was trusted as"}
        )


def end_trust(*, sender: TrustedSender, reason: str, by: Person, at: datetime) -> None:
    """Open no bundle of a sender's key any more, for a reason; what came by it stays."""
    check_may(by, "administer", at)
    check_said(reason=reason)
    if sender.ended is not None:
        raise OutOfOrder("This key is not trusted any more.")
    with transaction.atomic():
        sender.ended, sender.ended_by, sender.ended_why = at, by, reason.strip()
        sender.save(update_fields=["ended", "ended_by", "ended_why"])
        record(
            "alteration", "exchange.end_trust", by=by, at=at, objects=[f"exchange:sender:{sender.pk}"], reason=reason
        )
