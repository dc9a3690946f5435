"""One pair before a person who rules: both records beside each other, what speaks for it, what a ruling would touch."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from toex.conflation import UnknownRecordError
from toex.picture import Row, Waterfall, side_by_side, source_rows, waterfall, weights_of
from toex.publishing import SourceRow
from toex.store import View
from toex.work.access.sitting import Sitting
from toex.work.citations.queries import cited_by
from toex.work.errors import NotThere
from toex.work.judgements.models import Judgement
from toex.work.judgements.policies import check_two
from toex.work.judgements.queries import history, last_applied, own_rulings, standing_moments
from toex.work.judgements.queue import Asked, Waiting, digest_of, waiting_in
from toex.work.judgements.statements import rows
from toex.work.judgements.touching import Touch, told_of, touch_in
from toex.work.staff.policies import check_held

SHOWN = 25
_OWN = 12
_NO_PAIR = "There is no such pair of records in this workbench."
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PairShown:
    """Two records with all that a person needs to rule on them."""

    pair: Pair
    rows: tuple[Row, ...]
    sources: tuple[SourceRow, SourceRow]
    fall: Waterfall
    touch: Touch  # of ruling same or, where they stand as one already, of ruling different
    waiting: Waiting | None  # how it stands in the queue; None where it waits no more
    ruled: tuple[str, datetime] | None  # the ruling that stands

    @property
    def together(self) -> bool:
        """Say whether the two stand as one now."""
        return self.touch.ruling == "different"


@dataclass(frozen=True, slots=True)
class Review:
    """The queue's first pairs and the one that is looked at; `before` and `after` are its neighbours in the queue."""

    waiting: tuple[Waiting, ...]
    more: bool
    shown: PairShown | None
    before: Pair | None
    after: Pair | None
    may_rule: bool


@dataclass(frozen=True, slots=True)
class Own:
    """A ruling of one's own, and whether what is shown as one follows it already."""

    judgement: Judgement
    applied: bool


def review(seat: Sitting, *, pair: Pair | None = None, subjects: Collection[str] = (), limit: int = SHOWN) -> Review:
    """Show a pair (the first that waits, unless one is named) and what waits beside it; logged before it is given.

    NotAllowed without a role that rules, NotThere unless the seat shows both records.
    """
    stands = standing_moments()
    said = {ends: ruling for ends, (ruling, _) in stands.items()}
    asked = Asked(said, frozenset(subjects) | cited_by(seat.operation))
    standing = seat.check_shows("records")
    check_held(standing.person.roles, "rule on a match")
    with seat.lend(standing) as view:
        page = waiting_in(view, asked, limit=limit)
        order = [(w.record_id, w.other_id) for w in page.waiting]
        wanted = _ordered(pair) if pair else next(iter(order), None)
        held = dict(zip(order, page.waiting, strict=True))
        shown = _shown(view, seat, wanted, stands, held.get(wanted)) if wanted else None
    if shown is not None and shown.touch.effect != "none":
        shown = _told(shown, told_of(shown.touch, seat, standing))
    facts: dict[str, str | int] = {"pairs": len(order), "of": digest_of(page)}
    if wanted:
        facts |= {"record": wanted[0], "other": wanted[1]}
    seat.note("consultation", "judgements.review", seat.at, **facts)
    return Review(page.waiting, bool(page.after), shown, *_beside(order, wanted), may_rule=not standing.kind.read_only)


def past(seat: Sitting, pair: Pair) -> tuple[Judgement, ...]:
    """List the rulings on a pair that the seat shows, the newest first; logged before it is given."""
    low, high = _ordered(pair)
    with seat.view() as view:
        _check_shown(view, (low, high))
    found = tuple(reversed(history(low, high)))
    seat.note("consultation", "judgements.history", seat.at, record=low, other=high)
    return found


def own(seat: Sitting) -> tuple[Own, ...]:
    """List one's latest rulings under this grant on pairs that it still shows, and whether each is applied yet."""
    found = own_rulings(seat.person, seat.grant.pk, most=_OWN)
    with seat.view() as view:
        shown = {r["record_id"] for r in rows(view, "shown", ids=sorted({e for j in found for e in _ends(j)}))}
        mark = view.snapshot.judgement
    applied = last_applied(mark)
    kept = tuple(Own(j, j.pk <= applied) for j in found if shown.issuperset(_ends(j)))
    seat.note("consultation", "judgements.own", seat.at, rulings=len(kept))
    return kept


def _shown(
    view: View, seat: Sitting, pair: Pair, stands: dict[Pair, tuple[str, datetime]], waits: Waiting | None
) -> PairShown:
    _check_shown(view, pair)
    same = touch_in(view, seat, pair, ruling="same", stands=stands)
    touch = same if same.effect == "joins" else touch_in(view, seat, pair, ruling="different", stands=stands)
    told = {one.ref: one for one in source_rows(view, pair)}
    try:
        fall = waterfall(view, pair, weights_of(view))
    except UnknownRecordError:
        raise NotThere(_NO_PAIR) from None
    found = side_by_side(view, pair, told)
    return PairShown(pair, found, (told[pair[0]], told[pair[1]]), fall, touch, waits, stands.get(pair))


def _told(shown: PairShown, touch: Touch) -> PairShown:
    return PairShown(shown.pair, shown.rows, shown.sources, shown.fall, touch, shown.waiting, shown.ruled)


def _check_shown(view: View, pair: Pair) -> None:
    check_two(*pair)
    if len(rows(view, "shown", ids=list(pair))) != 2:
        raise NotThere(_NO_PAIR)


def _beside(order: Sequence[Pair], pair: Pair | None) -> tuple[Pair | None, Pair | None]:
    """Give the pairs before and after one; after one that waits no more comes the first that waits."""
    if pair not in order:
        return None, next(iter(order), None)
    at = order.index(pair)
    return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)


def _ordered(pair: Pair) -> Pair:
    low, high = sorted(pair)
    return low, high


def _ends(judgement: Judgement) -> set[str]:
    return {judgement.record_id, judgement.other_id}
