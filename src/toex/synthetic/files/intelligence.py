"""Intelligence reports of each force, one row a graded item, and what prisons report."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from toex.synthetic import numbers
from toex.synthetic.claims import Claims
from toex.synthetic.files import Desk, local, numbers_of
from toex.synthetic.lives import Item, PrisonReport, Stay, Visit
from toex.synthetic.places import FOLDERS, FORCE_NAMES, FORCES
from toex.synthetic.tables import Delivery, Table, table
from toex.synthetic.world import CUT

MINUTE = "%d/%m/%Y %H:%M"
DAY = "%d/%m/%Y"
REGRADED = {"2C": "2B", "2D": "2C"}
CORRECTED = 0.10


def _nth(event: Item, place: int) -> tuple[int, str]:
    return event.subjects[place] if len(event.subjects) > place else (-1, "")


def _cells(desk: Desk, event: Item, *, order: int, named: tuple[str, str, str, str]) -> list[str]:
    world, place = desk.world, event.place
    first, second = _nth(event, 0), _nth(event, 1)
    source = event.grade[0]
    happened = event.happened or event.at
    return [
        event.report,
        local(event.at).strftime(DAY),
        FORCE_NAMES[event.force],
        event.title,
        "OFFICIAL-SENSITIVE" if event.grade.endswith("C") else "OFFICIAL",
        event.source,
        source,
        str(order),
        event.grade,
        event.conditions,
        event.text,
        event.basis,
        local(happened).strftime(MINUTE),
        "",
        named[0],
        named[1],
        desk.refs.of(event.force, first[0]) if desk.rng.random() < 0.5 else "",
        first[1],
        named[2],
        named[3],
        second[1],
        "; ".join(numbers.spell_mobile(n, world.dice.randrange(12)) for n in event.phones),
        "; ".join(event.vrms),
        place.text if place else "",
        place.postcode if place else "",
        "Y",
        event.linked,
        world.dice.choice(("2", "3", "3", "4")),
    ]


def _stated(desk: Desk, told: list[Item], place: int) -> Claims:
    """State the subject in one place of every item; items of one report say the same of him."""
    pairs = [(event.report, _nth(event, place)[0]) for event in told]
    distinct = {pair: row for row, pair in enumerate(dict.fromkeys(pairs))}
    return desk.claims([person for _, person in distinct], care=0.8).taken(
        numbers_of([distinct[pair] for pair in pairs])
    )


def _written(it: Claims) -> tuple[list[str], list[str]]:
    return list(it.names("{f} {S}")), list(it.dates(DAY))


def intelligence(desk: Desk, force: str) -> Table:
    """Intelligence items; some are delivered again in week two with a better grade and a longer text."""
    told = [event for event in desk.world.timeline.of(Item) if event.force == force]
    one, two = (_stated(desk, told, n) for n in (0, 1))
    (first, first_days), (second, second_days) = _written(one), _written(two)
    names, days = (first, second), (first_days, second_days)
    orders: dict[str, int] = {}
    rows = []
    for n, event in enumerate(told):
        orders[event.report] = orders.get(event.report, 0) + 1
        named = (names[0][n], days[0][n], names[1][n], days[1][n])
        rows.append(_cells(desk, event, order=orders[event.report], named=named))
    folder = FOLDERS[force]
    delivery = Delivery(
        dataset=f"{folder}-intelligence",
        mapping="intelligence",
        supplier=force,
        path=f"{folder}/intelligence.csv",
        title=f"{FORCE_NAMES[force]}: intelligence reports",
    )
    made = table(delivery, rows, times=[event.at for event in told], people={"subject": one.who, "subject2": two.who})
    return _again(made, desk)


def _again(made: Table, desk: Desk) -> Table:
    grades = made.columns["GRADE"]
    fit = [
        n
        for n in np.flatnonzero(made.week == 1).tolist()
        if grades[n][:2] in REGRADED and desk.rng.random() < CORRECTED
    ]
    rows = np.concatenate([np.arange(len(made)), numbers_of(fit)])
    columns = {name: column[rows] for name, column in made.columns.items()}
    for n in range(len(made), len(rows)):
        grade = columns["GRADE"][n]
        columns["GRADE"][n] = REGRADED[grade[:2]] + grade[2:]
        columns["ITEM TEXT"][n] += " Since corroborated by a second report."
    week = np.concatenate([made.week, np.full(len(fit), 2, dtype=np.int64)])
    return Table(
        delivery=made.delivery,
        columns=columns,
        week=week,
        people={part: who[rows] for part, who in made.people.items()},
    )


def _hmpps(kind: str, title: str) -> Delivery:
    return Delivery(
        dataset=f"hmpps-{kind}", mapping=kind, supplier="HMPPS", path=f"hmpps/{kind.replace('-', '_')}.csv", title=title
    )


def prison_numbers(desk: Desk) -> dict[int, str]:
    """Give everybody who is or was in prison a prison number."""
    inside = sorted(
        {event.person for event in desk.world.timeline.of(Stay)}
        | {event.prisoner for event in desk.world.timeline.of(Visit)}
    )
    return {person: numbers.noms(484 * (n * 37 % 9000) + n % 484) for n, person in enumerate(inside)}


def prisoners(desk: Desk) -> Table:
    """The prison population: identifiers are nearly always known."""
    told = list({event.person: event for event in desk.world.timeline.of(Stay)}.values())
    it = desk.claims([event.person for event in told], care=0.4)
    known, forenames, days, homes = prison_numbers(desk), it.names("{f} {m}"), it.dates(DAY), it.homes()
    rows = [
        [
            known[event.person],
            it.surname[n].upper(),
            forenames[n],
            days[n],
            "M" if it.sex[n] == 1 else "F",
            it.pnc[n],
            it.cro[n],
            event.prison,
            event.received.strftime(DAY),
            event.released.strftime(DAY) if event.released else "",
            homes[n],
            it.postcode[n],
            it.nationality[n],
        ]
        for n, event in enumerate(told)
    ]
    return table(
        _hmpps("prisoners", "Prisoners"), rows, times=[CUT - timedelta(days=9)] * len(told), people={"person": it.who}
    )


def visits(desk: Desk) -> Table:
    """Prison visits: who came to see whom."""
    told = desk.world.timeline.of(Visit)
    visitors = sorted({e.visitor for e in told})
    outside = desk.claims(visitors, care=0.7).taken(numbers_of([visitors.index(e.visitor) for e in told]))
    inside = desk.claims([e.prisoner for e in told], care=0.4)
    known, homes = prison_numbers(desk), outside.homes()
    names = [it.names("{S}, {f}") for it in (inside, outside)]
    days = outside.dates(DAY)
    rows = [
        [
            f"V{n:07d}",
            event.prison,
            local(event.at).strftime(DAY),
            local(event.at).strftime("%H:%M"),
            known[event.prisoner],
            names[0][n],
            names[1][n],
            days[n],
            homes[n],
            outside.postcode[n],
            outside.phone_text[n],
            event.relation,
        ]
        for n, event in enumerate(told)
    ]
    return table(
        _hmpps("prison-visits", "Prison visits"),
        rows,
        times=_times(told),
        people={"prisoner": inside.who, "visitor": outside.who},
    )


def prison_reports(desk: Desk) -> Table:
    """Intelligence reports written in prisons."""
    told = desk.world.timeline.of(PrisonReport)
    inside, outside = (
        desk.claims([e.prisoner for e in told], care=0.4),
        desk.claims([e.outside for e in told], care=0.8),
    )
    known = prison_numbers(desk)
    names = [it.names("{f} {S}") for it in (inside, outside)]
    rows = [
        [
            f"PIR/26/{n:05d}",
            event.prison,
            local(event.at).strftime(MINUTE),
            event.grade,
            known.get(event.prisoner, ""),
            names[0][n],
            names[1][n],
            numbers.spell_mobile(event.phone, n) if event.phone >= 0 else "",
            event.text,
            "P" if event.grade.endswith("P") else "C",
        ]
        for n, event in enumerate(told)
    ]
    people = {"prisoner": inside.who, "outside": outside.who}
    return table(_hmpps("prison-intelligence", "Prison intelligence reports"), rows, times=_times(told), people=people)


def _times(told: Sequence[Visit | PrisonReport]) -> list[datetime]:
    return [event.at for event in told]


def files(desk: Desk) -> list[Table]:
    """Write the intelligence of each force and of the prisons."""
    return [*(intelligence(desk, force) for force in FORCES), prisoners(desk), visits(desk), prison_reports(desk)]
