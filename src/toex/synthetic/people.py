"""The population: households of eight heritages, as columns, one row a person."""

from dataclasses import dataclass

import numpy as np

from toex.synthetic import numbers
from toex.synthetic.names import (
    ETHNICITIES,
    FEMALE,
    HERITAGES,
    MALE,
    NATIONALITIES,
    SHARES,
    NameBook,
    draw_names,
    draw_surnames,
)
from toex.synthetic.places import Addresses, Gazetteer, build_addresses, lines
from toex.synthetic.shapes import NONE, Flags, Generator, Ints, Texts, chance, texts

TODAY = int(np.datetime64("2026-09-01", "D").astype(np.int64))
YEAR = 365.25
SIZES = (1, 2, 3, 4, 5, 6)
SIZE_SHARES = (0.30, 0.33, 0.16, 0.13, 0.05, 0.03)
SHARED_HOUSE = 0.12
HOT_EVERY = 1500
YOUNGEST = 9


@dataclass(slots=True)
class Population:
    """One row a person; days count from 1970-01-01; addresses index the address columns; -1 says there is none."""

    forename: Texts
    middle: Texts
    surname: Texts
    maiden: Texts
    alias: Texts
    heritage: Ints
    sex: Ints
    dob: Ints
    household: Ints
    address: Ints
    old_address: Ints
    phone: Ints
    old_phone: Ints
    shared_phone: Ints
    town: Ints
    nationality: Texts
    ethnicity: Texts
    pnc: Texts
    cro: Texts
    line: Texts
    town_name: Texts
    postcode: Texts
    hot_addresses: Ints

    def __len__(self) -> int:
        return len(self.sex)

    def age(self, person: int) -> int:
        """Give a person's age in whole years at the time of the first delivery."""
        return int((TODAY - self.dob[person]) / YEAR)

    def full_name(self, person: int) -> str:
        """Write a person's true name."""
        return f"{self.forename[person]} {self.surname[person]}"


@dataclass(frozen=True, slots=True)
class Homes:
    """Households as columns of persons: which household, which place in it, whether unrelated people share it."""

    household: Ints
    place: Ints
    shared: Flags
    count: int


def _homes(people: int, rng: Generator) -> Homes:
    sizes = rng.choice(SIZES, people, p=SIZE_SHARES)
    ends = np.cumsum(sizes)
    count = int(np.searchsorted(ends, people)) + 1
    household = np.repeat(np.arange(count), sizes[:count])[:people]
    place = np.arange(people) - (ends[:count] - sizes[:count])[household]
    return Homes(household=household, place=place, shared=chance(rng, count, SHARED_HOUSE)[household], count=count)


def _births(homes: Homes, rng: Generator) -> Ints:
    size = len(homes.household)
    head = (18 + 62 * rng.beta(1.4, 2.2, homes.count))[homes.household]
    partner = np.clip(head + rng.normal(0, 4, size), 18, 95)
    child = np.clip(head - 18 - 24 * rng.beta(2, 2, size), 0, 45)
    child = np.where(child < YOUNGEST, rng.uniform(YOUNGEST, 18, size), child)
    age = np.where(homes.place == 0, head, np.where((homes.place == 1) | homes.shared, partner, child))
    dob = (TODAY - age * YEAR - rng.integers(0, 365, size)).astype(np.int64)
    twins = (homes.place >= 3) & ~homes.shared & chance(rng, size, 0.05)
    where = np.flatnonzero(twins)
    dob[where] = dob[where - 1]
    return dob


def _sexes(homes: Homes, rng: Generator) -> Ints:
    sex = np.where(rng.random(len(homes.household)) < 0.56, MALE, FEMALE).astype(np.int64)
    partners = np.flatnonzero((homes.place == 1) & ~homes.shared)
    sex[partners] = 3 - sex[partners - 1]
    return sex


def _family_names(homes: Homes, own: Texts, rng: Generator) -> tuple[Texts, Texts]:
    heads = own[np.flatnonzero(homes.place == 0)][homes.household]
    partner = homes.place == 1
    takes = ~homes.shared & (homes.place > 0) & chance(rng, len(own), 0.86)
    surname = np.where(takes, heads, own)
    maiden = np.where(takes & partner, own, "")
    return surname.astype(object), maiden.astype(object)


def _feminine(surname: Texts, *, sex: Ints, heritage: Ints) -> None:
    slavonic = (heritage == HERITAGES.index("east_european")) & (sex == FEMALE)
    for i in np.flatnonzero(slavonic):
        name = surname[i]
        if name.endswith(("ski", "cki")):
            surname[i] = name[:-1] + "a"


def _juniors(forename: Texts, *, homes: Homes, sex: Ints, rng: Generator) -> None:
    heads = np.flatnonzero(homes.place == 0)[homes.household]
    same = (homes.place >= 2) & ~homes.shared & (sex == sex[heads]) & chance(rng, len(forename), 0.04)
    forename[same] = forename[heads][same]


