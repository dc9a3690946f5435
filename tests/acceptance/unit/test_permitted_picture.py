"""Rows 7 to 10 in a whole fictional unit, on the command line: what the terms opened, who may look, what closing does."""

from pathlib import Path

from acceptance.unit.conftest import Unit
from toex.pole import bench_scope
from toex.store import Store

PHONE = "07700 900016"


def a_number(home: Path) -> str:
    """A number that call data state: bound to the operation."""
    sql = "SELECT value FROM identifier WHERE kind = 'phone' AND dataset LIKE '%calls' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    with Store.open(home).view(bench_scope()) as view:
        return str(view.query(sql)["value"].to_pylist()[0])


def test_row_9_the_teams_are_able_to_conflate_a_number_of_national_regional_and_local_datasets(unit_home: Unit) -> None:
    """ "The teams are able to conflate a number of national, regional, and local datasets" """
    with Store.open(unit_home.home).view(bench_scope()) as view:
        across = view.query(
            "SELECT count(*) AS n FROM tie WHERE standing = 'joined' AND dataset <> split_part(other_domain, '+', 1)"
        )
        assert across["n"].to_pylist()[0] > 50
    rows = unit_home.answer("datasets", "list", by="theo")
    assert len(rows) > 20


def test_rule_1_who_is_not_named_by_the_terms_reads_nothing(unit_home: Unit) -> None:
    """ "dedicated intelligence and analytical expertise": the team that the terms name, and nobody else."""
    number = a_number(unit_home.home)
    [grant] = unit_home.grants("lena")
    assert unit_home.answer("search", number, by="lena", grant=grant)["found"] > 0
    for username in ("uma", "ada", "priya", "jo", "ben"):
        refused = unit_home.run("search", number, by=username)
        assert refused.returncode == 5
        assert number not in refused.stdout + refused.stderr
        assert unit_home.run("search", number, by=username, grant=grant).returncode == 5


def test_row_7_closing_the_operation_ends_every_grant_and_takes_its_overlay_away(unit_home: Unit) -> None:
    """ "terms of reference – this establishes what support TOEX will provide, the timeline and product anticipated" """
    number = a_number(unit_home.home)
    [grant] = unit_home.grants("lena")
    [operation] = unit_home.answer("operations", "list", by="ruth")
    assert (
        unit_home.run("operations", "close", operation, "--reason", "Handed to the force.", by="ruth").returncode == 0
    )
    assert unit_home.run("search", number, by="lena", grant=grant).returncode == 5
    assert unit_home.run("worker", "--once").returncode == 0
    with Store.open(unit_home.home).view(bench_scope()) as view:
        assert not view.query("FROM tie WHERE dataset LIKE '%calls' OR dataset LIKE 'handset%'").num_rows
        bound = view.snapshot.files["tie"]
        assert [name for name, files in bound.items() if name.startswith("operation-") and files] == []

    asked = unit_home.answer(
        "grants", "ask", "disclosure", "--purpose", "Disclosure for the trial.", "--person", "lena",
        "--operation", operation, "--days", "30", by="ines",
    )["grant"]  # fmt: skip
    assert unit_home.run("search", number, by="lena", grant=asked).returncode == 5
    assert unit_home.run("grants", "approve", str(asked), by="ben").returncode == 0
    assert unit_home.answer("search", number, by="lena", grant=asked)["found"] > 0


def test_row_8_every_search_is_in_the_log_before_it_is_answered_and_the_log_is_whole(unit_home: Unit) -> None:
    """Rule 8: consultation is logged, tamper-evidently; what was asked is there as a digest alone."""
    number = a_number(unit_home.home)
    [grant] = unit_home.grants("lena")
    before = unit_home.answer("audit", "verify", by="")["entries"]
    unit_home.answer("search", number, by="lena", grant=grant)
    after = unit_home.answer("audit", "verify", by="")
    assert after["entries"] == before + 2  # the log-in, the search
    assert after["faults"] == []
    [duty] = unit_home.grants("gil")
    read = unit_home.run("audit", "read", "--purpose", "lawfulness", "--by", "lena", by="gil", grant=duty)
    assert "search" in read.stdout
    assert number not in read.stdout
    assert number.encode() not in (unit_home.home / "work.sqlite3").read_bytes()


def test_the_log_of_the_unit_says_who_approved_what_they_had_not_asked_for(unit_home: Unit) -> None:
    """Nobody approves their own: the data analyst's duty waits for the Detective Inspector."""
    asked = unit_home.answer(
        "grants", "ask", "duty", "--duty", "loading", "--purpose", "Loading.", "--person", "theo", by="theo"
    )["grant"]
    assert unit_home.run("grants", "approve", str(asked), by="theo").returncode == 5
    assert asked not in unit_home.grants("theo")
    assert unit_home.run("grants", "approve", str(asked), by="ruth").returncode == 0
    assert asked in unit_home.grants("theo")
