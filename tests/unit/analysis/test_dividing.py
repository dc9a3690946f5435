"""A chart divided into groups: planted groups come out, as the best of every division there is, and rest on the chart alone."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest

from toex.analysis import divide, locate, weave
from unit.analysis.world import DAY, World, phone

THREES = (("A1", "A2", "A3"), ("B1", "B2", "B3"), ("C1", "C2", "C3"))
TOLD = {  # how many reports name both: strong within, one weak bridge from group to group
    **{pair: 3 for three in THREES for pair in combinations(three, 2)},
    ("A3", "B1"): 1, ("B3", "C1"): 1,
}  # fmt: skip


def words(number: int) -> str:
    """Give a text that is like no other, so that each report is a source of its own."""
    return " ".join(f"w{number}x{n}" for n in range(12))


@pytest.fixture
def planted() -> tuple[World, dict[str, str]]:
    world = World()
    people = {name: world.person("13-nominals", name, f"{name} Fictional") for three in THREES for name in three}
    number = 0
    for (one, other), reports in TOLD.items():
        for _ in range(reports):
            world.report("13-intelligence", f"IR/{number}", words(number), (people[one], people[other]))
            number += 1
    return world, people


def divided(world: World, records: Sequence[str]) -> list[set[str]]:
    view = world.view()
    return [set(group) for group in divide(weave(view), locate(view, records))]


def partitions(of: Sequence[str]) -> Iterator[list[list[str]]]:
    """Give every way to divide some names."""
    if not of:
        yield []
        return
    for rest in partitions(of[1:]):
        for at in range(len(rest)):
            yield [*rest[:at], [of[0], *rest[at]], *rest[at + 1 :]]
        yield [[of[0]], *rest]


def modularity(parts: list[list[str]]) -> float:
    """Weigh a division by Newman's own formula, from the reports counted by hand."""
    whole = sum(TOLD.values())
    inside = degrees = 0.0
    for part in parts:
        inside += sum(TOLD.get((a, b), 0) + TOLD.get((b, a), 0) for a, b in combinations(part, 2)) / whole
        degrees += (sum(n for pair, n in TOLD.items() for end in pair if end in part) / (2 * whole)) ** 2
    return inside - degrees


def test_the_planted_groups_are_the_best_of_every_division_there_is(planted: tuple[World, dict[str, str]]) -> None:
    """The second formulation: no engine and no matrix, all 21,147 divisions of nine people tried."""
    world, people = planted
    best = max(partitions(sorted(people)), key=modularity)
    assert sorted(map(sorted, best)) == [list(three) for three in THREES]
    found = divided(world, list(people.values()))
    assert sorted(map(sorted, found)) == sorted(sorted(people[name] for name in part) for part in best)


def test_what_is_not_on_the_chart_binds_nobody(planted: tuple[World, dict[str, str]]) -> None:
    world, people = planted
    outside = world.person("13-nominals", "OUT", "Outside Fictional")
    for n in range(40):
        pair = (outside, people[("A1", "C3")[n % 2]])
        world.report("14-intelligence", f"X/{n}", words(1000 + n), pair)
    assert sorted(map(sorted, divided(world, list(people.values())))) == sorted(
        sorted(people[name] for name in three) for three in THREES
    )


def test_a_thing_goes_with_the_group_that_alone_has_it(planted: tuple[World, dict[str, str]]) -> None:
    world, people = planted
    for name, number in (("A1", 1), ("A2", 1), ("B1", 2), ("C1", 2)):
        world.identify(people[name], "person", "13-nominals", "phone", phone(number), "holder", DAY)
    lone = world.person("13-nominals", "LONE", "Lone Fictional", ids={"vrm": "AB12CDE"})
    view = world.view()
    keys = [*locate(view, [*people.values(), lone]), f"phone:{phone(1)}", f"phone:{phone(2)}", "vehicle:AB12CDE"]
    found = divide(weave(view), keys)
    [own] = [group for group in found if people["A1"] in group]
    assert f"phone:{phone(1)}" in own
    held = {key for group in found for key in group}
    assert held.isdisjoint({f"phone:{phone(2)}", "vehicle:AB12CDE", lone})


def test_of_nothing_there_is_no_group(planted: tuple[World, dict[str, str]]) -> None:
    world, people = planted
    assert divided(world, []) == []
    assert divided(world, [people["A1"]]) == []
