"""Lists as dated data: loading, asking by day, laying a home's own over what is shipped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from toex.reference import STATUSES, ListFormatError, UnknownListError, forename_groups, load, names, stop_values


@pytest.mark.parametrize("name", names())
def test_every_list_says_what_it_is_where_each_entry_is_from_and_how_far_to_trust_it(name: str) -> None:
    found = load(name)
    assert found.title
    assert len(found) > 0
    for entry in found:
        assert entry.source
        assert entry.status in STATUSES
        assert entry.valid_from is None or entry.valid_to is None or entry.valid_from < entry.valid_to


@pytest.mark.parametrize("name", names())
def test_no_code_of_a_list_holds_twice_on_one_day(name: str) -> None:
    found = load(name)
    for entry in found:
        rivals = [other for other in found if other.code == entry.code and other is not entry]
        for day in (entry.valid_from or date(1990, 1, 1), date(2026, 6, 1)):
            assert not (entry.holds_on(day) and any(rival.holds_on(day) for rival in rivals)), entry.code


def test_an_entry_holds_from_its_first_day_until_the_day_before_its_last() -> None:
    words = load("log_words")
    assert words.get("justification", on=date(2025, 8, 18)) is not None
    assert words.get("justification", on=date(2025, 8, 19)) is None
    assert "justification" not in words.at(date(2026, 1, 1)).codes()
    assert len(words.at(date(2026, 1, 1))) == 6


def test_an_old_marking_is_still_known_without_a_day() -> None:
    older = load("markings_legacy")
    assert older.at(date(2020, 1, 1)).codes() == ()
    assert older.label("RESTRICTED") == "Restricted"
    assert older.label("NO SUCH CODE") == "NO SUCH CODE"


def test_a_home_lays_its_own_entries_over_the_shipped_ones(tmp_path: Path) -> None:
    own = tmp_path / "ours.toml"
    own.write_text(
        'title = "Ours"\nsource = "our policy"\nstatus = "read"\n'
        'entries = [{code="major", label="Grave"}, {code="local", label="Local"}]\n',
        encoding="utf-8",
    )
    scale = load("disruption_scale", overlay=own)
    assert scale.codes() == ("major", "moderate", "minor", "none", "negative", "local")
    assert scale.label("major") == "Grave"
    assert scale.label("minor") == "Minor"
    assert load("disruption_scale").label("major") == "Major"


def test_a_home_may_lay_over_a_list_as_csv(tmp_path: Path) -> None:
    own = tmp_path / "ours.csv"
    own.write_text(
        "# title: Ours\n# source: us\n# status: read\ncode,label,valid_from\n1,One,2026-01-01\n", "utf-8-sig"
    )
    found = load("review_groups", overlay=own).get("1")
    assert found is not None
    assert (found.label, found.valid_from) == ("One", date(2026, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        'entries = [{code="a"}]',
        'title = "t"\nsource = "s"\nstatus = "guessed"\nentries = [{code="a"}]',
        'title = "t"\nsource = "s"\nstatus = "read"\nentries = [{label="a"}]',
        'title = "t"\nsource = "s"\nstatus = "read"\nentries = [{code="a", valid_from="soon"}]',
        "title = ",
    ],
)
def test_a_list_that_breaks_the_rules_of_lists_is_refused(tmp_path: Path, text: str) -> None:
    own = tmp_path / "ours.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(ListFormatError):
        load("markings", overlay=own)


@pytest.mark.parametrize("name", ["no_such_list", "../errors", ""])
def test_a_list_that_is_not_shipped_is_told_and_not_guessed(name: str) -> None:
    with pytest.raises(UnknownListError, match="the lists are"):
        load(name)


def test_a_short_form_leads_to_its_long_one_and_a_head_is_itself_first() -> None:
    groups = forename_groups()
    assert groups["BILL"][0] == "WILLIAM"
    assert groups["JACK"][0] == "JACK"
    assert {"JACK", "JOHN"} <= set(groups["JACK"])
    assert groups["MOHAMED"] == groups["MOHAMMED"] == groups["MUHAMMAD"] == ("MUHAMMAD",)
    assert set(groups["ALEX"]) >= {"ALEXANDER", "ALEXANDRA"}


@pytest.mark.parametrize(
    ("short", "head"),
    [
        ("NICK", "NICHOLAS"),
        ("BEN", "BENJAMIN"),
        ("TED", "EDWARD"),
        ("MO", "MUHAMMAD"),
        ("CHRIS", "CHRISTOPHER"),
        ("LIZZIE", "ELIZABETH"),
        ("TONY", "ANTHONY"),
        ("JIM", "JAMES"),
        ("KASIA", "KATARZYNA"),
    ],
)
def test_a_short_form_stands_first_for_the_name_that_people_most_often_mean(short: str, head: str) -> None:
    assert forename_groups()[short][0] == head


def test_there_are_a_few_hundred_forename_groups_in_letters_alone() -> None:
    groups = forename_groups()
    assert len(load("nicknames")) > 600
    assert all(name.isascii() and name.isalpha() and name.isupper() for name in groups)


def test_fillers_are_known_by_kind() -> None:
    assert "UKMALE" in stop_values("name")
    assert "1900-01-01" in stop_values("date")
    assert stop_values("no such kind") == frozenset()
