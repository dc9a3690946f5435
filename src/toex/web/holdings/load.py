"""Loading a file under the loading duty: brought, looked at with the importer itself, received; a job does the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import path

from toex.intake import IntakeError, Limits, MappingError, parse_mapping, ready_mappings
from toex.picture import Preview, preview
from toex.web.holdings import columns
from toex.web.holdings.columns import SCRATCH, Said
from toex.web.holdings.forms import Bring
from toex.web.visits import Visit, desk
from toex.work.access.delivered import datasets_shown
from toex.work.errors import Incomplete, NotAllowed, WorkError
from toex.work.holdings import bringing, mappings
from toex.work.holdings.models import Dataset, Receipt, Upload
from toex.work.holdings.policies import live_for_reading
from toex.work.holdings.queries import described
from toex.work.judgements.seat import UnitSeat
from toex.work.research.actions.loading import take_in
from toex.work.research.actions.mention_loading import take_in_mentions
from toex.work.research.queries.loading import reports_to_load
from toex.work.research.queries.mention_loading import mentions_to_load
from toex.work.staff.policies import check_held

# A look is a moment's work: a workbook that takes more is received without one and read by the job.
_LOOK = Limits(memory=1 << 30, processor=30, wall=45, unpacked=256 << 20)
_NEWEST = 8
_AT_ONCE = 40  # reports at a press: each is a delivery with its own receipt


@dataclass(frozen=True, slots=True)
class Look:
    """What the importer made of the first rows under what was said; or why it made nothing."""

    said: Said
    shown: Preview | None
    fault: str = ""


@desk
def load(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Take files in, and show those that wait and those that came last."""
    held = _loadable(visit, seat)
    form = Bring(visit.sent or None, visit.request.FILES or None, datasets=held)
    if visit.posted and form.is_valid():
        chosen = next(one for one in held if one.name == form.cleaned_data["dataset"])
        return _brought(visit, seat, form, chosen)
    written = reports_to_load(held, compartments=visit.compartments)
    accepted = mentions_to_load(held, compartments=visit.compartments)
    recent = Receipt.objects.filter(dataset__in=held, received_by=visit.person).select_related("dataset")
    return visit.show(
        "holdings/load.html", form=form, datasets=held, waiting=bringing.waiting(visit.person, seat.grant.pk),
        recent=recent.order_by("-pk")[:_NEWEST], written=written, accepted=accepted,
        status=422 if form.errors else 200,
    )  # fmt: skip


