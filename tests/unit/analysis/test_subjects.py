"""Holdings, timelines and what is new: each line is there once, with its records, and nothing hidden takes part."""

from datetime import date, timedelta

import pytest

from toex.analysis import (
    crossings,
    holdings,
    memberships,
    network_around,
    network_change,
    networks_across,
    new_prompts,
    new_records,
    prompts,
    quiet,
    timeline,
)
from unit.analysis.world import World, hours, phone

TODAY = date(2026, 8, 1)


@pytest.fixture
def life() -> tuple[World, str]:
    world = World()
    one = world.person("13-nominals", "P", "Life X", ids={"phone": phone(1), "vrm": "AB12CDE"}, address="1 ELM|LS1")
    two = world.person("42-custody", "C", "Life X", ids={"phone": phone(1)})
    world.person("14-nominals", "O", "Other X", address="1 ELM|LS1")
    world.same(one, two)
    custody = world.event(
        "42-custody", "C", "custody", hours(0), finish=hours(20), supplier="42", place_name="Basildon"
    )
    world.link("42-custody", "subject", (two, custody), ("person", "event"))
    for n in range(3):
        world.call("telco", f"C{n}", phone(1), phone(2), hours(30 + n / 10))
    world.event("anpr", "R1", "anpr", hours(31), (("vrm", "AB12CDE", "read"),), place_name="M1 J30")
    for force in ("13", "14"):
        world.report(
            f"{force}-intelligence",
            f"{force}/7",
            "The same words were sent by both forces about this man last week",
            (one,),
        )
    missing = world.event("13-missing", "M", "missing", hours(24 * 60), supplier="13")
    world.link("13-missing", "subject", (missing, one), ("event", "person"))
    return world, one


def test_a_timeline_holds_every_kind_in_order_each_line_once(life: tuple[World, str]) -> None:
    world, one = life
    entries = timeline(world.view(), [one])
    assert [e.kind for e in entries].count("call") == 1
    assert {e.kind for e in entries} == {"custody", "intelligence", "call", "anpr", "missing"}
    assert [e.at for e in entries] == sorted(e.at for e in entries)
    call = next(e for e in entries if e.kind == "call")
    assert (call.count, call.sentence, call.via) == (3, f"3 call(s) with {phone(2)}", f"phone:{phone(1)}")
    assert all(e.record_ids for e in entries)


def test_a_timeline_s_records_are_those_that_name_the_person_or_the_things_held(life: tuple[World, str]) -> None:
    world, one = life
    cited = {record for entry in timeline(world.view(), [one]) for record in entry.record_ids}
    assert cited == {row["record_id"] for table in ("event", "text") for row in world.rows[table]}


def test_gaps_are_stretches_without_a_line(life: tuple[World, str]) -> None:
    world, one = life
    entries = timeline(world.view(), [one])
    (gap,) = quiet(entries)
    assert gap.days == 58
    assert crossings(entries, within=timedelta(hours=2))[0][1].kind in ("call", "anpr", "custody", "intelligence")


def test_a_timeline_is_cut_by_its_dates(life: tuple[World, str]) -> None:
    world, one = life
    assert {e.kind for e in timeline(world.view(), [one], since=hours(29), before=hours(40))} == {"call", "anpr"}


def test_holdings_name_each_force_and_count_a_report_sent_twice_once(life: tuple[World, str]) -> None:
    world, one = life
    (held,) = holdings(world.view(), [one], today=TODAY)
    assert held.suppliers == ("13", "14", "42")
    reports = [h for h in held.held if h.what == "intelligence"]
    assert [h.sources for h in reports] == [1, 1]
    assert held.sources == 4  # the nominal, the custody record, one report sent twice, the missing episode
    assert [(s.object, len(s.others)) for s in held.shared] == [("place:1 ELM|LS1", 1)]


def test_what_is_new_is_told_by_record_and_by_company(life: tuple[World, str]) -> None:
    world, one = life
    before = world.view()
    three = world.person("06-nominals", "G", "Life X", digest="x")
    world.same(one, three)
    world.rows["person"][0]["digest"] = "other"
    after = world.view()
    new = {(r.record_id, r.what) for r in new_records(before, after)}
    assert new == {(three, "new"), (one, "changed")}
    assert {(m.record_id, m.joined) for m in memberships(before, after) if three in m.joined} == {
        (m.record_id, (three,)) for m in memberships(before, after) if m.record_id != three
    }
    assert {r.what for r in new_records(after, before)} == {"gone", "changed"}
    assert new_records(before, before) == memberships(before, before) == ()


def test_a_member_who_comes_into_a_network_is_told_and_a_merge_of_records_is_not() -> None:
    world = World()
    people = [world.person("13-nominals", f"P{n}", f"Person{n} X", ids={"phone": phone(n)}) for n in range(4)]
    for n in (1, 2):
        for time in (0, 1):
            world.report(
                "13-intelligence",
                f"IR/{n}{time}",
                f"report {n} {time} of different words {n * 'x'}",
                (people[0], people[n]),
            )
    before = network_around(world.view(), [people[0]])
    twin = world.person("14-nominals", "T", "Person1 X")
    world.same(people[1], twin)
    for time in (0, 1):
        world.report("14-intelligence", f"IR/9{time}", f"another {time}", (people[0], people[3]))
    after = network_around(world.view(), [people[0]])
    assert before is not None
    assert after is not None
    change = network_change(before, after)
    assert (change.came, change.left) == ((people[3],), ())


def test_a_network_without_subjects_is_found_where_indicators_meet() -> None:
    world = World()
    for group in range(2):
        base = 100 * group
        for n in range(6):
            world.person(f"{group}-payroll", f"W{n}", f"Worker{n} Name{chr(65 + n)}", ids={"account": f"A{base + n}", "phone": phone(base)},  # noqa: E501
                         address=f"{group} SHARED|BD1")  # fmt: skip
    for n in range(40):
        world.person(
            "13-nominals", f"I{n}", f"Innocent{n} X", address=f"{n // 3} ELM|LS1", ids={"phone": phone(300 + n)}
        )
    view = world.view()
    found = networks_across(view, prompts(view, today=TODAY))
    assert sorted(len(network.subjects) for network in found) == [6, 6]
    assert all({p.code for p in network.prompts} >= {"wage_address", "shared_phone"} for network in found)


def test_a_prompt_is_new_where_its_node_or_its_records_are() -> None:
    world = World()
    for n in range(5):
        world.event("adverts", f"A{n}", "advert", hours(n), (("phone", phone(7), "contact"),))
    before = prompts(world.view(), today=TODAY)
    assert new_prompts(before, before) == ()
    world.event("adverts", "A9", "advert", hours(99), (("phone", phone(7), "contact"),))
    assert len(new_prompts(before, prompts(world.view(), today=TODAY))) == 1
