"""What is chosen: which people and things are drawn, which records are cited, what is told as new."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toex.analysis import Entry, Network
from toex.picture.drawing import OBJECTS, PEOPLE, chart, chosen
from toex.picture.joins import Candidate
from toex.picture.news import news
from toex.picture.outlook import Outlook
from toex.picture.paring import pared
from toex.picture.subjects import Known
from toex.pole import SUBJECTS
from toex.publishing import Particular, Product, Sentence, SourceRow, Subject, TimelineRow, cited
from unit.picture.making import cast, entry, network, node, prompt, tie

AT = datetime(2026, 9, 7, 9, tzinfo=UTC)


def product(**parts: object) -> Product:
    return Product("intelligence package", "Larkmere", "t", "f", 1, AT, **parts)  # type: ignore[arg-type]


def source(ref: str, supplier: str = "GMP", **given: str) -> SourceRow:
    return SourceRow(ref, supplier, "d", "f.csv", 1, **given)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=150), st.integers(0, 60))
def test_everybody_drawn_but_the_subjects_is_linked_to_something_drawn(pairs: list[tuple[int, int]], seed: int) -> None:
    nodes = [node(f"p{n}") for n in range(61)] + [node(f"phone:{n}") for n in range(31)]
    net = network(nodes, [tie(f"p{p}", f"phone:{o}") for p, o in dict.fromkeys(pairs)], seeds=(f"p{seed}",))
    drawn = set(chosen(net, cast(net)))
    linked = {end for c in net.connections if {c.a, c.b} <= drawn for end in (c.a, c.b)}
    assert drawn - {f"p{seed}"} <= linked
    assert sum(key.startswith("p") and ":" not in key for key in drawn) <= PEOPLE + 1
    assert sum(":" in key for key in drawn) <= OBJECTS


def test_an_object_is_drawn_where_it_binds_two_and_a_hub_is_not() -> None:
    nodes = [node("a"), node("b"), node("phone:1"), node("phone:2"), node("phone:3", hub="joins 80 people")]
    ties = [tie(p, o) for o in ("phone:1", "phone:3") for p in "ab"] + [tie("a", "phone:2")]
    net = network(nodes, ties, seeds=("a",))
    assert set(chosen(net, cast(net))) == {"a", "b", "phone:1"}


def test_a_possible_join_is_a_dashed_line_between_the_two() -> None:
    net = network([node("a"), node("b"), node("phone:1")], [tie("a", "phone:1"), tie("b", "phone:1")], seeds=("a",))
    drawn = chart(net, cast(net), operation="Larkmere", known=None, possible=[Candidate("a", "b", "r1", "r2", "", 3.0)])
    assert [(link.a, link.b) for link in drawn.links if not link.confirmed] == [("a", "b")]
    assert "Operation Larkmere" in drawn.caption


def test_what_only_an_analyst_s_chart_shows_is_no_stated_line() -> None:
    net = network([node("A"), node("B")], [tie("A", "B", "charted")], seeds=("A", "B"))
    [drawn] = chart(net, cast(net), operation="Larkmere", known=None).links
    assert (drawn.label, drawn.confirmed) == ("charted", False)


def test_a_sentence_cites_three_records_of_different_suppliers_before_any_twice() -> None:
    rows = [source(f"g{n}") for n in range(5)] + [source("w", "WYP"), source("s", "SYP")]
    told = product(summary=(Sentence("x", tuple(r.ref for r in rows)),))
    kept = pared(told, rows, known=None)
    assert {"w", "s"} < set(kept.summary[0].refs)
    assert len(kept.summary[0].refs) == 3
    assert {r.ref for r in kept.sources} == set(kept.summary[0].refs)


def test_records_of_one_origin_are_cited_once_while_others_are_left() -> None:
    rows = [source("a", origin="IR1"), source("b", origin="IR1"), source("c", origin="IR2"), source("d", origin="IR3")]
    (said,) = pared(product(summary=(Sentence("x", ("a", "b", "c", "d")),)), rows, known=None).summary
    assert set(said.refs) == {"a", "c", "d"}


def test_the_better_grade_is_cited_and_what_is_new_cites_what_is_new() -> None:
    rows = [source("a", source_grade="3", info_grade="E"), source("b", source_grade="1", info_grade="A"), source("c")]
    row = TimelineRow(AT, "Phone", "x", ("a", "b", "c"))
    kept = pared(product(timeline=(row, replace(row, new=True))), rows, known={"b", "c"})
    assert [r.refs for r in kept.timeline] == [("b",), ("a",)]


def test_every_fact_keeps_a_record_and_every_record_its_source() -> None:
    rows = [source(f"r{n}", f"S{n % 4}") for n in range(40)]
    refs = [r.ref for r in rows]
    person = next(iter(cast(network([node("a")], [])).people.values()))
    facts = tuple(Particular("Telephone", Sentence(f"v{n}", tuple(refs[n : n + 6]))) for n in range(30))
    kept = pared(product(subjects=(Subject(person, facts),)), rows, known=None)
    assert all(1 <= len(p.value.refs) <= 2 for p in kept.subjects[0].particulars)
    assert {r.ref for r in kept.sources} == set(cited(kept))


def known_of(net: Network, *entries: Entry, before: frozenset[str]) -> Known:
    held: dict[str, list[Entry]] = {}
    for one in entries:
        held.setdefault(one.node, []).append(one)
    return Known(cast(net, known_before=before), net, held, {}, {}, frozenset(), before)


@pytest.fixture
def week() -> tuple[Outlook, Outlook, Known]:
    """A network into which b came, in which a's two records met, and of which a stop is new."""
    first = network([node("a"), node("z", record_ids=("a-2",))], [], seeds=("a",))
    joined = node("a", record_ids=("a-1", "a-2"), subject=SUBJECTS["victim"])
    phone = node("phone:+447700900001")
    ties = [tie("a", phone.key), tie("b", phone.key, sources=2)]
    second = network([joined, node("b"), phone], ties, seeds=("a",), prompts=(prompt("debt_messages", "a"),))
    before = Outlook((), (), first, (), ())
    after = Outlook((), second.prompts, second, (), ())
    stop = entry("a", 5, "stop", "Stopped: in a van", record_ids=("new-stop",))
    return before, after, known_of(second, stop, before=frozenset({"a-1", "a-2"}))


