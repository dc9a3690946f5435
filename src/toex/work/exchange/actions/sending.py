"""Making a signed bundle of what was disseminated: one file an organisation, kept, and the same again when asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from toex.picture import chain
from toex.publishing import Product, freeze, thaw
from toex.work.audit.actions import record
from toex.work.citations.models import Citation
from toex.work.errors import OutOfOrder
from toex.work.exchange.contents import (
    FORMAT,
    About,
    Copy,
    copies_of,
    notice_of,
    records_of,
    taken_back,
    without_children,
)
from toex.work.exchange.keys import fingerprint, own_key
from toex.work.exchange.models import Installation, SentBundle
from toex.work.exchange.packing import Kind, Manifest, pack
from toex.work.exchange.policies import check_named, number_of
from toex.work.exchange.queries import installation
from toex.work.judgements.seat import UnitSeat
from toex.work.products.actions.moving import about, check_do
from toex.work.products.files import keep, kept_file
from toex.work.products.models import Correction, Dissemination, Issue, Recipient, Version
from toex.work.products.notices import notice_file
from toex.work.products.policies import check_released
from toex.work.staff.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class Given:
    """What an organisation was given of a version: the latest files, and everybody there who was given any."""

    issue: Issue
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whose bundle it is and for whom: what every manifest says first."""

    own: Installation
    to: Organisation
    version: Version
    product: Product
    given: Given
    at: datetime

    def manifest(self, kind: Kind, *, number: str, turn: int, corrects: str = "") -> Manifest:
        """Write the manifest; the hashes of its members are added as it is packed."""
        product = self.product
        return Manifest(
            number=number, kind=kind, organisation=self.own.organisation_id, organisation_name=self.own.organisation.name,
            installation=self.own.number, to=self.to.code, to_name=self.to.name,
            recipients=[_told(one) for one in self.given.recipients], reference=product.reference, title=product.title,
            version=self.version.number, turn=turn, marking=product.marking, handling=list(product.handling),
            made=self.at.isoformat(), corrects=corrects, members={},
        )  # fmt: skip


def send(
    *, version: Version, to: Organisation, seat: UnitSeat, by: Person, at: datetime
) -> tuple[SentBundle, str, bytes]:
    """Make the bundle of a disseminated version for an organisation whose people were given it; give its name and bytes.

    It is noted as a disclosure before it is given; NotAllowed under a duty. OutOfOrder where nobody there was given the
    version, or where whose installation this is has not been said. Asked for again, the same file is given.
    """
    check_do("exchange", version, seat=seat, by=by)
    own, given = check_named(installation()), _given(version, to)
    number = number_of(
        own.number, version.product.reference, version.number, given.issue.number, to.code, own.organisation_id
    )
    seat.note("disclosure", "exchange.send", at, version=version.pk, to=to.code, bundle=number)
    made = SentBundle.objects.filter(number=number).first()
    if made is None:
        made = _made(version, to, own, given, number, seat=seat, by=by, at=at)
    return made, named(version, "product", to), kept_file(made.sha256)


def send_correction(
    *, correction: Correction, to: Organisation, seat: UnitSeat, by: Person, at: datetime
) -> tuple[SentBundle, str, bytes]:
    """Make the bundle of a released correction notice for an organisation that was given a bundle; give its name and bytes.

    It holds the notice, and each record that changed as it is now, or taken back. Noted as a disclosure before it is given.
    OutOfOrder before the notice is released, and where no bundle of the product went there.
    """
    version = correction.version
    check_do("tell", version, seat=seat, by=by)
    check_released(correction.released is not None)
    own, first = check_named(installation()), _bundle_before(correction, to)
    number = number_of(own.number, "correction", correction.pk, to.code, own.organisation_id)
    seat.note("disclosure", "exchange.send_correction", at, version=version.pk, to=to.code, bundle=number)
    made = SentBundle.objects.filter(number=number).first()
    if made is None:
        made = _correcting(correction, to, own, first, number, seat=seat, by=by, at=at)
    return made, named(version, "correction", to), kept_file(made.sha256)


def _bundle_before(correction: Correction, to: Organisation) -> SentBundle:
    told = {one.recipient.version_id for one in correction.told.select_related("recipient")}
    rows = SentBundle.objects.filter(issue__version__in=told, to=to, correction=None).select_related("issue__version")
    found = rows.order_by("-issue__version__number", "-pk").first()
    if found is None:
        raise OutOfOrder("No bundle of what this corrects went there: the notice is sent as it is.")
    return found


