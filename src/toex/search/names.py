"""Who is of a name: the people read who may be meant, and how near each comes to what was typed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toex.pole import Batch, empty
from toex.pole.values.name import Name
from toex.search.answers import Hit, Reading
from toex.search.statements import Row, View, named, rows, table, written

_NAMES = (
    "Same name",
    "Same names in the other order",
    "Same surname; the forename is of one group of names",
    "Same surname; the forename is an initial or the beginning of the other",
    "The surname sounds alike; the forename is of one group of names",
    "One name only was given, and is the same",
    "Same date of birth",
)
_BORN = len(_NAMES) - 1
_BIRTHS = {
    "same": "same date of birth",
    "swapped": "day and month of birth changed places",
    "year only": "same year of birth",
    "year differs": "same day of birth, another year",
    "not held": "no date of birth held",
    "not asked": "",
}
_DOUBT = {"same": 0, "not asked": 0, "swapped": 1, "year only": 1, "year differs": 2, "not held": 2}


def name_hits(view: View, readings: Sequence[Reading], *, most: int) -> list[tuple[Hit, int, Row | None]]:
    """Give the hits of the readings that name somebody, `most` a line, each with how many the line has in all.

    Where one name is asked, what is shown of each person comes with it.
    """
    wanted = written(_wanted(readings))
    if not wanted:
        return []
    sounds = list(dict.fromkeys(sound for r in readings if r.name for sound in _sounds(r.name)))
    if len(readings) == 1 and readings[0].name and readings[0].name.surname_key:
        own, other = (sounds * 2)[:2]
        found = rows(view, "name_hits_one", most=most, wanted=wanted, own=own, other=other)
        return [(_hit(row), row["found"], row) for row in found]
    with named(view, _read(view, readings)):
        found = rows(view, "name_hits_many", most=most, wanted=wanted, sounds=sounds)
    return [(_hit(row), row["found"], None) for row in found]


def _read(view: View, readings: Sequence[Reading]) -> dict[str, Batch]:
    """Read the people of a lone forename and of a lone day of birth; each passes over everybody."""
    forenames = [r.name.forename_key for r in readings if r.name and not r.name.surname_key]
    days = [str(r.born) for r in readings if r.born and not (r.name and _sounds(r.name))]
    return {
        "given": table(view, "people_given", forenames=forenames) if any(forenames) else _nobody(),
        "born": table(view, "people_born", days=days) if days else _nobody(),
    }


def _nobody() -> Batch:
    shown = "record_id dataset forename_key surname_key forename_root surname_sound dob dob_swapped dob_default dob_precision"
    return empty("person").select([*shown.split(), "name", "address", "supplier", "subject"])


def _sounds(who: Name) -> list[str]:
    """Give the sounds under which a person may stand: the surname's, and the forename's as a surname."""
    return [who.surname_sound] * bool(who.surname_key) + [who.forename_sound] * bool(who.forename_key)


def _wanted(readings: Sequence[Reading]) -> Iterator[tuple[str, ...]]:
    """Give a row for each line, key and group that the forename stands in: ALEX may be Alexander or Alexandra."""
    for line, reading in enumerate(readings):
        who = reading.name or Name("", "", "")
        born = (str(reading.born or ""), str(reading.born_other or ""), str(reading.year or ""))
        for key in dict.fromkeys(_keys(who, reading)):
            for root in who.variants or ("",):
                yield str(line), key, who.forename_key, who.surname_key, who.surname_sound, root, *born


def _keys(who: Name, reading: Reading) -> list[str]:
    keys = _sounds(who)
    keys += [f"forename {who.forename_key}"] * bool(who.forename_key and not who.surname_key)
    return keys or [f"born {reading.born}"] * bool(reading.born)


def _hit(row: Mapping[str, Any]) -> Hit:
    birth = _BIRTHS[row["birth"]] if row["rank"] < _BORN else ""
    why = f"{_NAMES[row['rank']]}{', ' * bool(birth)}{birth}"
    rank = row["rank"] + 2 * _DOUBT[row["birth"]]
    return Hit(row["line"], row["record_id"], "person", why, rank, dataset=row["dataset"])
