"""Saving charts, each save another version; drawing by hand, and confirming what another drew."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from toex.picture import sealed_copies
from toex.store import View
from toex.work.access.kinds import kind_of
from toex.work.access.sitting import Standing, hidden_in, hides
from toex.work.audit.actions import one_act, record
from toex.work.citations.actions import cite
from toex.work.judgements.seat import UnitSeat
from toex.work.research.models import Chart, ChartVersion, HandDrawn
from toex.work.research.policies import charts as policies
from toex.work.research.queries.charts import Sighted, asked_of, chart_of, drawn_on, sighted, version_of
from toex.work.staff.models import Person
from toex.work.staff.policies import check_held

ROOM = "research"


def begin_chart(*, seat: UnitSeat, title: str, document: Mapping[str, Any], by: Person, at: datetime) -> ChartVersion:
    """Save a new chart with its first version, and cite the records that it points at.

    NotAllowed without the role or under a grant that is to read by alone, Incomplete where the document holds more than
    ids, records and positions.
    """
    standing = _check(seat, by)
    told = policies.check_title(title)
    policies.check_document(document)
    with seat.lend(standing) as view:
        seen = sighted(view, document, ())
        kept = _kept(document, seen, None)
        sealed = _sealed(seat, view, kept, seen)
    hidden = hidden_in(hides(seat.grant))
    with one_act():
        chart = Chart.objects.create(
            title=told, operation=seat.grant.operation, grant=seat.grant, compartment=hidden, made_by=by, made=at
        )
        made = ChartVersion.objects.create(chart=chart, number=1, document=kept, by=by, at=at)
        _cite(seat, chart, sealed, by=by, at=at)
        _noted("research.begin_chart", seat, chart, by=by, at=at, facts={"version": 1})
    return made


def save_chart(
    *, seat: UnitSeat, chart: int, base: int, title: str, document: Mapping[str, Any], by: Person, at: datetime
) -> ChartVersion:  # fmt: skip
    """Save a chart as its next version. OutOfOrder where somebody saved it since version `base`, which was opened.

    What the saver may not see of that version stays on the chart: nobody takes off what they were never shown. Without a
    title it keeps the one it has.
    """
    standing = _check(seat, by)
    policies.check_document(document)
    found = chart_of(seat, chart, standing=standing)
    told = policies.check_title(title or found.title)
    newest, _ = version_of(found)
    policies.check_latest(base, newest.number)
    drawn = drawn_on(found, standing.scope)
    with seat.lend(standing) as view:
        seen, before = sighted(view, document, drawn), sighted(view, newest.document, drawn)
        kept = _kept(document, seen, _Base(newest.document, before))
        sealed = _sealed(seat, view, kept, seen)
    policies.check_document(kept)
    with one_act():
        made = ChartVersion.objects.create(chart=found, number=newest.number + 1, document=kept, by=by, at=at)
        if told != found.title:
            Chart.objects.filter(pk=found.pk).update(title=told)
        _cite(seat, found, sealed, by=by, at=at)
        _noted("research.save_chart", seat, found, by=by, at=at, facts={"version": made.number})
    return made


def draw_by_hand(*, seat: UnitSeat, chart: int, drawing: Mapping[str, Any], by: Person, at: datetime) -> HandDrawn:
    """Draw somebody, something or a link on a chart, graded and with a reason: dashed until another person confirms it."""
    standing = _check(seat, by)
    given = {**_BLANK, **{name: drawing[name] for name in _BLANK if name in drawing}}
    policies.check_drawing(given)
    found = chart_of(seat, chart, standing=standing)
    with one_act():
        made = HandDrawn.objects.create(chart=found, by=by, at=at, **given)
        _noted("research.draw_by_hand", seat, found, by=by, at=at, facts={"drawn": made.pk, "kind": made.kind})
    return made


def confirm_drawn(*, seat: UnitSeat, chart: int, drawn: int, reason: str, by: Person, at: datetime) -> HandDrawn:
    """Confirm what another drew. NotAllowed for whoever drew it; OutOfOrder where it is confirmed or taken off."""
    standing = _check(seat, by)
    policies.check_reason(reason)
    found = _drawn(seat, standing, chart, drawn=drawn)
    policies.check_confirms(found, by)
    with one_act():
        found.confirmed, found.confirmed_by, found.confirmed_reason = at, by, reason.strip()
        found.save(update_fields=["confirmed", "confirmed_by", "confirmed_reason"])
        _noted("research.confirm_drawn", seat, found.chart, by=by, at=at, facts={"drawn": found.pk}, reason=reason)
    return found


def withdraw_drawn(*, seat: UnitSeat, chart: int, drawn: int, reason: str, by: Person, at: datetime) -> HandDrawn:
    """Take something drawn by hand off a chart, for a reason; that it was drawn stays on file."""
    standing = _check(seat, by)
    policies.check_reason(reason)
    found = _drawn(seat, standing, chart, drawn=drawn)
    with one_act():
        found.withdrawn, found.withdrawn_by, found.withdrawn_reason = at, by, reason.strip()
        found.save(update_fields=["withdrawn", "withdrawn_by", "withdrawn_reason"])
        _noted("research.withdraw_drawn", seat, found.chart, by=by, at=at, facts={"drawn": found.pk}, reason=reason)
    return found


_BLANK: Mapping[str, Any] = {
    "kind": "", "label": "", "child": False, "subject": 0, "one": "", "other": "", "source_grade": "", "info_grade": "",
    "handling": "", "conditions": "", "reason": "",
}  # fmt: skip


class _Base:
    """The version that a save follows, and what of it the saver sees."""

    def __init__(self, document: Mapping[str, Any], seen: Sighted) -> None:
        self.elements = {e["id"]: e for e in document["elements"]}
        self.groups = {g["id"]: g for g in document["groups"]}
        self.seen = seen

    def unseen(self) -> list[Mapping[str, Any]]:
        """What the saver was not shown."""
        return [e for id, e in self.elements.items() if id not in self.seen.ids]

    def records(self, element: Mapping[str, Any]) -> list[str]:
        """An element's records with those that the saver was not shown."""
        held = self.elements.get(element["id"], {"records": ()})["records"]
        return [*element["records"], *(r for r in held if r not in self.seen.records and r not in element["records"])]


