"""Number plate reads, and vehicles with their keepers."""

from datetime import datetime

from toex.synthetic import numbers
from toex.synthetic.files import Desk
from toex.synthetic.files.communications import EXPIRY, OPERATION
from toex.synthetic.lives import Keepership, Read
from toex.synthetic.tables import Delivery, Table, table

ALIKE = {
    "0": "O",
    "O": "0",
    "1": "I",
    "5": "S",
    "S": "5",
    "8": "B",
    "B": "8",
    "2": "Z",
    "Z": "2",
    "G": "6",
    "D": "O",
    "V": "Y",
}
MISREAD = 0.03


def _misread(vrm: str, desk: Desk) -> str:
    places = [n for n, char in enumerate(vrm) if char in ALIKE]
    if not places or desk.world.dice.random() > MISREAD:
        return vrm
    where = desk.world.dice.choice(places)
    return vrm[:where] + ALIKE[vrm[where]] + vrm[where + 1 :]


def reads(desk: Desk) -> Table:
    """Reads in time order, UTC; a few misread by a letter that looks alike."""
    told = sorted(desk.world.timeline.of(Read), key=lambda e: (e.at, e.vrm))
    rows = [
        [
            f"R{n:09d}",
            _misread(e.vrm, desk),
            e.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            e.camera.code,
            e.camera.name,
            f"{e.camera.lat:.5f}",
            f"{e.camera.lon:.5f}",
            e.camera.heading,
            str(1 + n % 3),
            str(99 - n % 17),
            e.camera.code[:2],
        ]
        for n, e in enumerate(told)
    ]
    delivery = Delivery(
        dataset="anpr",
        mapping="anpr",
        supplier="NAS",
        path="nas/anpr.csv",
        title="Number plate reads on five forces' roads",
        binding="operation",
        extra={"operation": OPERATION, "authority": "ANPR/2026/0912", "expiry": EXPIRY},
    )
    return table(delivery, rows, times=[e.at for e in told])


def vehicles(desk: Desk) -> Table:
    """Vehicles, one row for each time that somebody kept one."""
    told = desk.world.timeline.of(Keepership)
    keepers, insured = desk.claims([e.keeper for e in told], care=0.5), desk.claims([e.insured for e in told], care=0.5)
    names, homes, days = keepers.names("{F} {S}"), keepers.homes(), keepers.dates("%Y-%m-%d")
    others, other_days = insured.names("{f} {s}"), insured.dates("%Y-%m-%d")
    titles = keepers.sexes(("", "MR ", "MS "))
    rows = [
        [
            f"VK{n:07d}",
            e.vrm,
            e.vin or numbers.vin(desk.world.dice),
            e.make,
            e.model,
            e.colour,
            str(e.since),
            (e.company or titles[n] + names[n]).upper(),
            days[n],
            homes[n],
            keepers.postcode[n],
            str(e.since),
            str(e.until) if e.until else "",
            others[n],
            other_days[n],
            e.marker,
        ]
        for n, e in enumerate(told)
    ]
    delivery = Delivery(
        dataset="dvla-vehicles",
        mapping="vehicles",
        supplier="DVLA",
        path="dvla/vehicles.csv",
        title="Vehicles and keepers",
    )
    times = [datetime(e.since.year, e.since.month, e.since.day) for e in told]
    return table(delivery, rows, times=times, people={"keeper": keepers.who, "insured": insured.who})


def files(desk: Desk) -> list[Table]:
    """Write reads and vehicles."""
    return [reads(desk), vehicles(desk)]
