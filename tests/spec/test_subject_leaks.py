"""Subject pages leak nothing: each is what it would be in a home that holds only what the grant shows."""

from itertools import count
from pathlib import Path
from typing import Any

import pytest

from small_world import DATASETS, EVERYTHING, TODAY, VARIANTS, SmallWorld, furnish, keep, phone, visible
from toex.picture import UnknownSubject, addresses, named, page_in, read_thing, side_by_side, source_rows
from toex.picture.subject_page import own_records
from toex.pole import Scope
from toex.store import View

PEOPLE = tuple(row["record_id"] for row in furnish(SmallWorld()).rows["person"])
SOME = (PEOPLE[0], PEOPLE[4], PEOPLE[8])
SHOWN = frozenset(DATASETS)
SCOPES = (
    Scope("a test", SHOWN), Scope("a test", SHOWN | {f"{name}+kestrel" for name in DATASETS}, subjects=27),
    Scope("a test", SHOWN - {"14-nominals", "telco"}, handling=frozenset("P")), Scope("a test", SHOWN, marking=0),
)  # fmt: skip


def told(view: View) -> list[Any]:
    """Everything that the pages say of some people and of a number, and what lists and pairs say of their records."""
    things = addresses(view, [f"phone:{phone(4)}", "vehicle:AB12CDE"])
    said: list[Any] = [sorted(things.items())]
    for address in [*(read_thing(one, "") for one in SOME), *things.values()]:
        try:
            page = page_in(view, address, today=TODAY)
        except UnknownSubject as refused:
            said.append(str(refused))
            continue
        said += [page, own_records(view, page.key)]
    said.append(named(view, PEOPLE, today=TODAY))
    pair = SOME[0], SOME[2]
    said.append(side_by_side(view, pair, {row.ref: row for row in source_rows(view, pair)}))
    return said


def world(turn: int) -> SmallWorld:
    """A world whose ninth records in turn are of each variant: in a compartment, above the marking, of a victim, unknown."""
    numbers = count(turn)
    return furnish(SmallWorld(lambda: next(numbers) % len(VARIANTS)))


@pytest.mark.parametrize("turn", range(len(SCOPES)))
def test_a_subject_page_is_that_of_a_home_which_holds_nothing_else(turn: int, tmp_path: Path) -> None:
    made, scope = world(2 * turn + 1), SCOPES[turn]
    whole = keep(tmp_path / "whole", made.rows)
    alone = keep(tmp_path / "alone", visible(made.rows, scope, frozenset()))
    with whole.view(scope) as seen, alone.view(EVERYTHING) as true, whole.view(EVERYTHING) as all_of_it:
        shown = told(seen)
        assert shown == told(true)
        assert shown != told(all_of_it), "a page that hides nothing would show nothing here"


def test_where_all_is_visible_the_pages_say_something(tmp_path: Path) -> None:
    store = keep(tmp_path / "home", furnish(SmallWorld()).rows)
    with store.view(EVERYTHING) as view:
        page = page_in(view, read_thing(PEOPLE[0], ""), today=TODAY)
        assert page.child
        assert [fact.label for fact in page.facts][:2] == ["Name", "Also known as"]
        assert all((page.held, page.links, page.entries, page.holders, page.independent))
        assert len(page.record_ids) > 1
        number = page_in(view, addresses(view, [f"phone:{phone(4)}"])[f"phone:{phone(4)}"], today=TODAY)
        assert number.is_thing
        assert {link.kind for link in number.links} >= {"person", "phone"}
