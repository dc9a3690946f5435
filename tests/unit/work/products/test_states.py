"""The table of a version's states: whole, without dead ends, and told by the docs as it is."""

from pathlib import Path

import pytest

from toex.work.errors import OutOfOrder
from toex.work.products.states import ENDS, RELATIONS, STATES, TABLE, can, check_can, page

DOCS = Path(__file__).resolve().parents[4] / "docs" / "reference" / "product-states.md"


def test_the_docs_tell_the_table_as_it_is() -> None:
    assert DOCS.read_text(encoding="utf-8") == page(), (
        "python -m toex.work.products.states > docs/reference/product-states.md"
    )


def test_every_act_names_known_states_and_people() -> None:
    for found in TABLE.values():
        assert {*found.sources, *([found.target] if found.target else [])} <= set(STATES)
        assert found.who
        assert set(found.who) <= set(RELATIONS)


def test_every_state_can_be_reached_and_every_state_but_an_end_left() -> None:
    reached, turn = set[str](), {t.target for t in TABLE.values() if not t.sources}
    while turn:
        reached |= turn
        turn = {t.target for t in TABLE.values() if t.target and reached & set(t.sources)} - reached
    assert reached == set(STATES)
    left = {s for t in TABLE.values() if t.target for s in t.sources if s != t.target}
    assert left == set(STATES) - ENDS


@pytest.mark.parametrize("act", ["write", "mark", "own_risk"])
def test_nothing_is_written_into_what_is_with_assurance_or_was_assured(act: str) -> None:
    for state in ("assurance", "assured", "disseminated", "superseded", "withdrawn"):
        assert not can(act, state)
        with pytest.raises(OutOfOrder, match="this can be done from"):
            check_can(act, state)
