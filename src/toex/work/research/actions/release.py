"""Releasing a report: sanitised by a second person or returned, sent to the owning force, its URN back, its PND state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from toex.reference import load
from toex.work.access.sitting import Sitting
from toex.work.audit.actions import one_act, record
from toex.work.errors import Incomplete
from toex.work.research.actions.loading import say_pnd
from toex.work.research.actions.reports import about, move, take
from toex.work.research.models import Report, ReportItem
from toex.work.research.policies.reports import check_safe
from toex.work.research.report_content import SafeItem
from toex.work.staff.models import Organisation, Person
from toex.work.tasking.actions.moving import check_lengths
from toex.work.tasking.policies import check_codes, check_said


@dataclass(frozen=True, slots=True)
class Pnd:
    """How a report stands towards the Police National Database; people record there, and say so here."""

    state: str
    urn: str = ""
    on: date | None = None
    why: str = ""


def sanitise(
    *, seat: Sitting, report: int, safe: Sequence[SafeItem], title: str, how: str, by: Person, at: datetime,
    explicit: bool = False,
) -> Report:  # fmt: skip
    """Write what others may read, as a second person: the original stays as it is and restricted (doctrine, section 2).

    `how` says what rule was applied. Incomplete unless every item is sanitised or withheld, and unless words that may
    say who the source is were taken out or `explicit` says that they stay (rule 12).
    """
    held = take("sanitise", seat, report, by=by)
    items = {item.number: item for item in held.items.all()}
    check_said("title", title)
    check_said("how", how)
    check_safe(list(items), safe, explicit=explicit)
    _written(items, safe)
    with one_act():
        ReportItem.objects.bulk_update(items.values(), ["safe_text", "withheld"])
        move(
            act="sanitise",
            report=held,
            by=by,
            at=at,
            sanitised=at,
            sanitised_by=by,
            sanitised_how=how.strip(),
            safe_title=title.strip(),
        )
        withheld = sum(said.withheld for said in safe)
        record(
            "alteration", "research.sanitise_report", by=by, at=at, facts={"items": len(items), "withheld": withheld},
            **about(held),
        )  # fmt: skip
    return held


def correct(
    *, seat: Sitting, report: int, safe: Sequence[SafeItem], title: str, reason: str, by: Person, at: datetime,
    explicit: bool = False,
) -> Report:  # fmt: skip
    """Correct what others read of a report that was sent, as a second person, with the reason: it is loaded anew.

    By every rule of `sanitise`. An item that is withheld now was taken back: its record, if it has one, will say so. The
    owning force is told by people; what it holds under its URN is its own.
    """
    check_said("reason", reason)
    check_said("title", title)
    held = take("correct", seat, report, by=by)
    items = {item.number: item for item in held.items.all()}
    check_safe(list(items), safe, explicit=explicit)
    _written(items, safe)
    with one_act():
        ReportItem.objects.bulk_update(items.values(), ["safe_text", "withheld"])
        move(act="correct", report=held, by=by, at=at, reason=reason, safe_title=title.strip(), to_load=at)
        record("alteration", "research.correct_report", by=by, at=at, facts={"items": len(items)}, **about(held))
    return held


def send_back(*, seat: Sitting, report: int, reason: str, by: Person, at: datetime) -> Report:
    """Return a report to its author, with the reason; what was sanitised before is not released any more."""
    check_said("reason", reason)
    held = take("send_back", seat, report, by=by)
    with one_act():
        move(
            act="send_back", report=held, by=by, at=at, reason=reason, sanitised=None, sanitised_by=None, safe_title=""
        )
        held.items.update(safe_text="", withheld=False)
        record("alteration", "research.send_back_report", by=by, at=at, **about(held))
    return held


def send(
    *, seat: Sitting, report: int, to: Organisation, desk: str, channel: str, sent: datetime, by: Person, at: datetime
) -> Report:
    """Record that the sanitised report went to the owning force: to which desk, how, when. No live link is claimed."""
    check_said("desk", desk)
    check_said("channel", channel)
    held = take("send", seat, report, by=by)
    if sent > at or (held.sanitised and sent < held.sanitised):
        raise Incomplete("A report is sent after it was sanitised, and not in the future.", {"sent": "does not fit"})
    with one_act():
        move(
            act="send",
            report=held,
            by=by,
            at=at,
            sent=sent,
            sent_by=by,
            sent_to=to,
            sent_desk=desk.strip(),
            channel=channel.strip(),
            to_load=at,
        )
        record("disclosure", "research.send_report", by=by, at=at, behalf=f"to {to.code}", **about(held))
    return held


def _written(items: Mapping[int, ReportItem], safe: Sequence[SafeItem]) -> None:
    for said in safe:
        items[said.number].safe_text = "" if said.withheld else said.text.strip()
        items[said.number].withheld = said.withheld


def record_urn(*, seat: Sitting, report: int, urn: str, on: date, by: Person, at: datetime) -> Report:
    """Record the owning force's URN for a report that was sent."""
    check_said("urn", urn)
    held = take("record_urn", seat, report, by=by)
    if on > at.date() or (held.sent and on < held.sent.date()):
        raise Incomplete("A URN comes after the report was sent, and not in the future.", {"on": "does not fit"})
    with one_act():
        move(act="record_urn", report=held, by=by, at=at, urn=urn.strip(), urn_on=on, to_load=at)
        record("alteration", "research.record_urn", by=by, at=at, **about(held))
    return held


def record_pnd(*, seat: Sitting, report: int, pnd: Pnd, by: Person, at: datetime) -> Report:
    """Say how a released report stands towards PND, and its records with it where they are loaded.

    Incomplete where its state needs a URN, a date or a reason.
    """
    check_codes([pnd.state], of="pnd_states", field="state", on=at.date())
    held = take("record_pnd", seat, report, by=by)
    entry = load("pnd_states").get(pnd.state)
    given = {"urn": pnd.urn, "on": str(pnd.on or ""), "why": pnd.why}
    lacking = {name: "missing" for name in (entry.words("requires") if entry else ()) if not given[name].strip()}
    if pnd.on and pnd.on > at.date():
        lacking["on"] = "lies ahead"
    if lacking:
        raise Incomplete(f"The state {pnd.state.replace('_', ' ')} needs: {', '.join(lacking)}.", lacking)
    held.pnd_state, held.pnd_urn, held.pnd_on, held.pnd_why = pnd.state, pnd.urn.strip(), pnd.on, pnd.why.strip()
    check_lengths(held)
    with one_act():
        say_pnd(report=held, by=by, at=at)
        held.save(update_fields=["pnd_state", "pnd_urn", "pnd_on", "pnd_why"])
        record("alteration", "research.record_report_pnd", by=by, at=at, facts={"state": pnd.state}, **about(held))
    return held
