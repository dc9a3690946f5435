"""Indicators: each is planted once, is found with its records, and is not found in the control beside it."""

import re
from collections import defaultdict
from datetime import date, timedelta

import pytest

from fake_view import FakeView
from toex.analysis import Prompt, indicators, people_for_review, prompts
from toex.analysis.indicators import pattern
from unit.analysis.world import DAY, World, hours, phone

TODAY = date(2026, 8, 1)
CHILD = date(2011, 5, 5)
ADULT = date(1985, 5, 5)


def look(world: World, *codes: str) -> tuple[Prompt, ...]:
    return prompts(world.view(), today=TODAY, codes=codes)


def missing(world: World, person: str, key: str, start: float, length: float = 30, force: str = "13") -> str:
    event = world.event(f"{force}-missing", key, "missing", hours(start), finish=hours(start + length), supplier=force)
    world.link(f"{force}-missing", "subject", (person, event), ("person", "event"))
    return event


@pytest.mark.parametrize("code", sorted(indicators()))
def test_an_empty_workbench_bears_no_indicator(code: str) -> None:
    assert prompts(FakeView(), today=TODAY, codes=(code,)) == ()


def test_every_prompt_cites_records_and_says_where_the_indicator_comes_from() -> None:
    world = broadcasting()
    found = look(world, "broadcast")
    assert found
    assert all(p.record_ids and p.source and p.sentence for p in found)


def broadcasting() -> World:
    world = World()
    for day in range(4):
        for buyer in range(8):
            at = DAY + timedelta(days=day, minutes=buyer)
            world.event(
                "telco",
                f"B{day}-{buyer}",
                "message",
                at,
                (("phone", phone(1), "caller"), ("phone", phone(100 + buyer), "called")),
            )
    for n in range(30):  # a control who writes to as many people, one a day
        world.event(
            "telco",
            f"C{n}",
            "message",
            hours(24 * n),
            (("phone", phone(2), "caller"), ("phone", phone(300 + n), "called")),
        )
    return world


