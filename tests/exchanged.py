"""Two unit homes for tests of exchange: what one made is carried over as files, and the other starts from nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from django.db import transaction

from people import START, furnish_people, make_unit_store
from rows import table
from seats import NOW
from toex.wiring.kinds import kinds
from toex.work.access.sitting import Sitting
from toex.work.exchange import actions
from toex.work.exchange.keys import card_text, own_key, read_card
from toex.work.exchange.queries import installation
from toex.work.holdings.actions import register
from toex.work.holdings.models import Dataset
from toex.work.jobs.models import Job
from toex.work.jobs.worker import Worker
from toex.work.products import actions as products
from toex.work.products.models import Version
from toex.work.staff.models import Organisation, Person
from unit_work import granted

if TYPE_CHECKING:
    from products_made import Shop

HERE, THERE = "YHROCU", "NEROCU"  # who sends, who receives
NAME = "yhrocu-products"
DAY = timedelta(days=1)


@dataclass
class Carried:
    """What leaves the first installation: its card and its bundles."""

    card: str = ""
    bundles: list[bytes] = field(default_factory=list)
    persons: dict[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """A report that the product cites."""
        with ZipFile(BytesIO(self.bundles[0])) as archive:
            records = json.loads(archive.read("data.json"))["records"]
        return min(one["id"] for one in records if one["table"] == "text")

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


def given_to(shop: "Shop", version: Version, code: str = THERE) -> Version:
    """Disseminate an assured version to somebody of that organisation."""
    recipient = shop.do(
        products.address, version=version, name="Mark Denby", post="SIO", organisation=Organisation.objects.get(code=code),
        purpose="The investigation", conditions="Not to be shown in interview.",
    )  # fmt: skip
    shop.do(products.issue, "senior", version=version)
    shop.do(products.disseminate, "senior", recipient=recipient, how="signed bundle", sent=shop.at())
    return shop.fresh(version)


def sent(shop: "Shop", version: Version, code: str = THERE) -> bytes:
    _, _, content = shop.do(actions.send, "senior", version=version, to=Organisation.objects.get(code=code))
    return bytes(content)


def carry(home: Path, settings: Any) -> Carried:
    """The first installation walks a product to people elsewhere and makes the bundles: for THERE, and for a force."""
    from products_made import Shop

    made = Carried()
    with elsewhere(home, settings) as people:
        made.card = named(people, HERE)
        shop = Shop(home, people)
        version = given_to(shop, shop.assured())
        made.bundles.append(sent(shop, version))
        made.bundles.append(sent(shop, given_to(shop, version, "13"), "13"))
        made.persons = {n: shop.person(n) for n in range(7)}
        made.bundles.append(corrected(shop, version, made.persons[4], made.text))
    return made


def corrected(shop: "Shop", version: Version, man: str, text: str) -> bytes:
    """A man's row is corrected by its supplier, a report is erased; the notice of both as a bundle."""
    row = {**shop.world.record[man], "name": "Tom Quillain", "surname": "Quillain", "digest": "again", "version": 2}
    row |= {"source_grade": "3"}
    with shop.store.writer(job="load", step="again") as writer:
        writer.add({"person": table("person", [row])})
        writer.publish(at=shop.at())
    shop.store.bury(frozenset({text}), by="manager", at=shop.at(), reason="erasure 1")
    notice = shop.do(
        products.correct, version=version, words="His name is spelt otherwise.",
        records={man: "corrected", text: "erased"},
    )  # fmt: skip
    shop.do(products.release, "senior", correction=notice)
    where = Organisation.objects.get(code=THERE)
    _, _, content = shop.do(actions.send_correction, "senior", correction=notice, to=where)
    return bytes(content)


def registered(people: dict[str, Person], name: str = NAME, *, supplier: str = HERE, kind: str = "exchange") -> Dataset:
    """A dataset for what an installation sends."""
    return register(
        name=name, title="Products of another installation", supplier=Organisation.objects.get(code=supplier), kind=kind,
        lawful_basis="DPA 2018 s.35(2)(b)", agreement="ISA 7", marking="OFFICIAL-SENSITIVE", retention_group="2",
        review_date=date(2027, 9, 1), policy_document="APD 4", by=people["data"], at=START,
    )  # fmt: skip


def desk(people: dict[str, Person], *names: str, days: float = 2) -> Sitting:
    """The load desk of the second installation."""
    grant = granted(people, "duty", "data", at=NOW, duty="loading", datasets=names or [NAME], ends=NOW + 9 * DAY)
    return Sitting(people["data"], grant, NOW + days * DAY)


def loaded(seat: Sitting) -> None:
    """A worker carries out whatever waits."""
    worker = Worker(kinds(), "a worker", lambda: seat.at)
    while worker.run_once():
        pass
    assert [job.note for job in Job.objects.exclude(state="done")] == []


def received(people: dict[str, Person], content: bytes, *, seat: Sitting | None = None, dataset: str = NAME) -> Any:
    """Receive a bundle and load what it holds."""
    seat = seat or desk(people)
    made = actions.receive(content=content, dataset=dataset, seat=seat, by=seat.person, at=seat.at)
    loaded(seat)
    return made
