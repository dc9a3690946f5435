"""Who may see and add to what an operation's research keeps (rules 1 and 12)."""

from collections.abc import Set

from toex.work.access.kinds import kind_of
from toex.work.access.models import Grant
from toex.work.access.sitting import Sitting, Standing, hidden_in, hides
from toex.work.errors import Incomplete, NotAllowed, NotThere
from toex.work.staff.models import Person
from toex.work.staff.policies import check_held

LONGEST_TITLE = 120


def check_works(standing: Standing, *, seat: Sitting, by: Person, duties: bool = True) -> None:
    """Raise NotAllowed unless somebody works from their own seat, in a role that researches, under more than a reading grant.

    Without `duties` a duty is no grant for it either: it serves one purpose (rule 1).
    """
    if seat.person.pk != by.pk:
        raise NotAllowed("Research is done from one's own seat, under one's own grant.")
    if standing.kind.read_only:
        raise NotAllowed("This grant is to read by: nothing is added to the research of a closed operation.")
    if not duties and standing.kind.code == "duty":
        raise NotAllowed("This is done under the work's own grant: a duty serves one purpose (rule 1).")
    check_held(standing.person.roles, "research")


def may_work(standing: Standing, *, seat: Sitting, by: Person) -> bool:
    """Say whether somebody may add to the research of a work from this seat; a duty is no grant for it."""
    try:
        check_works(standing, seat=seat, by=by, duties=False)
    except NotAllowed:
        return False
    return True


def is_written_under(grant: Grant) -> bool:
    """Say whether reports are written and released under a grant: it shows records, is no duty and not to read by alone."""
    kind = kind_of(grant.kind, grant.duty)
    return kind is not None and kind.shows == "records" and kind.code != "duty" and not kind.read_only


def check_titled(title: str, *, longest: int = LONGEST_TITLE) -> str:
    """Give a title as it is kept; Incomplete where there is none, or it is too long."""
    said = " ".join(title.split())
    if not said or len(said) > longest:
        raise Incomplete(f"A title of at most {longest} letters says what it is for.", {"title": "missing or too long"})
    return said


def codes_of(compartment: str) -> frozenset[str]:
    """Take the compartments apart in which something is kept."""
    return frozenset(compartment.split("+")) - {""}


def is_open_to(compartment: str, compartments: Set[str]) -> bool:
    """Say whether a reader of these compartments may know of something that is kept within others."""
    return codes_of(compartment) <= compartments


def within(seat: Sitting, compartment: str, compartments: Set[str]) -> str:
    """Give the compartments in which something made from a seat is kept: the grant's, and one that its maker chose.

    NotThere where the maker does not read that one.
    """
    if compartment and compartment not in compartments:
        raise NotThere("There is no compartment of that name.")
    return hidden_in(hides(seat.grant) | ({compartment} - {""}))
