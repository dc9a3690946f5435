"""Identifiers of people, devices, vehicles and accounts: a cleaner each, all giving an Identifier."""

from toex.pole.values.identifier.account import account, bank_account, iban, sort_code
from toex.pole.values.identifier.civil import driver, driver_facts, nhs, nino, nrm, passport
from toex.pole.values.identifier.device import iccid, imei, imsi, luhn_figure, luhn_fits, vin
from toex.pole.values.identifier.justice import asn, asn_shown, crn, cro, noms, pnc, ptiurn
from toex.pole.values.identifier.mrz import Mrz, check_figure
from toex.pole.values.identifier.mrz import read as read_mrz
from toex.pole.values.identifier.value import Identifier

__all__ = [
    "Identifier",
    "Mrz",
    "account",
    "asn",
    "asn_shown",
    "bank_account",
    "check_figure",
    "crn",
    "cro",
    "driver",
    "driver_facts",
    "iban",
    "iccid",
    "imei",
    "imsi",
    "luhn_figure",
    "luhn_fits",
    "nhs",
    "nino",
    "noms",
    "nrm",
    "passport",
    "pnc",
    "ptiurn",
    "read_mrz",
    "sort_code",
    "vin",
]
