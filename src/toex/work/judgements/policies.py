"""Who may rule, and what a ruling must say."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import get_args

from toex.pole import Ruling
from toex.work.access.kinds import Kind
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.staff.models import Person

RULINGS: frozenset[str] = frozenset(get_args(Ruling))
LONGEST_REASON = 2000
MEETINGS = {
    "child-and-adult": "a child's record with an adult's",
    "victim-and-suspect": "a victim's record with a suspect's",
}  # what rule 5 leaves to a named person, always


def check_own_seat(person: Person, by: Person) -> None:
    """Raise NotAllowed where somebody rules from another's seat."""
    if person.pk != by.pk:
        raise NotAllowed("A ruling is made from one's own seat, under one's own grant.")


def check_rules_under(kind: Kind | None) -> None:
    """Raise NotAllowed under a grant that is given to read alone, as disclosure and review after closure is."""
    if kind is not None and kind.read_only:
        raise NotAllowed("This grant is to read by: no match is ruled on under it. Ask for the duty of match review.")


def check_said(ruling: str, reason: str) -> None:
    """Raise Incomplete unless the ruling is one of the three and says why."""
    fields = {}
    if ruling not in RULINGS:
        fields["ruling"] = "same, different or unsure"
    if not reason.strip() or len(reason) > LONGEST_REASON:
        fields["reason"] = f"a reason of at most {LONGEST_REASON} letters"
    if fields:
        raise Incomplete("A ruling says same, different or unsure, and why: whoever reads it later must see.", fields)


def check_two(record_id: str, other_id: str) -> None:
    """Raise NotThere where the two are one record: there is no such pair."""
    if record_id == other_id:
        raise NotThere("There is no such pair of records in this workbench.")


def check_explicit(waits: Sequence[str], explicit: Collection[str]) -> None:
    """Raise Incomplete unless the person says outright each meeting that rule 5 forbids to a machine."""
    unsaid = [code for code in waits if code not in explicit]
    if unsaid:
        told = " and ".join(MEETINGS[code] for code in unsaid)
        raise Incomplete(
            f"This ruling joins {told}. No machine does that (rule 5): say explicitly that you do.",
            {"explicit": ", ".join(unsaid)},
        )


def check_latest(at: datetime, last: datetime | None) -> None:
    """Raise OutOfOrder where somebody ruled on the pair later than this: the last ruling stands, and must be seen first."""
    if last is not None and at < last:
        raise OutOfOrder("Somebody ruled on this pair since: look at their ruling first.")
