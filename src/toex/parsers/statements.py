"""Bank statements in the banks' own formats (OFX, MT940, CAMT.053): one table of entries, money in and money out apart."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from toex.parsers.kinds import LOOK, statement_kind
from toex.parsers.markup import elements, forget, tag_of
from toex.parsers.refusals import GivenUpError, Why, by_library
from toex.parsers.sending import Sender

_HEADERS = (
    "transaction_id", "sort_code", "account_number", "date", "time", "type", "description", "reference", "money_in", "money_out",
    "currency", "balance", "counterparty_name", "counterparty_sort_code", "counterparty_account",
)  # fmt: skip
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Z0-9.]+)>(?P<value>[^<\r\n]*)")
_AMOUNTS = ("Amt", "AmtDtls/TxAmt/Amt")
_DIGITS = 8  # of YYYYMMDD
_CLOCK = 14  # of YYYYMMDDhhmmss


def read(path: Path, out: Sender, *, cap: int) -> None:
    """Send every entry of every account's statement in the file."""
    if path.stat().st_size > cap:
        raise GivenUpError(Why.TOO_BIG)
    with path.open("rb") as stream:
        kind = statement_kind(stream.read(LOOK))
    out.begin("Statement", _HEADERS)
    seen: Counter[str] = Counter()
    for entry in _READERS[kind](path):
        said = entry["transaction_id"]
        seen[said] += 1  # a bank may give two entries one reference, or none at all
        out.record("Statement", {**entry, "transaction_id": said if seen[said] == 1 else f"{said} ({seen[said]})"})


def _ofx(path: Path) -> Iterator[Mapping[str, str]]:
    """OFX, of SGML or of XML: a tag a line, ended or not; an entry itself always ends."""
    held: dict[str, str] = {}
    text = path.read_bytes().decode("utf-8", "replace")
    if text.count("<STMTTRN>") != text.count("</STMTTRN>"):
        raise GivenUpError(Why.BROKEN)
    for found in _TAG.finditer(text):
        name, value = found["name"], found["value"].strip()
        if name == "STMTTRN" and found["end"]:
            yield _entry(
                account=held.get("ACCTID", ""), sort_code=held.get("BANKID", ""), said=held.get("FITID", ""),
                date=held.get("DTPOSTED", ""), kind=held.get("TRNTYPE", ""), amount=held.get("TRNAMT", ""),
                currency=held.get("CURDEF", ""), words=held.get("MEMO", ""), other=held.get("NAME", ""),
                reference=held.get("REFNUM") or held.get("CHECKNUM", ""),
            )  # fmt: skip
        elif name == "STMTTRN":
            held = {tag: held[tag] for tag in ("ACCTID", "BANKID", "CURDEF") if tag in held}
        elif value:
            held[name] = value


def _swift(path: Path) -> Iterator[Mapping[str, str]]:
    """MT940, several statements in a file; GivenUpError where an entry of it was passed over."""
    import mt940

    text = path.read_bytes().decode("utf-8", "replace")
    with by_library():
        statements = mt940.parse_statements(text)
    if sum(len(one.transactions) for one in statements) != len(re.findall(r"^:61:", text, re.MULTILINE)):
        raise GivenUpError(Why.BROKEN)
    for statement in statements:
        account = str(statement.data.get("account_identification", ""))
        bank, _, number = account.rpartition("/")
        for transaction in statement:
            told = transaction.data
            reference = str(told.get("customer_reference") or "")
            yield _entry(
                account=number, sort_code=bank, said=str(told.get("bank_reference") or ""), date=str(told.get("date", "")),
                kind=str(told.get("id", "")), amount=str(told["amount"].amount), currency=str(told.get("currency", "")),
                words=" ".join(str(told.get("transaction_details") or told.get("extra_details") or "").split()),
                reference="" if reference == "NONREF" else reference,
            )  # fmt: skip


