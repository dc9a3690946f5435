"""The cleaners by the kind of value that they clean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Protocol

from toex.pole.values import (
    address,
    date,
    email,
    grade,
    grid,
    identifier,
    marking,
    moment,
    money,
    name,
    phone,
    postcode,
    reference,
    text,
    username,
    vrm,
)  # fmt: skip
from toex.pole.values.year import PIVOT


class Cleaned(Protocol):
    """What every cleaner gives back: the canonical value or the empty string, and why there is none."""

    @property
    def raw(self) -> str:
        """The text as given."""

    @property
    def value(self) -> str:
        """The canonical value; cleaning it again gives it again."""

    @property
    def problem(self) -> str:
        """Why there is no value, in words that a person reads and that never repeat the text; empty for blanks."""


Cleaner = Callable[[str], Cleaned]


def cleaners(*, pivot: int = PIVOT, zone: str = moment.LONDON) -> Mapping[str, Cleaner]:
    """Every cleaner by kind; `pivot` is the latest year of two figures, `zone` the clock where a text names none."""
    return MappingProxyType(
        {
            "text": text.clean, "block": text.block, "name": name.clean, "phone": phone.clean, "vrm": vrm.clean,
            "postcode": postcode.clean, "address": address.clean, "email": email.clean, "username": username.clean,
            "money": money.clean, "reference": reference.clean, "grade": grade.clean, "marking": marking.clean,
            "grid": grid.clean, "point": grid.clean_point,
            "date": partial(date.clean, pivot=pivot), "moment": partial(moment.clean, pivot=pivot, zone=zone),
            "pnc": partial(identifier.pnc, pivot=pivot), "cro": identifier.cro, "asn": identifier.asn,
            "ptiurn": identifier.ptiurn, "noms": identifier.noms, "crn": identifier.crn, "nino": identifier.nino,
            "driver": identifier.driver, "nhs": identifier.nhs, "passport": identifier.passport,
            "nrm": identifier.nrm, "imei": identifier.imei, "imsi": identifier.imsi, "iccid": identifier.iccid,
            "vin": identifier.vin, "iban": identifier.iban, "sort_code": identifier.sort_code,
            "account_number": identifier.account, "account": identifier.bank_account,
        }
    )  # fmt: skip


CLEANERS: Mapping[str, Cleaner] = cleaners()
