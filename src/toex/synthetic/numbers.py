"""Telephone numbers, registration marks and police identifiers that look right and belong to nobody.

Telephones: a story person has a number from Ofcom's drama range 07700 900000-900999. A thousand numbers cannot serve a
population, so everybody else has one from five-digit mobile blocks that libphonenumber 9.0.43 knew no service in
(07700 9 first, others only where a population needs more than its hundred thousand). Only the drama range is promised
by Ofcom to stay unused: the other blocks are free by measurement, not by promise.
Marks: formats are current ones, age identifiers are 32-49 and 82-99, which are not issued before 2032.
"""

import random

from toex.synthetic.shapes import Generator, Texts, texts

BLOCKS = ("77009", "77002", "77004", "77005", "77006", "79113", "79114", "79115", "79116", "79119")
BLOCK = 100_000
DRAMA = 1_000
CHECK = "ZABCDEFGHJKLMNPQRTUVWXY"
PLATE_AREAS = "ABCDEFGHKLMNOPRSVWXY"
PLATE_TAIL = "ABCDEFGHJKLMNOPRSTUVWXYZ"


def mobile(number: int) -> str:
    """Give number `number` (0 up to a million) as eleven digits; the first thousand are the drama range."""
    return f"0{BLOCKS[number // BLOCK]}{number % BLOCK:05d}"


def pool_size(people: int) -> int:
    """Say how many mobile numbers a population draws from."""
    return min(len(BLOCKS) * BLOCK, max(BLOCK, int(1.4 * people)))


def spell_mobile(number: int, style: int) -> str:
    """Write a mobile number in one of the ways that clerks do; `style` is any number."""
    plain = mobile(number)
    spellings = (
        plain,
        plain,
        plain,
        f"{plain[:5]} {plain[5:]}",
        f"{plain[:5]} {plain[5:8]} {plain[8:]}",
        f"+44{plain[1:]}",
        f"+44 {plain[1:5]} {plain[5:]}",
        f"0044{plain[1:]}",
        f"44{plain[1:]}",
        f"{plain[1:]}",
        f"{plain[:5]}-{plain[5:]}",
        f"+44 (0){plain[1:]}",
    )
    return spellings[style % len(spellings)]


def damaged(number: int) -> str:
    """Write a mobile number as a spreadsheet leaves it: a float with its last digits lost."""
    return f"{float('44' + mobile(number)[1:]):.5E}"


def luhn(digits: str) -> str:
    """Append the Luhn check digit to a string of digits."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def imei(serial: int) -> str:
    """Give handset `serial` an IMEI of an unassigned type, with its check digit."""
    return luhn(f"35000000{serial % 1_000_000:06d}")


def imsi(number: int) -> str:
    """Give the SIM of a mobile number an IMSI in a UK network."""
    return f"23415{number:010d}"


def iccid(number: int) -> str:
    """Give the SIM of a mobile number its card number."""
    return luhn(f"894415{number:012d}")


def plate(dice: random.Random) -> str:
    """Make a current-format registration mark with an age identifier that is not yet issued."""
    area = dice.choice(PLATE_AREAS) + dice.choice(PLATE_AREAS)
    age = dice.choice((dice.randint(32, 49), dice.randint(82, 99)))
    return f"{area}{age}" + "".join(dice.choice(PLATE_TAIL) for _ in range(3))


def vin(dice: random.Random) -> str:
    """Make a seventeen-character vehicle number of a maker's code that is nobody's."""
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    return "ZZZ" + "".join(dice.choice(letters) for _ in range(8)) + f"{dice.randint(0, 999_999):06d}"


def pnc_ids(years: list[int], rng: Generator) -> Texts:
    """Make a PNC id `YYYY/NNNNNNNL` with a right check letter for each year."""
    serials = rng.integers(1, 700_000, len(years))
    return texts(
        [f"{y}/{s:07d}{CHECK[int(f'{y % 100:02d}{s:07d}') % 23]}" for y, s in zip(years, serials, strict=True)]
    )


def cro_ids(years: list[int], rng: Generator) -> Texts:
    """Make a CRO number `NNNNNN/YYL` with a right check letter for each year."""
    serials = rng.integers(1, 400_000, len(years))
    return texts(
        [f"{s}/{y % 100:02d}{CHECK[int(f'{y % 100:02d}{s:06d}') % 23]}" for y, s in zip(years, serials, strict=True)]
    )


def noms(serial: int) -> str:
    """Give a prison number `A1234BC` for a serial."""
    letters = "ABCDEFGHJKLMNPRTUVWXYZ"
    first, rest = divmod(serial, 10_000 * 22 * 22)
    digits, tail = divmod(rest, 22 * 22)
    return f"{letters[first % 22]}{digits:04d}{letters[tail // 22]}{letters[tail % 22]}"


def asn(force: str, *, serial: int, year: int) -> str:
    """Make an arrest summons number of twenty characters with its check letter."""
    check = CHECK[int(f"{force}01{year % 100:02d}{serial:011d}") % 23]
    return f"{year % 100:02d}{force}ZD01{serial:011d}{check}"


def ni_number(dice: random.Random) -> str:
    """Make a National Insurance number with the prefix QQ, which is never issued."""
    return f"QQ{dice.randint(0, 999_999):06d}{dice.choice('ABCD')}"
