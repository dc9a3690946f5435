"""Editing a draft: sentences added, reworded, struck, brought back and moved, each citing records that the seat shows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from toex.picture import Sealed, sealed_copies
from toex.publishing import thaw
from toex.work.access.sitting import Standing
from toex.work.audit.actions import one_act, record
from toex.work.citations.actions import cite
from toex.work.citations.models import Citation
from toex.work.errors import NotThere
from toex.work.judgements.seat import UnitSeat
from toex.work.products.actions.drawing import keep_compartment
from toex.work.products.actions.moving import about, check_do, take
from toex.work.products.content import Said
from toex.work.products.gathering import people_of
from toex.work.products.models import Section, Sentence, Version
from toex.work.products.parts import ORDER
from toex.work.products.policies import check_part, check_revision, check_sentence, check_table, check_why
from toex.work.staff.models import Organisation, Person
from toex.work.tasking.policies import check_risk_owner

_STEP = 10
_WRITTEN = (
    "text", "basis", "records", "likelihood", "confidence", "lead", "priority", "owner", "due", "drawn", "revision",
    "written_by", "written",
)  # fmt: skip


def add(*, section: Section, said: Said, seat: UnitSeat, by: Person, at: datetime) -> Sentence:
    """Add a sentence at the end of a section.

    Incomplete where it lacks what its basis needs; NotThere where the seat does not show a record that it cites.
    """
    version = section.version
    standing = check_do("write", version, seat=seat, by=by)
    check_sentence(said, section.part)
    copies = _copies(version, said.records, seat, standing)
    with one_act():
        take("write", version, by=by)
        _seal(version, copies, seat, by=by, at=at)
        last = section.sentences.aggregate(last=Max("place"))["last"] or 0
        made = Sentence.objects.create(
            section=section, place=last + _STEP, text=said.text.strip(), basis=said.basis, records=list(said.records),
            likelihood=said.likelihood, confidence=said.confidence, lead=said.lead.strip(), priority=said.priority,
            owner=said.owner.strip(), due=said.due, written_by=by, written=at,
        )  # fmt: skip
        _record("add", version, seat, made, by=by, at=at)
    return made


def reword(*, sentence: Sentence, said: Said, revision: int, seat: UnitSeat, by: Person, at: datetime) -> Sentence:
    """Write a sentence anew; it is then the writer's, whoever drew it. OutOfOrder where it changed since `revision`."""
    version = sentence.section.version
    standing = check_do("write", version, seat=seat, by=by)
    check_sentence(said, sentence.section.part)
    copies = _copies(version, said.records, seat, standing)
    with one_act():
        take("write", version, by=by)
        check_revision(revision, Sentence.objects.values_list("revision", flat=True).get(pk=sentence.pk))
        _seal(version, copies, seat, by=by, at=at)
        sentence.text, sentence.basis, sentence.records = said.text.strip(), said.basis, list(said.records)
        sentence.likelihood, sentence.confidence = said.likelihood, said.confidence
        sentence.lead, sentence.priority, sentence.owner, sentence.due = said.lead, said.priority, said.owner, said.due
        sentence.drawn, sentence.revision, sentence.written_by, sentence.written = False, revision + 1, by, at
        sentence.save(update_fields=_WRITTEN)
        _record("reword", version, seat, sentence, by=by, at=at)
    return sentence


def said_of(sentence: Sentence) -> Said:
    """Give what a sentence says, to be changed and written anew."""
    return Said(
        sentence.text, sentence.basis, tuple(sentence.records), sentence.likelihood, sentence.confidence, sentence.lead,
        sentence.priority, sentence.owner, sentence.due, sentence.extra, sentence.new,
    )  # fmt: skip


def cite_also(*, sentence: Sentence, records: Sequence[str], seat: UnitSeat, by: Person, at: datetime) -> Sentence:
    """Let a sentence rest on further records, picked from what the seat shows; each is copied and sealed."""
    return _recited(sentence, [*sentence.records, *records], seat, by=by, at=at)


def uncite(*, sentence: Sentence, records: Sequence[str], seat: UnitSeat, by: Person, at: datetime) -> Sentence:
    """Let a sentence rest on these records no more; Incomplete where a fact would be left without any."""
    gone = set(records)
    return _recited(sentence, [r for r in sentence.records if r not in gone], seat, by=by, at=at)


def _recited(sentence: Sentence, records: Sequence[str], seat: UnitSeat, *, by: Person, at: datetime) -> Sentence:
    said = replace(said_of(sentence), records=tuple(dict.fromkeys(records)))
    return reword(sentence=sentence, said=said, revision=sentence.revision, seat=seat, by=by, at=at)


