"""Years of two figures: none is later than the year in which the file was received."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from toex.intake import parse_mapping, read

from .conftest import Outcome, delivery

Load = Callable[..., Outcome]
TWO_FIGURES = """
name = "born"
title = "People"
version = 1
%s
key = "ref"

[columns]
ref = "Ref"
name = "Name"
dob = "DOB"

[[records]]
part = "person"
is = "person"
name = "name"
dob = "dob"
"""


@pytest.mark.parametrize(("stated", "year"), [("", 1927), ("pivot = 2030", 2027)])
def test_a_year_of_two_figures_is_not_after_the_receipt_unless_the_mapping_says_so(
    load: Load, stated: str, year: int
) -> None:
    done = load("Ref,Name,DOB\nR1,Ann WALSH,04/03/27\n", mapping=parse_mapping(TWO_FIGURES % stated))
    assert done.rows("person")[0]["dob"].year == year


def test_a_file_received_later_may_hold_a_later_year_of_two_figures(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("Ref,Name,DOB\nR1,Ann WALSH,04/03/27\n")
    late = replace(delivery(), received=delivery().received.replace(year=2028))
    (batches,) = read(path, mapping=parse_mapping(TWO_FIGURES % ""), delivery=late)
    assert batches["person"]["dob"].to_pylist()[0].year == 2027
