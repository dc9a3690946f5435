"""Intelligence reports written here: listed, written, sanitised by a second person, sent, and what came back."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import path

from toex import picture
from toex.web.forms import Form
from toex.web.research import report_forms as forms
from toex.web.research.report_forms import Written
from toex.web.research.report_sent import loading_of
from toex.web.visits import Visit, desk
from toex.work.judgements.seat import UnitSeat
from toex.work.research.actions import release
from toex.work.research.actions import reports as writing
from toex.work.research.policies.reports import telltales
from toex.work.research.queries import graded_items
from toex.work.research.queries.reports import ReadReport, beside, listed, read
from toex.work.research.report_states import STATES
from toex.work.staff.queries import organisations

_FOUND = 12
_OFFERED = 20  # graded items of one's grids beside a report


@desk
def reports(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """List the reports that the person may know of under this grant."""
    return visit.show("research/reports.html", lines=listed(seat, standing=visit.standing), states=STATES)


@desk
def new(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Begin a report, about a record where one is sent; without anything sent, offer to."""
    if not visit.posted:
        return visit.show("research/report_new.html")
    made = writing.begin(seat=seat, by=visit.person, at=visit.at)
    cell = visit.sent.get("cell", "")
    if cell.isdigit():
        return _to_item(visit, made.pk, f"cell={cell}")
    if visit.sent.get("record"):
        about = visit.sent.getlist("record")
        role = _part(seat, about)
        writing.link(seat=seat, report=made.pk, record_ids=about, role=role, by=visit.person, at=visit.at)
    return visit.go("desk:report", number=made.pk)