def strike(*, sentence: Sentence, reason: str, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Strike a sentence, for a reason: it is printed no more, and stays on file."""
    version = sentence.section.version
    check_do("write", version, seat=seat, by=by)
    check_why(reason)
    with one_act():
        take("write", version, by=by)
        sentence.struck, sentence.struck_by, sentence.struck_why = at, by, reason.strip()
        sentence.revision += 1
        sentence.save(update_fields=["struck", "struck_by", "struck_why", "revision"])
        _record("strike", version, seat, sentence, by=by, at=at)


def restore(*, sentence: Sentence, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Bring back a sentence that was struck."""
    version = sentence.section.version
    check_do("write", version, seat=seat, by=by)
    with one_act():
        take("write", version, by=by)
        sentence.struck, sentence.struck_by, sentence.struck_why = None, None, ""
        sentence.revision += 1
        sentence.save(update_fields=["struck", "struck_by", "struck_why", "revision"])
        _record("restore", version, seat, sentence, by=by, at=at)


def shift(*, sentence: Sentence, up: bool, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Move a sentence one place up or down within its section; at the end of it nothing happens."""
    version = sentence.section.version
    check_do("write", version, seat=seat, by=by)
    with one_act():
        take("write", version, by=by)
        rows = list(sentence.section.sentences.filter(struck=None).order_by("place", "pk"))
        here = [row.pk for row in rows].index(sentence.pk)
        there = here - 1 if up else here + 1
        if 0 <= there < len(rows):
            rows[here], rows[there] = rows[there], rows[here]
            for number, row in enumerate(rows, 1):
                row.place = number * _STEP
            Sentence.objects.bulk_update(rows, ["place"])
        _record("shift", version, seat, sentence, by=by, at=at)


def add_section(
    *, version: Version, part: str, title: str, seat: UnitSeat, by: Person, at: datetime, person: str = ""
) -> Section:
    """Add a section: one with a heading of its own, or a further person for safeguarding review."""
    check_do("write", version, seat=seat, by=by)
    people = people_of(thaw(version.drawn))
    check_part(part, person=person, people=frozenset(people))
    named = people[person].label() if person else title.strip()
    check_why(named, "title")
    with one_act():
        take("write", version, by=by)
        last = version.sections.filter(part=part).aggregate(last=Max("place"))["last"]
        place = (last or ORDER[part] * 1000 * _STEP) + _STEP
        made = Section.objects.create(version=version, part=part, place=place, title=named[:200], person=person)
        _record("add_section", version, seat, made, by=by, at=at)
    return made


def strike_section(*, section: Section, reason: str, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Strike a section with all its sentences, for a reason."""
    version = section.version
    check_do("write", version, seat=seat, by=by)
    check_why(reason)
    with one_act():
        take("write", version, by=by)
        section.struck, section.struck_by, section.struck_why = at, by, reason.strip()
        section.save(update_fields=["struck", "struck_by", "struck_why"])
        _record("strike_section", version, seat, section, by=by, at=at)


def restore_section(*, section: Section, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Bring back a section that was struck."""
    version = section.version
    check_do("write", version, seat=seat, by=by)
    with one_act():
        take("write", version, by=by)
        section.struck, section.struck_by, section.struck_why = None, None, ""
        section.save(update_fields=["struck", "struck_by", "struck_why"])
        _record("restore_section", version, seat, section, by=by, at=at)


def print_table(*, version: Version, table: str, printed: bool, seat: UnitSeat, by: Person, at: datetime) -> None:
    """Print a table that the picture drew, or leave it out."""
    check_do("write", version, seat=seat, by=by)
    check_table(table)
    with transaction.atomic():
        take("write", version, by=by)
        version.left_out = sorted(set(version.left_out) - {table} if printed else {*version.left_out, table})
        version.save(update_fields=["left_out"])
        record("alteration", "products.print_table", by=by, at=at, **about(version, seat))


def own_risk(
    *, version: Version, people: Sequence[str], name: str, rank: str, organisation: Organisation, seat: UnitSeat,
    by: Person, at: datetime, referral: str = "",
) -> int:  # fmt: skip
    """Name who owns the risk to people for safeguarding review: somebody in the force, never TOEX (rule 3). Count them."""
    check_do("own_risk", version, seat=seat, by=by)
    check_why(name, "risk owner")
    asked = version.product.operation.request
    check_risk_owner(organisation, {}, asking=asked.organisation_id)
    rows = list(version.sections.filter(part="at_risk", person__in=people, struck=None))
    if not rows:
        raise NotThere("Nobody for safeguarding review was named.")
    with transaction.atomic():
        take("own_risk", version, by=by)
        for row in rows:
            row.risk_owner, row.risk_owner_rank, row.risk_owner_at = name.strip(), rank.strip(), organisation
            row.referral = referral.strip() or row.referral
        Section.objects.bulk_update(rows, ["risk_owner", "risk_owner_rank", "risk_owner_at", "referral"])
        record("alteration", "products.own_risk", by=by, at=at, facts={"people": len(rows)}, **about(version, seat))
    return len(rows)


def _copies(version: Version, records: Sequence[str], seat: UnitSeat, standing: Standing) -> dict[str, Sealed]:
    """Copy the records that the version does not cite yet; NotThere where the seat does not show one of them."""
    wanted = list(dict.fromkeys(records))
    held = Citation.objects.filter(room="products", object=version.cited_as, withdrawn=None, record_id__in=wanted)
    known = set(held.values_list("record_id", flat=True)) if wanted else set()
    fresh = [record for record in wanted if record not in known]
    if not fresh:
        return {}
    with seat.lend(standing) as view:
        copies = sealed_copies(seat.home, view, fresh)
    if len(copies) != len(fresh):
        raise NotThere("A record that is to be cited is not in this workbench for you.")
    return copies


def _seal(version: Version, copies: dict[str, Sealed], seat: UnitSeat, *, by: Person, at: datetime) -> None:
    if copies:
        keep_compartment(version, seat)
        cite(
            record_ids=list(copies), room="products", object=version.cited_as, sealed=copies, by=by, at=at,
            operation=seat.operation, compartment=version.product.compartment, grant=seat.grant.pk,
        )  # fmt: skip


def _record(what: str, version: Version, seat: UnitSeat, row: Section | Sentence, *, by: Person, at: datetime) -> None:
    named = f"products:{type(row).__name__.lower()}:{row.pk}"
    record("alteration", f"products.{what}", by=by, at=at, **about(version, seat, named))
