"""What a chart holds, divided into candidate groups: an aid to drawing, of which nobody is said to be a member."""

from collections.abc import Sequence
from datetime import datetime

from toex.analysis import divide, stands_with
from toex.picture.charting.fabrics import fabric_of
from toex.picture.charting.facts import Asked
from toex.picture.charting.ids import EVENT, known_as
from toex.picture.charting.lines import attended
from toex.picture.charting.signs import described
from toex.picture.seat import Seat


def candidate_groups(seat: Seat, asked: Sequence[Asked], *, at: datetime) -> tuple[tuple[str, ...], ...]:
    """Divide elements into candidate groups by what records state between them, as ids, the largest group first.

    What is not on the chart, or is drawn by hand, binds nobody. Whoever and whatever stands in no group, or between two,
    is in none. A happening goes with the group of all whom it names here.
    """
    with seat.view() as view:
        known = known_as(view, asked)
        nodes = described(view, known, {})
        groups = divide(fabric_of(view), nodes)
        of = {key: at_ for at_, group in enumerate(groups) for key in group}
        events = {EVENT + o.record_id: stands_with(o.roles, of, nodes) for o in attended(view, known, nodes)}
    made = tuple(
        tuple(known.id_of[key] for key in (*group, *(event for event, held in events.items() if held == at_)))
        for at_, group in enumerate(groups)
    )
    seat.note("consultation", "picture.candidate_groups", at, elements=len(known.id_of), groups=len(made))
    return made
