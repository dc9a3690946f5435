"""The pure rules of products: who may do what, what a sentence needs, how low a marking may be (rules 2, 3, 5 and 7)."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from toex.pole.values.marking import clean as read_marking
from toex.pole.values.marking import highest
from toex.publishing import CONFIDENCES, LIKELIHOODS, SourceRow
from toex.reference import load
from toex.work.access.kinds import Kind
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.products.content import Said
from toex.work.products.parts import PARTS, TABLES
from toex.work.products.states import RELATIONS, TABLE
from toex.work.staff.models import Person
from toex.work.staff.policies import MAY

NO_PRODUCT = "There is no such product, or it is not for you to know of."
BASES = ("fact", "assessment", "note")
LONGEST = 4000
_ROLES = {
    "team": "make a product", "assurer": "assure a product", "disseminator": "disseminate a product",
    "lead": "withdraw a product",
}  # fmt: skip
_DONE_AFTERWARDS = frozenset(
    {"acknowledge", "correct", "release", "tell", "withdraw"}
)  # under disclosure and review as well
_LOWEST = "OFFICIAL"


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that a product can be marked, and the handling conditions that what it cites brings with it."""

    marking: str
    conditions: tuple[str, ...]


def relations(person: Person, roles: Set[str], *, drafted_by: int, hands: Set[int]) -> frozenset[str]:
    """Give how a reader under the product's grant stands to a version, in the words of `states.RELATIONS`.

    Who began it or edited it never assures it (rule 2), whatever their role.
    """
    own = person.pk == drafted_by or person.pk in hands
    held = {name for name, what in _ROLES.items() if roles & MAY[what]}
    return frozenset((held - {"assurer"} | {"author"}) if own else held)


def check_related(act: str, related: Set[str]) -> None:
    """Raise NotAllowed unless one of the relations that the table asks for holds."""
    who = TABLE[act].who
    if not related & set(who):
        own = "You began or edited this version: another person assures it (rule 2). " if _own(who, related) else ""
        raise NotAllowed(f"{own}This is done by: {'; '.join(RELATIONS[name] for name in who)}.")


def _own(who: Sequence[str], related: Set[str]) -> bool:
    return "assurer" in who and "author" in related


def check_seat(person: Person, by: Person) -> None:
    """Raise NotAllowed where somebody acts from another's seat."""
    if person.pk != by.pk:
        raise NotAllowed("Products are made from one's own seat, under one's own grant.")


def check_kind(act: str, kind: Kind) -> None:
    """Raise NotAllowed under a grant that makes no products: a duty, or one that is to read by."""
    if kind.code == "duty":
        raise NotAllowed("A duty gives nothing out: products are made under the work's own grant (rule 1).")
    if kind.read_only and act not in _DONE_AFTERWARDS:
        raise NotAllowed("This grant is to read by: what was made is read, acknowledged and corrected, and no more.")


def check_sentence(said: Said, part: str) -> None:
    """Raise Incomplete where a sentence lacks what its basis needs (rule 7).

    A fact cites at least one record; an assessment may say how likely and how sure, a key judgement must.
    """
    wrong = {**_wording(said), **_estimate(said, part)}
    if said.basis == "fact" and not said.records:
        wrong["records"] = "at least one record: every fact walks back to its record, or it is an assessment or a note"
    if part == "lines" and not said.lead.strip():
        wrong["lead"] = "what is to be done"
    if wrong:
        raise Incomplete("The sentence is not complete: " + "; ".join(wrong.values()) + ".", wrong)


def _wording(said: Said) -> dict[str, str]:
    wrong = {}
    if not said.text.strip() or len(said.text) > LONGEST:
        wrong["text"] = f"words, at most {LONGEST} letters"
    if said.basis not in BASES:
        wrong["basis"] = "fact, assessment or note"
    return wrong


def _estimate(said: Said, part: str) -> dict[str, str]:
    wrong = {}
    if said.likelihood and said.likelihood not in LIKELIHOODS:
        wrong["likelihood"] = "a word of the yardstick"
    if said.confidence and said.confidence not in CONFIDENCES:
        wrong["confidence"] = "high, moderate or low"
    if (said.likelihood or said.confidence) and said.basis != "assessment":
        wrong["basis"] = "an assessment: a fact is not likely, it is recorded"
    if part == "judgements":
        if said.basis != "assessment":
            wrong["basis"] = "an assessment: a key judgement is judged, not recorded"
        if not said.likelihood or not said.confidence:
            wrong["likelihood"] = "how likely by the yardstick, and with what confidence"
    return wrong


def check_part(part: str, *, person: str, people: Set[str]) -> None:
    """Raise Incomplete unless a section belongs to a part, and one that is about a person names one of the product's."""
    found = PARTS.get(part)
    if found is None:
        raise Incomplete("There is no such part of a product.", {"part": "one of the parts"})
    if found.each_person != bool(person) or (person and person not in people):
        raise Incomplete("A section of this part is about one person of the product.", {"person": "one of the people"})


