"""Whose installation this is, who is trusted, what went out and what came in."""

from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from toex.pole import EVERY_SUBJECT, domain
from toex.pole.values.marking import clean as read_marking
from toex.work.access.sitting import Standing
from toex.work.errors import NotThere
from toex.work.exchange.keys import public_key
from toex.work.exchange.models import Installation, ReceivedBundle, ReceivedRecord, SentBundle, TrustedSender
from toex.work.products.models import Version

NO_BUNDLE = "There is no such bundle for this work."


def installation() -> Installation | None:
    """Give whose installation this is; None before an administrator said so."""
    return Installation.objects.select_related("organisation", "by").order_by("-pk").first()


def trusted_senders() -> list[TrustedSender]:
    """List whose bundles are opened, and whose were; the standing ones first."""
    rows = TrustedSender.objects.select_related("organisation", "by", "ended_by")
    return sorted(rows, key=lambda one: (one.ended is not None, one.organisation.name, one.pk))


def trusted_by(fingerprint: str) -> TrustedSender | None:
    """Give the trusted sender who has a key; None where nobody trusted has it."""
    return TrustedSender.objects.select_related("organisation").filter(fingerprint=fingerprint, ended=None).first()


def key_by(fingerprint: str) -> Ed25519PublicKey | None:
    """Give a trusted key by its fingerprint."""
    found = trusted_by(fingerprint)
    return public_key(found.public_key) if found else None


def key_ever(fingerprint: str) -> Ed25519PublicKey | None:
    """Give a key that is trusted or once was: what came by it stays readable."""
    found = TrustedSender.objects.filter(fingerprint=fingerprint).order_by("-pk").first()
    return public_key(found.public_key) if found else None


def sent_of(version: Version) -> list[SentBundle]:
    """List the bundles that were made of a version and of its corrections, in order."""
    rows = SentBundle.objects.filter(issue__version=version).select_related("to", "by", "issue", "correction")
    return list(rows.order_by("pk"))


def received_before(installation: str, reference: str) -> list[ReceivedBundle]:
    """List what came of a product from an installation."""
    rows = ReceivedBundle.objects.filter(sender__installation=installation, reference=reference)
    return list(rows.order_by("pk"))


def received_records(dataset: str, installation: str, records: Iterable[str]) -> dict[str, ReceivedRecord]:
    """Give what a dataset has of a sender's records, by what the sender calls them."""
    wanted = set(records)
    rows = ReceivedRecord.objects.filter(dataset=dataset, installation=installation)
    if len(wanted) <= 500:
        rows = rows.filter(record__in=wanted)
    return {one.record: one for one in rows if one.record in wanted}


def bundles_shown(standing: Standing) -> list[ReceivedBundle]:
    """List the bundles that a grant shows, the newest first: those of its datasets, where it shows all that they hold."""
    shown, scope = standing.scope.domains or frozenset(), standing.scope
    if standing.kind.shows != "records" or scope.subjects != EVERY_SUBJECT or "C" not in scope.handling:
        return []
    names = [one.name for one in standing.facts.datasets]
    rows = ReceivedBundle.objects.filter(dataset__in=names).select_related(
        "dataset", "sender__organisation", "receipt", "by"
    )
    return [
        one for one in rows.order_by("-pk")
        if domain(one.dataset.name, one.dataset.compartment) in shown and 0 <= read_marking(one.marking).order <= scope.marking
    ]  # fmt: skip


def bundle_shown(standing: Standing, number: int) -> ReceivedBundle:
    """Give a bundle by its number where the grant shows it; NotThere otherwise."""
    found = next((one for one in bundles_shown(standing) if one.pk == number), None)
    if found is None:
        raise NotThere(NO_BUNDLE)
    return found


def kept_bundle(sha256: str) -> Path:
    """Give the path at which a received bundle is kept."""
    return Path(settings.TOEX_HOME) / "exchange" / sha256
