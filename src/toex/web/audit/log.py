"""The log under an audit duty: who saw what and why; whether it is whole; and what one looked at oneself."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from toex.reference import load
from toex.web.audit.heat import heat
from toex.web.audit.wording import lines, numbers_of
from toex.web.forms import Day, Form, choices
from toex.web.visits import Visit, desk, page
from toex.work.access.log import MOST, Asked, Log, last_signed, last_verified, look_at_log, own_log, verify_log
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.models import Person

PAGE = 100
_WEEK = timedelta(days=6)
_LONGEST = timedelta(days=366)
_OWN = (1, 7, 31)


class LogForm(Form):
    """For what purpose the log is read, and which of it."""

    purpose = forms.ChoiceField(
        label="For what purpose do you read it?",
        help_text="The law names four: Data Protection Act 2018, section 62(4).",
    )
    since = Day(label="From")
    until = Day(label="To")
    person = forms.ChoiceField(label="Who", required=False)
    act = forms.ChoiceField(label="Kind of act", required=False)
    operation = forms.CharField(label="Operation's reference", required=False, max_length=64)
    grant = forms.IntegerField(label="Grant number", required=False, min_value=1)
    about = forms.CharField(
        label="About", required=False, max_length=200,
        help_text="A record's id: who opened it. Anything else: who typed exactly this into a search.",
    )  # fmt: skip

    def __init__(self, *args: Any, at: datetime, names: Mapping[str, str], **words: Any) -> None:
        super().__init__(*args, **words)
        said: dict[str, Any] = dict(self.fields)
        said["purpose"].choices = choices("log_purposes", on=at.date(), empty="Choose one")
        said["act"].choices = choices("log_words", on=at.date(), empty="Every kind")
        said["person"].choices = [("", "Everybody"), *names.items()]
        said["grant"].widget.attrs["class"] += " govuk-input--width-5"

    def clean(self) -> dict[str, Any]:
        """Check that the days follow each other and are no more than a year."""
        said = super().clean() or {}
        first, last = said.get("since"), said.get("until")
        if first and last and not first <= last <= first + _LONGEST:
            self.add_error("until", "A day after the first, within a year of it.")
        return said


@desk
def log(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Ask the log something, and show what it says."""
    _check(visit, seat)
    names = {p.username: str(p) for p in Person.objects.order_by("name", "pk")}
    today = visit.at.astimezone(_here()).date()
    initial = {"since": today - _WEEK, "until": today}
    asked = visit.posted and "purpose" in visit.sent
    begun = {**initial, **{key: visit.sent[key] for key in ("grant", "since") if key in visit.sent}}
    form = LogForm(_last_said(visit) if asked else None, at=visit.at, names=names, initial=begun)
    found: dict[str, Any] = {}
    if asked and form.is_valid():
        with visit.attempt(form):
            said = form.cleaned_data
            told = look_at_log(
                grant=seat.grant,
                purpose=said["purpose"],
                asked=_asked(said),
                zone=_here(),
                by=visit.person,
                at=visit.at,
            )
            found = _laid_out(told, names, since=said["since"], until=said["until"], skip=_skip(visit))
    status = 422 if form.errors else 200
    words = {} if found else {"signed": last_signed(), "verified": last_verified(visit.at)}
    return visit.show("audit/log.html", form=form, status=status, **words, **found)


def _check(visit: Visit, seat: UnitSeat) -> None:
    """Refuse, and log it, where the desk's grant does not show the log; what is read is checked anew."""
    if visit.standing.kind.shows != "log":
        seat.check_shows("log")


def _last_said(visit: Visit) -> dict[str, Any]:
    """Give what was sent; a button beside an entry says one field anew, after the form's own."""
    return {name: visit.sent[name] for name in visit.sent}


def _here() -> ZoneInfo:
    return ZoneInfo(settings.TOEX_WORKING_DAY[0])


def _skip(visit: Visit) -> int:
    said = visit.sent.get("skip", "")
    return min(int(said), MOST) if said.isdigit() else 0


def _asked(said: Mapping[str, Any]) -> Asked:
    return Asked(
        since=_start(said["since"]), until=_start(said["until"] + timedelta(days=1)), person=said["person"],
        operation=said["operation"].strip().lower(), act=said["act"] or None, grant=said["grant"], about=said["about"],
    )  # fmt: skip


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), _here())


def _laid_out(told: Log, names: Mapping[str, str], *, since: date, until: date, skip: int = 0) -> dict[str, Any]:
    entries = told.entries[skip : skip + PAGE]
    numbers = numbers_of(entries)
    people = {p.pk: str(p) for p in Person.objects.filter(pk__in=numbers)} if numbers else {}
    return {
        "told": told, "lines": lines(entries, names, people), "heat": heat(told.totals, names, since=since, until=until),
        "first": skip + 1, "last": skip + len(entries), "before": skip - PAGE if skip else None,
        "after": skip + PAGE if skip + PAGE < len(told.entries) else None, "cut": told.found > MOST,
    }  # fmt: skip


@desk
def log_chain(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Walk the whole chain and say whether the log is whole."""
    _check(visit, seat)
    if not visit.posted:
        return visit.go("desk:log")
    chain = verify_log(grant=seat.grant, by=visit.person, at=visit.at)
    return visit.show("audit/chain.html", chain=chain, signed=last_signed())


@page
def mine(visit: Visit) -> HttpResponse:
    """Show somebody what they did themselves."""
    said = visit.request.GET.get("days", "7")
    days = int(said) if said.isdigit() and int(said) in _OWN else 7
    today = visit.at.astimezone(_here()).date()
    first = today - timedelta(days=days - 1)
    told = own_log(since=_start(first), until=visit.at, zone=_here(), by=visit.person, at=visit.at)
    found = _laid_out(told, {visit.person.username: str(visit.person)}, since=first, until=today)
    return visit.show("audit/mine.html", days=days, spans=_OWN, words=load("log_words"), **found)


addresses = [path("my-log", mine, name="own_log")]
desk_addresses = [path("log", log, name="log"), path("log/chain", log_chain, name="log_chain")]