def _phones(homes: Homes, people: int, rng: Generator) -> tuple[Ints, Ints, Ints]:
    top = numbers.pool_size(people)
    phone = rng.integers(numbers.DRAMA, top, people)
    old = np.where(chance(rng, people, 0.45), rng.integers(numbers.DRAMA, top, people), NONE)
    recycled = chance(rng, people, 0.01)
    old[recycled] = phone[rng.integers(0, people, int(recycled.sum()))]
    shared = np.where(chance(rng, homes.count, 0.45), rng.integers(numbers.DRAMA, top, homes.count), NONE)
    return phone, old, shared[homes.household]


def _aliases(book: NameBook, *, forename: Texts, surname: Texts, rng: Generator) -> Texts:
    alias = np.full(len(forename), "", dtype=object)
    for i in np.flatnonzero(chance(rng, len(forename), 0.10)):
        short = book.nicknames.get(forename[i])
        alias[i] = f"{short[i % len(short)]} {surname[i]}" if short else f"{forename[i - 1]} {surname[i]}"
    return alias


def _police_ids(dob: Ints, rng: Generator) -> tuple[Texts, Texts]:
    size = len(dob)
    born = 1970 + (dob / YEAR).astype(np.int64)
    year = np.minimum(born + 15 + rng.integers(0, 20, size), 2026)
    known = np.flatnonzero((born < 2013) & chance(rng, size, 0.24))
    pnc = np.full(size, "", dtype=object)
    cro = np.full(size, "", dtype=object)
    pnc[known] = numbers.pnc_ids(year[known].tolist(), rng)
    held = known[chance(rng, len(known), 0.7)]
    cro[held] = numbers.cro_ids(year[held].tolist(), rng)
    return pnc, cro


def _pick(choices: tuple[tuple[str, ...], ...], *, heritage: Ints, rng: Generator) -> Texts:
    drawn = np.empty(len(heritage), dtype=object)
    for number, values in enumerate(choices):
        mask = heritage == number
        drawn[mask] = texts(list(values))[rng.integers(0, len(values), int(mask.sum()))]
    return drawn


@dataclass(frozen=True, slots=True)
class Dwelling:
    """Where everybody lives and lived, and the addresses that many use."""

    current: Ints
    old: Ints
    town: Ints
    addresses: Addresses
    hot: Ints


def _dwellings(where: Gazetteer, *, homes: Homes, rng: Generator) -> Dwelling:
    people = len(homes.household)
    home_town = rng.integers(0, len(where.towns), homes.count)
    movers = np.flatnonzero(chance(rng, people, 0.5))
    stay = chance(rng, len(movers), 0.75)
    past = np.where(stay, home_town[homes.household[movers]], rng.integers(0, len(where.towns), len(movers)))
    hot = max(6, people // HOT_EVERY)
    towns = np.concatenate([home_town, past, rng.integers(0, len(where.towns), hot)])
    addresses = build_addresses(where, towns=towns, rng=rng)
    old = np.full(people, NONE, dtype=np.int64)
    old[movers] = homes.count + np.arange(len(movers))
    first_hot = homes.count + len(movers)
    return Dwelling(
        current=homes.household.astype(np.int64),
        old=old,
        town=home_town[homes.household],
        addresses=addresses,
        hot=np.arange(first_hot, first_hot + hot),
    )


def populate(where: Gazetteer, *, book: NameBook, people: int, rng: Generator) -> Population:
    """Make `people` persons in households: names, births, addresses now and before, numbers, police identifiers."""
    homes = _homes(people, rng)
    mixed = chance(rng, people, 0.05) | homes.shared
    by_home = rng.choice(len(SHARES), homes.count, p=SHARES)[homes.household]
    heritage = np.where(mixed, rng.choice(len(SHARES), people, p=SHARES), by_home).astype(np.int64)
    sex = _sexes(homes, rng)
    forename = draw_names(book, heritage=heritage, sex=sex, rng=rng)
    middle = np.where(chance(rng, people, 0.45), draw_names(book, heritage=heritage, sex=sex, rng=rng), "").astype(
        object
    )
    surname, maiden = _family_names(homes, draw_surnames(book, heritage=heritage, rng=rng), rng)
    _juniors(forename, homes=homes, sex=sex, rng=rng)
    _feminine(surname, sex=sex, heritage=heritage)
    dob = _births(homes, rng)
    phone, old_phone, shared_phone = _phones(homes, people, rng)
    dwelling = _dwellings(where, homes=homes, rng=rng)
    line, town_name, postcode = lines(where, dwelling.addresses)
    pnc, cro = _police_ids(dob, rng)
    return Population(
        forename=forename,
        middle=middle,
        surname=surname,
        maiden=maiden,
        alias=_aliases(book, forename=forename, surname=surname, rng=rng),
        heritage=heritage,
        sex=sex,
        dob=dob,
        household=homes.household.astype(np.int64),
        address=dwelling.current,
        old_address=dwelling.old,
        phone=phone,
        old_phone=old_phone,
        shared_phone=shared_phone,
        town=dwelling.town,
        nationality=_pick(NATIONALITIES, heritage=heritage, rng=rng),
        ethnicity=_pick(ETHNICITIES, heritage=heritage, rng=rng),
        pnc=pnc,
        cro=cro,
        line=line,
        town_name=town_name,
        postcode=postcode,
        hot_addresses=dwelling.hot,
    )
