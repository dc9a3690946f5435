"""A small fictional population with the dirt of police records, and its truth, for the tests of conflation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from toex import pole

_SYLLABLES = (
    ("ka", "ri", "sha", "mo", "ham", "za", "far", "nu", "ib"),
    ("jo", "hn", "ste", "wil", "tom", "mar", "ed", "al", "ber"),
    ("ion", "vas", "and", "mih", "pop", "esc", "dru", "gab", "rel"),
    ("ngu", "tran", "van", "thi", "minh", "linh", "hoa", "duc", "qua"),
    ("kow", "wis", "now", "ak", "mich", "jan", "piot", "ewa", "lew"),
    ("ade", "olu", "chi", "oko", "ime", "fem", "tun", "kem", "eze"),
)


@dataclass
class Person:
    """One true person."""

    number: int
    forename: str
    surname: str
    born: date
    sex: str
    home: int
    phone: str
    pnc: str
    middle: str
    past: list[int] = field(default_factory=list)
    alias: str = ""


def _names(rng: np.random.Generator, heritage: int, count: int, *, parts: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(rng.choice(_SYLLABLES[heritage], parts)).upper()] = None
    return list(made)


def _zipf(count: int) -> np.ndarray:
    shares = 1 / np.arange(1, count + 1) ** 0.9
    return np.cumsum(shares / shares.sum())


def _draw(rng: np.random.Generator, names: list[str], shares: np.ndarray) -> str:
    return names[min(int(np.searchsorted(shares, rng.random())), len(names) - 1)]


def population(people: int, *, seed: int) -> list[Person]:
    """Make households of one heritage each, with twins, namesakes and a few hotels."""
    rng = np.random.default_rng(seed)
    fores = [_names(rng, h, 60, parts=2) + _names(rng, h, 80, parts=3) for h in range(6)]
    surs = [_names(rng, h, 300, parts=3) + _names(rng, h, 800, parts=4) for h in range(6)]
    fore_shares, sur_shares = _zipf(140), _zipf(1100)
    made: list[Person] = []
    home = 0
    while len(made) < people:
        home += 1
        heritage = int(rng.choice(6, p=[0.25, 0.45, 0.1, 0.04, 0.1, 0.06]))
        size = 1 + int(rng.binomial(5, 0.32))
        surname = _draw(rng, surs[heritage], sur_shares)
        phone = _phone(rng)
        last: date | None = None
        for _ in range(size):
            born = date(1940, 1, 1) + timedelta(days=int(rng.integers(0, 27000)))
            if last and rng.random() < 0.02:
                born = last
            last = born
            own = rng.random() < 0.75
            made.append(
                Person(
                    number=len(made),
                    forename=_draw(rng, fores[heritage], fore_shares),
                    surname=surname if rng.random() < 0.8 else _draw(rng, surs[heritage], sur_shares),
                    born=born if rng.random() > 0.03 else date(born.year, 1, 1),
                    sex=str(1 + int(rng.integers(0, 2))),
                    home=home if rng.random() > 0.01 else -1 - int(rng.integers(0, 5)),
                    phone=_phone(rng) if own else phone,
                    pnc=f"{int(rng.integers(80, 99))}/{int(rng.integers(1, 9999999))}X" if rng.random() < 0.35 else "",
                    middle=_draw(rng, fores[heritage], fore_shares) if rng.random() < 0.4 else "",
                )
            )
            if made[-1].sex == "2" and rng.random() < 0.15:
                made[-1].alias = f"{made[-1].forename} {_draw(rng, surs[heritage], sur_shares)}"
            if rng.random() < 0.25:
                made[-1].past = [1_000_000 + int(rng.integers(0, 300_000))]
    return made[:people]


def _phone(rng: np.random.Generator) -> str:
    return f"+4477009{int(rng.integers(0, 99999)):05d}"


def _typo(rng: np.random.Generator, text: str) -> str:
    if len(text) < 3:
        return text
    at = int(rng.integers(0, len(text) - 1))
    kind = int(rng.integers(0, 4))
    letter = chr(65 + int(rng.integers(0, 26)))
    return {
        0: text[:at] + letter + text[at + 1 :],
        1: text[:at] + text[at + 1 :],
        2: text[:at] + letter + text[at:],
        3: text[:at] + text[at + 1] + text[at] + text[at + 2 :],
    }[kind]


def _postcode(home: int) -> tuple[str, str]:
    if home < 0:
        return f"LS{1 - home} 1AA", f"HOTEL{-home}|LS{1 - home}1AA"
    street = home // 12
    out = f"{('LS', 'BD', 'S', 'M', 'PR', 'CM')[street % 6]}{1 + (street // 6) % 20}"
    code = f"{out} {(street // 120) % 9 + 1}{chr(65 + (street // 1080) % 20)}{chr(65 + (street // 21600) % 20)}"
    return code, f"{home % 12 + 1}STREET{street}|{code.replace(' ', '')}"


def _swapped(born: date) -> date | None:
    return date(born.year, born.day, born.month) if born.day <= 12 and born.day != born.month else None


def row(rng: np.random.Generator, person: Person, *, tier: int, noise: float) -> dict[str, Any]:
    """Write one record of a person as a system of a tier would: 0 local, 1 regional, 2 national."""
    hit = lambda share: rng.random() < share * noise  # noqa: E731
    forename, surname = person.forename, person.surname
    if hit(0.07):
        forename = _typo(rng, forename)
    if hit(0.03):
        forename = forename[0]
    if hit(0.07):
        surname = _typo(rng, surname)
    surname, alias = _aliased(rng, person, surname)
    if hit(0.02):
        forename, surname = surname, forename
    born, default = _birth(rng, person.born, noise, hit)
    missing_born = hit((0.06, 0.15, 0.08)[tier])
    home = person.past[0] if person.past and rng.random() < 0.5 else person.home
    code, key = _postcode(home)
    if hit((0.12, 0.3, 0.25)[tier]):
        code, key = "", ""
    elif hit(0.15):
        key = ""
    born_given = None if missing_born else born
    return {
        "name": f"{forename} {surname}".title(), "forename": forename.title(), "surname": surname.title(),
        "forename_key": forename, "surname_key": surname, "forename_root": forename, "surname_sound": _sound(surname),
        "middle": person.middle.title() if person.middle and rng.random() < 0.5 else "", "alias": alias.title(),
        "dob": born_given, "dob_precision": "day" if born_given else "", "dob_default": default,
        "dob_swapped": _swapped(born) if born_given else None, "sex": person.sex if rng.random() > 0.05 else "9",
        "postcode": code, "address_key": key, "address": key,
        "phone": person.phone if not hit((0.45, 0.6, 0.7)[tier]) else "",
        "pnc": person.pnc if person.pnc and rng.random() < (0.4, 0.3, 0.8)[tier] else "",
    }  # fmt: skip


def _aliased(rng: np.random.Generator, person: Person, surname: str) -> tuple[str, str]:
    if person.alias and rng.random() < 0.4:
        return person.alias.split(" ")[1], ""
    return surname, person.alias if person.alias and rng.random() < 0.4 else ""


def _birth(rng: np.random.Generator, born: date, noise: float, hit: Any) -> tuple[date, bool]:
    if hit(0.01):
        return date(1900, 1, 1), True
    if hit(0.03) and _swapped(born):
        return _swapped(born) or born, False
    if hit(0.03):
        return born.replace(year=born.year + int(rng.choice([-10, -1, 1, 10])), day=min(born.day, 28)), False
    if hit(0.03):
        return born.replace(day=1 + int(rng.integers(0, 28))), False
    return born, False


def _sound(name: str) -> str:
    kept = name[0] + "".join(c for c in name[1:] if c not in "AEIOUHWY")
    return "".join(c for i, c in enumerate(kept) if i == 0 or c != kept[i - 1])[:5]


def deliver(
    people: int, *, seed: int, noise: float = 1.0, duplicates: float = 0.2
) -> tuple[pole.Batch, dict[str, int]]:
    """Give a person batch over three datasets and, for each record id, the number of its true person."""
    rng = np.random.default_rng(seed + 1)
    rows: list[dict[str, Any]] = []
    truth: dict[str, int] = {}
    for person in population(people, seed=seed):
        times = 1 + (int(rng.geometric(0.55)) if rng.random() < duplicates else 0)
        for _ in range(times):
            tier = int(rng.choice(3, p=[0.6, 0.25, 0.15]))
            dataset = ("nominals-13", "regional", "national")[tier]
            key = str(len(rows))
            rows.append({**row(rng, person, tier=tier, noise=noise), "dataset": dataset, "source_key": key,
                         "record_id": pole.record_id(dataset, key, "person")})  # fmt: skip
            truth[rows[-1]["record_id"]] = person.number
    return persons(rows), truth


def persons(rows: list[Mapping[str, Any]] | list[dict[str, Any]]) -> pole.Batch:
    """Make a person batch of rows given as mappings; what every record needs is filled in."""
    filled = [
        {"part": "person", "compartment": "", "marking": 1, "handling": "P", "subject": 16, "dataset": "nominals-13",
         "dob_default": False, **r}
        for r in rows
    ]  # fmt: skip
    names = {name for r in filled for name in r}
    return pole.batch("person", {name: [r.get(name) for r in filled] for name in names}, len(filled))
