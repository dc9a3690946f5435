"""Charts kept: exactly as saved for whoever sees all of it, redrawn for everybody else, never with a label."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from people import START
from rows import person, phone_of
from seats import elsewhere, seated, stock
from toex.picture import charting
from toex.work.access.models import Grant
from toex.work.audit.models import Entry
from toex.work.citations.models import Citation
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.judgements.seat import UnitSeat
from toex.work.operations.actions import name_reader, open_compartment
from toex.work.research.actions import charts as actions
from toex.work.research.models import Chart, ChartVersion
from toex.work.research.queries.charts import charts_of, open_chart
from toex.work.staff.models import Person
from unit_work import granted

People = dict[str, Person]
ORDINARY = {"dataset": "13-nominals", "supplier": "13", "source_grade": "2", "info_grade": "B"}
ANA = person("ANA", name="Ana Valdane", dob=date(1980, 2, 3), **ORDINARY)
TOBY = person("TOBY", name="Toby Wren", dob=date(2015, 2, 3), subject=4, **ORDINARY)
SECRET = person("SEC", name="Una Hidden", compartment="kestrel", **ORDINARY)
TITLED = "Those around the line"


def element(row: dict[str, Any], **more: Any) -> dict[str, Any]:
    id = charting.person_id(row["record_id"])
    place = {"x": 1.5, "y": -20, "pinned": True, "hidden": False, "group": ""}
    return {"id": id, "records": [row["record_id"]], **place, **more}


def document(*elements: dict[str, Any], groups: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"elements": list(elements), "groups": list(groups), "view": {"x": 0, "y": 0.25, "zoom": 1.5}}


@pytest.fixture
def seat(unit: Path, people: People) -> UnitSeat:
    stock(unit, {"person": [ANA, TOBY, SECRET], "identifier": [phone_of(ANA, "+447700900001")]})
    kestrel = open_compartment(code="kestrel", corruption=False, by=people["manager"], at=START, reason="Prison staff")
    name_reader(compartment=kestrel, person=people["developer"], reason="Needed", by=people["manager"], at=START)
    return seated(people, ["13-nominals"])


def begun(seat: UnitSeat, *elements: dict[str, Any], **more: Any) -> ChartVersion:
    return actions.begin_chart(
        seat=seat, title=TITLED, document=document(*elements, **more), by=seat.person, at=seat.at
    )


def saved(seat: UnitSeat, made: ChartVersion, *elements: dict[str, Any], **more: Any) -> ChartVersion:
    return actions.save_chart(
        seat=seat, chart=made.chart_id, base=made.number, title=TITLED, document=document(*elements, **more),
        by=seat.person, at=seat.at,
    )  # fmt: skip


def drawing(**more: Any) -> dict[str, Any]:
    given = {"kind": "person", "label": "The driver", "source_grade": "2", "info_grade": "C", "handling": "P"}
    return {**given, "reason": "Told by the landlord", **more}


def drawn(seat: UnitSeat, made: ChartVersion, **more: Any) -> Any:
    return actions.draw_by_hand(seat=seat, chart=made.chart_id, drawing=drawing(**more), by=seat.person, at=seat.at)


def test_a_chart_opens_exactly_as_it_was_saved(seat: UnitSeat) -> None:
    phone = {**element(ANA, id="phone:+447700900001", pinned=False), "group": "g1"}
    group = {"id": "g1", "title": "The line", "collapsed": True}
    made = begun(seat, element(ANA), phone, groups=(group,))
    assert open_chart(seat, made.chart_id).document == document(element(ANA), phone, groups=(group,))


def test_every_save_is_a_version_and_the_earlier_ones_open_too(seat: UnitSeat) -> None:
    made = begun(seat, element(ANA))
    second = saved(seat, made, element(ANA, x=9))
    assert (second.number, open_chart(seat, made.chart_id).document["elements"][0]["x"]) == (2, 9)
    assert open_chart(seat, made.chart_id, version=1).document == document(element(ANA))
    with pytest.raises(OutOfOrder):
        second.save()
    with pytest.raises(OutOfOrder):
        second.delete()


def test_a_save_on_a_version_that_is_not_the_newest_is_refused(seat: UnitSeat) -> None:
    made = begun(seat, element(ANA))
    saved(seat, made, element(ANA, x=9))
    with pytest.raises(OutOfOrder, match="version 2"):
        saved(seat, made, element(ANA, x=10))


@pytest.mark.parametrize("more", [{"label": "Ana Valdane"}, {"name": "x"}])
def test_a_label_is_never_kept_with_a_chart(seat: UnitSeat, more: dict[str, Any]) -> None:
    with pytest.raises(Incomplete, match="no label"):
        begun(seat, {**element(ANA), **more})


def test_a_chart_of_more_than_a_thousand_elements_is_refused(seat: UnitSeat) -> None:
    many = [element(ANA, id=f"phone:+4477009{n:05}") for n in range(charting.MOST + 1)]
    with pytest.raises(Incomplete, match="1,000"):
        begun(seat, *many)


def test_who_may_not_see_an_element_is_not_told_that_there_is_one(seat: UnitSeat, people: People) -> None:
    """The leak test: what opens is what would open had the hidden record never been on the chart, in every byte."""
    reader = elsewhere(seat, who=people["developer"])
    group = {"id": "g1", "title": "Una Hidden and the line", "collapsed": False}
    made = begun(reader, element(ANA, group="g1"), element(SECRET, group="g1"), groups=(group,))
    plain = begun(seat, element(ANA, group="g1"), groups=({**group, "title": "Group"},))
    theirs, whole = open_chart(seat, made.chart_id), open_chart(reader, made.chart_id)
    assert [s.label for s in whole.drawing.signs] == ["VALDANE, Ana", "HIDDEN, Una"]
    assert (theirs.document, theirs.drawing) == (
        open_chart(seat, plain.chart_id).document,
        open_chart(seat, plain.chart_id).drawing,
    )
    assert "hidden, " not in repr((theirs.document, theirs.drawing)).lower()


def test_a_record_of_an_element_that_is_hidden_is_not_given_with_it(seat: UnitSeat, people: People) -> None:
    reader = elsewhere(seat, who=people["developer"])
    both = element(ANA, records=[ANA["record_id"], SECRET["record_id"]])
    made = begun(reader, both)
    assert open_chart(seat, made.chart_id).document["elements"][0]["records"] == [ANA["record_id"]]
    assert open_chart(reader, made.chart_id).document["elements"][0]["records"] == both["records"]


def test_nobody_takes_off_what_they_were_never_shown(seat: UnitSeat, people: People) -> None:
    reader = elsewhere(seat, who=people["developer"])
    group = {"id": "g1", "title": "Inside", "collapsed": False}
    made = begun(reader, element(ANA), element(SECRET, group="g1"), groups=(group,))
    saved(seat, made, element(TOBY))
    again = open_chart(reader, made.chart_id)
    assert [e["id"] for e in again.document["elements"]] == [element(TOBY)["id"], element(SECRET)["id"]]
    assert again.document["groups"] == [group]


def test_an_element_that_its_saver_may_not_see_is_not_saved(seat: UnitSeat) -> None:
    assert begun(seat, element(ANA), element(SECRET)).document == document(element(ANA))


def test_a_chart_opens_under_its_own_operation_alone(seat: UnitSeat, people: People) -> None:
    made = begun(seat, element(ANA))
    other = seated(people, ["13-nominals"], who="researcher", name="Saltwick", number=2)
    assert charts_of(other) == []
    with pytest.raises(NotThere):
        open_chart(other, made.chart_id)
    assert [c.chart.pk for c in charts_of(elsewhere(seat, who=people["researcher"]))] == [made.chart_id]


def test_a_dutys_charts_are_the_dutys(seat: UnitSeat, people: People) -> None:
    def under(holder: str) -> Grant:
        asked = {"duty": "match_review", "datasets": ["13-nominals"], "ends": seat.at.replace(hour=23)}
        return granted(people, "duty", holder, at=seat.at, **asked)

    mine, theirs = (UnitSeat(people[w], under(w), seat.at) for w in ("analyst", "researcher"))
    made = begun(mine, element(ANA))
    assert [c.chart.pk for c in charts_of(mine)] == [made.chart_id]
    assert charts_of(theirs) == charts_of(seat) == []


def test_the_records_that_a_version_points_at_are_cited_once(seat: UnitSeat, people: People) -> None:
    made = begun(seat, element(ANA))
    saved(seat, made, element(ANA), element(TOBY))
    cited = Citation.objects.filter(room="research", object=f"chart:{made.chart_id}")
    assert set(cited.values_list("record_id", flat=True)) == {ANA["record_id"], TOBY["record_id"]}
    held = cited.get(record_id=ANA["record_id"])
    assert (held.sealed["grade"], held.sealed["supplier"], held.operation) == ("2BP", "WYP", "larkmere")


def test_a_citation_of_a_hidden_record_lies_in_its_compartment(seat: UnitSeat, people: People) -> None:
    begun(elsewhere(seat, who=people["developer"]), element(ANA), element(SECRET))
    lying = dict(Citation.objects.values_list("record_id", "compartment"))
    assert lying == {ANA["record_id"]: "", SECRET["record_id"]: "kestrel"}


def test_saving_and_opening_are_in_the_log(seat: UnitSeat) -> None:
    made = begun(seat, element(ANA))
    open_chart(seat, made.chart_id)
    told = [(e.act, e.what) for e in Entry.objects.order_by("number")][-3:]
    assert told == [
        ("consultation", "citations.cite"),
        ("alteration", "research.begin_chart"),
        ("consultation", "picture.draw"),
    ]


def test_a_chart_needs_a_title(seat: UnitSeat) -> None:
    with pytest.raises(Incomplete):
        actions.begin_chart(seat=seat, title="  ", document=document(), by=seat.person, at=seat.at)


def test_what_is_drawn_by_hand_is_graded_and_says_why(seat: UnitSeat) -> None:
    made = begun(seat, element(ANA))
    with pytest.raises(Incomplete) as told:
        drawn(seat, made, source_grade="9", reason=" ", handling="C", kind="link", one="a", other="a")
    assert set(told.value.fields) == {"source_grade", "reason", "conditions", "one"}


def test_nobody_confirms_what_they_drew_themselves(seat: UnitSeat, people: People) -> None:
    made = begun(seat, element(ANA))
    one = drawn(seat, made)
    assert (one.grade, one.confirmed) == ("2CP", None)
    confirm = {"chart": made.chart_id, "drawn": one.pk, "reason": "Seen on the statement", "at": seat.at}
    with pytest.raises(NotAllowed):
        actions.confirm_drawn(seat=seat, by=seat.person, **confirm)
    other = elsewhere(seat, who=people["researcher"])
    assert actions.confirm_drawn(seat=other, by=other.person, **confirm).confirmed_by == other.person
    with pytest.raises(OutOfOrder):
        actions.confirm_drawn(seat=other, by=other.person, **confirm)


def test_what_is_drawn_has_a_place_on_the_chart_until_it_is_taken_off(seat: UnitSeat) -> None:
    made = begun(seat, element(ANA))
    one = drawn(seat, made)
    placed = element(ANA, id=f"drawn:{one.pk}", records=[])
    second = saved(seat, made, element(ANA), placed)
    assert open_chart(seat, made.chart_id).document == document(element(ANA), placed)
    actions.withdraw_drawn(seat=seat, chart=made.chart_id, drawn=one.pk, reason="A mistake", by=seat.person, at=seat.at)
    assert open_chart(seat, second.chart_id).document == document(element(ANA))
    assert open_chart(seat, second.chart_id).drawn == ()


def test_what_is_drawn_of_conditions_is_not_shown_to_who_may_not_read_them(seat: UnitSeat, people: People) -> None:
    made = begun(seat, element(ANA))
    drawn(seat, made, handling="C", conditions="Not beyond the team")
    assert len(open_chart(seat, made.chart_id).drawn) == 1
    Grant.objects.update(handling="P")
    assert open_chart(seat, made.chart_id).drawn == ()


def test_nothing_is_drawn_from_anothers_seat_or_without_the_role(seat: UnitSeat, people: People) -> None:
    with pytest.raises(NotAllowed):
        actions.begin_chart(seat=seat, title="A", document=document(), by=people["researcher"], at=seat.at)
    assert Chart.objects.count() == 0


def test_a_child_is_drawn_without_a_name_and_a_victim_first(seat: UnitSeat) -> None:
    signs = open_chart(seat, begun(seat, element(ANA), element(TOBY)).chart_id).drawing.signs
    assert signs[0].victim
    assert signs[0].label == f"child, {signs[0].id[:5]}"
    assert not {"TOBY", "WREN"} & set(repr(signs).upper().replace(",", " ").split())