def test_news_tell_indicators_then_events_then_people_then_joins(week: tuple[Outlook, Outlook, Known]) -> None:
    before, after, known = week
    texts = [s.text for s in news(after, before, known, [])]
    assert texts[0].partition(": ")[2] == "one thing happened (01/05/2026 to 03/05/2026)."
    assert texts[1] == "Stop, 01/05/2026: Stopped: in a van (A1)."
    assert "(A2) is now in the candidate network: gave the telephone number 07700 900001 (2 independent" in texts[2]
    assert any("2 records held before are now joined to this person" in text for text in texts)


def test_news_are_fifteen_lines_at_most_and_count_what_they_leave_out(week: tuple[Outlook, Outlook, Known]) -> None:
    before, after, known = week
    stops = [entry("a", n, "stop", f"Stopped {n}", record_ids=(f"new{n}",)) for n in range(40)]
    told = news(after, before, replace(known, entries={"a": stops}), [])
    assert len(told) <= 15
    assert any(s.text == "And 35 more of this kind, marked NEW below." for s in told)


def test_a_first_version_has_no_news(week: tuple[Outlook, Outlook, Known]) -> None:
    _, after, known = week
    assert news(after, None, known, []) == ()


def test_a_possible_join_with_a_new_record_is_news_and_an_old_one_is_not(week: tuple[Outlook, Outlook, Known]) -> None:
    before, after, known = week
    doubts = [Candidate("a", "b", "a-1", "b-1", "", 4.0), Candidate("b", "a", "a-2", "a-1", "", 3.0)]
    told = [s for s in news(after, before, known, doubts) if "possible join" in s.text]
    assert [s.refs for s in told] == [("a-1", "b-1")]
