"""A victim is a victim on every screen: categories of data subject, several at once, told victim first."""

import csv
from datetime import date, datetime
from functools import reduce
from itertools import pairwise
from operator import or_
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from people import furnish_people, make_unit_store
from rows import tie
from seats import NOW, seated, stock
from small_world import DAY, SmallWorld, keep
from toex.analysis import AtRisk, Node
from toex.picture import EXPORTS, export, find, open_bench, show, wash, write_grid
from toex.picture.cast import cast_of
from toex.pole import EVERY_SUBJECT, SUBJECTS, categories
from toex.reference import load
from toex.wiring.main import main
from toex.work.judgements.queue import queue
from toex.work.judgements.touching import touches

EVERY = range(EVERY_SUBJECT + 1)
VICTIM, OTHER = SUBJECTS["victim"], SUBJECTS["other"]


def surname(bits: int) -> str:
    return "Bel" + "aeiou"[bits % 5] + "dfkmnpt"[bits // 5] + "an"


def people() -> tuple[SmallWorld, dict[str, int]]:
    """One subject for every set of bits, in two records; that they are a victim stands in the second alone."""
    world, bits_of = SmallWorld(), {}
    ends = []
    for bits in EVERY:
        pair = []
        for dataset, own in (("13-nominals", bits & ~VICTIM), ("14-nominals", bits & VICTIM | OTHER)):
            made = world.person(dataset, f"{dataset}{bits}", "Ada", surname(bits), dob=date(1990, 1, 1), subject=own)
            world.record[made]["subject"], bits_of[made] = own, bits
            pair.append(made)
        world.same(*pair)
        ends.append(pair)
    for one, other in pairwise(ends):
        world.rows["tie"].append(
            tie(world.record[one[0]], world.record[other[0]], standing="possible", weight=1.0, reason="below")
        )
    return world, bits_of


def holds(told: tuple[str, ...] | list[str], bits: int) -> bool:
    """Say whether exactly the categories that hold are told, the victim first."""
    wanted = {name for name, bit in SUBJECTS.items() if bits & bit and name != "other"}
    return set(told) == wanted and len(told) == len(wanted) and ("victim" not in wanted or told[0] == "victim")


def words(line: str) -> list[str]:
    """Read the categories out of what a person reads: those in the last brackets."""
    return [w for w in line.rpartition("(")[2].partition(")")[0].split(", ") if w in SUBJECTS] if "(" in line else []


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    home = tmp_path_factory.mktemp("victims") / "home"
    world, bits_of = people()
    keep(home, world.rows)
    return home, bits_of


@pytest.mark.parametrize("bits", EVERY)
def test_every_category_that_holds_is_named_once_and_a_victim_first(bits: int) -> None:
    """Rule 10: several hold at once, and being suspected takes nothing away."""
    assert holds(categories(bits), bits)


def test_what_is_told_are_the_categories_of_the_law() -> None:
    """Data Protection Act 2018 s.38(3): suspected, convicted, victims, witnesses; what is none of them is not told."""
    told = categories(EVERY_SUBJECT)
    assert {*told, "other"} == set(load("subject_categories").codes())
    assert {c.code: int(c.attribute("bit")) for c in load("subject_categories")} == dict(SUBJECTS)


def test_a_search_and_a_washed_list_say_it_of_everybody_they_find(bench: tuple[Path, dict[str, int]]) -> None:
    """That it stands in one of a subject's records is enough."""
    home, bits_of = bench
    seat = open_bench(home, user="a tester", at=DAY)
    lines = "\n".join(f"{surname(bits)}, Ada 01/01/1990" for bits in EVERY)
    answers = [*wash(seat, lines, at=DAY), *(find(seat, line, at=DAY) for line in lines.splitlines())]
    told = [subject for answer in answers for subject in answer.subjects]
    assert {bits_of[s.record_ids[0]] for s in told} == set(EVERY)
    assert all(holds(s.categories, bits_of[s.record_ids[0]]) for s in told)
    assert all(holds(words(s.told), bits_of[s.record_ids[0]]) for s in told)


def test_the_grid_of_a_wash_says_it_in_its_file(bench: tuple[Path, dict[str, int]], tmp_path: Path) -> None:
    home, _ = bench
    seat = open_bench(home, user="a tester", at=DAY)
    out = tmp_path / "grid.csv"
    write_grid(seat, wash(seat, f"{surname(5)}, Ada 01/01/1990", at=DAY), out, at=DAY)
    assert f"Ada {surname(5)} (victim, suspect)" in out.read_text(encoding="utf-8-sig")


def test_showing_a_record_says_it_and_what_the_record_itself_states(bench: tuple[Path, dict[str, int]]) -> None:
    """A record that does not say so belongs to a victim all the same."""
    home, bits_of = bench
    seat = open_bench(home, user="a tester", at=DAY)
    for record, bits in bits_of.items():
        shown = show(seat, record, at=DAY)
        assert holds(shown.categories, bits)
        assert set(shown.stated) <= set(shown.categories)
        assert ("victim" in shown.stated) == (bool(bits & VICTIM) and shown.dataset == "14-nominals")


def test_an_export_of_people_says_it_in_every_row(bench: tuple[Path, dict[str, int]], tmp_path: Path) -> None:
    assert "people" in EXPORTS
    home, bits_of = bench
    out = tmp_path / "people.csv"
    assert export(open_bench(home, user="a tester", at=DAY), "people", out, at=DAY) == len(bits_of)
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    head = next(n for n, line in enumerate(lines) if "record_id" in line)
    rows = list(csv.DictReader(lines[head:]))
    told = {row["record_id"]: [w for w in row["categories"].split(", ") if w] for row in rows if row["record_id"]}
    assert all(holds(told[record], bits) for record, bits in bits_of.items())


@pytest.mark.parametrize("bits", [0, VICTIM, VICTIM | 1, VICTIM | 2 | 8, EVERY_SUBJECT, 1])
def test_the_command_line_says_it(
    bench: tuple[Path, dict[str, int]], bits: int, capsys: pytest.CaptureFixture[str]
) -> None:
    home, bits_of = bench
    first = next(record for record, held in bits_of.items() if held == bits)
    assert main(["--home", str(home), "search", f"{surname(bits)}, Ada 01/01/1990"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith(f"Ada {surname(bits)}"))
    assert holds(words(line.partition(", born")[0]), bits)
    assert main(["--home", str(home), "show", first]) == 0
    said = capsys.readouterr().out
    told = next((one for one in said.splitlines() if one.startswith("Data subject: ")), "")
    listed = told.removeprefix("Data subject: ").partition(" (")[0]
    assert holds(listed.split(", ") if listed else [], bits)


def test_the_queue_and_a_ruling_to_come_say_it_of_both_sides(tmp_path: Path, settings: Settings, db: None) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TOEX_HOME = tmp_path / "unit"
    make_unit_store(settings.TOEX_HOME)
    staff = furnish_people()
    world, bits_of = people()
    stock(settings.TOEX_HOME, world.rows)
    seat = seated(staff, ["13-nominals", "14-nominals"])
    waiting = queue(seat, limit=100).waiting
    assert len(waiting) == len(EVERY) - 1
    for pair in waiting:
        both = (pair.record_id, pair.other_id)
        assert all(holds(told, bits_of[end]) for told, end in zip(pair.categories, both, strict=True))
        sides = touches(seat, *both, ruling="same").sides
        assert all(holds(s.categories, reduce(or_, (bits_of[r] for r in s.record_ids))) for s in sides)
    assert seat.at == NOW


@pytest.mark.parametrize("bits", EVERY)
def test_a_product_says_it_of_everybody_in_it(bits: int) -> None:
    node: Any = Node("person:x", "person", "Ada Bolan", ("r1",), ("13",), subject=bits)
    cast = cast_of(
        None, [AtRisk(node, (), categories(bits), None)], today=datetime(2026, 9, 1).date(), known_before=None,
        organisations=load("organisations"), refs={},
    )  # fmt: skip
    assert holds(cast.people["person:x"].categories, bits)
