"""Addresses of numbers, marks, accounts and places: by a record that states them, never by their value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from toex.picture.errors import UnknownSubject
from toex.picture.seat import Seat
from toex.store import View

NOT_HELD = "No record of that id is in this workbench."
KINDS = ("phone", "vehicle", "device", "account", "email", "username", "place")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the page of somebody or something is: a record, and of a thing its kind and which of that record's it is."""

    record_id: str
    kind: str = ""
    number: int = 0

    @property
    def thing(self) -> str:
        """The thing as an address writes it, "phone-1"; nothing for a person or an organisation."""
        return f"{self.kind}-{self.number}" if self.kind else ""


def addresses(view: View, keys: Iterable[str]) -> Mapping[str, Address]:
    """Give the address of each subject (its own record id) or thing (`phone:…`) that a visible record states."""
    asked = sorted(set(keys))
    things = [key for key in asked if ":" in key]
    found = {key: Address(key) for key in asked if ":" not in key}
    for row in view.query(_sql("addresses"), {"keys": things}).to_pylist() if things else ():
        found[row["key"]] = Address(row["record_id"], row["kind"], row["n"])
    return found


def address_of(seat: Seat, key: str, *, at: datetime) -> Address:
    """Find the address of a thing by its key; noted in the log. UnknownSubject where no visible record states it."""
    with seat.view() as view:
        found = addresses(view, [key]).get(key)
    seat.note("consultation", "find a thing", at, asked=seat.digest(key))
    if found is None:
        raise UnknownSubject(NOT_HELD)
    return found


def thing_at(view: View, address: Address) -> str:
    """Give the key of the thing at an address; UnknownSubject where the view shows no such record or thing."""
    rows = view.query(_sql("stated_objects"), {"id": address.record_id, "kind": address.kind}).to_pylist()
    if address.kind not in KINDS or not 1 <= address.number <= len(rows):
        raise UnknownSubject(NOT_HELD)
    return f"{address.kind}:{rows[address.number - 1]['value']}"


def read_thing(record_id: str, thing: str) -> Address:
    """Read "phone-1" beside a record id; UnknownSubject where it is no such word."""
    kind, _, number = thing.partition("-")
    if not thing:
        return Address(record_id)
    if kind not in KINDS or not number.isascii() or not number.isdigit():
        raise UnknownSubject(NOT_HELD)
    return Address(record_id, kind, int(number))


def _sql(name: str) -> str:
    return files("toex.picture").joinpath(f"sql/{name}.sql").read_text(encoding="utf-8")
