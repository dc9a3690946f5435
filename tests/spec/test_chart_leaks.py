"""Nothing leaks onto a chart: a saved chart opens as if what its reader may not see had never been on it."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from small_world import DAY, VARIANTS, SmallWorld, furnish, keep, phone, visible
from toex.picture import UnknownSubject, charting
from toex.pole import Scope
from toex.store import View

PEOPLE = tuple(row["record_id"] for row in furnish(SmallWorld()).rows["person"])
RECORDS = tuple(furnish(SmallWorld()).record)
# A chart as somebody saved it who sees everything.
SAVED = (
    *(charting.Asked(charting.person_id(one), (one,)) for one in PEOPLE),
    *(charting.Asked(f"phone:{phone(n)}") for n in range(6)),
    charting.Asked("vehicle:AB12CDE"), charting.Asked("account:ACC1"), charting.Asked("place:1 ELM|LS1 4AP"),
    *(charting.Asked(f"event:{one}") for one in RECORDS),
)  # fmt: skip
SCOPE = Scope("a test", None, 1, frozenset("P"), 27)  # no conditions, no victims, nothing marked higher


class Seated:
    """A seat that shows one view and keeps no log: what the picture is asked from."""

    home, user, notice = Path("nowhere"), "a tester", ""

    def __init__(self, view: View) -> None:
        self._view = view

    def view(self) -> Any:
        return nullcontext(self._view)

    def note(self, *_: Any, **__: Any) -> None:
        return

    def digest(self, text: str) -> str:
        return text


def parted(seat: Any, *, at: datetime) -> charting.Drawing:
    return charting.apart(seat, charting.draw(seat, SAVED, at=at), at=at)


def asked(view: View) -> list[Any]:
    seat: Any = Seated(view)

    def told(ask: Callable[..., Any], *of: Any, **more: Any) -> Any:
        try:
            return ask(seat, *of, **more, at=DAY)
        except UnknownSubject as refused:
            return str(refused)

    first, second = SAVED[0], SAVED[3]
    return [
        charting.sighted(view, SAVED), told(charting.draw, SAVED),
        told(charting.candidate_groups, SAVED), told(charting.begin, [PEOPLE[0]]),
        told(charting.count_beyond, first.id, [first]), told(charting.expand, first.id, "", shown=[first]),
        told(charting.expand, first.id, "event", shown=[first]), told(charting.chronicle, SAVED[:14]),
        told(charting.connect, first.id, second.id, shown=[first, second]), told(charting.places, SAVED),
        told(charting.tell, first), told(charting.tell_line, first, SAVED[1]), told(charting.look_up, "Ana Valdane"),
        told(parted),
    ]  # fmt: skip


@pytest.mark.parametrize("turn", [0, 1, 4, 7])
def test_a_chart_is_drawn_as_if_what_is_not_shown_did_not_exist(turn: int, tmp_path: Path) -> None:
    """The n-th record is of the variant of its turn: every clause of the policy hides something of the chart."""
    numbers = count(turn)
    world = furnish(SmallWorld(lambda: next(numbers) % len(VARIANTS)))
    whole = keep(tmp_path / "whole", world.rows)
    alone = keep(tmp_path / "alone", visible(world.rows, SCOPE, frozenset()))
    with whole.view(SCOPE) as seen, alone.view(SCOPE) as true:
        for one, other in zip(asked(seen), asked(true), strict=True):
            assert one == other


def test_lines_taken_apart_say_what_the_lines_say_a_fact_a_record(tmp_path: Path) -> None:
    store = keep(tmp_path / "all", furnish(SmallWorld()).rows)
    with store.view(Scope("a test", None)) as view:
        seat: Any = Seated(view)
        whole, parts = charting.draw(seat, SAVED, at=DAY), parted(seat, at=DAY)
    assert parts.signs == whole.signs
    assert len(parts.lines) > len(whole.lines)
    for line in whole.lines:
        facts = [x for x in parts.lines if (x.a, x.b, x.confirmed) == (line.a, line.b, line.confirmed)]
        assert sorted(r for x in facts for r in x.records) == sorted(
            r for x in whole.lines if (x.a, x.b, x.confirmed) == (line.a, line.b, line.confirmed) for r in x.records
        )
        assert sum(x.contacts for x in facts) == sum(x.contacts for x in whole.lines if (x.a, x.b) == (line.a, line.b))
        for x in facts:
            assert x.label
            assert len(x.records) == 1 or x.contacts or not x.confirmed
    grades = {x.grade for x in parts.lines if not x.contacts and x.confirmed and len(x.records) == 1}
    assert grades


def test_every_answer_tells_something_where_all_is_visible(tmp_path: Path) -> None:
    store = keep(tmp_path / "all", furnish(SmallWorld()).rows)
    with store.view(Scope("a test", None)) as view:
        sight, drawing, groups, begun, counts, people, events, chronicle, ways, pins, told, line, found, parts = asked(
            view
        )
    assert len(sight[0]) == len(drawing.signs) > 15
    assert all(
        [
            drawing.lines,
            groups,
            begun.lines,
            counts,
            people.signs,
            events.signs,
            chronicle.happenings,
            ways[0],
            pins.pins,
        ]
    )
    assert len(parts.lines) > len(drawing.lines)
    assert told.sources and line.sources and found.signs  # noqa: PT018
    assert {sign.label for sign in drawing.signs if sign.child} == {f"child, {s.ref}" for s in drawing.signs if s.child}


def test_what_only_an_analyst_s_chart_shows_is_dashed_and_said_to_be_unconfirmed(tmp_path: Path) -> None:
    world = SmallWorld()
    one, other = (world.person("13-nominals", key, key, "Marlpit", n) for n, key in enumerate(("Dov", "Lee"), start=1))
    world.link("charted", one, other, ("person", "person"))
    pair = [charting.Asked(charting.person_id(r), (r,)) for r in (one, other)]
    for further, confirmed in (((), False), (("associate",), True)):
        for kind in further:
            world.link(kind, one, other, ("person", "person"))
        with keep(tmp_path / str(confirmed), world.rows).view(Scope("a test", None)) as view:
            seat: Any = Seated(view)
            [line] = charting.draw(seat, pair, at=DAY).lines
            facts = charting.apart(seat, charting.draw(seat, pair, at=DAY), at=DAY).lines
            told = charting.tell_line(seat, *pair, at=DAY)
        assert ("charted" in line.label, line.confirmed) == (True, confirmed)
        assert ("nobody here has confirmed it" in repr(told.said)) is not confirmed
        assert sorted((x.label, x.confirmed) for x in facts) == [
            *((("associate", True),) if confirmed else ()), ("charted", False),
        ]  # fmt: skip


def test_an_erased_record_is_on_no_chart_at_once(tmp_path: Path) -> None:
    store = keep(tmp_path / "home", furnish(SmallWorld()).rows)
    with store.view(Scope("a test", None)) as view:
        seat: Any = Seated(view)
        before = charting.draw(seat, SAVED, at=DAY)
        store.bury([PEOPLE[5]], by="a tester", at=DAY, reason="a test")
        after = charting.draw(seat, SAVED, at=DAY)
    gone = {s.id for s in before.signs} - {s.id for s in after.signs}
    assert charting.person_id(PEOPLE[5]) in gone
    assert PEOPLE[5] not in repr(after)


def test_a_childs_name_is_in_no_word_of_the_chart_or_beside_it(tmp_path: Path) -> None:
    world = SmallWorld()
    child = world.person("13-nominals", "C", "Toby", "Wrenfield", 1, dob=DAY.date().replace(year=2015), alias="Tobes")
    episode = world.event(
        "13-missing", "M", "missing", DAY, summary="Toby Wrenfield left with TOBES's friend; wrenfield home"
    )
    world.link("missing", child, episode, ("person", "event"))
    mail = world.event("13-missing", "R", "referral", DAY, [("email", "t.wrenfield@example.org", "contact")])
    world.link("subject", child, mail, ("person", "event"))
    store = keep(tmp_path / "home", world.rows)
    with store.view(Scope("a test", None)) as view:
        seat: Any = Seated(view)
        one = charting.Asked(charting.person_id(child), (child,))
        around = charting.expand(seat, one.id, "", shown=[one], at=DAY)
        everything = [
            charting.draw(seat, [one, charting.Asked("email:t.wrenfield@example.org"), charting.Asked(f"event:{episode}")], at=DAY),
            charting.chronicle(seat, [one], at=DAY), charting.tell(seat, one, at=DAY), charting.places(seat, [one], at=DAY),
        ]  # fmt: skip
    labels = [s.label for s in everything[0].signs]
    assert f"email address of child, {one.id[:5]}" in labels
    assert around.signs
    said = repr([labels, *everything[1:]]).lower()
    assert "toby" not in said and "wrenfield" not in said and "tobes" not in said  # noqa: PT018