@desk
def report(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Show a report as its reader may read it: to write, to sanitise, or to read and send on."""
    told = read(seat, number, standing=visit.standing)
    if "save" in told.acts:
        return _write(visit, seat, told)
    if "sanitise" in told.acts and told.original:
        initial = {"title": told.report.title}
        return _sanitise(visit, told, forms.Release(initial=initial), forms.Return())
    return _show(visit, told)


@desk
def save(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Save what was written and, where that was asked, add an item or submit it for sanitising."""
    if not visit.posted:
        return visit.go("desk:report", number=number)
    written = Written.sent(visit.sent, now=visit.at)
    if written.is_valid:
        with visit.attempt(written) as attempt:  # type: ignore[arg-type]
            writing.save(seat=seat, report=number, content=written.content(), by=visit.person, at=visit.at)
            if visit.sent.get("do") == "submit":
                writing.submit(seat=seat, report=number, by=visit.person, at=visit.at)
        if attempt.done:
            return _saved(visit, number)
    return _write(visit, seat, read(seat, number, standing=visit.standing), written)


@desk
def sanitise(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Release what the second person wrote, or show what still stands against it."""
    if not visit.posted:
        return visit.go("desk:report", number=number)
    told, form = read(seat, number, standing=visit.standing), forms.Release(visit.sent)
    safe = forms.safe_items(visit.sent, [one.item.number for one in told.items])
    if form.is_valid():
        said = form.cleaned_data
        with visit.attempt(form) as attempt:
            release.sanitise(
                seat=seat, report=number, safe=safe, title=said["title"], how=said["how"], explicit=said["explicit"],
                by=visit.person, at=visit.at,
            )  # fmt: skip
        if attempt.done:
            visit.say("Sanitised: everybody under this grant reads it now. Send it to the owning force.")
            return visit.go("desk:report", number=number)
    return _sanitise(visit, told, form, forms.Return(), sent={one.number: one for one in safe}, status=422)


@desk
def act(visit: Visit, seat: UnitSeat, number: int, what: str) -> HttpResponse:
    """Do one of the short acts on a report: return it, withdraw it, send it, record its URN or its PND state."""
    form = _FORMS[what](visit)
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            _ACTS[what](seat, number, form.cleaned_data, {"by": visit.person, "at": visit.at})
        if attempt.done:
            visit.say(_SAID[what])
            return visit.go("desk:report", number=number)
    told = read(seat, number, standing=visit.standing)
    if what == "return" and "sanitise" in told.acts:
        return _sanitise(visit, told, forms.Release(initial={"title": told.report.title}), form, status=422)
    return _show(visit, told, status=422 if visit.posted else 200, **{what: form})


@desk
def subjects(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Search for whom a report is about, link those chosen, take one out."""
    form = forms.Linking(visit.sent or None, on=visit.at.date(), sent=visit.sent.getlist("record"))
    answer = None
    if visit.posted and form.is_valid():
        if _linked(visit, seat, number, form):
            return visit.go("desk:report_subjects", number=number)
        asked = form.cleaned_data["q"].strip()
        answer = picture.find(seat, asked, at=visit.at) if asked else None
    told = None if answer else beside(seat, number, standing=visit.standing)
    found = answer.subjects[:_FOUND] if answer else ()
    template = "research/report_subjects.html" if visit.partial else "research/report_subjects_page.html"
    return visit.show(template, number=number, told=told, answer=answer, found=found, form=form)


def _part(seat: UnitSeat, record_ids: Sequence[str]) -> str:
    """Give the part that subjects begin with: what they are recorded as, a victim before all (rule 10)."""
    with seat.view() as view:
        names = picture.named(view, record_ids, today=seat.at.date())
    held = {category for one in names.values() for category in one.categories}
    return next((part for part in ("victim", "suspect", "convicted", "witness") if part in held), "other")


def _linked(visit: Visit, seat: UnitSeat, number: int, form: Form) -> bool:
    """Take a record out, or link those chosen; say whether that was asked and done."""
    out = visit.sent.get("unlink", "")
    if out:
        writing.unlink(seat=seat, report=number, record_id=str(out), by=visit.person, at=visit.at)
        return True
    chosen, role = form.cleaned_data["record"], form.cleaned_data["role"] or "other"
    if not chosen:
        return False
    with visit.attempt(form) as attempt:
        writing.link(seat=seat, report=number, record_ids=chosen, role=role, by=visit.person, at=visit.at)
    return attempt.done


def _saved(visit: Visit, number: int) -> HttpResponse:
    if visit.sent.get("do") == "submit":
        visit.say("Submitted: a second person sanitises it. You read the original; nobody else does but they.")
        return visit.go("desk:report", number=number)
    visit.say("Saved.")
    do, _, cell = visit.sent.get("do", "").partition("-")
    if do == "more" or (do == "cell" and cell.isdigit()):
        return _to_item(visit, number, "more=1" if do == "more" else f"cell={cell}")
    return visit.go("desk:report", number=number)


def _to_item(visit: Visit, number: int, which: str) -> HttpResponse:
    """Lead on to the report with an item to write: an empty one, or one that is taken up from a cell of a grid."""
    gone = visit.go("desk:report", number=number)
    gone["Location"] += f"?{which}#more"
    return gone


def _write(visit: Visit, seat: UnitSeat, told: ReadReport, sent: Written | None = None) -> HttpResponse:
    """Show a report to be written, beside what its author's grids hold that may go into it; `sent` has what is to mend."""
    graded = {one.cell: one for one in graded_items(seat, standing=visit.standing)}
    asked = visit.request.GET.get("cell", "")
    chosen = graded.get(int(asked)) if asked.isdigit() else None
    taken = forms.taken_up(chosen) if chosen else None
    written = sent or Written.of(
        writing.content_of(told.report), now=visit.at, more="more" in visit.request.GET, taken=taken
    )
    used = {item.from_cell for item in written.items}
    offered = [one for one in graded.values() if one.cell not in used]
    return visit.show(
        "research/report_write.html", status=422 if sent else 200, told=told, report=told.report, written=written,
        state=STATES[told.report.state], items=[(item, graded.get(item.from_cell)) for item in written.items],
        offered=offered[:_OFFERED], more=len(offered[_OFFERED:]),
    )  # fmt: skip


def _sanitise(
    visit: Visit, told: ReadReport, form: Form, back: Form, *, sent: dict[int, Any] | None = None, status: int = 200
) -> HttpResponse:
    held = sent or {}
    items = [
        (one.item, _pieces(one.original), held[one.item.number].text if one.item.number in held else one.original,
         one.item.number in held and held[one.item.number].withheld)
        for one in told.items
    ]  # fmt: skip
    return visit.show(
        "research/report_sanitise.html", status=status, told=told, report=told.report, form=form, back=back, items=items,
        rules=forms.RULES, state=STATES[told.report.state],
    )  # fmt: skip


def _pieces(text: str) -> list[tuple[str, str]]:
    """Cut a text where its words may say who the source is; each piece with why it is marked, or nothing."""
    pieces, last = [], 0
    for one in telltales(text):
        pieces += [(text[last : one.start], ""), (one.words, one.why)]
        last = one.end
    return [*pieces, (text[last:], "")]


def _show(visit: Visit, told: ReadReport, *, status: int = 200, **given: Form) -> HttpResponse:
    held = {
        f"{what}_form": given.get(what) or _FORMS[what](visit, blank=True, told=told)
        for what in _SHOWN
        if _ASKS[what] in told.acts
    }
    return visit.show(
        "research/report_read.html", status=status, told=told, report=told.report, state=STATES[told.report.state],
        channels=forms.CHANNELS, loading=loading_of(visit, told), **held,
    )  # fmt: skip


def _back(visit: Visit, *, blank: bool = False, told: ReadReport | None = None) -> Form:
    return forms.Return(None if blank else visit.sent, auto_id="back_%s")


def _send(visit: Visit, *, blank: bool = False, told: ReadReport | None = None) -> Form:
    work = told.report.grant.operation if told else None
    owner = work.request.organisation_id if work else None
    initial = {"to": owner, "desk": "Force Intelligence Bureau", "channel": forms.CHANNELS[0], "sent": visit.at}
    form = forms.Sent(None if blank else visit.sent, initial=initial, auto_id="sent_%s")
    form.fields["to"].queryset = organisations(visit.at.date())  # type: ignore[attr-defined]
    return form


def _urn(visit: Visit, *, blank: bool = False, told: ReadReport | None = None) -> Form:
    return forms.Urn(None if blank else visit.sent, initial={"on": visit.at.date()}, auto_id="urn_%s")


def _pnd(visit: Visit, *, blank: bool = False, told: ReadReport | None = None) -> Form:
    held = told.report if told else None
    initial = {"state": held.pnd_state, "urn": held.pnd_urn, "on": held.pnd_on, "why": held.pnd_why} if held else None
    return forms.PndSaid(None if blank else visit.sent, initial=initial, on=visit.at.date(), auto_id="pnd_%s")


def _withdraw(visit: Visit, *, blank: bool = False, told: ReadReport | None = None) -> Form:
    return forms.Return(None if blank else visit.sent, auto_id="withdraw_%s")


_FORMS: dict[str, Callable[..., Form]] = {
    "return": _back,
    "withdraw": _withdraw,
    "send": _send,
    "urn": _urn,
    "pnd": _pnd,
}
_ASKS = {"return": "send_back", "withdraw": "withdraw", "send": "send", "urn": "record_urn", "pnd": "record_pnd"}
_SHOWN = tuple(_ASKS)
_SAID = {
    "return": "Returned to its author, with the reason.", "withdraw": "Withdrawn.",
    "send": "Recorded as sent to the owning force.", "urn": "The URN is recorded.", "pnd": "The PND state is recorded.",
}  # fmt: skip
_ACTS: dict[str, Callable[..., Any]] = {
    "return": lambda seat, n, said, who: release.send_back(seat=seat, report=n, reason=said["reason"], **who),
    "withdraw": lambda seat, n, said, who: writing.withdraw(seat=seat, report=n, reason=said["reason"], **who),
    "send": lambda seat, n, said, who: release.send(seat=seat, report=n, **said, **who),
    "urn": lambda seat, n, said, who: release.record_urn(seat=seat, report=n, **said, **who),
    "pnd": lambda seat, n, said, who: release.record_pnd(seat=seat, report=n, pnd=release.Pnd(**said), **who),
}

addresses = [
    path("reports", reports, name="reports"),
    path("reports/new", new, name="report_new"),
    path("reports/<int:number>", report, name="report"),
    path("reports/<int:number>/save", save, name="report_save"),
    path("reports/<int:number>/sanitise", sanitise, name="report_sanitise"),
    path("reports/<int:number>/subjects", subjects, name="report_subjects"),
    *(path(f"reports/<int:number>/{what}", act, {"what": what}, name=f"report_{what}") for what in _SHOWN),
]