@desk
def load_reports(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Take in the reports that were written here, were sent, and wait for a dataset of this desk."""
    if not visit.posted:
        return visit.go("desk:load")
    taken = 0
    for one in reports_to_load(_loadable(visit, seat), compartments=visit.compartments)[:_AT_ONCE]:
        with visit.attempt() as attempt:
            take_in(seat=seat, report=one.report.pk, dataset=one.dataset.name, by=visit.person, at=visit.at)
        taken += attempt.done
    if taken:
        visit.say(f"{taken} report{'' if taken == 1 else 's'} taken in, each with its receipt; the loading has begun.")
    return visit.go("desk:load")


@desk
def load_mentions(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Take in what people accepted that texts name and that waits for a dataset of this desk."""
    if not visit.posted:
        return visit.go("desk:load")
    for one in mentions_to_load(_loadable(visit, seat), compartments=visit.compartments):
        with visit.attempt() as attempt:
            take_in_mentions(seat=seat, dataset=one.dataset.name, by=visit.person, at=visit.at)
        if attempt.done:
            visit.say(f"Taken in for {one.dataset.title}, with its receipt; the loading has begun.")
    return visit.go("desk:load")


@desk
def load_file(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Show what a file is, what its columns become, and what the importer makes of its first rows."""
    upload = _upload(visit, seat, number)
    if upload.state != "waiting":
        return visit.show("holdings/load_ended.html", upload=upload)
    looked = _sent_look(visit, upload) if visit.posted else _first_look(visit, upload)
    return visit.show("holdings/load_file.html", **_told(upload, looked))


@desk
def load_preview(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Give the piece that says what the importer makes of the first rows under what the form says now."""
    upload = _upload(visit, seat, number)
    return visit.show("holdings/preview.html", **_told(upload, _sent_look(visit, upload)))


@desk
def load_receive(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Receive a file under what the form says: a mapping that is new is kept first."""
    upload = _upload(visit, seat, number)
    looked = _sent_look(visit, upload)
    if looked.fault or not visit.posted:
        return visit.show("holdings/load_file.html", status=422, **_told(upload, looked))
    try:
        receipt = _received(visit, seat, upload, looked.said)
    except Incomplete as error:
        faulty = Look(looked.said, looked.shown, columns.known_fault(error))
        return visit.show("holdings/load_file.html", status=422, **_told(upload, faulty))
    again = receipt.received < visit.at
    visit.say(
        "This very file was received before under this mapping: here is its receipt."
        if again else f"Received. Its receipt is number {receipt.pk}; the loading has begun."
    )  # fmt: skip
    return visit.go("desk:delivery", number=receipt.pk)


@desk
def load_give_up(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Give up a file that was brought."""
    upload = _upload(visit, seat, number)
    if visit.posted:
        with visit.attempt() as attempt:
            bringing.give_up(upload=upload, by=visit.person, at=visit.at)
        if attempt.done:
            visit.say("The file was given up. Nothing of it is kept.")
    return visit.go("desk:load")


def _loadable(visit: Visit, seat: UnitSeat) -> list[Dataset]:
    """List what is received under this grant: a loading duty's datasets, or those of the work that one reads (rule 1)."""
    standing = seat.standing()
    if standing.kind.read_only:
        raise NotAllowed("This grant only reads: files are loaded under a loading duty (rule 1).")
    check_held(visit.roles, "load")
    return [one for one in datasets_shown(standing) if live_for_reading(one, visit.at.date())]


def _upload(visit: Visit, seat: UnitSeat, number: int) -> Upload:
    upload = bringing.upload_for(visit.person, seat.grant.pk, number)
    if upload.dataset not in _loadable(visit, seat):
        raise NotAllowed("This grant receives no files of that dataset any more.")
    return upload


def _brought(visit: Visit, seat: UnitSeat, form: Bring, dataset: Dataset) -> HttpResponse:
    """Keep each file apart, look at it, and turn away what cannot or may not be read."""
    made: list[Upload] = []
    turned_away: list[Upload] = []
    for file in form.cleaned_data["delivered"]:
        with _kept(file) as kept, visit.attempt(form):
            upload = bringing.bring(
                dataset=dataset, path=kept, file=Path(file.name or "delivery").name, by=visit.person, at=visit.at,
                grant=seat.grant.pk, compartments=visit.compartments,
            )  # fmt: skip
            fault = _turned_away(visit, upload)
            (turned_away if fault else made).append(upload)
    if form.errors or turned_away:
        return visit.show(
            "holdings/load_refused.html", status=422, form=form, refused=turned_away, made=made, dataset=dataset
        )
    return visit.go("desk:load_file", number=made[0].pk) if len(made) == 1 else visit.go("desk:load")


@contextmanager
def _kept(file: "UploadedFile[Any]") -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        kept = Path(folder) / "delivery"
        with kept.open("wb") as stream:
            stream.writelines(file.chunks())
        yield kept


def _turned_away(visit: Visit, upload: Upload) -> str:
    """Say why a file is not taken; one that no mapping fits is taken, for that can be mended."""
    try:
        _preview(visit, upload)
    except MappingError:
        return ""
    except IntakeError as error:
        bringing.turn_away(upload=upload, reason=str(error), by=visit.person, at=visit.at)
        return str(error)
    return ""


def _preview(visit: Visit, upload: Upload, said: Said | None = None) -> Preview:
    file, _ = bringing.to_look_at(upload)
    own = [parse_mapping(one.text) for one in mappings.kept_mappings(upload.dataset)[:1]]
    return preview(
        file, mapping=said.mapping() if said else "", at=visit.at, candidates=(*own, *ready_mappings().values()),
        limits=_LOOK, dataset=described(upload.dataset),
    )  # fmt: skip


def _first_look(visit: Visit, upload: Upload) -> Look:
    of = visit.request.GET.get("of", "")
    seen = _preview(visit, upload) if of in ("", SCRATCH) else None
    if not of and seen is not None and seen.mapping:
        return Look(columns.first_said(seen.mapping, None, dataset=upload.dataset), seen)
    said = columns.first_said(of or SCRATCH, seen.found if seen else None, dataset=upload.dataset)
    return _look(visit, upload, said, also=seen)


def _sent_look(visit: Visit, upload: Upload) -> Look:
    said = columns.said_in(visit.sent, dataset=upload.dataset)
    if visit.sent.get("to") == "text":
        said = Said("text", said.of, said.text, said.headers)
    return _look(visit, upload, said)


def _look(visit: Visit, upload: Upload, said: Said, *, also: Preview | None = None) -> Look:
    """Run the importer over the first rows; whatever it or a rule refuses is said in its words."""
    if said.fault:
        return Look(said, also or _preview(visit, upload), said.fault)
    try:
        shown = _preview(visit, upload, said)
    except Incomplete as error:
        return Look(said, also or _preview(visit, upload), columns.known_fault(error))
    except (IntakeError, WorkError) as error:
        return Look(said, also, str(error))
    return Look(said, shown, shown.found.fault)


def _received(visit: Visit, seat: UnitSeat, upload: Upload, said: Said) -> Receipt:
    name = said.of
    if said.changed:
        kept = mappings.keep_mapping(
            dataset=upload.dataset, text=said.text, by=visit.person, at=visit.at, grant=seat.grant.pk
        )
        name = kept.name
    return bringing.hand_in(upload=upload, mapping=name, by=visit.person, at=visit.at, compartments=visit.compartments)


def _told(upload: Upload, looked: Look) -> dict[str, Any]:
    found, said = looked.shown.found if looked.shown else None, looked.said
    return {
        "sheet": found.sheet.as_dict() if found and found.sheet else {}, "upload": upload, "said": said,
        "fault": looked.fault, "found": found, "shown": looked.shown,
        "only_start": bringing.to_look_at(upload)[1], "facts": {**columns.facts_of(said), **said.facts},
        "headers": said.headers or (found.headers if found else ()),
        "header_rows": columns.header_rows(said, found) if found and said.how == "scratch" else [],
        "sheets": columns.column_rows(said, found) if found and said.how == "columns" else [],
        "becomes": columns.becomes() if said.how == "scratch" else [], "subjects": columns.subjects(),
        "unused": columns.unused(found) if found else [], "scratch": SCRATCH,
    }  # fmt: skip


addresses = [
    path("load", load, name="load"),
    path("load/reports", load_reports, name="load_reports"),
    path("load/mentions", load_mentions, name="load_mentions"),
    path("load/<int:number>", load_file, name="load_file"),
    path("load/<int:number>/preview", load_preview, name="load_preview"),
    path("load/<int:number>/receive", load_receive, name="load_receive"),
    path("load/<int:number>/give-up", load_give_up, name="load_give_up"),
]
