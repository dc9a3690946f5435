"""Writing an intelligence report: begun, written, its subjects linked, submitted; nobody but its author reads the draft."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from toex.picture import UnknownSubject, sealed_copies
from toex.work.access.sitting import Sitting, Standing, hidden_in
from toex.work.audit.actions import one_act, record
from toex.work.citations.actions import cite
from toex.work.citations.actions import withdraw as uncite
from toex.work.errors import Incomplete, NotThere, OutOfOrder
from toex.work.research.models import Report, ReportItem, ReportMove, ReportSubject
from toex.work.research.policies import check_works, codes_of, within
from toex.work.research.policies.reports import check_content, gaps
from toex.work.research.queries.items import graded_items
from toex.work.research.queries.reports import relations, report_for
from toex.work.research.report_content import ItemContent, ReportContent
from toex.work.research.report_states import TABLE, check_can, check_who
from toex.work.staff.models import Person
from toex.work.staff.policies import check_held
from toex.work.tasking.actions.moving import check_lengths, next_reference
from toex.work.tasking.policies import check_codes, check_said

ROOM = "research"


def begin(*, seat: Sitting, by: Person, at: datetime, content: ReportContent | None = None) -> Report:
    """Begin a report under the seat's grant; who writes it, for whom and when follow from the seat and are typed by nobody."""
    standing = check_seat(seat, by)
    said = content or ReportContent()
    check_content(said)
    check_held(standing.person.roles, "write a report")
    hidden = {*codes_of(within(seat, "", standing.person.compartments)), *_of_cells(seat, standing, said)}
    report = Report(
        state=TABLE["begin"].target, since=at, begun=at, operation=seat.operation,
        compartment=hidden_in(hidden - {""}),
        grant=seat.grant, author=by, organisation=by.home, marking=said.marking,
    )  # fmt: skip
    with one_act():
        report.reference = next_reference("IR", at)
        _set(report, said)
        report.save()
        _write_items(report, said.items)
        moved(report=report, act="begin", was="", by=by, at=at)
        record("collection", "research.begin_report", by=by, at=at, **about(report))
    return report


def save(*, seat: Sitting, report: int, content: ReportContent, by: Person, at: datetime) -> Report:
    """Save what its author wrote, whole; a draft may lack anything.

    An item may be taken up from a cell of a grid that the seat shows (else NotThere): out of a compartment's grid it takes
    the report into that one.
    """
    check_content(content)
    standing = check_seat(seat, by)
    held = taken("save", seat, standing, report)
    compartment = _also_in(held, _of_cells(seat, standing, content))
    with one_act():
        held.compartment = compartment
        _set(held, content)
        held.save()
        held.items.all().delete()
        _write_items(held, content.items)
        record("alteration", "research.save_report", by=by, at=at, facts={"items": len(content.items)}, **about(held))
    return held


def link(
    *, seat: Sitting, report: int, record_ids: Sequence[str], role: str, by: Person, at: datetime, item: int | None = None
) -> Report:  # fmt: skip
    """Link subjects, by records that the seat shows; a record's part is a category of data subject (rule 10).

    UnknownSubject where the view shows one of them not. Each is cited with a sealed copy; a record of a compartment
    takes the report into it.
    """
    check_codes([role], of="subject_categories", field="role", on=at.date())
    wanted = list(dict.fromkeys(record_ids))
    if not wanted:
        raise Incomplete("No subject is chosen.", {"record_ids": "missing"})
    standing = check_seat(seat, by)
    held = taken("link", seat, standing, report)
    with seat.lend(standing) as view:
        copies = sealed_copies(seat.home, view, wanted)
    if len(copies) != len(wanted):
        raise UnknownSubject("No record of that id is in this workbench.")
    with one_act():
        held.compartment = _also_in(held, [copy["compartment"] for copy in copies.values()])
        held.save(update_fields=["compartment"])
        known = {s.record_id for s in held.subjects.all()}
        ReportSubject.objects.bulk_create(
            ReportSubject(
                report=held, record_id=one, table=copy["table"], role=role, item=item, compartment=copy["compartment"],
                by=by, at=at,
            )
            for one, copy in copies.items() if one not in known
        )  # fmt: skip
        cite(
            record_ids=wanted, room=ROOM, object=name_of(held), sealed=copies, by=by,
            at=at, operation=held.operation, compartment=held.compartment, grant=seat.grant.pk,
        )  # fmt: skip
        record("alteration", "research.link_report", by=by, at=at, facts={"records": len(wanted)}, **about(held))
    return held


def unlink(*, seat: Sitting, report: int, record_id: str, by: Person, at: datetime) -> Report:
    """Take a subject out of a report; that it was cited once stays on file."""
    held = take("link", seat, report, by=by)
    linked = held.subjects.filter(record_id=record_id).first()
    if linked is None:
        raise OutOfOrder("The report does not name that record.")
    with one_act():
        linked.delete()
        uncite(room=ROOM, object=name_of(held), by=by, at=at, reason="taken out of the report", record_ids=[record_id])
        record("alteration", "research.unlink_report", by=by, at=at, **about(held))
    return held


