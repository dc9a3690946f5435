"""Custody, crime, missing episodes and stops of each force."""

import numpy as np

from toex.synthetic import numbers
from toex.synthetic.files import Desk, local, numbers_of
from toex.synthetic.lives import Arrest, Crime, Episode, Stop
from toex.synthetic.places import FOLDERS, FORCE_NAMES, FORCES
from toex.synthetic.tables import Delivery, Table, table

MINUTE = "%d/%m/%Y %H:%M"
ISO = "%Y-%m-%d %H:%M"


def _delivery(force: str, kind: str, suffix: str = "csv") -> Delivery:
    folder = FOLDERS[force]
    return Delivery(
        dataset=f"{folder}-{kind}",
        mapping=kind,
        supplier=force,
        path=f"{folder}/{kind}.{suffix}",
        title=f"{FORCE_NAMES[force]}: {kind}",
    )


def custody(desk: Desk, force: str) -> Table:
    """Custody records: identifiers are often known, names are taken with care."""
    told = [event for event in desk.world.timeline.of(Arrest) if event.place.force == force]
    it = desk.claims([event.person for event in told], care=0.5)
    homes, forenames, days = it.homes(), it.names("{f} {m}"), it.dates("%d/%m/%Y")
    sexes = it.sexes(("Unknown", "Male", "Female"))
    rows = [
        [
            f"{force}CU/{n:05d}/26",
            numbers.asn(force, serial=20_000 + n, year=event.at.year),
            it.pnc[n],
            it.surname[n],
            forenames[n],
            days[n],
            sexes[n],
            it.ethnicity[n],
            it.nationality[n],
            homes[n],
            it.postcode[n],
            it.phone_text[n],
            local(event.at).strftime(MINUTE),
            "",
            f"{event.place.town} custody suite",
            event.offence,
            "",
        ]
        for n, event in enumerate(told)
    ]
    return table(_delivery(force, "custody"), rows, times=[event.at for event in told], people={"person": it.who})


def crime(desk: Desk, force: str) -> Table:
    """Crime records: a victim and a suspect, by reference where the force knows them, else by name alone."""
    told = [event for event in desk.world.timeline.of(Crime) if event.place.force == force]
    victims, suspects = desk.claims([event.victim for event in told]), desk.claims([event.suspect for event in told])
    sides = [(it, it.names("{f} {S}"), it.dates("%Y-%m-%d"), it.sexes(("", "M", "F"))) for it in (victims, suspects)]
    rows = []
    for n, event in enumerate(told):
        at = local(event.at)
        cells = [
            f"{force}/{n + 10_000}/26",
            event.offence,
            event.category,
            at.strftime(ISO),
            at.strftime(ISO),
            event.place.text,
            event.place.postcode,
        ]
        for (it, names, days, sexes), person in zip(sides, (event.victim, event.suspect), strict=True):
            known = desk.refs.of(force, person) if desk.rng.random() < 0.6 and it.who[n] >= 0 else ""
            nameless = "u/k male" if person < 0 and n % 3 == 0 else ""
            cells += [known, names[n] or nameless, days[n], sexes[n]]
        rows.append([*cells, event.vrm, event.outcome, event.text])
    people = {"victim": victims.who, "suspect": suspects.who}
    return table(_delivery(force, "crime"), rows, times=[event.at for event in told], people=people)


def missing(desk: Desk, force: str) -> Table:
    """Missing episodes: when somebody went, when and where found, and with whom."""
    told = [event for event in desk.world.timeline.of(Episode) if event.force == force]
    it = desk.claims([event.person for event in told], care=0.6)
    homes, days, sexes = it.homes(), it.dates("%d/%m/%Y"), it.sexes(("", "M", "F"))
    rows = [
        [
            f"{force}MP/26/{n:05d}",
            f"{force}M{event.person % 9_000_000 + 1_000_000}",
            it.surname[n],
            it.forename[n],
            days[n],
            sexes[n],
            it.ethnicity[n],
            homes[n],
            it.postcode[n],
            event.care,
            local(event.start).strftime(MINUTE),
            local(event.end).strftime(MINUTE),
            event.found.text,
            event.found.postcode,
            event.found.force,
            event.companion,
            it.phone_text[n],
            "High" if desk.world.people.age(event.person) < 14 else "Medium",
            event.note,
        ]
        for n, event in enumerate(told)
    ]
    return table(
        _delivery(force, "missing", "xlsx"), rows, times=[event.end for event in told], people={"person": it.who}
    )


def stops(desk: Desk, force: str) -> Table:
    """Stops: details as given in the street."""
    told = [event for event in desk.world.timeline.of(Stop) if event.place.force == force]
    it = desk.claims([event.person for event in told], care=1.1)
    homes, days, sexes = it.homes(), it.dates("%d/%m/%Y"), it.sexes(("", "M", "F"))
    rows = [
        [
            f"{force}ST/26/{n:05d}",
            local(event.at).strftime("%d/%m/%Y"),
            local(event.at).strftime("%H:%M"),
            event.place.text,
            event.place.postcode,
            it.surname[n],
            it.forename[n],
            days[n],
            sexes[n],
            it.ethnicity[n],
            homes[n],
            event.vrm,
            ("Driver" if event.driver else "Passenger") if event.vrm else "",
            event.grounds,
            "Drugs",
            event.outcome,
            it.phone_text[n],
        ]
        for n, event in enumerate(told)
    ]
    return table(_delivery(force, "stops"), rows, times=[event.at for event in told], people={"person": it.who})


def files(desk: Desk) -> list[Table]:
    """Write the four kinds for each force."""
    return [kind(desk, force) for force in FORCES for kind in (custody, crime, missing, stops)]


def involved(desk_events: list[Crime]) -> set[int]:
    """Give the people whom crimes name."""
    return {
        int(person)
        for person in np.unique(numbers_of([p for e in desk_events for p in (e.victim, e.suspect)]))
        if person >= 0
    }
