from pathlib import Path

import pytest

from toex.work.errors import OutOfOrder
from toex.work.tasking import states
from toex.work.tasking.states import ENDS, KINDS, RELATIONS, STATES, TABLE, can, check_can

DOCS = Path(__file__).resolve().parents[4] / "docs" / "reference" / "tasking-states.md"


def test_the_page_of_the_docs_is_the_tables() -> None:
    assert DOCS.read_text(encoding="utf-8") == states.page()


def test_the_table_speaks_only_of_states_relations_and_kinds_that_exist() -> None:
    for found in TABLE.values():
        assert set(found.sources) <= set(STATES)
        assert found.target in {*STATES, ""}
        assert found.who
        assert set(found.who) <= set(RELATIONS)
        assert set(found.kinds) <= set(KINDS)


def test_every_state_is_reached_and_every_open_one_leads_to_an_end() -> None:
    arrows = {(s, t.target) for t in TABLE.values() if t.target for s in (t.sources or ("",))}

    def reached(start: set[str], pairs: set[tuple[str, str]]) -> set[str]:
        more = {b for a, b in pairs if a in start} | start
        return start if more == start else reached(more, pairs)

    assert reached({""}, arrows) - {""} == set(STATES)
    assert reached(set(ENDS), {(b, a) for a, b in arrows}) - {""} == set(STATES)


def test_an_end_is_never_left_and_nothing_is_done_in_it() -> None:
    assert [(a, s) for a in TABLE for s in ENDS if can(a, s)] == []


@pytest.mark.parametrize("act", TABLE)
def test_an_act_is_refused_from_every_state_that_its_row_does_not_name(act: str) -> None:
    row = TABLE[act]
    kinds = row.kinds or tuple(KINDS)
    for state in ("", *STATES):
        for kind in KINDS:
            named = (state in row.sources or (state == "" and not row.sources)) and kind in kinds
            if named:
                check_can(act, state, kind)
            else:
                with pytest.raises(OutOfOrder):
                    check_can(act, state, kind)


def test_the_diagram_has_an_arrow_for_every_change_and_no_other() -> None:
    drawn = [line for line in states.diagram().splitlines() if "-->" in line]
    changes = sum(len(t.sources) or 1 for t in TABLE.values() if t.target)
    assert len(drawn) == len(set(drawn)) == changes + len(ENDS)