def test_a_line_that_writes_to_many_at_once_is_found_and_agrees_with_counting_by_hand() -> None:
    world = broadcasting()
    told: dict[tuple[str, int], set[str]] = defaultdict(set)
    events = {row["record_id"]: row["start"] for row in world.rows["event"]}
    ends: dict[str, dict[str, str]] = defaultdict(dict)
    for row in world.rows["identifier"]:
        ends[row["record_id"]][row["role"]] = row["value"]
    for record, pair in ends.items():
        told[pair["caller"], int(events[record].timestamp()) // 3600].add(pair["called"])
    hand = {f"phone:{number}" for (number, _), others in told.items() if len(others) >= 5}
    assert {p.node for p in look(world, "broadcast")} == hand == {f"phone:{phone(1)}"}


def test_a_handset_with_many_sims_is_found_and_one_with_one_is_not() -> None:
    world = World()
    for n, (device, sim) in enumerate(
        [("35000000000001", "a"), ("350000000000010", "b"), ("35000000000002", "c"), ("35000000000002", "c")]
    ):
        world.event(
            "telco",
            f"E{n}",
            "call",
            hours(n),
            (("imei", device, "caller"), ("imsi", sim, "caller"), ("phone", phone(n // 2), "caller")),
        )
    assert [(p.node, p.sentence) for p in look(world, "handset_sims")] == [
        ("device:35000000000001", "One handset was used with 2 SIMs or numbers.")
    ]


def test_a_child_missing_here_and_stopped_elsewhere_is_found_and_one_stopped_at_home_is_not() -> None:
    world = World()
    for n, force in enumerate(("42", "13")):
        child = world.person("13-nominals", f"P{n}", f"Child{n} X", born=CHILD)
        episode = missing(world, child, f"M{n}", 0)
        stop = world.event(f"{force}-stops", f"S{n}", "stop", hours(20), supplier=force)
        world.link(f"{force}-stops", "subject", (child, stop), ("person", "event"))
        if force == "42":
            expected = (child, tuple(sorted((episode, stop))))
    assert [(p.node, p.record_ids) for p in look(world, "missing_elsewhere")] == [expected]


def test_calls_with_a_suspect_while_missing_are_found_and_at_other_times_are_not() -> None:
    world = World()
    world.person("13-nominals", "S", "Suspect X", ids={"phone": phone(9)}, subject=1)
    children = [world.person("13-nominals", f"P{n}", f"Child{n} X", ids={"phone": phone(n)}) for n in range(2)]
    for n, child in enumerate(children):
        missing(world, child, f"M{n}", 0)
        for turn in range(3):
            world.call("telco", f"C{n}-{turn}", phone(9), phone(n), hours(5 + turn + 200 * n))
    assert [p.node for p in look(world, "missing_contact")] == [children[0]]


def test_children_who_go_missing_together_are_found_and_housemates_are_not() -> None:
    world = World()
    pair = [world.person("13-nominals", f"P{n}", f"Child{n} X", address=f"{n} ELM|LS1") for n in range(2)]
    home = [world.person("13-nominals", f"H{n}", f"Resident{n} X", address="HOME|LS1") for n in range(2)]
    for n, child in enumerate(pair + home):
        for turn in range(3):
            missing(world, child, f"M{n}-{turn}", 100 * turn + n % 2 + (37 if n > 1 else 0))
    assert {p.node for p in look(world, "missing_together")} == set(pair)


def test_night_travel_on_one_corridor_is_found_and_by_day_is_not() -> None:
    world = World()
    for night in range(6):
        for n, camera in enumerate(("LEEDS 1", "M1 J30", "ESSEX 4")):
            world.event(
                "anpr",
                f"N{night}-{n}",
                "anpr",
                hours(24 * night + 10 + 2 * n),
                (("vrm", "AB12CDE", "read"),),
                place_name=camera,
            )
            world.event(
                "anpr", f"D{night}-{n}", "anpr", hours(24 * night + n), (("vrm", "XY12ZZZ", "read"),), place_name=camera
            )
    (found,) = look(world, "night_corridor")
    assert (found.node, found.sentence) == ("vehicle:AB12CDE", "Travelled between ESSEX 4 and M1 J30 on 6 nights.")


def test_wages_that_go_on_to_one_account_are_found_and_kept_wages_are_not() -> None:
    world = World()
    for worker in range(4):
        for week in range(3):
            world.event(
                "bank",
                f"W{worker}-{week}",
                "transaction",
                hours(168 * week),
                (("account", f"A{worker}", "payee"),),
                amount=400.0,
                summary="BACS WAGES",
            )
            sink = "SINK" if worker < 3 else f"SHOP{week}"
            ids = (("account", f"A{worker}", "payer"), ("account", sink, "payee"))
            world.event("bank", f"O{worker}-{week}", "transaction", hours(168 * week + 2), ids, amount=380.0)
    (found,) = look(world, "wage_sweep")
    assert (found.node, found.others) == ("account:SINK", ("account:A0", "account:A1", "account:A2"))
    assert "3420 pounds" in found.sentence


def test_one_number_on_many_adverts_and_for_many_workers_is_found() -> None:
    world = World()
    for n in range(5):
        world.event(
            "adverts", f"A{n}", "advert", hours(100 * n), (("phone", phone(7), "contact"),), place_name=f"Town {n % 3}"
        )
        world.person(
            "payroll",
            f"W{n}",
            f"Worker{n} Name{chr(65 + n)}",
            ids={"phone": phone(8), "account": f"ACC{n}"},
            address="9 SHARED|BD1",
        )
    assert [p.sentence for p in look(world, "advert_phone")] == ["One number stands on 5 adverts in 3 towns."]
    assert [p.node for p in look(world, "shared_phone")] == [f"phone:{phone(8)}"]
    (address,) = look(world, "wage_address")
    assert (address.node, len(address.others)) == ("place:9 SHARED|BD1", 5)


@pytest.mark.parametrize(
    "said", ["Nu mai intreba, datoria 600", "Quanto falta da dívida?", "e paguan me pune", "u owe me 400, work it off"]
)
def test_words_of_debt_are_known_in_four_languages(said: str) -> None:
    plain = said.replace("í", "i").lower()
    assert re.search(pattern("debt"), plain)


def test_messages_of_debt_are_prompts_about_the_owner_of_the_handset() -> None:
    world = World()
    owner = world.person("handset-1", "own", "Owner X", part="owner", ids={"phone": phone(1)})
    for n, said in enumerate(
        ("Quanto falta da dívida?", "Os juros. Atende o telefone", "Bom dia", "u owe me a drink not")
    ):
        record = world.add(
            "text", "handset-1", f"T{n}", "message", kind="message", text=said, written=hours(n), thread="1"
        )
        world.identify(record, "text", "handset-1", "phone", phone(2), "sender")
        world.identify(record, "text", "handset-1", "phone", phone(1), "recipient")
    (found,) = look(world, "debt_messages")
    assert (found.node, found.others) == (owner, (f"phone:{phone(1)}", f"phone:{phone(2)}"))


def test_visits_to_several_prisoners_are_found_and_to_one_again_and_again_are_not() -> None:
    world = World()
    last: dict[str, str] = {}
    for n, pair in enumerate(
        (
            ("visitor V1", "prisoner P1"),
            ("visitor V1", "prisoner P2"),
            ("visitor V2", "prisoner P1"),
            ("visitor V2", "prisoner P1"),
        )
    ):
        event = world.event("prison", f"{n}", "visit", hours(n))
        for role, name in (part.split() for part in pair):
            person = world.person("prison", f"{n}", f"{name} X", part=role)
            world.link("prison", role, (person, event), ("person", "event"))
            if name in last:
                world.same(person, last[name])
            last[name] = person
    (found,) = look(world, "visits_across")
    assert found.sentence == "Visited 2 different prisoners, 2 visits in all."


def test_one_number_with_children_of_several_families_is_found_and_a_family_is_not() -> None:
    world = World()
    for n in range(3):
        world.person("13-nominals", f"C{n}", f"Child{n} Name{chr(65 + n)}", born=CHILD, ids={"phone": phone(n)})
        world.person("13-nominals", f"F{n}", f"Sibling{n} Same", born=CHILD, ids={"phone": phone(50 + n)})
        for turn in range(2):
            world.call("telco", f"X{n}-{turn}", phone(9), phone(n), hours(turn))
            world.call("telco", f"Y{n}-{turn}", phone(60), phone(50 + n), hours(turn))
    (found,) = look(world, "children_contact")
    assert (found.node, len(found.others)) == (f"phone:{phone(9)}", 3)


def test_to_go_missing_often_alone_is_no_reason_and_a_victim_suspect_is_shown_as_both() -> None:
    world = World()
    control = world.person("13-nominals", "C", "Often Missing", born=CHILD)
    for turn in range(8):
        missing(world, control, f"C{turn}", 100 * turn, 5)
    runner = world.person("13-nominals", "R", "Child Runner", born=CHILD, subject=4 | 1)
    missing(world, runner, "R0", 0)
    stop = world.event("42-stops", "S", "stop", hours(9), supplier="42")
    world.link("42-stops", "subject", (runner, stop), ("person", "event"))
    view = world.view()
    (found,) = people_for_review(view, prompts(view, today=TODAY), today=TODAY)
    assert found.node.key == runner
    assert (found.also_suspect, found.categories, found.child) == (True, ("victim", "suspect"), True)
    assert found.independent == 2


def test_all_that_the_missing_file_says_counts_once_and_lists_nobody() -> None:
    world = World()
    pair = [
        world.person("13-nominals", f"P{n}", f"Child{n} Name{chr(65 + n)}", born=CHILD, postcode="LS1 4AP")
        for n in range(2)
    ]
    for n, child in enumerate(pair):
        for turn in range(3):
            event = world.event(
                "13-missing",
                f"M{n}-{turn}",
                "missing",
                hours(100 * turn + n),
                finish=hours(100 * turn + 9),
                postcode="HU1 1AA",
            )
            world.link("13-missing", "missing", (child, event), ("person", "event"))
    view = world.view()
    found = prompts(view, today=TODAY)
    assert {p.code for p in found} == {"missing_far", "missing_together"}
    assert people_for_review(view, found, today=TODAY) == ()


def test_a_shared_house_alone_makes_nobody_listed_and_swept_wages_do() -> None:
    world = World()
    for n in range(6):
        world.person(
            "payroll",
            f"W{n}",
            f"Worker{n} Name{chr(65 + n)}",
            born=ADULT,
            ids={"account": f"A{n}"},
            address="9 SHARED|BD1",
        )
    view = world.view()
    assert prompts(view, today=TODAY, codes=("wage_address",))
    assert people_for_review(view, prompts(view, today=TODAY), today=TODAY) == ()
    for n in range(6):
        for week in range(2):
            world.event(
                "bank",
                f"W{n}-{week}",
                "transaction",
                hours(168 * week),
                (("account", f"A{n}", "payee"),),
                amount=400.0,
                summary="WAGES",
            )
            ids = (("account", f"A{n}", "payer"), ("account", "SINK", "payee"))
            world.event("bank", f"O{n}-{week}", "transaction", hours(168 * week + 2), ids, amount=380.0)
    view = world.view()
    listed = people_for_review(view, prompts(view, today=TODAY), today=TODAY)
    assert len(listed) == 6
    assert all(p.independent == 2 for p in listed)


def test_who_was_carried_in_and_later_worked_is_found_and_who_did_one_or_the_other_is_not() -> None:
    world = World()
    people = [world.person("borders", f"P{n}", f"Worker{n} X") for n in range(4)]
    for n, (carried, worked) in enumerate([(0, 100), (0, None), (None, 100), (100, 0)]):
        if carried is not None:
            met = world.event("borders", f"B{n}", "custody", hours(carried), summary="Clandestine entry, small boat")
            world.link("borders", "subject", (people[n], met), ("person", "event"))
        if worked is not None:
            work = world.event("payroll", f"W{n}", "employment", hours(worked))
            world.link("payroll", "worker", (people[n], work), ("person", "event"))
    (found,) = look(world, "facilitated_worker")
    assert found.node == people[0]
    assert found.at == hours(0)
    assert len(found.record_ids) == 3  # both events, and the link that calls the person a worker


def test_a_report_of_entry_counts_as_a_record_of_it() -> None:
    world = World()
    worker = world.person("payroll", "P", "Worker X")
    world.report("13-intel", "IR/1", "Two males were found concealed in a lorry at the port", (worker,))
    world.link(
        "payroll", "worker", (worker, world.add("organisation", "payroll", "O", "employer")), ("person", "organisation")
    )
    assert [p.node for p in look(world, "facilitated_worker")] == [worker]


def test_who_is_named_as_vulnerable_is_found_with_the_words_and_a_bare_note_is_not() -> None:
    world = World()
    at_risk = world.person("13-nominals", "A", "Child A", note="VULNERABLE CHILD. Lives with an aunt")
    again = world.person("14-nominals", "B", "Child B", note="Possible victim of cuckooing")
    world.same(at_risk, again)
    world.person("13-nominals", "C", "Other C", note="Works as a driver")
    (found,) = look(world, "said_at_risk")
    assert found.node == min(at_risk, again)
    assert found.record_ids == tuple(sorted((at_risk, again)))
    assert found.sentence == "Named in 2 record(s) as possible victim, vulnerable child."


def test_a_referral_is_found_with_what_it_says_and_other_events_are_not() -> None:
    world = World()
    person, other = (world.person("13-nominals", f"P{n}", f"Person{n} X") for n in range(2))
    for key, kind, who in (("R1", "referral", person), ("R2", "nrm", person), ("R3", "custody", other)):
        event = world.event("nrm", key, kind, hours(1), summary=f"Said in {key}")
        world.link("nrm", "subject", (who, event), ("person", "event"))
    (found,) = look(world, "referral")
    assert (found.node, len(found.record_ids)) == (person, 2)
    assert found.sentence.endswith("2 referral(s). Said in R1; Said in R2")