def check_table(code: str) -> None:
    """Raise NotThere unless a drawn table is one that can be left out."""
    if code not in TABLES:
        raise NotThere("There is no such table in a product.")


def check_why(words: str, what: str = "reason") -> None:
    """Raise Incomplete where words are missing that the rule asks for."""
    if not words.strip():
        raise Incomplete(f"Words are needed: {what}.", {what: "missing"})


def check_revision(seen: int, now: int) -> None:
    """Raise OutOfOrder where somebody else changed a sentence since it was read: their words must be seen first."""
    if seen != now:
        raise OutOfOrder("Somebody changed this sentence since you opened it: read it again before you change it.")


def floor_of(sources: Iterable[SourceRow]) -> Floor:
    """Compute the floor from what is cited: the highest marking, and every condition of what is handled with conditions."""
    rows = list(sources)
    marks = [m for m in (read_marking(row.marking) for row in rows if row.marking) if m.order >= 0]
    top = highest(marks).value if marks else _LOWEST
    held: dict[str, None] = {}
    for row in rows:
        if row.handling == "C":
            said = row.conditions.strip() or "consult the originator before any further use"
            held[f"{row.supplier}, handling C: {said}"] = None
    return Floor(top, tuple(sorted(held)))


def check_marking(marking: str, why: str, *, floor: Floor) -> str:
    """Give the marking as it is written out. Incomplete below the floor, or where it was raised without a reason (rule 2)."""
    chosen, least = read_marking(marking), read_marking(floor.marking)
    if chosen.order < 0 or chosen.additional:
        known = ", ".join(entry.code for entry in load("markings") if entry.attribute("held"))
        raise Incomplete(f"This is not a marking that is held here: {known}, and what may follow it.", {"marking": "?"})
    lost = {*least.instructions, *least.descriptors} - {*chosen.instructions, *chosen.descriptors}
    if chosen.order < least.order or lost:
        raise Incomplete(
            f"What it cites is marked {floor.marking}: a marking is raised by people, never lowered (rule 2).",
            {"marking": f"at least {floor.marking}: a marking is raised by people, never lowered"},
        )
    if chosen.value != least.value and not why.strip():
        raise Incomplete("A marking above the floor is raised for a reason.", {"why": "the reason"})
    return chosen.value


def check_recipient(name: str, purpose: str, conditions: str) -> None:
    """Raise Incomplete unless a recipient is named with what for and under which handling conditions (rule 2)."""
    fields = {"name": name, "purpose": purpose, "conditions": conditions}
    missing = {field: "missing" for field, said in fields.items() if not said.strip()}
    if missing:
        raise Incomplete(
            "A recipient has a name, a purpose and handling conditions: who holds it must know what they may do.",
            missing,
        )


def check_confirmed(count: int, parted: int) -> None:
    """Raise OutOfOrder while the product rests on joins that nobody confirmed, or that have come undone (rules 4, 5)."""
    if parted:
        raise OutOfOrder(
            f"Records of {parted} of its people are no longer shown as one person's (rule 4): what rests on them is mended, "
            "or the next version is drawn."
        )
    if count:
        raise OutOfOrder(
            f"It names people on {count} join{'s' * (count != 1)} that no unique identifier and no named ruling confirms "
            "(rule 5): they are ruled on in the review queue first."
        )


def check_owners(without: Sequence[str]) -> None:
    """Raise Incomplete while somebody for safeguarding review has no risk owner (rule 3)."""
    if without:
        raise Incomplete(
            "People for safeguarding review without a risk owner in the force: " + ", ".join(without) + " (rule 3).",
            {"risk_owner": "who owns the risk"},
        )


def check_resolved(waiting: int) -> None:
    """Raise OutOfOrder while comments of quality assurance are not resolved."""
    if waiting:
        raise OutOfOrder(f"{waiting} comment{'s' * (waiting != 1)} of quality assurance still to be resolved.")


def check_gives_out(recipients: int, handling: Sequence[str]) -> None:
    """Raise Incomplete unless there is a recipient list and there are handling conditions (rule 2)."""
    missing = {}
    if not recipients:
        missing["recipients"] = "who is to be given it"
    if not any(line.strip() for line in handling):
        missing["handling"] = "how it is to be handled"
    if missing:
        raise Incomplete("Nothing leaves without recipients and handling conditions (rule 2).", missing)


def check_unreleased(released: bool) -> None:
    """Raise OutOfOrder where a notice was released: what was told is not told otherwise."""
    if released:
        raise OutOfOrder("The notice is released: what is wrong in it is corrected by another.")


def check_released(released: bool) -> None:
    """Raise OutOfOrder before another person released a notice (rule 2)."""
    if not released:
        raise OutOfOrder("The notice is not released yet: another person than its writer reads it first (rule 2).")


def check_second(person: Person, writer: Person) -> None:
    """Raise NotAllowed where somebody would release what they wrote (rule 2)."""
    if person.pk == writer.pk:
        raise NotAllowed("Another person than its writer releases a correction notice (rule 2).")
