"""Nominal lists: five forces, three regional intelligence units and the national list, each in its own spelling."""

from dataclasses import dataclass

import numpy as np

from toex.synthetic.claims import Claims, claim, day_texts
from toex.synthetic.dirt import UNKNOWN_DAY, Dirt
from toex.synthetic.files import References
from toex.synthetic.people import TODAY
from toex.synthetic.places import FOLDERS, FORCE_NAMES
from toex.synthetic.records import AGAIN_IN_WEEK_TWO, SYSTEMS, Holdings
from toex.synthetic.shapes import NONE, Generator, Ints, Texts, chance, texts
from toex.synthetic.tables import Delivery, Table
from toex.synthetic.world import World

MERGED = "P1"
ROLES = ("Associate", "Subject", "Suspected runner", "Vehicle user", "Family", "Witness")
JOBS = ("Labourer", "Unemployed", "Driver", "Student", "Chef", "Carer", "Builder", "Retail")
MARKERS = ("", "", "", "", "", "VIOLENT", "DRUGS", "WEAPONS", "SELF HARM", "MENTAL HEALTH")
TIER_CARE = {"91": 0.7}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one system, with what only a nominal list adds."""

    claims: Claims
    keys: Texts
    updated: Ints
    rng: Generator

    def pick(self, values: tuple[str, ...], rate: float = 1.0) -> Texts:
        """Draw one of some texts for each row, or nothing."""
        drawn = texts(list(values))[self.rng.integers(0, len(values), len(self.keys))]
        drawn[self.rng.random(len(self.keys)) >= rate] = ""
        return drawn

    def aliases(self, joint: str) -> Texts:
        """Write the aliases; some twice over, the way that fields grow."""
        rows = zip(self.claims.alias.tolist(), self.claims.forename.tolist(), strict=True)
        return texts([f"{a}{joint}{f}" if a and len(f) % 3 == 0 else a for a, f in rows])


def _wyp(sheet: Sheet) -> dict[str, Texts]:
    it = sheet.claims
    return {
        "Nominal Ref": sheet.keys,
        "Surname": it.names("{S}"),
        "Forename 1": it.forename,
        "Forename 2": it.middle,
        "Sex": it.sexes(("U", "M", "F")),
        "DOB": it.dates("%d/%m/%Y"),
        "Ethnicity": it.ethnicity,
        "Address": it.homes(),
        "Postcode": it.postcode,
        "Telephone": it.phone_text,
        "PNC ID": it.pnc,
        "CRO No": it.cro,
        "Alias": sheet.aliases("; "),
        "Occupation": sheet.pick(JOBS, 0.3),
        "Warning Markers": sheet.pick(MARKERS),
        "Last Updated": day_texts(sheet.updated, "%d/%m/%Y"),
    }


def _syp(sheet: Sheet) -> dict[str, Texts]:
    it = sheet.claims
    born = texts([day.upper() for day in it.dates("%d-%b-%Y")])
    return {
        "NOMINAL_ID": sheet.keys,
        "FULL_NAME": it.names("{S}, {f} {m}"),
        "GENDER": it.sexes(("U", "M", "F")),
        "BIRTH_DATE": born,
        "SELF_DEFINED_ETHNICITY": it.ethnicity,
        "HOME_ADDRESS": it.homes(),
        "POST_CODE": it.postcode,
        "MOBILE": it.phone_text,
        "PNCID": it.pnc,
        "AKA": sheet.aliases(" aka "),
        "UPDATED": day_texts(sheet.updated, "%Y-%m-%d"),
    }


def _gmp(sheet: Sheet) -> dict[str, Texts]:
    it = sheet.claims
    split = [(line.split(" ", 1) if line[:1].isdigit() else ["", line]) for line in it.line]
    return {
        "PersonId": sheet.keys,
        "Title": it.sexes(("", "Mr", "Ms")),
        "GivenName": it.names("{f} {m}"),
        "FamilyName": it.surname,
        "DateOfBirth": it.dates("%Y-%m-%d"),
        "SexCode": it.sexes(("0", "1", "2")),
        "EthnicAppearance": it.ethnicity,
        "HouseNo": texts([pair[0] for pair in split]),
        "Street": texts([pair[-1] for pair in split]),
        "Town": it.town,
        "Postcode": it.postcode,
        "Phone": it.phone_text,
        "PncId": it.pnc,
        "CroNumber": it.cro,
        "Nationality": it.nationality,
        "RecordedOn": day_texts(sheet.updated, "%Y-%m-%dT09:30:00"),
    }


def _lancs(sheet: Sheet) -> dict[str, Texts]:
    it = sheet.claims
    parts = [line.split(", ", 1) if ", " in line else [line, ""] for line in it.line]
    ages = np.where(it.day == UNKNOWN_DAY, -1, (sheet.updated - it.day) // 365)
    return {
        "URN": sheet.keys,
        "NAME": it.names("{f} {m} {S}"),
        "SEX": it.sexes(("UNKNOWN", "MALE", "FEMALE")),
        "DOB": it.dates("%d/%m/%y"),
        "AGE": texts(["" if age < 0 else str(age) for age in ages.tolist()]),
        "IC CODE": it.ethnicity,
        "ADDRESS LINE 1": texts([pair[0] for pair in parts]),
        "ADDRESS LINE 2": texts([pair[1] for pair in parts]),
        "TOWN": it.town,
        "PCODE": it.postcode,
        "TEL NO": it.phone_text,
        "PNC": it.pnc,
        "ALIASES": sheet.aliases("; "),
        "DATE CREATED": day_texts(sheet.updated, "%d %b %Y"),
    }


def _essex(sheet: Sheet) -> dict[str, Texts]:
    it = sheet.claims
    return {
        "person_urn": sheet.keys,
        "surname": it.surname,
        "forenames": it.names("{f} {m}"),
        "known_as": it.alias,
        "gender": it.sexes(("U", "M", "F")),
        "dob": it.dates("%Y%m%d"),
        "ethnicity_code": it.ethnicity,
        "current_address": it.homes(),
        "postcode": it.postcode,
        "phone_number": it.phone_text,
        "pnc_number": it.pnc,
        "cro_number": it.cro,
        "nationality": it.nationality,
        "last_seen": day_texts(sheet.updated, "%Y-%m-%d"),
    }


def _rocu(sheet: Sheet) -> dict[str, Texts]:
    it = sheet.claims
    forms = (it.names("{S} {f}"), it.names("{f} {s}"), it.names("{S}, {f} {m}"))
    which = sheet.rng.integers(0, len(forms), len(it))
    year_only = chance(sheet.rng, len(it), 0.06)
    return {
        "Intel Nominal": sheet.keys,
        "Name": np.choose(which, forms),
        "Known As": sheet.aliases("; "),
        "DOB": np.where(year_only, it.dates("%Y"), it.dates("%d/%m/%Y")),
        "Sex": it.sexes(("", "M", "F")),
        "Nationality": it.nationality,
        "Last Known Address": it.homes(),
        "Postcode": it.postcode,
        "Telephone": it.phone_text,
        "Role": sheet.pick(ROLES, 0.4),
        "Entered": day_texts(sheet.updated, "%Y-%m-%d"),
    }


def _national(sheet: Sheet) -> dict[str, Texts]:
    it = sheet.claims
    address = texts([home.replace(",", "").upper() for home in it.homes()])
    return {
        "RECORD_NO": sheet.keys,
        "SURNAME": it.names("{S}"),
        "FORENAMES": texts([n.upper() for n in it.names("{f} {m}")]),
        "DATE_OF_BIRTH": it.dates("%Y-%m-%d"),
        "SEX": it.sexes(("0", "1", "2")),
        "PNC_ID": it.pnc,
        "CRO_NO": it.cro,
        "ADDRESS": address,
        "POSTCODE": it.postcode,
        "FORCE_CODE": sheet.pick(("13", "14", "06", "04", "42"), 0.8),
        "STATUS": sheet.pick(("CONVICTED", "CAUTIONED", "NFA", "IMPENDING")),
        "DATE_AMENDED": day_texts(sheet.updated, "%Y-%m-%d"),
    }


LAYOUTS = {"13": _wyp, "14": _syp, "06": _gmp, "04": _lancs, "42": _essex, "91": _national}
KEYS = {
    "13": "WYP/N/{:07d}",
    "14": "S{:07d}",
    "06": "{:d}",
    "04": "L/26/{:07d}",
    "42": "42-{:07d}",
    "91": "NAT{:08d}",
    "YHROCU": "YH-I-{:06d}",
    "NWROCU": "NW-I-{:06d}",
    "ERSOU": "EE-I-{:06d}",
}
SUFFIX = {"06": "tsv", "91": "txt"}


def _delivery(system: str) -> Delivery:
    folder = FOLDERS.get(system, "national" if system == "91" else system.lower())
    title = FORCE_NAMES.get(system, "National list" if system == "91" else f"{system} intelligence nominals")
    mapping = f"nominals-{folder}" if system in LAYOUTS else "nominals-rocu"
    return Delivery(
        dataset=f"{folder}-nominals",
        mapping=mapping,
        supplier=system,
        path=f"{folder}/nominals.{SUFFIX.get(system, 'csv')}",
        title=f"{title}: nominals",
        extra={"week2_supplier": MERGED} if system in ("13", "14") else {},
    )


def _sheet(world: World, system: str, *, holdings: Holdings, dirt: Dirt, rng: Generator) -> tuple[Sheet, Ints]:
    """Give the rows of one system: first deliveries, then rows delivered again in week two with fewer faults."""
    rows = np.flatnonzero(holdings.system == SYSTEMS.index(system))
    who, week = holdings.who[rows], holdings.week[rows]
    again = np.flatnonzero((week == 1) & chance(rng, len(rows), AGAIN_IN_WEEK_TWO))
    first = claim(world, who, dirt=dirt.scaled(TIER_CARE.get(system, 1.0)), rng=rng)
    again = again[first.who[again] != NONE]
    better = claim(world, first.who[again], dirt=dirt.scaled(0.4), rng=rng)
    keys = texts([KEYS[system].format(n) for n in (100_000 + 3 * np.arange(len(rows))).tolist()])
    both = Claims(**{name: np.concatenate([getattr(first, name), getattr(better, name)]) for name in Claims.__slots__})
    updated = TODAY - (rng.beta(1, 2.5, len(rows)) * 5000).astype(np.int64) - 5
    updated = np.maximum(updated, np.minimum(world.people.dob[who] + 9 * 365, TODAY - 5))
    late = np.full(len(again), TODAY + 7, dtype=np.int64)
    sheet = Sheet(
        claims=both, keys=np.concatenate([keys, keys[again]]), updated=np.concatenate([updated, late]), rng=rng
    )
    return sheet, np.concatenate([week, np.full(len(again), 2, dtype=np.int64)])


def nominals(world: World, *, holdings: Holdings, dirt: Dirt, rng: Generator) -> list[Table]:
    """Write every nominal list; the merged force delivers for both of its predecessors in week two."""
    made = []
    for system in SYSTEMS:
        sheet, week = _sheet(world, system, holdings=holdings, dirt=dirt, rng=rng)
        columns = LAYOUTS.get(system, _rocu)(sheet)
        made.append(
            Table(delivery=_delivery(system), columns=columns, week=week, people={"person": sheet.claims.who}).checked()
        )
    return made


def references(lists: list[Table], people: set[int]) -> References:
    """Find by which reference each force knows the given people in the first week."""
    wanted = np.array(sorted(people), dtype=np.int64)
    found: dict[tuple[str, int], str] = {}
    for made in lists:
        if made.delivery.supplier not in FOLDERS:
            continue
        who = made.people["person"]
        keys = made.keys()
        for row in np.flatnonzero(np.isin(who, wanted) & (made.week == 1)):
            found.setdefault((made.delivery.supplier, int(who[row])), keys[row])
    return References(found=found)
