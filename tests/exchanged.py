"""Two unit homes for tests of exchange: what one made is carried over as files, and the other starts from nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from people import START, furnish_people, make_unit_store
from products_made import Shop
from toex.work.exchange import actions
from toex.work.exchange.keys import Card, card_text, own_key, read_card
from toex.work.exchange.queries import installation
from toex.work.products import actions as products
from toex.work.products.models import Version
from toex.work.staff.models import Organisation, Person

HERE, THERE = "YHROCU", "NEROCU"  # who sends, who receives


@dataclass
class Carried:
    """What leaves the first installation: its card and its bundles."""

    card: str = ""
    bundles: list[bytes] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        return read_card(self.card).fingerprint


@contextmanager
def elsewhere(home: Path, settings: Any) -> Iterator[dict[str, Person]]:
    """A unit of its own: its folder, its keys, its people, a database that is gone afterwards; files stay."""
    kept = settings.TOEX_HOME, settings.TOEX_KEYS, settings.TOEX_CHECKPOINTS
    make_unit_store(home)
    with transaction.atomic():
        settings.TOEX_HOME, settings.TOEX_KEYS = home, home.with_name(f"{home.name}.keys")
        settings.TOEX_CHECKPOINTS = home.with_name(f"{home.name}.checkpoints")
        yield furnish_people()
        transaction.set_rollback(True)
    settings.TOEX_HOME, settings.TOEX_KEYS, settings.TOEX_CHECKPOINTS = kept


def named(people: dict[str, Person], code: str) -> str:
    """Say whose installation this is, and give its card."""
    where = Organisation.objects.get(code=code)
    actions.name_installation(organisation=where, by=people["admin"], at=START)
    own = installation()
    assert own is not None
    return card_text(where.name, own.number, own_key().public_key())


def trusted(people: dict[str, Person], carried: Carried, code: str = HERE) -> Any:
    return actions.trust(
        organisation=Organisation.objects.get(code=code), card=carried.card, fingerprint=carried.fingerprint,
        checked_with="Ann Redfern, administrator", checked_how="by telephone", by=people["admin"], at=START,
    )  # fmt: skip


def given_to(shop: Shop, version: Version, code: str = THERE) -> Version:
    """Disseminate an assured version to somebody of that organisation."""
    recipient = shop.do(
        products.address, version=version, name="Mark Denby", post="SIO", organisation=Organisation.objects.get(code=code),
        purpose="The investigation", conditions="Not to be shown in interview.",
    )  # fmt: skip
    shop.do(products.issue, "senior", version=version)
    shop.do(products.disseminate, "senior", recipient=recipient, how="signed bundle", sent=shop.at())
    return shop.fresh(version)


def sent(shop: Shop, version: Version, code: str = THERE) -> bytes:
    _, _, content = shop.do(actions.send, "senior", version=version, to=Organisation.objects.get(code=code))
    return bytes(content)


__all__ = ["HERE", "THERE", "Card", "Carried", "elsewhere", "given_to", "named", "sent", "trusted"]
