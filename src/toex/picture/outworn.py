"""Weights cards that name what is no longer held: after an erasure they are learned anew."""

from toex.conflation import Weights
from toex.picture.conflating import domains_of, weights_of
from toex.picture.seat import Seat
from toex.store import View

# the frequencies of a card of people -> how a record states the value
_STATED = {
    "whole": "forename_key || ' ' || surname_key",
    "forename": "coalesce(nullif(forename_root, ''), forename_key)",
    "surname": "surname_key",
}


def outworn_weights(seat: Seat) -> tuple[str, ...]:
    """Name the kept weights cards that list a name which no visible standing record bears any more.

    A card lists names that many records share and their shares, so one person's erasure leaves it as it is; but where
    all who bore a name were erased, the card alone would still tell of them. A purge that drops it makes the next
    conflation learn a new one.
    """
    with seat.across(domains_of(seat, binding="standing")) as view:
        cards = weights_of(view)
        return tuple(f"weights/{kind}.json" for kind, card in sorted(cards.items()) if _is_outworn(view, card))


def _is_outworn(view: View, card: Weights) -> bool:
    for name, counted in card.frequencies.items():
        stated = _STATED.get(name)
        if stated is None or not counted.shares:
            continue
        sql = (
            "SELECT count(*) AS n FROM (SELECT unnest(?) AS listed) "
            f"WHERE listed NOT IN (SELECT {stated} FROM person WHERE {stated} IS NOT NULL)"
        )
        if view.query(sql, [sorted(counted.shares)])["n"].to_pylist()[0]:
            return True
    return False
