"""The form: begun, saved, advised on, given attachments, submitted; enquiries before there is one."""

import hashlib
from dataclasses import fields
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.db import transaction

from toex.store import put
from toex.work.audit.actions import record
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.staff.models import Organisation, Person
from toex.work.staff.policies import check_may, may
from toex.work.staff.queries import REGIONS, region_of
from toex.work.tasking.actions.filling import check_content, write_form
from toex.work.tasking.actions.moving import NONE, about, begin, check_do, move, take
from toex.work.tasking.content import FormContent
from toex.work.tasking.models import Advice, Attachment, Enquiry, Request, RequestForm, Signature
from toex.work.tasking.policies import check_codes, check_said, completeness, posts, warnings
from toex.work.tasking.queries.seeing import check_visible

LARGEST = 25 * 2**20  # bytes of an attachment: a document, not a delivery


def begin_draft(
    *, by: Person, at: datetime, organisation: Organisation | None = None, region: Organisation | None = None,
    compartment: str = "", compartments: frozenset[str] = NONE,
) -> Request:  # fmt: skip
    """Begin a request for an organisation where the person is a requester (their home unless told).

    The region is the organisation's own; a national body names one. A request in a compartment is begun by one of its
    readers.
    """
    asking = organisation or by.home
    check_may(by, "ask for support", at, organisation=asking.code)
    _check_reader(compartment, compartments)
    made = Request(
        kind="request", organisation=asking, region=_region(asking, region, at), compartment=compartment
    )  # fmt: skip
    with transaction.atomic():
        begin("begin_draft", made, by=by, at=at)
        RequestForm.objects.create(request=made)
        record("collection", "tasking.begin_draft", by=by, at=at, **about(made))
    return made


def _region(asking: Organisation, named: Organisation | None, at: datetime) -> Organisation:
    found = named or (asking if asking.kind in REGIONS else region_of(asking.code, at.date()))
    if found is None or found.kind not in REGIONS:
        raise Incomplete("Name the region whose gateway should have it.", {"region": "missing"})
    return found


def _check_reader(compartment: str, compartments: frozenset[str]) -> None:
    if compartment and compartment not in compartments:
        raise NotThere("There is no such compartment, or it is not for you to know of.")


def begin_own(
    *, region: Organisation, name: str, background: str, by: Person, at: datetime, priority: str = "",
    compartment: str = "", compartments: frozenset[str] = NONE,
) -> Request:  # fmt: skip
    """Begin TOEX's own proactive work: it starts at consideration, without a force's form or a gateway's triage."""
    check_may(by, "begin own work", at, organisation=region.code)
    check_codes([priority] if priority else [], of="request_priorities", field="priority", on=at.date())
    return _begin_ours(
        "begin_own", Request(kind="proactive", origin="own", name=name, organisation=region, region=region,
                             compartment=compartment, priority=priority),
        background=background, by=by, at=at, compartments=compartments,
    )  # fmt: skip


def refer(
    *, region: Organisation, origin: str, background: str, by: Person, at: datetime, name: str = "",
    compartment: str = "", compartments: frozenset[str] = NONE,
) -> Request:  # fmt: skip
    """Take in a third-sector tip or an industry referral: it starts at triage; whoever takes it in is its receiver."""
    check_may(by, "take a referral", at, organisation=region.code)
    check_codes([origin], of="referral_origins", field="origin", on=at.date())
    return _begin_ours(
        "refer", Request(kind="referral", origin=origin, name=name, organisation=region, region=region,
                         compartment=compartment),
        background=background, by=by, at=at, compartments=compartments,
    )  # fmt: skip


def _begin_ours(
    act: str, made: Request, *, background: str, by: Person, at: datetime, compartments: frozenset[str]
) -> Request:
    check_said("background", background)
    _check_reader(made.compartment, compartments)
    made.submitted = at
    with transaction.atomic():
        begin(act, made, by=by, at=at)
        RequestForm.objects.create(request=made, background=background)
        record("collection", f"tasking.{act}", by=by, at=at, **about(made))
    return made


def save_draft(
    *, request: Request, content: FormContent, by: Person, at: datetime, compartments: frozenset[str] = NONE
) -> None:
    """Save the form as it stands; a draft may be incomplete, but what it says must be of its kind."""
    _save("save_draft", request, content, by=by, at=at, compartments=compartments)


def set_out(
    *, request: Request, content: FormContent, by: Person, at: datetime, compartments: frozenset[str] = NONE
) -> None:
    """Set out the facts of work that came without a form: its SIO, objectives, subjects, risk owner."""
    if Signature.objects.filter(terms__request=request).exists():
        raise OutOfOrder("The terms of reference are under signature: what they rest on is not changed any more.")
    _save("set_out", request, content, by=by, at=at, compartments=compartments)


def _save(
    act: str, request: Request, content: FormContent, *, by: Person, at: datetime, compartments: frozenset[str]
) -> None:
    check_do(act, request, by=by, at=at, compartments=compartments)
    check_content(request, content, at)
    with transaction.atomic():
        take(act, request)
        write_form(request, content)
        facts = {"subjects": len(content.subjects), "objectives": len(content.objectives), "fields": _said(content)}
        record("alteration", f"tasking.{act}", by=by, at=at, facts=facts, **about(request))


def _said(content: FormContent) -> int:
    return sum(bool(getattr(content, field.name)) for field in fields(content))


