"""The fictional world while its stories are told: people, places, the timeline, and the truth about who did what."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from toex.synthetic import numbers
from toex.synthetic.lives import Timeline
from toex.synthetic.names import FEMALE, MALE, NATIONALITIES, NameBook, heritage_number
from toex.synthetic.people import TODAY, YEAR, Population
from toex.synthetic.places import FOLDERS, FORCES, Gazetteer, Place, Town, place_in
from toex.synthetic.shapes import NONE, Generator, SyntheticError, texts

START = datetime(2026, 4, 1)
CUT = datetime(2026, 9, 7)
END = datetime(2026, 9, 14)


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part in one group, as it really is."""

    group: str
    kind: str
    person: int
    role: str
    at_risk: bool
    why: str


@dataclass(frozen=True, slots=True)
class Trap:
    """Something that looks like exploitation, or like one person, and is not."""

    kind: str
    people: tuple[int, ...]
    detail: str


@dataclass(slots=True)
class World:
    """Everything that a story may use and write to."""

    seed: int
    book: NameBook
    where: Gazetteer
    people: Population
    timeline: Timeline
    dice: random.Random
    rng: Generator
    spare: list[int]
    parts: list[Part] = field(default_factory=list)
    traps: list[Trap] = field(default_factory=list)
    known: dict[int, int] = field(default_factory=dict)
    new_homes: list[Place] = field(default_factory=list)
    handset_of: dict[int, int] = field(default_factory=dict)
    away: dict[int, list[tuple[datetime, datetime, datetime, Town]]] = field(default_factory=dict)
    used_phones: int = 0
    used_handsets: int = 0
    used_accounts: int = 0
    used_reports: int = 0
    used_plates: set[str] = field(default_factory=set)

    def town(self, *, force: str = "", without: str = "") -> Town:
        """Pick a town, of one force or not of another."""
        towns = [t for t in self.where.towns if force in ("", t.force) and t.force != without]
        return self.dice.choice(towns)

    def force(self, *, without: tuple[str, ...] = ()) -> str:
        """Pick a force."""
        return self.dice.choice([force for force in FORCES if force not in without])

    def place(self, town: Town, label: str = "") -> Place:
        """Make a place in a town."""
        return place_in(self.where, town, self.dice, label=label)

    def phone(self) -> int:
        """Hand out the next story number: the drama range first, then unused ones of the widened pool."""
        self.used_phones += 1
        if self.used_phones <= numbers.DRAMA:
            return self.used_phones - 1
        return self.dice.randrange(numbers.DRAMA, numbers.pool_size(len(self.people)))

    def handset(self) -> int:
        """Hand out the serial of the next handset."""
        self.used_handsets += 1
        return self.used_handsets

    def account(self) -> int:
        """Hand out the next bank account number."""
        self.used_accounts += 1
        return self.used_accounts

    def plate(self) -> str:
        """Make a registration mark that no other story vehicle has."""
        made = numbers.plate(self.dice)
        while made in self.used_plates:
            made = numbers.plate(self.dice)
        self.used_plates.add(made)
        return made

    def report(self, force: str, at: datetime) -> str:
        """Number the next intelligence report of a force."""
        self.used_reports += 1
        return f"{FOLDERS[force].upper()}/I/{at.year % 100}/{self.used_reports:05d}"

    def moment(self, first: int, last: int, *, hours: tuple[int, int] = (8, 22)) -> datetime:
        """Pick a time between two days counted from the start of the timeline."""
        day = self.dice.randint(first, last)
        return START + timedelta(days=day, hours=self.dice.randint(*hours), seconds=self.dice.randint(0, 3599))

    def cast(
        self, *, heritage: str, sex: str = "", ages: tuple[int, int] = (20, 50), town: Town, records: int = 2
    ) -> int:
        """Take somebody out of the population and make a story person: name, age, home and number of their own."""
        if not self.spare:
            raise SyntheticError("The population is too small for its stories: ask for more people.")
        who = self.spare.pop()
        self._rename(who, heritage=heritage, sex={"M": MALE, "F": FEMALE}.get(sex, self.dice.choice((MALE, FEMALE))))
        folk = self.people
        folk.dob[who] = TODAY - int(YEAR * self.dice.uniform(ages[0] + 0.05, ages[1] + 0.9))
        if ages[1] < 18:
            folk.pnc[who] = folk.cro[who] = ""
        folk.phone[who] = self.phone()
        folk.old_phone[who] = folk.shared_phone[who] = NONE
        folk.town[who] = town.number
        self.move(who, self.place(town))
        self.known[who] = records
        return who

    def _rename(self, who: int, *, heritage: str, sex: int) -> None:
        folk, number = self.people, heritage_number(heritage)
        names = self.book.heritages[number]
        folk.heritage[who], folk.sex[who] = number, sex
        folk.forename[who] = names.forenames[sex].draw(self.rng, 1)[0]
        folk.surname[who] = names.draw_surnames(self.rng, 1)[0]
        folk.maiden[who] = folk.alias[who] = folk.middle[who] = ""
        folk.nationality[who] = self.dice.choice(NATIONALITIES[number])

    def move(self, who: int, place: Place) -> None:
        """Make a place somebody's home."""
        folk = self.people
        folk.old_address[who] = folk.address[who] if self.dice.random() < 0.3 else NONE
        folk.address[who] = len(folk.line) + len(self.new_homes)
        folk.town[who] = next(t.number for t in self.where.towns if t.name == place.town)
        self.new_homes.append(place)

    def home(self, who: int) -> Place:
        """Give somebody's home as a place."""
        folk = self.people
        row, town = int(folk.address[who]), self.where.towns[folk.town[who]]
        if row >= len(folk.line):
            return self.new_homes[row - len(folk.line)]
        return Place(
            line=folk.line[row],
            town=folk.town_name[row],
            postcode=folk.postcode[row],
            force=town.force,
            lat=town.lat,
            lon=town.lon,
        )

    def settle(self) -> None:
        """Write the homes of story people into the address columns; call it once, when every story is told."""
        folk, new = self.people, self.new_homes
        folk.line = np.concatenate([folk.line, texts([place.line for place in new])])
        folk.town_name = np.concatenate([folk.town_name, texts([place.town for place in new])])
        folk.postcode = np.concatenate([folk.postcode, texts([place.postcode for place in new])])
        self.new_homes = []

    def whereabouts(self, phone: int, *, at: datetime, town: Town) -> Town | None:
        """Say in which town a phone is: where a journey took it, else in `town`; nowhere while on the road."""
        for depart, arrive, until, there in self.away.get(phone, ()):
            if depart <= at < arrive:
                return None
            if arrive <= at < until:
                return there
        return town

    def name(self, who: int) -> str:
        """Give somebody's true name."""
        return self.people.full_name(who)

    def number(self, who: int) -> int:
        """Give somebody's own mobile number."""
        return int(self.people.phone[who])

    def role(self, group: str, *, kind: str, person: int, role: str, risk: str = "") -> None:
        """Note in the truth what somebody is in a group; `risk` says why they are at risk, when they are."""
        self.parts.append(Part(group=group, kind=kind, person=person, role=role, at_risk=bool(risk), why=risk))