def _check(seat: UnitSeat, by: Person) -> Standing:
    policies.check_own(seat.person, by)
    policies.check_draws_under(kind_of(seat.grant.kind, seat.grant.duty))
    standing = seat.check_shows("records")
    check_held(standing.person.roles, "draw a chart")
    return standing


def _kept(document: Mapping[str, Any], seen: Sighted, base: "_Base | None") -> dict[str, Any]:
    """Give what is saved: what the saver sees of their document, and of the version before what they were not shown."""
    own = [e for e in document["elements"] if e["id"] in seen.ids]
    if base is None:
        return {"elements": own, "groups": list(document["groups"]), "view": document["view"]}
    unseen = base.unseen()
    shadowed = {e["group"] for e in unseen} - {""}
    groups = {g["id"]: base.groups.get(g["id"], g) if g["id"] in shadowed else g for g in document["groups"]}
    groups |= {id: base.groups[id] for id in sorted(shadowed) if id in base.groups and id not in groups}
    elements = [{**e, "records": base.records(e)} for e in own]
    return {"elements": [*elements, *unseen], "groups": list(groups.values()), "view": document["view"]}


def _sealed(seat: UnitSeat, view: View, document: Mapping[str, Any], seen: Sighted) -> dict[str, Mapping[str, Any]]:
    """Seal copies of the records that the saver sees of what is saved; the rest was cited when another saved it."""
    asked = [one for one in asked_of(document) if one.id in seen.ids]
    events = {one.id.removeprefix("event:") for one in asked if one.id.startswith("event:")}
    return sealed_copies(seat.home, view, {r for one in asked for r in one.records} | events)


def _cite(seat: UnitSeat, chart: Chart, sealed: Mapping[str, Mapping[str, Any]], *, by: Person, at: datetime) -> None:
    lying: dict[str, list[str]] = defaultdict(list)
    for one, copy in sealed.items():
        own = {str(copy["compartment"])} - {""}
        lying[hidden_in(hides(seat.grant) | own)].append(one)
    for hidden, records in sorted(lying.items()):
        cite(
            record_ids=sorted(records), room=ROOM, object=f"chart:{chart.pk}", sealed=sealed, by=by, at=at,
            operation=seat.operation, compartment=hidden, grant=seat.grant.pk,
        )  # fmt: skip


def _drawn(seat: UnitSeat, standing: Standing, chart: int, *, drawn: int) -> HandDrawn:
    found = chart_of(seat, chart, standing=standing)
    return policies.check_found(next((one for one in drawn_on(found, standing.scope) if one.pk == drawn), None))


def _noted(
    what: str, seat: UnitSeat, chart: Chart, *, by: Person, at: datetime, facts: Mapping[str, str | int], reason: str = ""
) -> None:  # fmt: skip
    record(
        "alteration", what, by=by, at=at, objects=[f"research:chart:{chart.pk}"], facts=facts, grant=seat.grant.pk,
        operation=seat.operation, compartment=hidden_in(seat.seen | hides(seat.grant)), reason=reason,
    )  # fmt: skip