def submit(*, seat: Sitting, report: int, by: Person, at: datetime) -> Report:
    """Submit a report for a second person to sanitise. Incomplete with every field that it lacks."""
    held = take("submit", seat, report, by=by)
    lacking = gaps(content_of(held), now=at)
    if lacking:
        raise Incomplete("The report lacks something: each item is graded by itself.", lacking)
    with one_act():
        move(act="submit", report=held, by=by, at=at, submitted=at)
        record("alteration", "research.submit_report", by=by, at=at, **about(held))
    return held


def withdraw(*, seat: Sitting, report: int, reason: str, by: Person, at: datetime) -> Report:
    """Withdraw a report that was not released; what was written stays on file, for its author alone."""
    check_said("reason", reason)
    held = take("withdraw", seat, report, by=by)
    with one_act():
        move(act="withdraw", report=held, by=by, at=at, reason=reason)
        record("alteration", "research.withdraw_report", by=by, at=at, **about(held))
    return held


def content_of(report: Report) -> ReportContent:
    """Give what a report says as a value."""
    items = tuple(
        ItemContent(
            i.text, i.source_grade, i.assessment, i.handling, i.basis, i.assessment_why, dict(i.conditions), i.happened,
            i.happened_until, i.place, i.cell_id or 0,
        )
        for i in report.items.all()
    )  # fmt: skip
    return ReportContent(
        report.title, report.marking, report.priority, report.source_ref, report.obtained, report.obtained_until,
        report.researched, items,
    )  # fmt: skip


def check_seat(seat: Sitting, by: Person) -> Standing:
    """Give the standing of the person's own seat under a live grant under which reports are written: no duty is one."""
    standing = seat.check_shows("records")
    check_works(standing, seat=seat, by=by, duties=False)
    return standing


def take(act: str, seat: Sitting, number: int, *, by: Person) -> Report:
    """Give a report for an act on it: NotThere, NotAllowed or OutOfOrder where the act is not this person's now."""
    return taken(act, seat, check_seat(seat, by), number)


def taken(act: str, seat: Sitting, standing: Standing, number: int) -> Report:
    """Give the same under a standing that was checked."""
    report = report_for(seat, standing, number)
    check_who(act, relations(report, standing.person))
    check_can(act, report.state)
    return report


def move(*, act: str, report: Report, by: Person, at: datetime, reason: str = "", **also: Any) -> None:
    """Within the transaction: take the report along the table's arrow, for somebody may have been quicker."""
    was = Report.objects.select_for_update().values_list("state", flat=True).get(pk=report.pk)
    check_can(act, was)
    report.state, report.since = TABLE[act].target or was, at
    for name, value in also.items():
        setattr(report, name, value)
    check_lengths(report)
    report.save(update_fields=["state", "since", *also])
    moved(report=report, act=act, was=was, by=by, at=at, reason=reason)


def moved(*, report: Report, act: str, was: str, by: Person, at: datetime, reason: str = "") -> None:
    """Within the transaction: note that a report moved, by whom, when and why."""
    ReportMove.objects.create(report=report, act=act, was=was, now=report.state, by=by, at=at, reason=reason)


def about(report: Report) -> dict[str, Any]:
    """Name a report for the log."""
    return {
        "objects": [f"research:report:{report.pk}"], "operation": report.operation, "compartment": report.compartment,
        "grant": report.grant_id,
    }  # fmt: skip


def name_of(report: Report) -> str:
    """Name a report as what cites its records."""
    return f"report:{report.pk}"


def _also_in(report: Report, codes: Iterable[str]) -> str:
    """Give the compartments of a report that takes up something out of others: their readers alone read it."""
    return hidden_in({*codes_of(report.compartment), *codes} - {""})


def _of_cells(seat: Sitting, standing: Standing, content: ReportContent) -> set[str]:
    """Give the compartments of the cells that items were taken up from; NotThere where the seat does not show one."""
    wanted = {item.cell for item in content.items if item.cell}
    found = graded_items(seat, cells=tuple(wanted), standing=standing) if wanted else []
    if {one.cell for one in found} != wanted:
        raise NotThere("There is no such graded item in the grids of this work.")
    return {code for one in found for code in codes_of(one.compartment)}


def _set(report: Report, said: ReportContent) -> None:
    report.title, report.marking, report.priority = said.title.strip(), said.marking, said.priority
    report.source_ref, report.researched = said.source_ref.strip(), said.researched.strip()
    report.obtained, report.obtained_until = said.obtained, said.obtained_until
    check_lengths(report)


def _write_items(report: Report, items: Sequence[ItemContent]) -> None:
    rows = [
        ReportItem(
            report=report, number=number, text=i.text, source_grade=i.source_grade, assessment=i.assessment,
            assessment_why=i.assessment_why, handling=i.handling, conditions=dict(i.conditions), basis=i.basis,
            happened=i.happened, happened_until=i.happened_until, place=i.place,
            cell_id=i.cell or None,
        )
        for number, i in enumerate(items, 1)
    ]  # fmt: skip
    for row in rows:
        check_lengths(row)
    ReportItem.objects.bulk_create(rows)