def _camt(path: Path) -> Iterator[Mapping[str, str]]:
    """CAMT.053: an entry may hold several transactions, each with the other party."""
    account = sort_code = ""
    with path.open("rb") as stream:
        for element in elements(stream, "Acct", "Ntry"):
            if tag_of(element) == "Ntry":
                yield from _camt_entry(element, account, sort_code)
                forget(element)
            elif tag_of(element.getparent()) == "Stmt":
                account = _one(element, "Id/IBAN") or _one(element, "Id/Othr/Id")
                sort_code = _one(element, "Svcr/FinInstnId/ClrSysMmbId/MmbId")


def _camt_entry(entry: Any, account: str, sort_code: str) -> Iterator[Mapping[str, str]]:
    out = _one(entry, "CdtDbtInd") == "DBIT"
    party = "Cdtr" if out else "Dbtr"
    parts = list(entry.iterfind("{*}NtryDtls/{*}TxDtls"))
    if len(parts) != 1 and not (parts and all(_first(part, *_AMOUNTS) for part in parts)):
        parts = [entry]  # the amount is told of the whole alone
    for part in parts:
        amount = next((one for path in _AMOUNTS if (one := part.find(_path(path))) is not None), entry.find("{*}Amt"))
        yield _entry(
            account=account, sort_code=sort_code,
            said=_first(part, "Refs/AcctSvcrRef") or _first(entry, "AcctSvcrRef", "NtryRef"),
            date=_first(entry, "BookgDt/Dt", "BookgDt/DtTm"), kind=_first(entry, "BkTxCd/Prtry/Cd", "BkTxCd/Domn/Cd"),
            amount=f"{'-' * out}{amount.text or ''}" if amount is not None else "",
            currency=amount.get("Ccy", "") if amount is not None else "",
            words=_first(part, "RmtInf/Ustrd") or _first(entry, "AddtlNtryInf"), reference=_first(part, "Refs/EndToEndId"),
            other=_first(part, f"RltdPties/{party}/Nm", f"RltdPties/{party}/Pty/Nm"),
            other_account=_first(part, f"RltdPties/{party}Acct/Id/IBAN", f"RltdPties/{party}Acct/Id/Othr/Id"),
        )  # fmt: skip


def _path(names: str) -> str:
    return "/".join(f"{{*}}{name}" for name in names.split("/"))


def _first(element: Any, *paths: str) -> str:
    """Give the first text that stands at one of some paths of names, in whatever namespace."""
    return next((text for path in paths if (text := _one(element, path))), "")


def _one(element: Any, path: str) -> str:
    """Give the text at a path of names, in whatever namespace."""
    found = element.find(_path(path))
    return (found.text or "").strip() if found is not None else ""


def _entry(
    *, account: str, sort_code: str, said: str, date: str, kind: str, amount: str, currency: str, words: str, reference: str = "",
    other: str = "", other_account: str = "",
) -> Mapping[str, str]:  # fmt: skip
    """Write one entry; what a bank gives no reference of its own is told by its account, day and amount."""
    day, time = _moment(date)
    plain = amount.replace(",", ".").strip()
    return {
        "transaction_id": said or "/".join(filter(None, (sort_code, account, day, plain))), "sort_code": sort_code,
        "account_number": account, "date": day, "time": time, "type": kind, "description": words, "reference": reference,
        "money_in": "" if plain.startswith("-") else plain.lstrip("+"), "money_out": plain[1:] if plain.startswith("-") else "",
        "currency": currency, "counterparty_name": other, "counterparty_account": other_account,
    }  # fmt: skip


def _moment(written: str) -> tuple[str, str]:
    """Give the day and the time of a moment as OFX (20260701221509.000[0:GMT]) and the others (2026-07-01T22:15:09) write it."""
    digits = re.match(r"\d+", written)
    if digits and len(digits[0]) >= _DIGITS:
        d = digits[0]
        clock = f"{d[8:10]}:{d[10:12]}:{d[12:14]}" if len(d) >= _CLOCK and d[8:14] != "000000" else ""
        return f"{d[:4]}-{d[4:6]}-{d[6:8]}", clock
    day, _, rest = written.partition("T")
    return day.strip(), rest[:8]


_READERS = {"ofx": _ofx, "mt940": _swift, "camt": _camt}
