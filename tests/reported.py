"""Intelligence reports along their road, for every test that needs one: each walked there by the acts themselves."""

from datetime import timedelta
from typing import Any

from seats import NOW, elsewhere
from toex.work.judgements.seat import UnitSeat
from toex.work.research.actions import release, reports
from toex.work.research.models import Report
from toex.work.research.report_content import ItemContent, ReportContent, SafeItem
from toex.work.staff.models import Organisation, Person

People = dict[str, Person]
CONDITIONS = {
    "text": "Not to be shown in interview", "recipients": "SIO", "originator": "FIB, 01632 960000", "review": "01/12/2026",
    "action": "Covert development only", "sanitise": "Consult the originator",
}  # fmt: skip
FIRST = ItemContent(
    "Two men carry parcels into the flat each Friday evening.", "2", "A", "P", "fact", happened=NOW - timedelta(days=2)
)
SECOND = ItemContent(
    "My source believes that the younger man fears the older.", "2", "C", "C", "assessment", conditions=CONDITIONS
)
CONTENT = ReportContent(
    title="Parcels at a flat", priority="medium", source_ref="ISR 004417", obtained=NOW - timedelta(days=1),
    researched="PND, PNC", items=(FIRST, SECOND),
)  # fmt: skip
SAFE = (
    SafeItem(1, "Parcels are carried into the flat each Friday evening."),
    SafeItem(2, "The younger man is said to fear the older."),
)


def seat_of(seat: UnitSeat, people: People, who: str, *, hours: float = 0) -> UnitSeat:
    """The same grant, somebody else."""
    return elsewhere(seat, who=people[who], hours=hours)


def begun(seat: UnitSeat, content: ReportContent = CONTENT) -> Report:
    return reports.begin(seat=seat, by=seat.person, at=seat.at, content=content)


def submitted(seat: UnitSeat, content: ReportContent = CONTENT) -> Report:
    made = begun(seat, content)
    return reports.submit(seat=seat, report=made.pk, by=seat.person, at=seat.at)


def sanitised(seat: UnitSeat, people: People, *, by: str = "developer", **more: Any) -> Report:
    made = submitted(seat)
    second = seat_of(seat, people, by, hours=1)
    said = {"safe": SAFE, "title": "Parcels", "how": "Source's place and relation taken out"} | more
    return release.sanitise(seat=second, report=made.pk, by=second.person, at=second.at, **said)


def sent(seat: UnitSeat, people: People) -> Report:
    made = sanitised(seat, people)
    later = seat_of(seat, people, "analyst", hours=2)
    return release.send(
        seat=later, report=made.pk, to=Organisation.objects.get(code="13"), desk="Force Intelligence Bureau",
        channel="Secure email", sent=later.at, by=later.person, at=later.at,
    )  # fmt: skip


def registered(seat: UnitSeat, people: People) -> Report:
    made = sent(seat, people)
    later = seat_of(seat, people, "analyst", hours=30)
    return release.record_urn(
        seat=later, report=made.pk, urn="13/IR/26/000551", on=later.at.date(), by=later.person, at=later.at
    )


def walk_to(state: str, seat: UnitSeat, people: People) -> Report:
    """Walk a new report to a state."""
    if state == "returned":
        made = submitted(seat)
        second = seat_of(seat, people, "developer")
        return release.send_back(seat=second, report=made.pk, reason="Item 2.", by=second.person, at=second.at)
    if state == "withdrawn":
        made = begun(seat)
        return reports.withdraw(seat=seat, report=made.pk, reason="Known already.", by=seat.person, at=seat.at)
    plain = {"draft": begun, "submitted": submitted}
    released = {"sanitised": sanitised, "sent": sent, "registered": registered}
    return plain[state](seat) if state in plain else released[state](seat, people)
