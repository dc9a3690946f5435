"""The charts' pages and what they ask for: opened as their reader may see them, refused in one shape, noted when they leave."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from defusedxml import ElementTree

from anx_reader import read_anx
from people import START
from rows import person, phone_of
from seats import NOW, seated, stock
from toex.picture import charting
from toex.work.access.models import Grant
from toex.work.audit.models import Entry
from toex.work.judgements.seat import UnitSeat
from toex.work.operations.actions import name_reader, open_compartment
from toex.work.research.actions import charts as actions
from toex.work.staff.models import Person
from unit.web.conftest import Browser
from unit_work import granted

Browsers = Callable[[str], Browser]
ORDINARY = {"dataset": "13-nominals", "supplier": "13"}
ANA = person("ANA", name="Ana Valdane", source_grade="2", info_grade="B", **ORDINARY)
BEN = person("BEN", name="Ben <b>Hoxley", subject=4, **ORDINARY)
TOBY = person("TOBY", name="Toby Wrenfield", dob=NOW.date().replace(year=2015), subject=4, **ORDINARY)
SECRET = person("SEC", name="Una Hidden", compartment="kestrel", **ORDINARY)
PHONE = "phone:+447700900001"


@pytest.fixture
def seat(browser: Browsers, unit: Any, people: dict[str, Person]) -> UnitSeat:
    return analyst_seat(unit, people)


def analyst_seat(unit: Any, people: dict[str, Person]) -> UnitSeat:
    """Stock three people who share a number, one of them in a compartment; give the analyst's seat."""
    stated = [phone_of(row, "+447700900001") for row in (ANA, BEN, SECRET)]
    stock(unit, {"person": [ANA, BEN, TOBY, SECRET], "identifier": stated})
    kestrel = open_compartment(code="kestrel", corruption=False, by=people["manager"], at=START, reason="Prison staff")
    name_reader(compartment=kestrel, person=people["developer"], reason="Needed", by=people["manager"], at=START)
    return seated(people, ["13-nominals"])


