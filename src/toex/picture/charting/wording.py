"""What things on a chart are called."""

from collections.abc import Mapping

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


def lane_of(kind: str) -> str:
    """Name the lane of a kind of event."""
    return LANES.get(kind, kind.capitalize() or "Other")


def many(kind: str) -> str:
    """Give the heading for things of a kind."""
    return KINDS.get(kind, KINDS["other"])[1]
