"""Which reports somebody may know of under their grant, and which text of each they may read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from toex.picture import Named, named
from toex.work.access.facts import PersonFacts
from toex.work.access.models import Grant
from toex.work.access.sitting import Sitting, Standing
from toex.work.errors import NotThere
from toex.work.research.models import Report, ReportItem, ReportMove, ReportSubject
from toex.work.research.policies import codes_of, is_open_to, is_written_under
from toex.work.research.policies.reports import (
    ReportFacts,
    may_know,
    may_read_original,
    may_read_safe,
    may_sanitise,
)
from toex.work.research.queries.places import open_among, place_of
from toex.work.research.report_states import TABLE, can
from toex.work.staff.policies import TEAM

_NOT_THERE = "There is no such report, or it is not for you to know of."
_WITH = (
    "author",
    "organisation",
    "sanitised_by",
    "sent_by",
    "sent_to",
    "grant",
    "grant__operation__request",
    "dataset",
    "receipt",
)


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item with the texts that its reader may read: "" where not."""

    item: ReportItem
    original: str
    safe: str


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report as one person may read it, and what they may do with it now (acts of `report_states.TABLE`)."""

    report: Report
    title: str
    items: tuple[ReadItem, ...]
    original: bool
    safe: bool
    acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Beside:
    """Whom a report is about, as far as the seat shows them, and how it moved."""

    report: Report
    subjects: tuple[tuple[ReportSubject, Named], ...]
    moves: tuple[ReportMove, ...]


@dataclass(frozen=True, slots=True)
class AwaitingLine:
    """A report that waits for somebody, and the grant under which they do it. No title: nothing of it is read here."""

    report: Report
    grant: int


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in a list; the title as far as it may be read."""

    report: Report
    title: str
    own: bool
    waits_for_you: bool


def facts_of(report: Report) -> ReportFacts:
    """Give what the rules of sight read."""
    return ReportFacts(report.state, report.author_id, report.sanitised_by_id)


def relations(report: Report, person: PersonFacts) -> frozenset[str]:
    """Give how somebody stands to a report, in the words of `report_states.RELATIONS`."""
    facts = facts_of(report)
    held = {
        "author": person.number == facts.author,
        "second": may_sanitise(facts, person=person.number, roles=person.roles),
        "team": bool(person.roles & TEAM),
    }
    return frozenset(name for name, holds in held.items() if holds)


def known(seat: Sitting, standing: Standing) -> list[Report]:
    """List the reports under the seat's operation (else its grant) that its person may know of, the newest first."""
    return _known(Report.objects.all(), seat, standing)


def report_for(seat: Sitting, standing: Standing, number: int) -> Report:
    """Give a report by its number; NotThere where it is none that the person may know of."""
    found = _known(Report.objects.filter(pk=number), seat, standing)
    if not found:
        raise NotThere(_NOT_THERE)
    return found[0]


def listed(seat: Sitting, *, standing: Standing | None = None) -> tuple[ReportLine, ...]:
    """List the reports that a person may know of under their grant; the listing is logged by count before it is given."""
    standing = _records(seat, standing)
    found = known(seat, standing)
    seat.note("consultation", "research.reports", seat.at, reports=len(found))
    return tuple(_line(report, standing.person) for report in found)


def awaiting(grants: Sequence[Grant], person: PersonFacts) -> tuple[tuple[AwaitingLine, ...], tuple[AwaitingLine, ...]]:
    """List what waits for somebody under their live grants: to sanitise, and their own that were returned to them.

    The oldest first. Those of a compartment for its readers alone; nothing is written under a duty or a reading grant.
    """
    under: dict[tuple[str, int], int] = {}
    for held in grants:
        if is_written_under(held):
            under.setdefault(place_of(held), held.pk)
    if not under:
        return (), ()
    open_ones = Report.objects.filter(state__in=("submitted", "returned")).select_related("author")
    rows = [
        AwaitingLine(report, grant)
        for report in open_ones.filter(operation__in={operation for operation, _ in under}).order_by("since", "pk")
        if (grant := under.get((report.operation, 0 if report.operation else report.grant_id)))
        and is_open_to(report.compartment, person.compartments)
    ]
    to_sanitise = (r for r in rows if r.report.state == "submitted" and "second" in relations(r.report, person))
    own = (r for r in rows if r.report.state == "returned" and r.report.author_id == person.number)
    return tuple(to_sanitise), tuple(own)


def read(seat: Sitting, number: int, *, standing: Standing | None = None) -> ReadReport:
    """Give a report with the texts that its reader may read; logged before it is given. NotThere where it is none."""
    standing = _records(seat, standing)
    report = report_for(seat, standing, number)
    told = _read(report, standing.person)
    seat.seen.update(codes_of(report.compartment))
    seat.note("consultation", "research.report", seat.at, report=report.pk, original=int(told.original))
    return told


def beside(seat: Sitting, number: int, *, standing: Standing | None = None) -> Beside:
    """Give whom a report is about and how it moved, to who may read its text; logged before it is given."""
    standing = _records(seat, standing)
    report = report_for(seat, standing, number)
    facts = facts_of(report)
    reads = may_read_original(facts, person=standing.person.number, roles=standing.person.roles) or may_read_safe(facts)
    linked = tuple(report.subjects.all()) if reads else ()
    with seat.lend(standing) as view:
        names = named(view, [s.record_id for s in linked], today=seat.at.date()) if linked else {}
    shown = tuple((s, names[s.record_id]) for s in linked if s.record_id in names)
    moves = tuple(report.moves.select_related("by"))
    seat.note("consultation", "research.report_subjects", seat.at, report=report.pk, records=len(shown))
    return Beside(report, shown, moves)


def _records(seat: Sitting, standing: Standing | None) -> Standing:
    """Give the standing of a seat that shows records: its own, where it was just read and does, else read anew."""
    return standing if standing is not None and standing.kind.shows == "records" else seat.check_shows("records")


def _known(reports: QuerySet[Report], seat: Sitting, standing: Standing) -> list[Report]:
    found = open_among(reports.select_related(*_WITH).order_by("-pk"), seat, standing=standing)
    return [report for report in found if may_know(facts_of(report), person=standing.person.number)]


def _line(report: Report, person: PersonFacts) -> ReportLine:
    waits = report.state == "submitted" and "second" in relations(report, person)
    return ReportLine(report, _title(report, person), report.author_id == person.number, waits)


def _title(report: Report, person: PersonFacts) -> str:
    facts = facts_of(report)
    if may_read_safe(facts):
        return report.safe_title
    return report.title if may_read_original(facts, person=person.number, roles=person.roles) else ""


def _read(report: Report, person: PersonFacts) -> ReadReport:
    facts = facts_of(report)
    original = may_read_original(facts, person=person.number, roles=person.roles)
    safe = may_read_safe(facts)
    related = relations(report, person)
    acts = frozenset(
        act for act, row in TABLE.items() if row.sources and can(act, report.state) and related & set(row.who)
    )
    items = tuple(
        ReadItem(i, i.text if original else "", i.safe_text if safe and not i.withheld else "")
        for i in report.items.select_related("cell")
        if original or (safe and not i.withheld)
    )
    return ReadReport(report, _title(report, person), items, original, safe, acts)
