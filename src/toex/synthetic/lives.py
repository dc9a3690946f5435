"""What happens: one timeline of lives, of which every delivered file is a partial view; times are UTC, zoneless."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from toex.synthetic.places import Place


@dataclass(frozen=True, slots=True)
class Mast:
    """A mobile mast: where it stands (degrees, OSGB metres) and which way its cell looks."""

    cell: str
    site: str
    lat: float
    lon: float
    easting: int
    northing: int
    azimuth: int


@dataclass(frozen=True, slots=True)
class Camera:
    """A number plate camera."""

    code: str
    name: str
    lat: float
    lon: float
    heading: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call, text or data session of one number with another, on a mast."""

    at: datetime
    caller: int
    called: str
    kind: str
    seconds: int
    handset: int
    mast: Mast
    called_number: int = -1


@dataclass(frozen=True, slots=True)
class Read:
    """A vehicle passing a camera."""

    at: datetime
    vrm: str
    camera: Camera


@dataclass(frozen=True, slots=True)
class Journey:
    """One journey of people in a vehicle, carrying phones."""

    number: int
    people: tuple[int, ...]
    vrm: str
    phones: tuple[int, ...]
    origin: str
    destination: str
    depart: datetime
    arrive: datetime


@dataclass(frozen=True, slots=True)
class Episode:
    """A missing episode."""

    person: int
    force: str
    start: datetime
    end: datetime
    found: Place
    companion: str
    care: str
    note: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop in the street or of a vehicle."""

    at: datetime
    person: int
    place: Place
    vrm: str
    driver: bool
    grounds: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Message:
    """A chat message on the downloaded handset; `sender` -1 is its owner."""

    handset: int
    chat: int
    at: datetime
    sender: int
    peer: int
    body: str
    deleted: bool = False
    app: str = "WhatsApp"


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account and who holds it."""

    number: int
    holder: int
    opened: date
    kind: str = "current"

    @property
    def sort_code(self) -> str:
        """The fictional sort code: the banks of this world all start with 99."""
        return f"99-{self.number % 7 + 10}-{self.number % 53 + 20}"

    @property
    def digits(self) -> str:
        """The eight-digit account number."""
        return f"{70_000_000 + self.number * 37:08d}"


@dataclass(frozen=True, slots=True)
class Payment:
    """Money between two accounts, or to and from somewhere named; amount in pence, from `payer` to `payee`."""

    at: datetime
    payer: int
    payee: int
    pence: int
    kind: str
    reference: str
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to a prisoner."""

    at: datetime
    prison: str
    prisoner: int
    visitor: int
    relation: str


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in prison."""

    person: int
    prison: str
    received: date
    released: date | None


@dataclass(frozen=True, slots=True)
class PrisonReport:
    """An intelligence report written in a prison."""

    at: datetime
    prison: str
    grade: str
    prisoner: int
    outside: int
    phone: int
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One graded item of an intelligence report; items of one report share `report`."""

    at: datetime
    report: str
    force: str
    title: str
    source: str
    grade: str
    text: str
    subjects: tuple[tuple[int, str], ...] = ()
    phones: tuple[int, ...] = ()
    vrms: tuple[str, ...] = ()
    place: Place | None = None
    happened: datetime | None = None
    basis: str = "fact"
    conditions: str = ""
    linked: str = ""


@dataclass(frozen=True, slots=True)
class Arrest:
    """An arrest that brings a custody record."""

    at: datetime
    person: int
    place: Place
    offence: str


@dataclass(frozen=True, slots=True)
class Crime:
    """A recorded crime; -1 says that victim or suspect is unknown."""

    at: datetime
    place: Place
    offence: str
    category: str
    victim: int
    suspect: int
    text: str
    vrm: str = ""
    outcome: str = "Under investigation"


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral to the national referral mechanism."""

    at: datetime
    person: int
    responder: str
    kind: str
    county_lines: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Keepership:
    """Who kept a vehicle, from when to when; `company` stands where no person does."""

    vrm: str
    since: date
    until: date | None
    keeper: int
    make: str
    model: str
    colour: str
    vin: str
    company: str = ""
    insured: int = -1
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Advert:
    """An advert for adult services."""

    at: datetime
    town: str
    area: str
    phone: int
    name: str
    person: int
    price: int
    age: int
    nationality: str
    body: str
    image: str


@dataclass(frozen=True, slots=True)
class Work:
    """Somebody on a payroll."""

    person: int
    site: str
    agency: str
    job: str
    start: date
    leave: date | None
    account: int
    phone: int
    address: Place | None
    pence: int


@dataclass(frozen=True, slots=True)
class Tenancy:
    """A let known to the council."""

    place: Place
    tenant: int
    landlord: int
    company: str
    landlord_phone: int
    start: date
    until: date | None
    occupants: tuple[int, ...] = ()
    licence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who an operator says has a number; -1 is an unregistered SIM."""

    phone: int
    person: int
    start: date
    until: date | None
    top_up: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """An entry in the address book of a downloaded handset."""

    handset: int
    name: str
    phone: int
    person: int
    app: str = "Phone"


@dataclass(frozen=True, slots=True)
class Handset:
    """A downloaded handset: whose, which power or agreement, how wide."""

    number: int
    owner: int
    phone: int
    force: str
    power: str
    scope: str
    taken: datetime


E = TypeVar("E")


@dataclass(slots=True)
class Timeline:
    """Everything that happened, in the order in which it was told."""

    events: dict[type, list[object]] = field(default_factory=dict)

    def add(self, *events: object) -> None:
        """Write events down."""
        for event in events:
            self.events.setdefault(type(event), []).append(event)

    def of(self, kind: type[E]) -> list[E]:
        """Give the events of one kind in the order told."""
        return [event for event in self.events.get(kind, ()) if isinstance(event, kind)]

    def __iter__(self) -> Iterator[object]:
        for told in self.events.values():
            yield from told