def element(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": charting.person_id(row["record_id"]), "records": [row["record_id"]]}


def document(*rows: dict[str, Any]) -> dict[str, Any]:
    place = {"x": 1, "y": 2, "pinned": False, "hidden": False, "group": ""}
    return {"elements": [{**element(r), **place} for r in rows], "groups": [], "view": {"x": 0, "y": 0, "zoom": 1}}


def send(browser: Browser, seat: UnitSeat, path: str, status: int = 200, **body: Any) -> Any:
    answer = browser.client.post(f"/desk/{seat.grant.pk}/{path}", json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content[:500]
    return answer.json() if answer["Content-Type"] == "application/json" else answer


def given(browser: Browser) -> Any:
    assert browser.last is not None
    html = browser.last.content.decode()
    return json.loads(html.split('id="given"', 1)[1].split(">", 1)[1].split("</script>", 1)[0])


def saved(browser: Browser, seat: UnitSeat, *rows: dict[str, Any]) -> int:
    return int(send(browser, seat, "charts/begin", title="The line", document=document(*rows))["number"])


def test_the_list_says_what_to_do_next_and_then_what_there_is(browser: Browsers, seat: UnitSeat) -> None:
    analyst = browser("analyst")
    assert "Begin one with New chart" in analyst.get(f"/desk/{seat.grant.pk}/charts").said
    number = saved(analyst, seat, ANA)
    page = analyst.get(f"/desk/{seat.grant.pk}/charts")
    assert f"/desk/{seat.grant.pk}/charts/{number}" in page.links
    assert "The line" in page.said


def test_a_new_chart_is_of_the_records_that_were_sent(browser: Browsers, seat: UnitSeat) -> None:
    analyst = browser("analyst")
    assert given(analyst) == {} if analyst.last else True
    analyst.get(f"/desk/{seat.grant.pk}/charts/new")
    assert given(analyst)["drawing"]["signs"] == []
    analyst.post(f"/desk/{seat.grant.pk}/charts/new", {"record": [ANA["record_id"], TOBY["record_id"]]}, status=200)
    labels = [s["label"] for s in given(analyst)["drawing"]["signs"]]
    assert labels == [f"child, {element(TOBY)['id'][:5]}", "VALDANE, Ana"]
    assert Entry.objects.filter(what="picture.begin", grant=seat.grant.pk).exists()


def test_of_one_subject_a_new_chart_shows_what_is_around_it_too(browser: Browsers, seat: UnitSeat) -> None:
    analyst = browser("analyst")
    page = analyst.post(f"/desk/{seat.grant.pk}/charts/new", {"record": [ANA["record_id"]]}, status=200)
    assert PHONE in [s["id"] for s in given(analyst)["drawing"]["signs"]]
    assert "07700 900001" in page.said  # in the table, without scripts
    assert "<b>" not in (analyst.last.content.decode() if analyst.last else "")


def test_a_chart_opens_as_its_reader_may_see_it(browser: Browsers, seat: UnitSeat) -> None:
    number = saved(browser("developer"), seat, ANA, SECRET)
    reader, other = browser("developer"), browser("analyst")
    for one, wanted in ((reader, 2), (other, 1)):
        one.get(f"/desk/{seat.grant.pk}/charts/{number}")
        assert len(given(one)["document"]["elements"]) == wanted
    assert other.last is not None
    html = other.last.content.decode()
    assert SECRET["record_id"] not in html
    assert "HIDDEN" not in html.upper().replace("HIDDEN=", "").replace(" HIDDEN", "").replace('"HIDDEN"', "")


def test_a_chart_of_elsewhere_is_not_there(browser: Browsers, seat: UnitSeat, people: dict[str, Person]) -> None:
    number = saved(browser("analyst"), seat, ANA)
    other = seated(people, ["13-nominals"], who="researcher", name="Saltwick", number=2)
    browser("researcher").get(f"/desk/{other.grant.pk}/charts/{number}", status=404)
    refused = send(browser("researcher"), other, f"charts/{number}/save", 404, base=1, title="A", document=document())
    assert set(refused) == {"fact", "fields"}


def test_counts_come_before_what_is_counted_and_both_are_in_the_log(browser: Browsers, seat: UnitSeat) -> None:
    analyst, one = browser("analyst"), element(ANA)
    assert send(analyst, seat, "picture/count", id=one["id"], elements=[one]) == {
        "counts": [{"kind": "phone", "words": "Phones", "number": 1}]
    }
    found = send(analyst, seat, "picture/expand", id=one["id"], kind="phone", elements=[one])
    assert [s["id"] for s in found["signs"]] == [PHONE]
    assert [(x["a"], x["b"]) for x in found["lines"]] == [(one["id"], PHONE)]
    told = list(Entry.objects.order_by("number").values_list("what", flat=True))
    assert told[-2:] == ["picture.count", "picture.expand"]


def test_who_share_a_number_on_the_chart_are_a_candidate_group_and_the_log_says_so(
    browser: Browsers, seat: UnitSeat
) -> None:
    a, b, phone = element(ANA), element(BEN), {"id": PHONE, "records": []}
    found = send(browser("analyst"), seat, "picture/groups", elements=[a, b, phone, element(TOBY)])
    assert [sorted(group) for group in found["groups"]] == [sorted([a["id"], b["id"], PHONE])]
    assert Entry.objects.filter(what="picture.candidate_groups", act="consultation", grant=seat.grant.pk).exists()
    assert send(browser("analyst"), seat, "picture/groups", elements=[a, b]) == {
        "groups": []
    }  # the number is not drawn
    send(browser("analyst"), seat, "picture/groups", 422, elements="all")


def test_a_candidate_group_is_kept_with_the_chart_and_stands_in_its_table(browser: Browsers, seat: UnitSeat) -> None:
    analyst, group = browser("analyst"), {"id": "c1", "title": "Candidate group 1", "collapsed": True}
    made = document(ANA, BEN)
    kept = {**made, "elements": [{**one, "group": "c1"} for one in made["elements"]], "groups": [group]}
    number = send(analyst, seat, "charts/begin", title="The line", document=kept)["number"]
    page = analyst.get(f"/desk/{seat.grant.pk}/charts/{number}")
    assert given(analyst)["document"] == kept
    assert page.said.count("Candidate group 1") == 2  # once beside each of the two, in the table that needs no scripts
    assert "cluster" not in page.said.lower()


def test_two_are_connected_through_what_both_gave(browser: Browsers, seat: UnitSeat) -> None:
    a, b = element(ANA), element(BEN)
    found = send(browser("analyst"), seat, "picture/connect", one=a["id"], other=b["id"], elements=[a, b])
    assert found["ways"] == [[a["id"], PHONE, b["id"]]]
    assert [s["id"] for s in found["drawing"]["signs"]] == [PHONE]


def test_the_panel_tells_record_file_row_and_grade(browser: Browsers, seat: UnitSeat) -> None:
    analyst = browser("analyst")
    told = send(analyst, seat, "picture/element", one=element(ANA))
    assert (told["title"], told["sources"][0]["grade"]) == ("VALDANE, Ana", "2BP")
    line = send(analyst, seat, "picture/line", one=element(ANA), other={"id": PHONE, "records": []})
    assert line["sources"][0]["record"] == ANA["record_id"]
    child = send(analyst, seat, "picture/element", one=element(TOBY))
    assert "toby" not in json.dumps(child).lower()
    send(analyst, seat, "picture/element", 404, one=element(SECRET))


def test_a_thing_is_found_to_be_added(browser: Browsers, seat: UnitSeat) -> None:
    found = send(browser("analyst"), seat, "picture/find", text="07700 900001")
    assert PHONE in [s["id"] for s in found["signs"]]
    assert send(browser("analyst"), seat, "picture/find", text="Nobody Atall")["signs"] == []


def test_timeline_and_map_answer_for_a_selection(browser: Browsers, seat: UnitSeat) -> None:
    analyst = browser("analyst")
    assert send(analyst, seat, "picture/events", elements=[element(ANA)])["happenings"] == []
    assert send(analyst, seat, "picture/places", elements=[element(ANA)]) == {"pins": []}


@pytest.mark.parametrize("body", [b"", b"[1]", b'{"elements": 3}', b'{"elements": [{"id": 1}]}', b'{"elements": [{}]}'])
def test_what_cannot_be_read_is_refused_in_the_same_shape(browser: Browsers, seat: UnitSeat, body: bytes) -> None:
    client = browser("analyst").client
    answer = client.post(f"/desk/{seat.grant.pk}/picture/draw", body, content_type="application/json")
    assert (answer.status_code, set(answer.json())) == (422, {"fact", "fields"})


def test_nothing_is_answered_without_a_log_in_or_a_grant(browser: Browsers, seat: UnitSeat) -> None:
    send(browser(""), seat, "picture/draw", 401, elements=[])
    assert set(send(browser("analyst2"), seat, "picture/draw", 404, elements=[])) == {"fact", "fields"}
    assert browser("analyst").client.get(f"/desk/{seat.grant.pk}/picture/draw").status_code == 405


def test_what_is_drawn_by_hand_is_confirmed_by_another(browser: Browsers, seat: UnitSeat) -> None:
    number = saved(browser("analyst"), seat, ANA)
    sent = {
        "kind": "person", "label": "The driver", "source_grade": "2", "info_grade": "D", "handling": "P",
        "reason": "Told by the landlord", "categories": ["victim"],
    }  # fmt: skip
    wrong = send(browser("analyst"), seat, f"charts/{number}/draw", 422, **{**sent, "reason": ""})
    assert "reason" in wrong["fields"]
    made = send(browser("analyst"), seat, f"charts/{number}/draw", **sent)
    assert (made["grade"], made["own"], made["confirmed"], made["categories"]) == ("2DP", True, None, ["victim"])
    path = f"charts/{number}/drawn/{made['number']}/confirm"
    send(browser("analyst"), seat, path, 403, reason="I know")
    assert send(browser("researcher"), seat, path, reason="Seen")["confirmed_by"] == "Noor Ashby"
    browser("analyst").get(f"/desk/{seat.grant.pk}/charts/{number}")
    send(browser("analyst"), seat, f"charts/{number}/drawn/{made['number']}/withdraw", reason="A mistake")


def test_a_drawn_child_is_not_named(browser: Browsers, seat: UnitSeat) -> None:
    number = saved(browser("analyst"), seat, ANA)
    made = send(
        browser("analyst"), seat, f"charts/{number}/draw", kind="person", label="Toby", child=True, source_grade="1",
        info_grade="A", handling="P", reason="Told",
    )  # fmt: skip
    assert made["label"] == f"child, D{made['number']}"


def test_a_chart_leaves_marked_noted_and_with_its_children_unnamed(browser: Browsers, seat: UnitSeat) -> None:
    analyst = browser("analyst")
    number = saved(analyst, seat, ANA, TOBY)
    sent = {"title": "The line", "chart": number, "places": {}, "elements": [element(ANA), element(TOBY)]}
    leaves = send(analyst, seat, "picture/export", form="anx", **sent).content
    assert [thing.icon for thing in read_anx(leaves).things] == ["Person", "Person"]
    root = ElementTree.fromstring(leaves)
    labels = {i.get("Label") for i in root.iter("ChartItem")}
    assert labels == {"VALDANE, Ana", f"child, {element(TOBY)['id'][:5]}"}
    table = send(analyst, seat, "picture/export", form="csv", **sent).content.decode("utf-8-sig")
    assert table.startswith("OFFICIAL-SENSITIVE\r\n")
    assert "Wrenfield" not in table
    told = {"marking": "OFFICIAL-SENSITIVE", "title": "The line", "groups": {}, "drawn": {}}
    assert send(analyst, seat, "picture/export", form="png", **sent) == told
    assert Entry.objects.filter(act="disclosure", what="research.export_chart").count() == 3
    send(analyst, seat, "picture/export", 422, form="exe", **sent)


WRITTEN = ("Toby Wrenfield's line", "wrenfield, TOBY", "Home of toby-wrenfield", "T. Wrenfield", "Tobywrenfield drives")


def test_what_people_wrote_leaves_without_the_name_of_a_child_of_the_chart(browser: Browsers, seat: UnitSeat) -> None:
    """Title, group, somebody drawn, a link drawn: in PNG, SVG, CSV and .anx, and whether the child is hidden or not."""
    analyst = browser("analyst")
    title, group, who, why, link = WRITTEN
    number = saved(analyst, seat, ANA, TOBY)
    graded = {"source_grade": "2", "info_grade": "D", "handling": "P"}
    made = send(analyst, seat, f"charts/{number}/draw", kind="person", label=who, reason=why, **graded)
    drawn = f"drawn:{made['number']}"
    ends = {"one": element(ANA)["id"], "other": drawn}
    send(analyst, seat, f"charts/{number}/draw", kind="link", label=link, reason="Seen", **ends, **graded)
    said = f"child, {element(TOBY)['id'][:5]}"
    assert (made["label"], made["reason"]) == (f"Home of {said}", said)
    shown = [element(ANA), {"id": drawn, "records": []}]
    sent = {"title": title, "chart": number, "places": {}, "groups": {"g1": group}, "in": {drawn: "g1"}}
    for where in ({"elements": shown, "hidden": [element(TOBY)]}, {"elements": [*shown, element(TOBY)]}):
        told = [send(analyst, seat, "picture/export", form=form, **sent, **where) for form in ("png", "svg")]
        assert told[0]["title"] == f"{said}'s line"
        assert told[0]["groups"] == {"g1": said}
        assert set(told[1]["drawn"].values()) == {f"Home of {said}", f"{said} drives"}
        files = [send(analyst, seat, "picture/export", form=form, **sent, **where).content for form in ("csv", "anx")]
        for given_out in (json.dumps(told), *(file.decode("utf-8-sig") for file in files)):
            assert not {"toby", "wrenfield"} & set(re.findall(r"[a-z]+", given_out.lower()))
            assert said in given_out
        assert f",{said}" in files[0].decode("utf-8-sig") or f'"{said}"' in files[0].decode("utf-8-sig")


def test_a_chart_opens_and_prints_without_a_childs_name_in_what_people_wrote(browser: Browsers, seat: UnitSeat) -> None:
    analyst, written = browser("analyst"), document(ANA, TOBY)
    kept = {
        **written, "elements": [{**one, "group": "g1"} for one in written["elements"]],
        "groups": [{"id": "g1", "title": "Home of WRENFIELD, Toby", "collapsed": False}],
    }  # fmt: skip
    number = send(analyst, seat, "charts/begin", title="Toby and others", document=kept)["number"]
    page = analyst.get(f"/desk/{seat.grant.pk}/charts/{number}")
    said = f"child, {element(TOBY)['id'][:5]}"
    assert given(analyst)["chart"]["title"] == f"{said} and others"
    assert given(analyst)["document"]["groups"][0]["title"] == f"Home of {said}"
    assert not {"toby", "wrenfield"} & set(re.findall(r"[a-z]+", page.said.lower()))
    assert "Read them before you give it out" in page.said
    again = send(analyst, seat, f"charts/{number}/save", base=1, title="", document=given(analyst)["document"])
    assert again["version"] == 2
    analyst.get(f"/desk/{seat.grant.pk}/charts")
    assert analyst.last is not None
    assert "Toby and others" in analyst.last.content.decode()  # a save from the page does not write its words over


def test_words_are_given_as_they_stand_on_the_chart(browser: Browsers, seat: UnitSeat) -> None:
    analyst, on = browser("analyst"), [element(ANA), element(TOBY)]
    told = send(analyst, seat, "picture/words", elements=on, words={"title": "Toby, and Ana Valdane"})
    assert told == {"words": {"title": f"child, {element(TOBY)['id'][:5]}, and Ana Valdane"}}
    alone = send(analyst, seat, "picture/words", elements=on[:1], words={"title": "Toby"})
    assert alone == {"words": {"title": "Toby"}}  # no child of that name is on this chart
    send(analyst, seat, "picture/words", 422, elements=on, words={"title": 3})


def test_nothing_leaves_under_a_duty(browser: Browsers, seat: UnitSeat) -> None:
    asked = {"duty": "match_review", "datasets": ["13-nominals"], "ends": NOW.replace(hour=23)}
    people = {p.username: p for p in Person.objects.all()}
    grant: Grant = granted(people, "duty", "analyst", at=NOW, **asked)
    duty = UnitSeat(people["analyst"], grant, NOW)
    send(browser("analyst"), duty, "picture/export", 403, form="csv", elements=[element(ANA)])
    assert not Entry.objects.filter(act="disclosure").exists()


def test_saving_on_an_old_version_is_refused_in_words(browser: Browsers, seat: UnitSeat) -> None:
    number = saved(browser("analyst"), seat, ANA)
    again = {"title": "The line", "document": document(ANA)}
    assert send(browser("analyst"), seat, f"charts/{number}/save", base=1, **again) == {"number": number, "version": 2}
    assert "version 2" in send(browser("analyst"), seat, f"charts/{number}/save", 409, base=1, **again)["fact"]
    page = browser("analyst").get(f"/desk/{seat.grant.pk}/charts/{number}?version=1")
    assert "Version 1 of 2" in page.said


def test_a_large_chart_asks_the_database_no_more(browser: Browsers, seat: UnitSeat) -> None:
    actions.begin_chart(seat=seat, title="Three", document=document(ANA, BEN, TOBY), by=seat.person, at=seat.at)
    analyst = browser("analyst")
    number = saved(analyst, seat, ANA)
    analyst.get(f"/desk/{seat.grant.pk}/charts/{number}")
    few = analyst.asked
    analyst.get(f"/desk/{seat.grant.pk}/charts/{number - 1}")
    assert analyst.asked == few
