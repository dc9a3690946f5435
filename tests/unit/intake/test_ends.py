"""Links whose ends a cell chooses: of whichever part and table another row became, by its key; rows that are links alone."""

from collections.abc import Callable

import pytest

from toex.intake import MappingError, parse_mapping
from toex.pole import record_id

from .conftest import Outcome

Load = Callable[..., Outcome]
TEXT = """
name = "pairs"
version = 1
title = "Pairs"
key = "ref"
[columns]
ref = ["Ref"]
name = ["Name"]
phone = ["Phone"]
one = ["One"]
one_is = ["One is"]
other = ["Other"]
other_is = ["Other is"]
[derived]
called = { from = "phone", when = "not name" }
[[records]]
part = "person"
is = "person"
name = "name"
[[records]]
part = "phone"
is = "phone"
value = "called"
[[links]]
kind = "paired"
from = { one_of = "one_is", key = "one" }
to = { one_of = "other_is", key = "other" }
"""
ROWS = "Ref,Name,Phone,One,One is,Other,Other is\n"


def test_an_end_is_of_the_part_and_the_table_that_its_cell_says(load: Load) -> None:
    rows = "A,Ann WALSH,,,,,\nB,,07700 900001,,,,\nL1,,,A,person,B,phone\nL2,,,B,phone,A,person\n"
    done = load(ROWS + rows, mapping=parse_mapping(TEXT))
    assert [done.sheet.rows_in, done.sheet.rows_set_aside] == [4, 0], "a row may be no more than a link"
    person, phone = record_id("wyp-people", "A", "person"), record_id("wyp-people", "B", "phone")
    assert [(r["from_id"], r["from_table"], r["to_id"], r["to_table"]) for r in done.rows("link")] == [
        (person, "person", phone, "object"), (phone, "object", person, "person"),
    ]  # fmt: skip
    assert {r["record_id"] for t in ("person", "object") for r in done.rows(t)} == {person, phone}


def test_a_link_to_a_part_that_is_none_is_set_aside_with_its_row(load: Load) -> None:
    done = load(
        ROWS + "L1,,,A,person,B,spaceship\nL2,,,A,person,B,\nL3,,,A,person,A,person\n", mapping=parse_mapping(TEXT)
    )
    assert done.sheet.conserved
    assert [done.sheet.rows_set_aside, len(done.rows("link"))] == [3, 0]


def test_a_derived_column_is_kept_where_its_condition_holds(load: Load) -> None:
    done = load(ROWS + "A,Ann WALSH,07700 900001,,,,\n", mapping=parse_mapping(TEXT))
    assert not done.rows("object")


@pytest.mark.parametrize(
    ("was", "now"),
    [('when = "not name"', 'when = "not nobody"'), ('one_of = "one_is"', 'one_of = "nobody"'), ("one_of", "whoever")],
)
def test_a_column_that_an_end_or_a_condition_names_exists(was: str, now: str) -> None:
    assert was in TEXT
    with pytest.raises(MappingError):
        parse_mapping(TEXT.replace(was, now))
