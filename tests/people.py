"""The people of the brochure, in a unit home of their own: fictional names, one for each role, in two regions."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from toex.work.staff import actions, models

START = datetime(2026, 9, 1, 8, tzinfo=UTC)
PASSWORD = "three kites over the moor"


@dataclass(frozen=True)
class System:
    """Whoever acts before there are people: the installation itself."""

    username: str = "system"
    home_id: str = "TOEX"


# username: (name, rank, organisation, role)
CAST = {
    "admin": ("Ada Marsh", "", "YHROCU", "administrator"),
    "admin2": ("Owen Fell", "", "YHROCU", "administrator"),
    "requester": ("Priya Holm", "DS", "13", "requester"),
    "advisor": ("Tom Carr", "DS", "13", "advisor"),
    "gateway": ("Jo Lund", "", "YHROCU", "gateway"),
    "manager": ("Ruth Ansel", "DI", "YHROCU", "manager"),
    "manager2": ("Ben Croft", "DI", "EMSOU", "manager"),
    "senior": ("Ines Vale", "", "YHROCU", "senior_analyst"),
    "sio": ("Mark Denby", "DCI", "13", "sio"),
    "analyst": ("Lena Birk", "", "YHROCU", "analyst"),
    "analyst2": ("Sam Orr", "", "EMSOU", "analyst"),
    "developer": ("Kit Rowan", "", "YHROCU", "development_officer"),
    "researcher": ("Noor Ashby", "", "YHROCU", "researcher"),
    "data": ("Theo Lind", "", "YHROCU", "data_analyst"),
    "performance": ("Uma Frost", "", "YHROCU", "performance_analyst"),
    "auditor": ("Gil Stone", "", "YHROCU", "auditor"),
    "duty": ("Will Garth", "PS", "13", "duty_officer"),
}


def furnish_people(at: datetime = START) -> dict[str, models.Person]:
    """Found the organisations and enrol the cast; give everybody by username."""
    system = System()
    actions.found(by=system, at=at)
    made = {}
    for username, (name, rank, home, role) in CAST.items():
        organisation = models.Organisation.objects.get(code=home)
        person = actions.enrol(
            username=username, name=name, rank=rank, home=organisation, password=PASSWORD, by=system, at=at
        )
        actions.give_role(person=person, role=role, organisation=organisation, by=system, at=at)
        made[username] = person
    return made


def make_unit_store(home: Path, at: datetime = START) -> None:
    """Make the data plane of a unit home."""
    from toex.store import Store

    Store.create(home, kind="unit", user="TOEX", at=at)
