"""A small unit in which lists are washed: two forces' nominals, calls, a compartment of which the senior analyst reads."""

from datetime import date
from pathlib import Path

from people import START
from seats import NOW, seated, stock
from small_world import DAY, SmallWorld, phone
from toex.store import Store
from toex.work.judgements.seat import UnitSeat
from toex.work.operations.actions import name_reader, open_compartment
from toex.work.research.actions import make_grid
from toex.work.research.models import Grid
from toex.work.staff.models import Person

People = dict[str, Person]
STANDING = ["13-nominals", "14-nominals", "telco"]
LIST = "Hoxley, William 02/01/1985\nRestov, Joana 06/05/2011\nNobody, Nemo 01/01/1970\n07700 900002\nAB12 CDE\n"


def world() -> SmallWorld:
    made = SmallWorld()
    hoxley = made.person("13-nominals", "N1", "William", "Hoxley", 2, dob=date(1985, 1, 2), subject=1)
    again = made.person("14-nominals", "S1", "Bill", "Hoxley", 2, dob=date(1985, 1, 2), subject=1)
    made.person("13-nominals", "N2", "Joana", "Restov", 3, dob=date(2011, 5, 6), subject=4)
    made.same(hoxley, again)
    for n in range(3):
        made.event("telco", f"C{n}", "call", DAY, [("phone", phone(2), "caller"), ("phone", phone(8), "called")])
    return made


def furnished(home: Path, made: SmallWorld | None = None) -> Store:
    return stock(home, (made or world()).rows)


def hidden(people: People, *readers: str) -> None:
    kestrel = open_compartment(code="kestrel", corruption=True, by=people["manager"], at=START, reason="Prison staff")
    for reader in readers:
        name_reader(compartment=kestrel, person=people[reader], reason="Needed", by=people["manager"], at=START)


def grid_of(seat: UnitSeat, pasted: str = LIST, **more: object) -> Grid:
    said = {"title": "Names from the debrief", "areas": ["CL"], "by": seat.person, "at": seat.at} | more
    return make_grid(seat=seat, pasted=pasted, **said)  # type: ignore[arg-type]


def seats(people: People, *who: str) -> list[UnitSeat]:
    first = seated(people, STANDING, who=who[0])
    return [first, *(UnitSeat(people[one], first.grant, NOW) for one in who[1:])]
