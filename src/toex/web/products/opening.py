"""A version as its pages show it: what it says in the order of reading, its numbered marks, what its reader may do."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import NoReverseMatch, reverse

from toex.publishing import thaw
from toex.web.visits import Visit
from toex.work.access.kinds import kind_of
from toex.work.errors import NotAllowed, NotThere
from toex.work.judgements.seat import UnitSeat
from toex.work.products import queries
from toex.work.products.checking import without_owner
from toex.work.products.gathering import Kept, owner_of, people_of
from toex.work.products.models import Comment, Section, Sentence, Version
from toex.work.products.parts import ORDER, PARTS, TABLES, Part
from toex.work.products.policies import NO_PRODUCT, check_kind
from toex.work.products.states import STATES, TABLE, State, can


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered mark at the end of a sentence, and the record that it opens."""

    number: int
    record_id: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its marks and what was said of it."""

    row: Sentence
    marks: tuple[Mark, ...]
    comments: tuple[Comment, ...]

    @property
    def open_comments(self) -> int:
        """How many comments on it are not resolved."""
        return sum(one.resolved is None for one in self.comments)


@dataclass(frozen=True, slots=True)
class Heading:
    """A section with its lines."""

    row: Section
    part: Part
    lines: tuple[Line, ...]
    first: bool  # of its part

    @property
    def title(self) -> str:
        """The heading as the page has it: within a part of people, the person."""
        return self.row.title or self.part.title

    @property
    def owner(self) -> str:
        """Who owns the risk, of a person for safeguarding review."""
        return owner_of(self.row)


@dataclass
class Opened:
    """A version that somebody opened."""

    visit: Visit
    seat: UnitSeat
    version: Version

    @property
    def who(self) -> dict[str, Any]:
        """Who acts, from which seat, when: what every act takes."""
        return {"seat": self.seat, "by": self.visit.person, "at": self.visit.at}

    @cached_property
    def kept(self) -> Kept:
        """Everything that it holds."""
        return queries.kept(self.version)

    @cached_property
    def comments(self) -> list[Comment]:
        """What quality assurance said of it."""
        return queries.comments_on(self.version)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each record, in the order in which the text cites them."""
        given: dict[str, int] = {}
        for section in self._ordered():
            for said in self.kept.sentences.get(section.pk, ()):
                for ref in said.records:
                    given.setdefault(ref, len(given) + 1)
        return given

    def _ordered(self) -> list[Section]:
        return sorted(self.kept.sections, key=lambda s: (ORDER[s.part], s.place, s.pk))

    @cached_property
    def headings(self) -> list[Heading]:
        """The sections in the order of reading."""
        told, seen = [], set[str]()
        for section in self._ordered():
            lines = tuple(self._line(said) for said in self.kept.sentences.get(section.pk, ()))
            told.append(Heading(section, PARTS[section.part], lines, section.part not in seen))
            seen.add(section.part)
        return told

    def _line(self, said: Sentence) -> Line:
        marks = sorted((Mark(self.numbers[ref], ref) for ref in said.records), key=lambda m: m.number)
        return Line(said, tuple(marks), tuple(c for c in self.comments if c.sentence_id == said.pk))

    @cached_property
    def may(self) -> frozenset[str]:
        """The acts that this person may do to it now."""
        related = queries.related_to(self.version, self.seat, self.visit.roles)
        acts = {a for a, t in TABLE.items() if related & set(t.who) and can(a, self.version.state)}
        return frozenset(act for act in acts if self._lets(act))

    def _lets(self, act: str) -> bool:
        kind = kind_of(self.seat.grant.kind, self.seat.grant.duty)
        try:
            if kind is not None:
                check_kind(act, kind)
        except NotAllowed:
            return False
        return kind is not None

    @property
    def state(self) -> State:
        """Where it stands."""
        return STATES[self.version.state]

    @property
    def unowned(self) -> int:
        """To how many people for safeguarding review nobody owns the risk."""
        return len(without_owner(self.kept))

    @property
    def open_comments(self) -> int:
        """How many comments are not resolved."""
        return sum(one.resolved is None for one in self.comments)

    @property
    def marking(self) -> str:
        """Its marking: what people set, or the floor."""
        return self.version.marking or self.kept.floor.marking

    @cached_property
    def people(self) -> list[tuple[str, str]]:
        """Everybody whom it tells of, by reference."""
        held = people_of(thaw(self.version.drawn)) if self.version.drawn else {}
        return [(ref, f"{ref}: {one.label()}") for ref, one in held.items()]

    @property
    def tables(self) -> list[tuple[str, str, bool]]:
        """The tables that the picture drew: code, words, whether it is printed."""
        return [(code, words, code not in self.version.left_out) for code, words in TABLES.items()]

    def section(self, number: int) -> Section:
        """Give one of its sections; NotThere where it has none of that number."""
        found = Section.objects.filter(version=self.version, pk=number).first()
        if found is None:
            raise NotThere(NO_PRODUCT)
        found.version = self.version
        return found

    def sentence(self, number: int) -> Sentence:
        """Give one of its sentences; NotThere where it has none of that number."""
        found = Sentence.objects.filter(section__version=self.version, pk=number).select_related("section").first()
        if found is None:
            raise NotThere(NO_PRODUCT)
        found.section.version = self.version
        return found

    def address(self, name: str = "desk:version", **words: Any) -> str:
        """Give the address of one of its pages."""
        of = {"grant": self.seat.grant.pk, "product": self.version.product_id, "number": self.version.number}
        return reverse(name, kwargs={**of, **words})


def opened(visit: Visit, seat: UnitSeat, product: int, number: int) -> Opened:
    """Open a version; NotThere where the seat shows none."""
    return Opened(visit, seat, queries.find_version(seat, product, number, compartments=visit.compartments))


def address_of(seat: UnitSeat, name: str, **words: Any) -> str:
    """Give the address of another room's page under this desk, or nothing while it has none."""
    try:
        return reverse(name, kwargs={"grant": seat.grant.pk, **words})
    except NoReverseMatch:
        return ""
