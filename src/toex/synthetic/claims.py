"""What a system holds of people: one row a record, each a dirty and perhaps old copy of somebody's particulars."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from toex.synthetic import numbers
from toex.synthetic.dirt import EPOCH, UNKNOWN_DAY, Dirt, dirty_days, dirty_names
from toex.synthetic.people import Population
from toex.synthetic.shapes import NONE, Flags, Generator, Ints, Texts, chance, texts
from toex.synthetic.world import World

HOT_PHONES = 12
PLACEHOLDERS = ("U/K MALE", "UNKNOWN", "U/K FEMALE", "NOT KNOWN", "MALE UNKNOWN")
NO_HOME = ("NFA", "NO FIXED ABODE", "N.F.A.")


@dataclass(slots=True)
class Claims:
    """The particulars that records state; `who` is the truth behind each, -1 where the row names nobody."""

    who: Ints
    forename: Texts
    middle: Texts
    surname: Texts
    alias: Texts
    sex: Ints
    day: Ints
    line: Texts
    town: Texts
    postcode: Texts
    phone: Ints
    phone_text: Texts
    nationality: Texts
    ethnicity: Texts
    pnc: Texts
    cro: Texts

    def __len__(self) -> int:
        return len(self.who)

    def taken(self, rows: Ints | Flags) -> "Claims":
        """Give some of the rows."""
        return Claims(**{name: getattr(self, name)[rows] for name in self.__slots__})

    def dates(self, form: str) -> Texts:
        """Write the birth dates in a form of strftime; empty where unknown."""
        return day_texts(self.day, form)

    def names(self, form: str) -> Texts:
        """Write the names in a form with {f}, {m}, {s}, {F}, {S}; capitals say upper case."""
        rows = zip(self.forename, self.middle, self.surname, strict=True)
        return texts([tidy(form.format(f=f, m=m, s=s, F=f.upper(), S=s.upper())) for f, m, s in rows])

    def homes(self, *, towns: bool = True) -> Texts:
        """Write the address on one line, with its town."""
        if not towns:
            return self.line
        rows = zip(self.line, self.town, strict=True)
        return texts([f"{line}, {town}" if town else line for line, town in rows])

    def sexes(self, codes: tuple[str, str, str]) -> Texts:
        """Write the sex in a system's own three codes: unknown, male, female."""
        return texts(list(codes))[self.sex]


def tidy(text: str) -> str:
    """Take out doubled spaces and loose commas."""
    return " ".join(text.split()).strip(" ,;")


def day_texts(days: Ints, form: str) -> Texts:
    """Write days (counted from 1970) in a form of strftime, each distinct day once; unknown ones become empty."""
    distinct, where = np.unique(days, return_inverse=True)
    written = ["" if d == UNKNOWN_DAY else date.fromordinal(EPOCH + d).strftime(form) for d in distinct.tolist()]
    found: Texts = texts(written)[where]
    return found


def _addresses(folk: Population, who: Ints, *, stale: Flags, dirt: Dirt, rng: Generator) -> Ints:
    size = len(who)
    old = folk.old_address[who]
    address = np.where(stale & (old != NONE), old, folk.address[who])
    hot = chance(rng, size, dirt.hot_address)
    address[hot] = folk.hot_addresses[rng.integers(0, len(folk.hot_addresses), int(hot.sum()))]
    address[chance(rng, size, dirt.no_address)] = NONE
    return address


def _phones(folk: Population, who: Ints, *, stale: Flags, dirt: Dirt, rng: Generator) -> Ints:
    size = len(who)
    old, shared = folk.old_phone[who], folk.shared_phone[who]
    phone = np.where(stale & (old != NONE), old, folk.phone[who])
    phone = np.where((shared != NONE) & chance(rng, size, dirt.household_phone), shared, phone)
    hot = chance(rng, size, dirt.hot_phone)
    phone[hot] = numbers.DRAMA + rng.integers(0, HOT_PHONES, int(hot.sum())) * 977
    slip = np.flatnonzero(chance(rng, size, dirt.phone_slip) & (phone >= numbers.DRAMA))
    top = numbers.pool_size(len(folk))
    phone[slip] = numbers.DRAMA + (phone[slip] + 10 ** rng.integers(0, 4, len(slip))) % (top - numbers.DRAMA)
    phone[chance(rng, size, dirt.no_phone)] = NONE
    return phone


def _phone_texts(phone: Ints, *, dirt: Dirt, rng: Generator) -> Texts:
    styles = rng.integers(0, 1 << 20, len(phone)).tolist()
    out = texts(["" if n == NONE else numbers.spell_mobile(n, s) for n, s in zip(phone.tolist(), styles, strict=True)])
    for i in np.flatnonzero(chance(rng, len(phone), dirt.damaged_phone) & (phone != NONE)):
        out[i] = numbers.damaged(int(phone[i]))
    return out


