"""Statements, payrolls and accounts."""

from corpus.sent import Sent, book, table, text
from unit.parsers.test_statements import CAMT, MT940, OFX

_IN_OUT = table(
    "Transaction Date | Transaction Type | Narrative | Money Out | Money In | Balance | Sort Code | Account Number",
    "01/07/2026 | POS | SHOP LONDON | 50.00 | | 950.00 | 99-12-21 | 12000345",
    "02/07/2026 | FPI | FROM A SMITH | | 200.50 | 1,150.50 | 99-12-21 | 12000345",
)
_SIGNED = table(
    "Date | Description | Amount | Balance | Sort Code | Account Number",
    "01/07/2026 | SHOP LONDON | -50.00 | 950.00 | 99-12-21 | 12000345",
    "02/07/2026 | FROM A SMITH | 200.50 | 1150.50 | 99-12-21 | 12000345",
)
_ACCOUNT = frozenset({"99-12-21 12000345"})

MONEY = (
    Sent("money in and out.csv", text(_IN_OUT).encode(), "bank-statement", 2, finds=_ACCOUNT, records={"event": 2}),
    Sent("a signed amount.csv", text(_SIGNED).encode(), "bank-statement", 2, finds=_ACCOUNT, records={"event": 2}),
    Sent("with opening lines and totals.xlsx", book({"Statement": [["Account of a fictional holder"], ["Sort code 99-12-21"], [], *_IN_OUT, ["Total", "", "", 50.0, 200.5]]}),
         "bank-statement", 3, 1, _ACCOUNT, {"event": 2}),
    Sent("statement.ofx", OFX.encode(), "bank-transactions", 2, finds=_ACCOUNT, records={"event": 2}),
    Sent("statement.sta", MT940.encode(), "bank-transactions", 2, finds=_ACCOUNT, records={"event": 2}),
    Sent("statement.xml", CAMT.encode(), "bank-transactions", 2, finds=_ACCOUNT, records={"event": 2}),
    Sent("holders.csv", text(table("Account Reference | Sort Code | Account Number | Account Holder | holder_dob | Telephone | Date Opened",
         "A1 | 99-12-21 | 12000345 | Dov MARLPIT | 17/11/1984 | 07700 900302 | 01/02/2020")).encode(), "bank-accounts", 1,
         finds=_ACCOUNT | {"+447700900302"}),
    Sent("payroll.xlsx", book({"Wk 31": table("Employee No | Surname | First Name | DOB | NI Number | Job | Site | Sort Code | Account Number | Mobile",
         "77 | KESTRELBY | Ann | 04/03/1991 | QQ123456C | Picker | Field 4 | 99-12-21 | 12000345 | 07700 900301")}), "payroll", 1,
         finds=_ACCOUNT | {"+447700900301"}),
)  # fmt: skip
