"""What happened, folded: nothing that tells the story is lost, nothing is said twice."""

from datetime import timedelta

from toex.picture.chronicle import Journey, happenings, network_rows, shared_objects, subject_rows
from unit.picture.making import START, cast, entry, network, node, prompt

NET = network([node("a"), node("b"), node("c")], [])
CAST = cast(NET)


def journey(hours: float, cameras: int = 9) -> Journey:
    began = START + timedelta(hours=hours)
    return Journey("AB12CDE", began, began + timedelta(hours=2), "Sheffield 1", "Colchester 4", cameras, ("r1", "r9"))


def test_one_event_of_several_people_is_one_row_that_names_them_all() -> None:
    seen = [entry(key, 1, "stop", "Stopped: in a van") for key in "ab"]
    (row,) = happenings(seen, CAST, known=None)
    assert row.people == ("A1", "A2")
    assert row.refs == ("stop1",)


def test_data_sessions_and_repeated_texts_tell_nothing_and_are_left_out() -> None:
    assert happenings([entry("a", 1, "data", "Data: azimuth 120"), entry("a", 1, "narrative")], CAST, known=None) == []


def test_visits_at_one_prison_are_one_row_with_their_number() -> None:
    visits = [entry("a", 24 * n, "visit", "Prison visit", place="HMP Brackenholt") for n in range(5)]
    (row,) = happenings(visits, CAST, known=None)
    assert (row.text, row.place, len(row.refs)) == ("5 prison visits", "HMP Brackenholt", 5)
    assert row.until == START + timedelta(hours=96)


def test_items_of_one_report_are_one_row_and_name_the_supplier() -> None:
    items = [
        entry(key, 2, "intelligence", f"Intelligence: {said}", record_ids=(said,))
        for key in "ab"
        for said in ("X.", "Y.")
    ]
    (row,) = happenings(items, CAST, known=None)
    assert row.text == "Report of GMP: X. Y."


def test_a_missing_report_names_the_force_where_the_person_was_found() -> None:
    (row,) = happenings([entry("a", 1, "missing", "Reported missing: Declined", place="13")], CAST, known=None)
    assert (row.text, row.place) == ("Reported missing; on return: Declined", "found: WYP")


def test_a_journey_is_told_only_where_it_coincides_with_an_event_and_by_its_ends() -> None:
    entries = [entry("a", 0, "missing", "Reported missing"), entry("b", 1, "anpr", via="vehicle:AB12CDE")]
    rows = network_rows(entries, [journey(4), journey(400)], (), cast=CAST, known=None)
    (way,) = [row for row in rows if row.lane == "ANPR"]
    assert way.text == "AB12CDE read by 9 cameras, Sheffield 1 to Colchester 4: within six hours of going missing of A1"
    assert way.people == ("A2",)


def test_a_network_has_forty_rows_at_most_and_keeps_what_is_new() -> None:
    entries = [
        entry("a", n, kind, f"{kind} {n}") for n in range(60) for kind in ("missing", "stop", "custody", "crime")
    ]
    known = frozenset(e.record_ids[0] for e in entries) - {"stop0"}
    rows = network_rows(entries, [journey(n) for n in range(60)], [prompt("broadcast", "a")], cast=CAST, known=known)
    assert len(rows) <= 40
    assert [row.refs for row in rows if row.new and row.lane == "Stop"] == [("stop0",)]
    assert [row.at for row in rows] == sorted(row.at for row in rows)


def test_contacts_with_one_number_are_folded_into_a_row_that_counts_them() -> None:
    via, other = "phone:+447700900001", "phone:+447700900002"
    calls = [entry("a", 24 * n, kind, via=via, other=other, count=3) for n in range(4) for kind in ("call", "message")]
    (row,) = subject_rows(calls, CAST, shared=(), known=None)
    assert row.text == "24 contacts with 07700 900002, through 07700 900001"
    assert (row.at, row.until) == (START, START + timedelta(hours=72))


def test_payments_with_many_accounts_are_one_row() -> None:
    paid = [entry("a", n, "transaction", via="account:1", other=f"account:{n}") for n in range(2, 16)]
    (row,) = subject_rows(paid, CAST, shared=(), known=None)
    assert row.text == "14 payments with 14 accounts, through 1"


def test_what_went_through_a_number_that_many_give_is_told_of_none_of_them() -> None:
    calls = [entry(key, 1, "call", via="phone:+447700900001", other="phone:2") for key in ("a", "b", "c", "d")]
    shared = shared_objects(calls)
    assert shared == {"phone:+447700900001"}
    assert subject_rows(calls[:1], CAST, shared=shared, known=None) == ()


def test_a_person_has_eight_rows_at_most() -> None:
    many = [entry("a", n, "stop", f"Stopped {n}") for n in range(30)]
    assert len(subject_rows(many, CAST, shared=(), known=None)) == 6
    calls = [entry("a", n, "call", via="phone:1", other=f"phone:{n}") for n in range(2, 30)]
    assert len(subject_rows([*many, *calls], CAST, shared=(), known=None)) == 8
