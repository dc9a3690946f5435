"""The small language of mappings: joining, choosing, looking up, conditions."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toex.intake import MappingError
from toex.intake.condition import holds, parse_condition
from toex.intake.expression import columns_of, evaluate, join_texts, parse

COLUMNS = {
    "house": pa.array(["12", None, None]),
    "street": pa.array(["Larkmere Road", "Marlow Fold", None]),
    "town": pa.array(["Leeds", "Bolton", None]),
    "address": pa.array([None, "1 The Lane", None], pa.string()),
    "kind": pa.array(["SMS", "voice", "Fax"]),
}
LISTS = {"kinds": {"sms": "message", "voice": "call"}, "only": {"sms": "message", "*": ""}}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("house + street, town", ["12 Larkmere Road, Leeds", "Marlow Fold, Bolton", None]),
        ("address | house + street, town", ["12 Larkmere Road, Leeds", "1 The Lane", None]),
        ("address | 'none given'", ["none given", "1 The Lane", "none given"]),
        ("kind : kinds", ["message", "call", "Fax"]),
        ("kind : only", ["message", None, None]),
        ("= crime | not an operator", ["crime | not an operator"] * 3),
        ("absent", [None, None, None]),
        ("absent | town", ["Leeds", "Bolton", None]),
    ],
)
def test_an_expression_gives_what_it_says(text: str, result: list[str | None]) -> None:
    assert evaluate(parse(text), COLUMNS, 3, LISTS).to_pylist() == result


@pytest.mark.parametrize("text", ["", "a +", "| a", "a b", "a : 'x'", "a & b", "'open"])
def test_what_is_no_expression_is_refused(text: str) -> None:
    with pytest.raises(MappingError):
        parse(text)


def test_an_expression_knows_its_columns() -> None:
    assert columns_of(parse("a + b : list, c | 'd'")) == {"a", "b", "c"}


@given(st.lists(st.tuples(*[st.one_of(st.none(), st.text(min_size=1, max_size=3))] * 3), min_size=1, max_size=5))
def test_joining_leaves_out_what_is_empty_and_keeps_every_row(rows: list[tuple[str | None, ...]]) -> None:
    columns = [pa.array([row[n] for row in rows], pa.string()) for n in range(3)]
    by_hand = ["-".join(cell for cell in row if cell is not None) or None for row in rows]
    assert join_texts(columns, "-").to_pylist() == by_hand


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("house", [True, False, False]),
        ("not house", [False, True, True]),
        ("kind is sms, VOICE", [True, True, False]),
        ("kind is not SMS", [False, True, True]),
        ("town is not Leeds and town", [False, True, False]),
        ("absent", [False, False, False]),
        ("", [True, True, True]),
    ],
)
def test_a_condition_holds_where_it_says(text: str, result: list[bool]) -> None:
    assert holds(parse_condition(text), COLUMNS, 3).tolist() == result


def test_a_cell_reads_as_what_the_cleaner_of_the_record_makes_of_it() -> None:
    cells = {"label": pa.array(["07700 900001", "0770090", "Ann WALSH", None])}
    assert holds(parse_condition("label reads as phone"), cells, 4).tolist() == [True, False, True, False]
    assert holds(parse_condition("label reads as account and label"), cells, 4).tolist() == [False] * 4
    assert holds(parse_condition("not label reads as phone"), cells, 4).tolist() == [False, True, False, True]
    with pytest.raises(MappingError, match="No cell can be read"):
        parse_condition("label reads as nonsense")


def test_companies_are_told_from_people() -> None:
    names = {"name": pa.array(["Fernacre Foods Ltd", "MR DANIEL WALSH", None, "Borough of Larkmere Council"])}
    assert holds(parse_condition("name is a company"), names, 4).tolist() == [True, False, False, True]
    assert holds(parse_condition("name is a person"), names, 4).tolist() == [False, True, False, False]