def ask_advice(*, request: Request, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> Advice:
    """Ask the Organised Crime Advisor for advice, as BCU teams should before they submit."""
    check_do("ask_advice", request, by=by, at=at, compartments=compartments)
    with transaction.atomic():
        take("ask_advice", request)
        made = Advice.objects.create(request=request, asked_by=by, asked=at)
        record("alteration", "tasking.ask_advice", by=by, at=at, **about(request))
    return made


def advise(*, request: Request, words: str, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> Advice:
    """Give advice on a request, whether it was asked for or not. Nobody advises on what they ask for themselves."""
    check_do("advise", request, by=by, at=at, compartments=compartments)
    check_said("advice", words)
    if by.pk == request.asked_by_id:
        raise NotAllowed("Whoever asks does not advise on it: another Organised Crime Advisor does.")
    with transaction.atomic():
        take("advise", request)
        open_ = request.advice.filter(advised=None).first() or Advice(request=request, asked_by=by, asked=at)
        open_.advised_by, open_.advised, open_.words = by, at, words
        open_.save()
        record("alteration", "tasking.advise", by=by, at=at, **about(request))
    return open_


def attach(
    *, request: Request, name: str, content: bytes, by: Person, at: datetime, compartments: frozenset[str] = NONE
) -> Attachment:
    """Keep a file with a request under its SHA-256; the same file again is kept once and named twice."""
    check_do("attach", request, by=by, at=at, compartments=compartments)
    digest = keep(content)
    with transaction.atomic():
        take("attach", request)
        made = Attachment.objects.create(
            request=request, digest=digest, name=PurePath(name).name[:255], size=len(content), by=by, at=at
        )
        record("collection", "tasking.attach", by=by, at=at, facts={"digest": digest}, **about(request))
    return made


def open_attachment(*, attachment: Attachment, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> bytes:
    """Give an attachment's bytes to somebody who may see its request; the reading is logged first.

    NotThere also where the file is no longer what was kept.
    """
    if attachment.request is None:
        raise NotThere("There is no such attachment, or it is not for you to know of.")
    check_visible(attachment.request, by=by, held=posts(by, at), compartments=compartments)
    with transaction.atomic():
        facts = {"digest": attachment.digest}
        record("consultation", "tasking.open_attachment", by=by, at=at, facts=facts, **about(attachment.request))
    kept = settings.TOEX_HOME / "attachments" / attachment.digest
    content = bytes(kept.read_bytes()) if kept.exists() else b""
    if hashlib.sha256(content).hexdigest() != attachment.digest:
        raise NotThere("The file is no longer what was kept under its digest: tell an administrator.")
    return content


def keep(content: bytes) -> str:
    """Keep a file's bytes in the home before any row names them; Incomplete for an empty or too large one."""
    if not 0 < len(content) <= LARGEST:
        raise Incomplete(f"An attachment has between 1 and {LARGEST} bytes.", {"file": "size"})
    digest = hashlib.sha256(content).hexdigest()
    target = settings.TOEX_HOME / "attachments" / digest
    if not target.exists():
        put(target, content)
    return digest


def submit(*, request: Request, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> tuple[str, ...]:
    """Submit a form; Incomplete names every field that is missing. Gives the warnings that did not bar it."""
    check_do("submit", request, by=by, at=at, compartments=compartments)
    missing = completeness(request)
    if missing:
        said = {m.field: m.words for m in missing}
        raise Incomplete("The form is not complete: " + " ".join(said.values()), said)
    told = warnings(request)
    with transaction.atomic():
        request.submitted = request.submitted or at
        move("submit", request, by=by, at=at, also=("submitted",))
        record("disclosure", "tasking.submit", by=by, at=at, facts={"warnings": len(told)}, **about(request))
    return told


def withdraw(*, request: Request, reason: str, by: Person, at: datetime, compartments: frozenset[str] = NONE) -> None:
    """Withdraw a request before its terms are agreed; afterwards it is closed by the manager."""
    check_do("withdraw", request, by=by, at=at, compartments=compartments)
    check_said("reason", reason)
    with transaction.atomic():
        move("withdraw", request, by=by, at=at, reason=reason)
        record("alteration", "tasking.withdraw", by=by, at=at, **about(request))


def enquire(*, words: str, by: Person, at: datetime, region: Organisation | None = None) -> Enquiry:
    """Ask the region's gateway something before there is a form."""
    check_may(by, "ask for support", at)
    check_said("question", words)
    gateway = _region(by.home, region, at)
    with transaction.atomic():
        made = Enquiry.objects.create(asked_by=by, organisation=by.home, region=gateway, words=words, asked=at)
        record("collection", "tasking.enquire", by=by, at=at, objects=[f"tasking:enquiry:{made.pk}"])
    return made


def answer_enquiry(*, enquiry: Enquiry, words: str, by: Person, at: datetime) -> None:
    """Answer an enquiry at the region's gateway, once."""
    if not may(by, "answer an enquiry", at, organisation=enquiry.region_id):
        raise NotThere("There is no such enquiry, or it is not for you to know of.")
    check_said("answer", words)
    with transaction.atomic():
        answered = Enquiry.objects.filter(pk=enquiry.pk, answered=None).update(
            answer=words, answered_by=by, answered=at
        )
        if not answered:
            raise OutOfOrder("This enquiry was answered already; ask again rather than change an answer.")
        record("alteration", "tasking.answer_enquiry", by=by, at=at, objects=[f"tasking:enquiry:{enquiry.pk}"])
