"""What people ruled on what texts name, as far as a seat shows the work in which they ruled, and the texts."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from toex.picture import source_rows
from toex.publishing import SourceRow
from toex.store import View
from toex.work.access.sitting import Sitting, Standing
from toex.work.errors import NotThere
from toex.work.research.models import Mention
from toex.work.research.policies import is_open_to

_MOST = 200  # of one page


@dataclass(frozen=True, slots=True)
class MentionedIn:
    """A text in which somebody accepted that a subject or thing is named, with its source and grade."""

    mention: Mention
    source: SourceRow


def mentions_of(seat: Sitting) -> QuerySet[Mention]:
    """List the rulings that stand in the seat's work: its operation's, or those of its grant alone; compartments apart."""
    found = Mention.objects.filter(undone=None).select_related("by")
    mine = Q(operation=seat.operation) if seat.operation else Q(grant=seat.grant)
    return found.filter(mine)


def mentions_in(seat: Sitting, record_id: str, *, standing: Standing) -> list[Mention]:
    """List the rulings on what a text names that this reader may know of, in the order in which they were made."""
    compartments = standing.person.compartments
    found = mentions_of(seat).filter(record_id=record_id)
    return [one for one in found if is_open_to(one.compartment, compartments)]


def mention_for(seat: Sitting, number: int, *, standing: Standing) -> Mention:
    """Give a ruling that stands, by its number; NotThere where this reader may not know of it."""
    found = mentions_of(seat).filter(pk=number).first()
    if found is None or not is_open_to(found.compartment, standing.person.compartments):
        raise NotThere("There is no such ruling on a text.")
    return found


def mentioned_in(
    seat: Sitting, view: View, *, standing: Standing, record_ids: Collection[str], key: str = ""
) -> list[MentionedIn]:
    """List the texts in which it was accepted that one of these records is meant, or the thing of this key is named.

    Those alone that the view shows, each with its grade; the newest ruling first.
    """
    kind, _, value = key.partition(":")
    named = Q(kind=kind, value=value) if value else Q(picked__in=list(record_ids)[:_MOST])
    rulings = mentions_of(seat).filter(named, ruling="accepted").order_by("-at", "-pk")[:_MOST]
    open_ones = [one for one in rulings if is_open_to(one.compartment, standing.person.compartments)]
    if not open_ones:
        return []
    texts = {row.ref: row for row in source_rows(view, {one.record_id for one in open_ones})}
    return [MentionedIn(one, texts[one.record_id]) for one in open_ones if one.record_id in texts]
