"""exchange, send-bundle, receive-bundle: this installation's key, whom it trusts, and signed products out and in."""

import argparse

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.cli.unit.datasets import duty
from toex.cli.unit.jobs import finish
from toex.cli.unit.people import organisation
from toex.work.access.sitting import sit
from toex.work.audit.actions import refuse
from toex.work.errors import NotThere, OutOfOrder
from toex.work.exchange import actions
from toex.work.exchange.keys import card_text, fingerprint, own_key, spelt
from toex.work.exchange.models import TrustedSender
from toex.work.exchange.packing import LARGEST
from toex.work.exchange.queries import installation, trusted_senders
from toex.work.holdings.models import Receipt
from toex.work.jobs.models import Job
from toex.work.judgements.seat import UnitSeat
from toex.work.products.policies import NO_PRODUCT
from toex.work.products.queries import find_version, newest_number, visible


def show(args: argparse.Namespace, desk: Desk) -> int:
    """Show this installation's card and its key's fingerprint, to be read out."""
    desk.person()
    own, key = installation(), own_key().public_key()
    told = spelt(fingerprint(key))
    desk.say(f"Fingerprint of this installation's key: {told}")
    card = card_text(own.organisation.name, own.number, key) if own else ""
    desk.say(card or "Whose installation this is has not been said: `toex exchange name CODE`.")
    desk.answer({"fingerprint": told, "card": card, "organisation": own.organisation_id if own else ""})
    return Exit.DONE.value


def name(args: argparse.Namespace, desk: Desk) -> int:
    """Say whose installation this is."""
    made = actions.name_installation(organisation=organisation(args.code), by=desk.person(), at=desk.now())
    desk.say(f"This is the installation of {made.organisation.name}, number {made.number}.")
    return Exit.DONE.value


def trust(args: argparse.Namespace, desk: Desk) -> int:
    """Open bundles of another installation from now on."""
    made = actions.trust(
        organisation=organisation(args.code), card=args.card.read_text(encoding="utf-8"), fingerprint=args.fingerprint,
        checked_with=args.checked_with, checked_how=args.how, by=desk.person(), at=desk.now(),
    )  # fmt: skip
    desk.say(f"Bundles of {made.organisation.name}, installation {made.installation}, are opened from now on.")
    return Exit.DONE.value


def senders(args: argparse.Namespace, desk: Desk) -> int:
    """List whose bundles are opened, and whose were."""
    desk.person()
    found = trusted_senders()
    rows = [
        (one.pk, one.organisation.name, spelt(one.fingerprint), one.checked_with, "ended" if one.ended else "trusted")
        for one in found
    ]
    desk.table("", ("number", "organisation", "fingerprint", "checked with", ""), rows)
    desk.answer(
        [dict(zip(("number", "organisation", "fingerprint", "checked_with", "state"), r, strict=True)) for r in rows]
    )
    return (Exit.DONE if found else Exit.NOTHING).value


def end(args: argparse.Namespace, desk: Desk) -> int:
    """Open no bundle of a sender any more."""
    found = TrustedSender.objects.filter(pk=args.number).first()
    if found is None:
        raise NotThere("There is no such sender.")
    actions.end_trust(sender=found, reason=args.reason, by=desk.person(), at=desk.now())
    return Exit.DONE.value


def receive_bundle(args: argparse.Namespace, desk: Desk) -> int:
    """Check a bundle and receive it under a loading duty, then carry the loading out."""
    by, now = desk.person(), desk.now()
    seat = sit(person=by, grant=duty("loading", by, desk), at=now)
    if args.file.stat().st_size > LARGEST:
        raise NotThere(f"A bundle has at most {LARGEST >> 20} megabytes.")
    try:
        made = actions.receive(content=args.file.read_bytes(), dataset=args.dataset, seat=seat, by=by, at=now)
    except OutOfOrder as error:  # a bundle that came before or too late is logged like one that was changed
        refuse("exchange.receive", by=by, at=now, reason=str(error), act="collection", grant=seat.grant.pk)
        raise
    code = finish(Job.objects.get(pk=made.receipt.job), desk) if made.receipt.job else Exit.DONE.value
    receipt = Receipt.objects.get(pk=made.receipt_id)
    desk.say(
        f"{made.reference}, version {made.version}, from {made.sender.organisation.name}: {receipt.rows_loaded} records."
    )
    desk.answer({"reference": made.reference, "version": made.version, "kind": made.kind, "receipt": receipt.pk})
    return code


def send_bundle(args: argparse.Namespace, desk: Desk) -> int:
    """Make the signed bundle of a disseminated product for an organisation, and write it to a file."""
    seat = desk.open()
    if not isinstance(seat, UnitSeat):
        raise NotThere(NO_PRODUCT)
    compartments = seat.check_shows("records").person.compartments
    product = visible(seat, compartments).filter(reference=args.reference).first()
    if product is None:
        raise NotThere(NO_PRODUCT)
    number = args.version or newest_number(seat, product.pk, compartments=compartments)
    version = find_version(seat, product.pk, number, compartments=compartments)
    _, called, content = actions.send(version=version, to=organisation(args.to), seat=seat, by=seat.person, at=seat.at)
    target = (args.out or desk.home.parent) / called
    target.write_bytes(content)
    desk.say(f"Written: {target}")
    desk.answer({"file": str(target), "bytes": len(content)})
    return Exit.DONE.value
