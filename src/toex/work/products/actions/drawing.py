"""What the job does that draws a version: looks at the picture, then keeps it as sections that people edit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from toex.picture import Before, Drawn, Known, Progressed, Request, Sealed, draft, profile_of, sealed_copies
from toex.pole.values.marking import clean as read_marking
from toex.publishing import Product, cited, freeze
from toex.reference import load
from toex.work.access.sitting import Sitting, hidden_in, hides
from toex.work.audit.actions import one_act, record
from toex.work.citations.actions import cite
from toex.work.judgements.seat import UnitSeat
from toex.work.products.actions.moving import about, move
from toex.work.products.content import laid_out
from toex.work.products.models import Section, Sentence, Version
from toex.work.products.parts import ORDER
from toex.work.staff.models import Person
from toex.work.tasking.models import Request as Asked
from toex.work.tasking.models import RequestForm, Terms

STEP = 10  # between places, so that a sentence fits between two


@dataclass(frozen=True, slots=True)
class Picture:
    """What was drawn for a version, with a copy of every record that it cites."""

    drawn: Drawn
    told: Product
    copies: Mapping[str, Sealed]


def picture_of(version: Version, *, seat: UnitSeat, progress: Progressed | None = None) -> Picture:
    """Draw what a version is to say, as its seat sees the workbench now; writes nothing."""
    last = _last(version)
    before = Before(last.number, last.snapshot, last.people) if last and last.snapshot is not None else None
    drawn = draft(seat, _request(version), at=seat.at, before=before, progress=progress)
    told = profile_of(drawn.product, drawn.outlook) if _how(version) == "profile" else drawn.product
    carried = {record for row in _written_in(last) for record in row.records} if last else set()
    with seat.view() as view:
        copies = sealed_copies(seat.home, view, carried | set(cited(told)))
    return Picture(drawn, told, copies)


def _written_in(last: Version) -> list[Sentence]:
    """List what people wrote into a version, struck or not, and what of the picture's they struck."""
    rows = Sentence.objects.filter(section__version=last, section__struck=None).select_related("section")
    return [row for row in rows if not row.drawn or row.struck]


def _how(version: Version) -> str:
    kind = load("product_kinds").get(version.product.kind)
    return kind.attribute("drawn") if kind else "package"


def _last(version: Version) -> Version | None:
    earlier = Version.objects.filter(product=version.product_id, number__lt=version.number).exclude(snapshot=None)
    return earlier.order_by("-number").first()


def _request(version: Version) -> Request:
    operation = version.product.operation
    asked = operation.request
    terms = asked.terms.filter(agreed__isnull=False).order_by("-version").first()
    threats = (
        [entry.label for entry in load("threat_areas") if entry.code in asked.form.threat_areas] if _form(asked) else []
    )
    return Request(
        operation=operation.name, force=asked.organisation_id, force_name=asked.organisation.name,
        subjects=tuple(Known(*p) for p in version.points), threats=tuple(threats),
        questions=tuple(terms.questions.values_list("text", flat=True)) if terms else (),
        customer=f"{asked.form.sio_rank} {asked.form.sio_name}".strip() if _form(asked) else "",
    )  # fmt: skip


def _form(asked: Asked) -> bool:
    return hasattr(asked, "form")


