"""The rules of exchange: who is believed, what is addressed here, what comes in which order, what a key must show."""

from datetime import datetime

from toex.picture import chain
from toex.work.errors import Incomplete, NotAllowed, OutOfOrder
from toex.work.exchange.models import Installation, ReceivedBundle, TrustedSender
from toex.work.exchange.packing import Manifest
from toex.work.holdings.models import Dataset

KIND = "exchange"  # of list "dataset_kinds"
_NUMBER = 24  # letters of a bundle's number


def number_of(*said: object) -> str:
    """Give the number of a bundle: the same contents for the same addressee have the same."""
    return chain.hashed("\x1f".join(map(str, said)))[:_NUMBER]


def check_fingerprint(told: str, right: str) -> None:
    """Raise Incomplete unless the fingerprint that was read out is the key's own."""
    if "".join(told.split()).lower().replace(":", "") != right:
        raise Incomplete(
            "The fingerprint that was read out is not this key's: somebody may have changed the card on its way.",
            {"fingerprint": "not that of this card"},
        )


def check_named(installation: Installation | None) -> Installation:
    """Give whose installation this is; OutOfOrder before an administrator said so."""
    if installation is None:
        raise OutOfOrder("Whose installation this is has not been said: an administrator does, under Exchange.")
    return installation


def check_sender(manifest: Manifest, sender: TrustedSender) -> None:
    """Raise NotAllowed where a bundle says another sender than the one whose key signed it."""
    if (manifest.organisation, manifest.installation) != (sender.organisation_id, sender.installation):
        raise NotAllowed("The bundle says that another organisation sent it than the one whose key signed it.")


def check_addressed(manifest: Manifest, own: Installation) -> None:
    """Raise NotAllowed where a bundle is addressed to somebody else."""
    if manifest.to != own.organisation_id:
        raise NotAllowed(
            "The bundle is addressed to another organisation: whoever sent it is told, and it is not opened."
        )


def check_dataset(dataset: Dataset, sender: TrustedSender) -> None:
    """Raise OutOfOrder unless a dataset is for what this sender gives."""
    if dataset.kind != KIND or dataset.supplier_id != sender.organisation_id:
        raise OutOfOrder(
            "Bundles go into a dataset registered for them (received from another installation), whose supplier is the "
            "sender."
        )


def check_fresh(manifest: Manifest, held: list[ReceivedBundle], sha256: str) -> None:
    """Raise OutOfOrder where a bundle came before, or is older than one that came."""
    again = next((one for one in held if sha256 == one.sha256 or manifest.number == one.number), None)
    if again:
        raise OutOfOrder(f"This bundle was received already, on {again.at:%d/%m/%Y}: it is not taken twice.")
    before = [(one.version, one.turn) for one in held if one.kind == manifest.kind]
    turns = [turn for _, turn in before]
    late = (manifest.version, manifest.turn) <= max(before, default=(0, 0))
    if (manifest.kind == "product" and late) or (
        manifest.kind == "correction" and manifest.turn <= max(turns, default=0)
    ):
        raise OutOfOrder("A later bundle of this product was received: an older one would put wrong in place of right.")


def check_made(manifest: Manifest, at: datetime) -> None:
    """Raise NotAllowed where a bundle says that it was made tomorrow."""
    if (manifest.made_at - at).total_seconds() > 24 * 3600:
        raise NotAllowed("The bundle says that it was made more than a day from now: a clock is wrong, here or there.")


def check_corrects(manifest: Manifest, held: list[ReceivedBundle], dataset: Dataset) -> None:
    """Raise OutOfOrder where a correction is to what never came, or where versions would lie in two datasets."""
    before = [one for one in held if one.kind == "product"]
    if manifest.kind == "correction" and not before:
        raise OutOfOrder("It corrects a product of which no bundle was received here.")
    if any(one.dataset_id != dataset.pk for one in before):
        raise OutOfOrder("An earlier version of this product went into another dataset: this one goes there too.")
