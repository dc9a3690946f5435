"""What leaves a chart and a map for other tools: marked, noted first, with no child named, and never under a duty."""

import csv
import io
import json
import re
import zipfile
from typing import Any

import networkx as nx
import pytest
from followthemoney import model

from seats import NOW, stock
from toex.pole import record_id
from toex.web.research.export_forms import FORMS, PICTURES
from toex.work.audit.models import Entry
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.models import Person
from unit.web.conftest import Browser
from unit.web.research.test_charts_pages import ANA, BEN, PHONE, TOBY, Browsers, analyst_seat, element, send
from unit_work import granted


@pytest.fixture
def seat(browser: Browsers, unit: Any, people: dict[str, Person]) -> UnitSeat:
    return analyst_seat(unit, people)


def leaves(browser: Browser, seat: UnitSeat, form: str, **more: Any) -> bytes:
    sent = {"title": "Toby Wrenfield's line", "places": {}, "elements": [element(r) for r in (ANA, BEN, TOBY)], **more}
    sent["elements"] = [*sent["elements"], {"id": PHONE, "records": []}]
    return bytes(send(browser, seat, "picture/export", form=form, **sent).content)


def test_a_chart_leaves_for_other_tools_noted_first_each_a_form_that_they_open(
    browser: Browsers, seat: UnitSeat
) -> None:
    analyst, said = browser("analyst"), f"child, {element(TOBY)['id'][:5]}"
    graphs = [
        nx.read_graphml(io.BytesIO(leaves(analyst, seat, "graphml"))), nx.read_gexf(io.BytesIO(leaves(analyst, seat, "gexf"))),
    ]  # fmt: skip
    for graph in graphs:
        labels = {facts["label"] for _, facts in graph.nodes(data=True)}
        assert labels == {"VALDANE, Ana", "HOXLEY, Ben B", "07700 900001", said}
        assert graph.number_of_edges() == 2
    entities = [json.loads(line) for line in leaves(analyst, seat, "ftm").decode().splitlines()]
    for one in entities:
        model.get(one["schema"]).validate(one)
    assert [one["schema"] for one in entities].count("Person") == 3
    with zipfile.ZipFile(io.BytesIO(leaves(analyst, seat, "i2"))) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("links.csv").decode("utf-8-sig"))))
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert {(r["end1_label"], r["end2_label"], r["source_ref"], r["grade"]) for r in rows} == {
        ("VALDANE, Ana", "07700 900001", ANA["record_id"], "2BP"), ("HOXLEY, Ben B", "07700 900001", BEN["record_id"], ""),
    }  # fmt: skip
    for made in (whole, *(leaves(analyst, seat, form) for form in FORMS if form not in (*PICTURES, "i2"))):
        assert not {b"toby", b"wrenfield"} & set(re.findall(rb"[a-z]+", made.lower()))
        assert b"OFFICIAL-SENSITIVE" in made
    told = [e.what for e in Entry.objects.order_by("number") if e.what in ("research.export_chart", "picture.apart")]
    assert told[:2] == ["research.export_chart", "picture.apart"]


def test_a_map_leaves_with_what_records_put_where_and_nobody_of_a_childs_name(
    browser: Browsers, unit: Any, seat: UnitSeat
) -> None:
    access = {
        "dataset": "13-nominals",
        "supplier": "13",
        "compartment": "",
        "marking": 1,
        "handling": "P",
        "subject": 0,
    }
    spot = {"record_id": record_id("13-nominals", "S", "home"), "source_key": "S", "part": "home", "lat": 53.7997,
            "lon": -1.5492, "kind": "home", "place_name": "Home of Toby Wrenfield", "source_grade": "1", "info_grade": "A",
            **access}  # fmt: skip
    links = [
        {"record_id": record_id("13-nominals", "S", r["source_key"]), "source_key": "S", "part": r["source_key"],
         "kind": "resident", "from_id": r["record_id"], "from_table": "person", "to_id": spot["record_id"],
         "to_table": "place", "other_domain": "13-nominals", **access}
        for r in (ANA, TOBY)
    ]  # fmt: skip
    stock(unit, {"person": [ANA, BEN, TOBY], "place": [spot], "link": links})
    analyst, said = browser("analyst"), f"child, {element(TOBY)['id'][:5]}"
    made = leaves(analyst, seat, "geojson")
    [feature] = json.loads(made)["features"]
    assert feature["geometry"]["coordinates"] == [-1.5492, 53.7997]
    assert feature["properties"]["grade"] == "1AP"
    assert feature["properties"]["place"] == f"Home of {said}"
    assert sorted(feature["properties"]["whom"].split("; ")) == sorted(["VALDANE, Ana", said])
    assert json.loads(made)["marking"] == "OFFICIAL-SENSITIVE"
    kml = leaves(analyst, seat, "kml")
    assert b"-1.5492,53.7997" in kml
    assert b"wrenfield" not in (made + kml).lower()


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_refused_under_a_duty(browser: Browsers, seat: UnitSeat, form: str) -> None:
    asked = {"duty": "match_review", "datasets": ["13-nominals"], "ends": NOW.replace(hour=23)}
    people = {p.username: p for p in Person.objects.all()}
    duty = UnitSeat(people["analyst"], granted(people, "duty", "analyst", at=NOW, **asked), NOW)
    send(browser("analyst"), duty, "picture/export", 403, form=form, elements=[element(ANA)])
    assert not Entry.objects.filter(act="disclosure").exists()


def test_the_menu_offers_every_form_under_what_it_is_for(browser: Browsers, seat: UnitSeat) -> None:
    analyst = browser("analyst")
    page = analyst.get(f"/desk/{seat.grant.pk}/charts/new")
    assert analyst.last is not None
    offered = re.findall(r'data-export="(\w+)"', analyst.last.content.decode())
    assert sorted(offered) == sorted(FORMS)
    assert "for Gephi" in page.said
