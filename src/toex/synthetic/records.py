"""Which system holds a record of whom: three tiers of nominal lists, and how many records each person has."""

from dataclasses import dataclass

import numpy as np

from toex.synthetic.places import FORCES, REGIONS
from toex.synthetic.shapes import Generator, Ints, chance
from toex.synthetic.world import World

ROCUS = ("YHROCU", "NWROCU", "ERSOU")
SYSTEMS = (*FORCES, *ROCUS, "91")
TIERS = (0.60, 0.25, 0.15)
AT_HOME = 0.80
TWICE = 0.105
MORE = 0.42
MANY = 0.0025
NEW_IN_WEEK_TWO = 0.04
AGAIN_IN_WEEK_TWO = 0.03


@dataclass(frozen=True, slots=True)
class Holdings:
    """One row a record: who it is of, the system that holds it (an index of `SYSTEMS`), the week it is delivered."""

    who: Ints
    system: Ints
    week: Ints


def _counts(world: World, rng: Generator) -> Ints:
    size = len(world.people)
    counts = np.ones(size, dtype=np.int64)
    twice = chance(rng, size, TWICE)
    counts[twice] += rng.geometric(1 - MORE, int(twice.sum()))
    many = chance(rng, size, MANY)
    counts[many] += rng.poisson(5, int(many.sum()))
    for person, records in world.known.items():
        counts[person] = records + 1
    return counts


def _systems(world: World, who: Ints, rng: Generator) -> Ints:
    size = len(who)
    forces = np.array([FORCES.index(town.force) for town in world.where.towns])
    home = np.where(chance(rng, size, AT_HOME), forces[world.people.town[who]], rng.integers(0, len(FORCES), size))
    regions = np.array([len(FORCES) + ROCUS.index(REGIONS[force]) for force in FORCES])
    tier = rng.choice(3, size, p=TIERS)
    return np.where(tier == 0, home, np.where(tier == 1, regions[home], len(SYSTEMS) - 1)).astype(np.int64)


def hold(world: World, rng: Generator) -> Holdings:
    """Give every person at least one record; story people start with one in their home force, in the first week."""
    counts = _counts(world, rng)
    who = np.repeat(np.arange(len(counts)), counts)
    system = _systems(world, who, rng)
    week = np.where(chance(rng, len(who), NEW_IN_WEEK_TWO), 2, 1).astype(np.int64)
    firsts = np.cumsum(counts) - counts
    for person in world.known:
        row = firsts[person]
        system[row] = FORCES.index(world.where.towns[world.people.town[person]].force)
        week[row] = 1
    order = rng.permutation(len(who))
    return Holdings(who=who[order], system=system[order], week=week[order])
