"""Charts for the tool analysts have: read back, every entity, link, grade and mark of doubt is there; no child is named."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from defusedxml import ElementTree

from anx_reader import Bond, Read, Thing, read_anx
from toex.publishing import PlacedEntity, PlacedLink, RuleError, render_anx

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
ANA = PlacedEntity(
    "PAAAA", "person", 'VALDANE, Ana "A" & <co>', 100, -40, "2BP", ("victim", "suspect"), ("WYP",), "PAAAA"
)
TOBY = PlacedEntity("PBBBB", "person", "child, PBBBB", ref="PBBBB", child=True)
PHONE = PlacedEntity("phone:+447700900001", "phone", "07700 900001")
LINKS = [
    PlacedLink(ANA.id, PHONE.id, "gave this number", "2BP"), PlacedLink(ANA.id, TOBY.id, "mother of", confirmed=False),
]  # fmt: skip


def read(**more: object) -> ElementTree:
    given = {"title": "The line", "marking": "OFFICIAL-SENSITIVE", "at": AT, **more}
    return ElementTree.fromstring(render_anx([ANA, TOBY, PHONE], LINKS, **given))


def test_every_entity_comes_back_with_its_icon_place_and_grade() -> None:
    items = [i for i in read().iter("ChartItem") if i.find("End") is not None]
    assert [(i.get("Label"), i.find(".//IconStyle").get("Type")) for i in items] == [
        (ANA.label, "Person"), ("child, PBBBB", "Person"), ("07700 900001", "Phone"),
    ]  # fmt: skip
    assert (items[0].find("End").get("X"), items[0].find("End").get("Y")) == ("200", "-80")
    told = {a.get("AttributeClass"): a.get("Value") for a in items[0].iter("Attribute")}
    assert told == {"Grade": "2BP", "Of whom": "victim, suspect", "Held by": "WYP", "Reference": "PAAAA"}


def test_every_link_comes_back_between_the_same_two_and_doubt_is_dashed() -> None:
    root = read()
    of = {e.get("EntityId"): i.get("Label") for i in root.iter("ChartItem") for e in i.iter("Entity")}
    links = [
        (of[x.get("End1Id")], of[x.get("End2Id")], i.get("Label"), x.find("LinkStyle").get("Strength"))
        for i in root.iter("ChartItem") for x in i.iter("Link")
    ]  # fmt: skip
    assert links == [
        (ANA.label, "07700 900001", "gave this number", "Confirmed"),
        (ANA.label, "child, PBBBB", "mother of", "Unconfirmed"),
    ]
    dots = {s.get("Name"): s.get("DotStyle") for s in root.iter("Strength")}
    assert dots == {"Confirmed": "DotStyleSolid", "Unconfirmed": "DotStyleDashed"}


def test_when_something_was_is_told_by_the_clock_in_britain() -> None:
    event = PlacedEntity("event:1", "event", "Crime", at=datetime(2026, 7, 3, 9, 30, tzinfo=UTC))
    link = PlacedLink(ANA.id, event.id, "suspect", first=datetime(2026, 1, 3, 9, 30, tzinfo=UTC))
    made = render_anx([ANA, event], [link], title="", marking="OFFICIAL", at=AT)
    assert read_anx(made).bonds
    items = {i.get("Label"): i for i in ElementTree.fromstring(made).iter("ChartItem")}
    assert items["Crime"].get("DateTime") == "2026-07-03T10:30:00.000"
    assert items["suspect"].get("DateTime") == "2026-01-03T09:30:00.000"
    assert items[ANA.label].get("DateSet") is None


def test_what_leaves_bears_its_marking() -> None:
    assert "OFFICIAL-SENSITIVE" in {p.get("Value") for p in read().iter("CustomProperty")}


def test_a_named_child_or_a_loose_link_is_refused() -> None:
    named = replace(TOBY, label="WREN, Toby")
    with pytest.raises(RuleError, match="child"):
        render_anx([named], [], title="", marking="OFFICIAL", at=AT)
    with pytest.raises(RuleError, match="ends at"):
        render_anx([ANA], LINKS, title="", marking="OFFICIAL", at=AT)


def test_two_of_one_name_stay_two() -> None:
    same = [replace(PHONE, id=f"phone:{n}") for n in range(2)]
    root = ElementTree.fromstring(render_anx(same, [], title="", marking="OFFICIAL", at=AT))
    assert len({e.get("Identity") for e in root.iter("Entity")}) == 2


def test_a_second_reader_finds_the_same_chart_by_the_published_names() -> None:
    made = render_anx([ANA, TOBY, PHONE], LINKS, title="The line", marking="OFFICIAL-SENSITIVE", at=AT)
    assert read_anx(made) == Read(
        "OFFICIAL-SENSITIVE The line",
        "OFFICIAL-SENSITIVE",
        (
            Thing(ANA.label, "Person", (200, -80), {
                "Grade": "2BP", "Of whom": "victim, suspect", "Held by": "WYP", "Reference": "PAAAA",
            }),
            Thing("child, PBBBB", "Person", (0, 0), {"Reference": "PBBBB"}),
            Thing("07700 900001", "Phone", (0, 0), {}),
        ),
        (
            Bond((ANA.label, "07700 900001"), "gave this number", "DotStyleSolid", {"Grade": "2BP"}),
            Bond((ANA.label, "child, PBBBB"), "mother of", "DotStyleDashed", {}),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["person", "organisation", "phone", "device", "vehicle", "place", "account", "email",
                                  "username", "event", "other", "spaceship"])  # fmt: skip
def test_every_kind_has_an_entity_type_that_the_chart_declares(kind: str) -> None:
    made = render_anx([replace(PHONE, kind=kind, confirmed=False)], [], title="", marking="OFFICIAL", at=AT)
    [thing] = read_anx(made).things
    assert thing.icon
    assert thing.told["Grade"].strip() == "unconfirmed"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('End1Id="E1"', 'End1Id="E9"'), ('<LinkType Name="Link"', '<LinkType Name="Other"'),
        ('Rigorous="false"', 'Rigorous="true"'), ("<StrengthCollection>", "<StrengthCollection><Odd/>"),
        ('AttributeClass="Grade"', 'AttributeClass="Mark"'), ('ShowValue="true"', 'ShowValue="false"'),
    ],
)  # fmt: skip
def test_the_second_reader_refuses_what_other_programs_could_not_follow(was: str, now: str) -> None:
    made = render_anx([ANA, TOBY, PHONE], LINKS, title="", marking="OFFICIAL", at=AT).decode()
    assert was in made
    with pytest.raises((AssertionError, KeyError)):
        read_anx(made.replace(was, now).encode())