def _blank(values: Texts, where: Flags) -> Texts:
    out = values.copy()
    out[where] = ""
    return out


def _alias_for_name(forename: Texts, surname: Texts, *, alias: Texts, where: Flags) -> None:
    for i in np.flatnonzero(where & (alias != "")):
        first, _, last = alias[i].partition(" ")
        forename[i], surname[i] = first, last or surname[i]


def _sexes(truth: Ints, *, dirt: Dirt, rng: Generator) -> Ints:
    sex = truth.copy()
    wrong = chance(rng, len(sex), dirt.wrong_sex)
    sex[wrong] = 3 - sex[wrong]
    sex[chance(rng, len(sex), dirt.no_sex)] = 0
    return sex


def _postcodes(postcode: Texts, *, dirt: Dirt, rng: Generator) -> Texts:
    size = len(postcode)
    out = _blank(postcode, chance(rng, size, dirt.no_postcode))
    for i in np.flatnonzero(chance(rng, size, dirt.wrong_postcode) & (out != "")):
        out[i] = out[i][:-1] + "ABDEFGHJLN"[int(i) % 10]
    squeezed = np.flatnonzero(chance(rng, size, 0.15))
    out[squeezed] = [code.replace(" ", "") for code in out[squeezed]]
    return out


def _nobody(claims: Claims, where: Flags) -> None:
    """Turn the chosen rows into the placeholders that systems are full of; they name nobody."""
    for i in np.flatnonzero(where):
        claims.forename[i], claims.surname[i] = "", PLACEHOLDERS[int(i) % len(PLACEHOLDERS)]
        claims.middle[i] = claims.alias[i] = claims.pnc[i] = claims.cro[i] = claims.phone_text[i] = claims.postcode[
            i
        ] = ""
        claims.line[i], claims.town[i] = NO_HOME[int(i) % len(NO_HOME)], ""
        claims.day[i], claims.phone[i], claims.who[i] = UNKNOWN_DAY, NONE, NONE


def claim(world: World, who: Ints, *, dirt: Dirt, rng: Generator) -> Claims:
    """State the particulars of the given people once each, dirty by `dirt`. Unknown people (-1) become empty rows."""
    folk, size = world.people, len(who)
    stale = chance(rng, size, dirt.stale)
    forename, surname, alias = folk.forename[who].copy(), folk.surname[who].copy(), folk.alias[who].copy()
    maiden = folk.maiden[who]
    married = stale & (maiden != "")
    surname[married] = maiden[married]
    _alias_for_name(forename, surname, alias=alias, where=chance(rng, size, dirt.alias_given))
    dirty_names(forename, surname, heritage=folk.heritage[who], book=world.book, dirt=dirt, rng=rng)
    address = _addresses(folk, who, stale=stale, dirt=dirt, rng=rng)
    phone = _phones(folk, who, stale=stale, dirt=dirt, rng=rng)
    nowhere = address == NONE
    claims = Claims(
        who=who.copy(),
        forename=forename,
        middle=_blank(folk.middle[who], chance(rng, size, dirt.no_middle)),
        surname=surname,
        alias=_blank(alias, chance(rng, size, 0.4)),
        sex=_sexes(folk.sex[who], dirt=dirt, rng=rng),
        day=dirty_days(folk.dob[who], dirt=dirt, rng=rng),
        line=_blank(folk.line[address], nowhere),
        town=_blank(folk.town_name[address], nowhere),
        postcode=_postcodes(_blank(folk.postcode[address], nowhere), dirt=dirt, rng=rng),
        phone=phone,
        phone_text=_phone_texts(phone, dirt=dirt, rng=rng),
        nationality=_blank(folk.nationality[who], chance(rng, size, 0.5)),
        ethnicity=_blank(folk.ethnicity[who], chance(rng, size, dirt.no_ethnicity)),
        pnc=_blank(folk.pnc[who], chance(rng, size, dirt.no_pnc)),
        cro=_blank(folk.cro[who], chance(rng, size, dirt.no_cro)),
    )
    _nobody(claims, chance(rng, size, dirt.placeholder))
    _empty(claims, who == NONE)
    return claims


def _empty(claims: Claims, where: Flags) -> None:
    rows = np.flatnonzero(where)
    for name in (
        "forename",
        "middle",
        "surname",
        "alias",
        "line",
        "town",
        "postcode",
        "phone_text",
        "nationality",
        "ethnicity",
        "pnc",
        "cro",
    ):
        getattr(claims, name)[rows] = ""
    claims.day[rows], claims.phone[rows], claims.sex[rows], claims.who[rows] = UNKNOWN_DAY, NONE, 0, NONE
