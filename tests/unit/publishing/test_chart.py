"""The link chart and the strip chart: what stands where, what is told, what is kept back."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toex.publishing import (
    Chart,
    ChartEntity,
    ChartLink,
    Product,
    RuleError,
    TimelineRow,
    describe_chart,
    describe_timeline,
    draw_chart,
    draw_timeline,
    trim,
)
from toex.publishing.layout import place
from toex.publishing.timeline import lanes_of, ticks

SVG = "{http://www.w3.org/2000/svg}"
T0 = datetime(2026, 3, 2, tzinfo=UTC)


def texts(svg: str) -> list[str]:
    return [t.text or "" for t in ET.fromstring(svg).iter(f"{SVG}text")]


def row(hours: float, lane: str, until: float | None = None) -> TimelineRow:
    end = None if until is None else T0 + timedelta(hours=until)
    return TimelineRow(T0 + timedelta(hours=hours), lane, "it happened", ("a" * 24,), until=end)


sizes = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3),
    st.tuples(st.floats(10, 90), st.floats(20, 50)),
    max_size=45,
)


@settings(max_examples=30, deadline=None)
@given(sizes, st.randoms(use_true_random=False))
def test_no_box_stands_on_another_and_none_leaves_the_width(boxes: dict[str, tuple[float, float]], rng) -> None:  # type: ignore[no-untyped-def]
    keys = list(boxes)
    pairs = [(rng.choice(keys), rng.choice(keys)) for _ in range(len(keys))] if keys else []
    placed = list(place(boxes, pairs, width=482, height=300, seed=1).values())
    assert len(placed) == len(boxes)
    for number, box in enumerate(placed):
        assert box.width / 2 - 0.01 <= box.x <= 482.01 - box.width / 2
        assert not any(box.overlaps(other) for other in placed[:number])


def test_what_is_linked_stands_nearer_than_what_is_not() -> None:
    size = dict.fromkeys("abcdef", (30.0, 30.0))
    placed = place(size, [("a", "b"), ("b", "c"), ("d", "e"), ("e", "f"), ("c", "d")], width=482, height=300, seed=3)

    def apart(one: str, other: str) -> float:
        return ((placed[one].x - placed[other].x) ** 2 + (placed[one].y - placed[other].y) ** 2) ** 0.5

    assert apart("a", "b") < apart("a", "c") < apart("a", "f")


def test_the_same_chart_is_drawn_the_same(package: Product) -> None:
    assert package.chart is not None
    assert draw_chart(package.chart) == draw_chart(package.chart)


def test_a_chart_is_drawn_the_same_in_every_process() -> None:
    """The order of a set differs from process to process; a drawing must not."""
    made = (
        "from toex.publishing import *;"
        "e = tuple(ChartEntity(f'e{n}', 'person', f'Person {n}') for n in range(20));"
        "l = tuple(ChartLink(f'e{n}', f'e{n * n % 7}') for n in range(1, 18));"
        "print(draw_chart(Chart('c', 'alt', e, l)))"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", made], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(drawn) == 1


def test_a_child_is_drawn_by_reference_and_never_by_name(package: Product) -> None:
    assert package.chart is not None
    svg = draw_chart(package.chart)
    assert "child, A6" in texts(svg)
    assert "Sunniva" not in svg


def test_a_victim_is_a_victim_on_the_chart(package: Product) -> None:
    assert package.chart is not None
    victims = sum(e.victim for e in package.chart.entities)
    assert texts(draw_chart(package.chart)).count("victim") == victims + 1  # and once in the legend


def test_stated_links_are_solid_and_possible_ones_dashed() -> None:
    ends = (ChartEntity("a", "person", "Tomas Brandish"), ChartEntity("b", "phone", "07700 900123"))
    stated = Chart("c", "alt", ends, (ChartLink("a", "b"),))
    possible = Chart("c", "alt", ends, (ChartLink("a", "b", confirmed=False),))
    both = Chart("c", "alt", ends, (ChartLink("a", "b", confirmed=False), ChartLink("b", "a")))
    dashes = [draw_chart(chart).count("stroke-dasharray") for chart in (stated, possible, both)]
    assert dashes == [1, 2, 1]  # one of them in the legend


def test_the_words_of_a_chart_are_escaped_and_it_is_one_well_formed_picture() -> None:
    odd = ChartEntity("a", "organisation", "<script>&\"'</script>")
    svg = draw_chart(Chart("<b>", 'a "quoted" & <odd> one', (odd,), ()))
    assert texts(svg)[0].startswith("<script>")
    assert "<script" not in svg


def test_sixty_entities_fit_a_page() -> None:
    entities = tuple(ChartEntity(f"e{n}", "person", f"Perry Lockhart-Nunn {n}") for n in range(60))
    links = tuple(ChartLink(f"e{n}", f"e{n * n % 7}", "associate") for n in range(1, 60))
    root = ET.fromstring(draw_chart(Chart("c", "alt", entities, links)))
    assert float(root.attrib["height"]) < 760  # a page shows 581 of them without shrinking
    assert len({t.attrib["y"] + t.attrib["x"] for t in root.iter(f"{SVG}text")}) == len(list(root.iter(f"{SVG}text")))


def test_more_than_sixty_are_refused_and_trimming_keeps_the_most_linked_and_the_victims() -> None:
    entities = tuple(ChartEntity(f"e{n}", "person", f"P{n}", victim=n == 70) for n in range(71))
    chart = Chart("c", "alt", entities, tuple(ChartLink("e3", f"e{n}") for n in range(40, 70)))
    with pytest.raises(RuleError, match="60 entities"):
        draw_chart(chart)
    kept = trim(chart, keep=5)
    assert {e.key for e in kept.entities} >= {"e3", "e70"}
    assert kept.left_out == 66
    draw_chart(kept)


def test_a_chart_without_words_for_it_is_refused() -> None:
    with pytest.raises(RuleError, match="alternative text"):
        Chart("c", "  ", (), ())


def test_a_link_to_what_is_not_drawn_is_refused() -> None:
    with pytest.raises(RuleError, match="does not hold"):
        Chart("c", "alt", (ChartEntity("a", "person", "A"),), (ChartLink("a", "b"),))


def test_the_words_for_a_chart_count_as_the_chart_does(package: Product) -> None:
    assert package.chart is not None
    words = describe_chart(package.chart.entities, package.chart.links)
    people = [e for e in package.chart.entities if e.kind == "person"]
    assert f"{len(people)} of them people and 3 of those victims" in words
    assert "Most linked: Tomas Brandish with 5" in words
    assert "Sunniva" not in words


def test_a_standing_chart_can_bear_its_marking(package: Product) -> None:
    assert package.chart is not None
    assert texts(draw_chart(package.chart, marking="OFFICIAL-SENSITIVE"))[0] == "OFFICIAL-SENSITIVE"


def test_lanes_stand_in_the_order_of_the_house() -> None:
    rows = [row(1, "visit"), row(2, "missing", 4), row(3, "ANPR"), row(4, "phone"), row(5, "anpr")]
    assert lanes_of(rows) == ["phone", "ANPR", "missing", "visit"]


def test_what_lasts_is_a_bar_from_its_beginning_to_its_end() -> None:
    svg = draw_timeline([row(0, "custody", 12), row(24, "phone")])
    bar = re.search(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)
    stroke = re.search(r'd="M([\d.]+) [\d.]+v10"', svg)
    assert bar is not None
    assert stroke is not None
    assert float(bar[2]) == pytest.approx((float(stroke[1]) - float(bar[1])) / 2, abs=0.2)


def test_a_strip_says_in_words_how_many_of_each_there_are() -> None:
    words = describe_timeline([row(0, "phone"), row(30, "phone"), row(40, "missing", 60)])
    assert "from 2 March 2026 to 4 March 2026" in words
    assert "phone: 2; missing: 1" in words


@settings(max_examples=80, deadline=None)
@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)),
    st.timedeltas(timedelta(hours=1), timedelta(days=365 * 40)),
)
def test_ticks_are_few_whole_and_within(start: datetime, span: timedelta) -> None:
    begin = start.replace(tzinfo=UTC)
    found = ticks(begin, begin + span)
    assert len(found) <= 10
    assert all(begin <= at <= begin + span for at in found)
    assert all((at.minute, at.second) == (0, 0) for at in found)


def test_a_strip_of_one_moment_can_be_drawn() -> None:
    assert draw_timeline([row(0, "phone")]).startswith("<svg")
    assert draw_timeline([replace(row(0, "phone"), lane="<&>")]).count("&lt;&amp;&gt;") > 0
