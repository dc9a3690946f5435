"""The table of a report's states: complete, disjoint, and the page of the docs is written from it."""

from pathlib import Path

import pytest

from toex.work.errors import NotAllowed, OutOfOrder
from toex.work.research import report_states as states
from toex.work.research.report_states import ENDS, RELATIONS, RELEASED, STATES, TABLE, can, check_can, check_who

DOCS = Path(__file__).resolve().parents[4] / "docs" / "reference" / "report-states.md"


def test_the_page_of_the_docs_is_the_tables() -> None:
    assert DOCS.read_text(encoding="utf-8") == states.page()


def test_the_table_speaks_only_of_states_and_relations_that_exist() -> None:
    for found in TABLE.values():
        assert {*found.sources, found.target} <= {*STATES, ""}
        assert set(found.who) <= set(RELATIONS)
    assert set(STATES) >= RELEASED


def test_every_state_is_reached_from_the_beginning() -> None:
    reached = {""}
    for _ in STATES:
        reached |= {t.target for t in TABLE.values() if t.target and reached & set(t.sources or ("",))}
    assert reached == {"", *STATES}


@pytest.mark.parametrize("act", TABLE)
def test_an_act_is_refused_from_every_state_and_to_everybody_that_its_row_does_not_name(act: str) -> None:
    row = TABLE[act]
    for state in ("", *STATES):
        if state in row.sources or (state == "" and not row.sources):
            check_can(act, state)
        else:
            with pytest.raises(OutOfOrder):
                check_can(act, state)
    for who in RELATIONS:
        if who in row.who:
            check_who(act, frozenset({who}))
        else:
            with pytest.raises(NotAllowed):
                check_who(act, frozenset({who}))
    assert not any(can(act, end) for end in ENDS)


def test_no_act_that_releases_is_its_authors() -> None:
    assert "author" not in TABLE["sanitise"].who
    assert all("second" in t.who for t in TABLE.values() if t.target == "sanitised")