def settle(*, version: Version, picture: Picture, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Within the job's transaction: keep what was drawn as sections that people edit, each citation with its sealed copy.

    What people wrote into the version before is carried over, and what they struck there stays struck.
    """
    told, last = picture.told, _last(version)
    terms = (
        Terms.objects.filter(request=version.product.operation.request, agreed__isnull=False)
        .order_by("-version")
        .first()
    )
    with one_act():
        version.drawn = freeze(replace(told, sources=()))
        version.people, version.snapshot = dict(picture.drawn.people), picture.drawn.snapshot
        version.handling = list(last.handling if last else told.handling)
        if terms and read_marking(terms.marking).order >= 1:
            version.marking, version.marking_why = terms.marking, "As the terms of reference mark the work."
        keep_compartment(version, seat)
        _lay(version, told, by=by, at=at)
        if last is not None:
            _carry(version, last, picture, at=at)
            _carry_owners(version, last)
        if picture.copies:
            cite(
                record_ids=list(picture.copies), room="products", object=version.cited_as, sealed=picture.copies, by=by,
                at=at, operation=seat.operation, compartment=version.product.compartment, grant=seat.grant.pk,
            )  # fmt: skip
        also = ("drawn", "people", "snapshot", "handling", "marking", "marking_why")
        move("draw", version, by=by, at=at, also=also)
        record(
            "collection", "products.draw", by=by, at=at, facts={"records": len(picture.copies)}, **about(version, seat)
        )


def keep_compartment(version: Version, seat: Sitting) -> None:
    """Hide the product in every compartment that was in sight when it was written."""
    product = version.product
    hidden = hidden_in({*product.compartment.split("+"), *seat.seen, *hides(seat.grant)} - {""})
    if hidden != product.compartment:
        product.compartment = hidden
        product.save(update_fields=["compartment"])


def _lay(version: Version, told: Product, *, by: Person, at: datetime) -> None:
    laid = laid_out(told)
    asked = version.product.operation.request
    owner = asked.form if _form(asked) else None
    sections = Section.objects.bulk_create(
        Section(
            version=version, part=one.part, place=(ORDER[one.part] * 1000 + number) * STEP, title=one.title,
            person=one.person, referral=one.referral, **(_owner(owner) if one.part == "at_risk" and owner else {}),
        )
        for number, one in enumerate(laid)
    )  # fmt: skip
    Sentence.objects.bulk_create(
        Sentence(
            section=section, place=number * STEP, text=said.text, basis=said.basis, records=list(said.records),
            lead=said.lead, priority=said.priority, owner=said.owner, extra=dict(said.extra), new=said.new, drawn=True,
            written_by=by, written=at,
        )
        for section, one in zip(sections, laid, strict=True)
        for number, said in enumerate(one.said, 1)
    )  # fmt: skip


def _owner(form: RequestForm) -> dict[str, Any]:
    """Give the risk owner whom the force named in its request: nothing is typed twice, and anybody may name another."""
    return {
        "risk_owner": form.risk_owner, "risk_owner_rank": form.risk_owner_rank, "risk_owner_at_id": form.risk_owner_at_id
    }  # fmt: skip


def _carry(version: Version, last: Version, picture: Picture, *, at: datetime) -> None:
    """Bring what people wrote into the version before, where it stands on records that are still shown."""
    rows = _written_in(last)
    homes = {_home(section): section for section in version.sections.all()}
    struck = {row.text for row in rows if row.struck and row.drawn}
    fresh = [
        Sentence(
            section=homes[key], place=row.place + 5, text=row.text, basis=row.basis, records=_held(row, picture),
            likelihood=row.likelihood, confidence=row.confidence, lead=row.lead, priority=row.priority, owner=row.owner,
            due=row.due, extra=row.extra, written_by=row.written_by, written=row.written,
        )
        for row in rows
        if not row.struck and not row.drawn and (key := _home(row.section)) in homes
    ]  # fmt: skip
    kept = [row for row in fresh if row.basis != "fact" or row.records]
    Sentence.objects.bulk_create(kept)
    version.hands = sorted({row.written_by_id for row in kept})
    version.save(update_fields=["hands"])
    if struck:
        again = Sentence.objects.filter(section__version=version, drawn=True, text__in=list(struck)[:500])
        again.update(struck=at, struck_why="Struck in the version before.")


def _carry_owners(version: Version, last: Version) -> None:
    """Keep the risk owners that were named in the version before."""
    named = {s.person: s for s in last.sections.filter(part="at_risk", struck=None)}
    rows = [s for s in version.sections.filter(part="at_risk") if s.person in named]
    for row in rows:
        was = named[row.person]
        row.risk_owner, row.risk_owner_rank, row.risk_owner_at_id = (
            was.risk_owner,
            was.risk_owner_rank,
            was.risk_owner_at_id,
        )
        row.referral = was.referral or row.referral
    Section.objects.bulk_update(rows, ["risk_owner", "risk_owner_rank", "risk_owner_at", "referral"])


def _home(section: Section) -> tuple[str, str]:
    return section.part, section.person if section.person else section.title


def _held(row: Sentence, picture: Picture) -> list[str]:
    return [record for record in row.records if record in picture.copies]
