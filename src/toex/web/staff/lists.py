"""The field's code lists as the unit keeps them: dated entries, their sources, and how far each may be relied on."""

from django.http import HttpResponse
from django.urls import path

from toex.reference import CodeList, UnknownListError, load, names
from toex.web.staff.forms import EndForm, EntryForm
from toex.web.visits import Visit, page
from toex.work.errors import NotThere
from toex.work.staff.lists import FIXED, end_code, set_code
from toex.work.staff.policies import MAY

MEANS = {
    "read": ("read in its source", "state--good"),
    "measured": ("measured", "state--good"),
    "inferred": ("our inference", "state--warn"),
    "unverified": ("unverified", "state--warn"),
}


@page
def lists(visit: Visit) -> HttpResponse:
    """List every code list with its source and how many of its entries still want a source."""
    today = visit.at.date()
    held = [load(name) for name in names()]
    rows = [(one, len(one.at(today)), _unsure(one.at(today)), one.name in FIXED) for one in held]
    return visit.show("staff/lists.html", rows=sorted(rows, key=lambda row: row[0].title))


def _unsure(one: CodeList) -> int:
    return sum(entry.status == "unverified" for entry in one)


@page
def code_list(visit: Visit, of: str) -> HttpResponse:
    """Show one list whole, past entries too; an administrator sets and ends entries."""
    return _shown(visit, of)


def _shown(visit: Visit, name: str, *, entry: EntryForm | None = None, end: EndForm | None = None) -> HttpResponse:
    found, today = _list(name), visit.at.date()
    rows = [(one, one.holds_on(today), *MEANS.get(one.status, (one.status, ""))) for one in found]
    failed = bool((entry and entry.errors) or (end and end.errors))
    return visit.show(
        "staff/list.html", of=found, rows=rows, fixed=name in FIXED, status=422 if failed else 200,
        administers=bool(visit.roles & MAY["administer"]),
        entry=entry or EntryForm(initial={"since": today}, prefix="entry"),
        end=end or EndForm(codes=_open(found, visit), initial={"on": today}, prefix="end"),
    )  # fmt: skip


def _list(name: str) -> CodeList:
    try:
        return load(name)
    except UnknownListError:
        raise NotThere("There is no list of that name.") from None


def _open(found: CodeList, visit: Visit) -> list[tuple[str, str]]:
    return [(one.code, f"{one.code}: {one.label}") for one in found.at(visit.at.date())]


@page
def entry_set(visit: Visit, of: str) -> HttpResponse:
    """Let a code mean something from a day on."""
    _list(of)
    form = EntryForm(visit.sent or None, prefix="entry")
    if not visit.posted:
        return visit.go("code_list", of=of)
    if form.is_valid():
        said = form.cleaned_data
        with visit.attempt(form) as attempt:
            set_code(name=of, **said, by=visit.person, at=visit.at)
        if attempt.done:
            visit.say("The entry is kept. It is shown as unverified.")
            return visit.go("code_list", of=of)
    return _shown(visit, of, entry=form)


@page
def entry_end(visit: Visit, of: str) -> HttpResponse:
    """End a code on a day."""
    form = EndForm(visit.sent or None, codes=_open(_list(of), visit), prefix="end")
    if not visit.posted:
        return visit.go("code_list", of=of)
    if form.is_valid():
        said = form.cleaned_data
        with visit.attempt(form) as attempt:
            end_code(name=of, code=said["code"], on=said["on"], by=visit.person, at=visit.at)
        if attempt.done:
            visit.say("The entry is ended. What was recorded with it keeps it.")
            return visit.go("code_list", of=of)
    return _shown(visit, of, end=form)


addresses = [
    path("unit/lists", lists, name="lists"),
    path("unit/lists/<slug:of>", code_list, name="code_list"),
    path("unit/lists/<slug:of>/set", entry_set, name="entry_set"),
    path("unit/lists/<slug:of>/end", entry_end, name="entry_end"),
]