def _correcting(
    correction: Correction, to: Organisation, own: Installation, first: SentBundle, number: str, *, seat: UnitSeat,
    by: Person, at: datetime,
) -> SentBundle:  # fmt: skip
    version = first.issue.version
    product = thaw(version.sealed or {})
    told = {record: Copy(one["now"], correction.at) for record, one in correction.changed.items() if one["now"]}
    records = records_of(told, About(product, version.people, at.date()))
    members = {
        "data.json": as_data(records, taken_back=taken_back(correction), notice=notice_of(correction)),
        "notice.docx": notice_file(correction),
    }
    turn = Correction.objects.filter(version__product=version.product_id, pk__lte=correction.pk).count()
    said = Addressed(own, to, version, product, _given(version, to), at)
    sha256 = keep(signed(said.manifest("correction", number=number, turn=turn, corrects=first.number), members))
    with transaction.atomic():
        made = SentBundle.objects.create(
            issue=first.issue, correction=correction, to=to, number=number, sha256=sha256, records=len(correction.changed),
            by=by, at=at,
        )  # fmt: skip
        record(
            "collection", "exchange.send_correction", by=by, at=at, facts={"sha256": sha256},
            **about(version, seat, f"exchange:sent:{made.pk}", f"products:correction:{correction.pk}"),
        )  # fmt: skip
    return made


def named(version: Version, kind: Kind, to: Organisation) -> str:
    """Name a bundle's file: the reference, the version and for whom; nothing of what it says."""
    reference = version.product.reference.replace("/", "-").lower()
    return (
        f"{reference}-v{version.number}{'-correction' if kind == 'correction' else ''}-for-{to.code.lower()}.toex.zip"
    )


def _given(version: Version, to: Organisation) -> Given:
    rows = Dissemination.objects.filter(issue__version=version, recipient__organisation=to)
    found = list(rows.select_related("issue", "recipient").order_by("issue__number", "pk"))
    if not found:
        raise OutOfOrder("Nobody there was given this version: record the dissemination first, the bundle follows it.")
    people = {one.recipient_id: one.recipient for one in found}
    return Given(found[-1].issue, tuple(people.values()))


def _made(
    version: Version, to: Organisation, own: Installation, given: Given, number: str, *, seat: UnitSeat, by: Person,
    at: datetime,
) -> SentBundle:  # fmt: skip
    product = thaw(version.sealed or {})
    records = records_of(copies_of(_copies(version), product), About(product, version.people, at.date()))
    members = {
        "data.json": as_data(records, product=freeze(without_children(product))),
        "product.pdf": kept_file(given.issue.pdf), "product.docx": kept_file(given.issue.word),
    }  # fmt: skip
    said = Addressed(own, to, version, product, given, at).manifest("product", number=number, turn=given.issue.number)
    sha256 = keep(signed(said, members))
    with transaction.atomic():
        made = SentBundle.objects.create(
            issue=given.issue, to=to, number=number, sha256=sha256, records=len(records), by=by, at=at
        )
        record(
            "collection", "exchange.send", by=by, at=at, facts={"sha256": sha256, "records": len(records)},
            **about(version, seat, f"exchange:sent:{made.pk}"),
        )  # fmt: skip
    return made


def as_data(records: Sequence[Mapping[str, Any]], **more: Any) -> bytes:
    """Write the data of a bundle; equal data are equal bytes."""
    return chain.written({"format": FORMAT, "records": list(records), **more}).encode()


def signed(manifest: Manifest, members: Mapping[str, bytes]) -> bytes:
    """Pack a bundle under this installation's own key."""
    key = own_key()
    return pack(manifest, members, key=key, fingerprint=fingerprint(key.public_key()))


def _copies(version: Version) -> dict[str, Copy]:
    rows = Citation.objects.filter(room="products", object=version.cited_as, withdrawn=None).order_by("pk")
    return {one.record_id: Copy(one.sealed, one.cited_at) for one in rows}


def _told(recipient: Recipient) -> dict[str, str]:
    return {
        "name": recipient.name, "post": recipient.post, "purpose": recipient.purpose, "conditions": recipient.conditions
    }  # fmt: skip
