"""What things on a chart are called, and children kept unnamed in whatever is said beside them."""

import re
from collections.abc import Iterable, Mapping

from toex.picture.charting.facts import Sign

KINDS: Mapping[str, tuple[str, str]] = {
    "person": ("person", "People"), "organisation": ("organisation", "Organisations"), "phone": ("phone", "Phones"),
    "device": ("handset", "Handsets"), "vehicle": ("vehicle", "Vehicles"), "place": ("address", "Addresses"),
    "account": ("account", "Accounts"), "email": ("email address", "Email addresses"),
    "username": ("user name", "User names"), "event": ("event", "Events"), "other": ("other", "Other"),
}  # fmt: skip
LANES: Mapping[str, str] = {
    "call": "Calls", "sms": "Messages", "message": "Messages", "data": "Data sessions", "anpr": "Cameras",
    "transaction": "Payments", "custody": "Custody", "missing": "Missing", "stop": "Stops", "crime": "Crime",
    "visit": "Prison visits", "intelligence": "Intelligence", "referral": "Referrals", "advert": "Adverts",
    "prison": "Prison",
}  # fmt: skip
_SHORTEST = 3  # letters of a name that are looked for within a user name


def lane_of(kind: str) -> str:
    """Name the lane of a kind of event."""
    return LANES.get(kind, kind.capitalize() or "Other")


def many(kind: str) -> str:
    """Give the heading for things of a kind."""
    return KINDS.get(kind, KINDS["other"])[1]


class Hush:
    """Replaces the names of children, however they are written, by their references."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """`names` holds, by what a child is called here, every name that records give them."""
        self._words: list[tuple[re.Pattern[str], str]] = []
        self._parts: list[tuple[str, str]] = []
        for called, held in sorted(names.items()):
            whole = {" ".join(n.split()) for n in held if n and n.strip()}
            parts = {p for n in whole for p in re.split(r"[\s;,]+", n) if len(p) >= _SHORTEST}
            for word in sorted({*whole, *parts}, key=lambda w: (-len(w), w)):
                self._words.append((re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE), called))
            self._parts += [(p.casefold(), called) for p in sorted(parts)]

    def text(self, said: str) -> str:
        """Give a text without the names."""
        for pattern, called in self._words:
            said = pattern.sub(called, said)
        return re.sub(r"(\bchild, P\w{4})(?:\s+\1)+", r"\1", said)

    def handle(self, sign: Sign) -> str:
        """Give a label of a user name or email address, which a child's name may be a part of."""
        low = sign.label.casefold()
        of = next((called for part, called in self._parts if part in low), "")
        return f"{KINDS[sign.kind][0]} of {of}" if of else sign.label
