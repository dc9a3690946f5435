"""The same two entries in three banks' formats and as a table: the same events, the same accounts."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from toex.intake import IntakeError, load_mapping
from unit.intake.conftest import Outcome

Load = Callable[..., Outcome]
OFX = """OFXHEADER:100
DATA:OFXSGML

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP
<BANKACCTFROM><BANKID>991221<ACCTID>12000345<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST>
<STMTTRN><TRNTYPE>POS<DTPOSTED>20260701120000<TRNAMT>-50.00<FITID>B1<NAME>SHOP LTD<MEMO>SHOP LONDON</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260702<TRNAMT>200.50<FITID>B2<MEMO>FROM A SMITH</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
MT940 = """:20:STARTUMS
:25:991221/12000345
:28C:1/1
:60F:C260630GBP1000,00
:61:2607010701D50,00NMSCREF1//B1
:86:SHOP LONDON
:61:2607020702C200,50NTRFNONREF//B2
:86:FROM A SMITH
:62F:C260702GBP1150,50
-
"""
CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
<Acct><Id><Othr><Id>12000345</Id></Othr></Id>
<Svcr><FinInstnId><ClrSysMmbId><MmbId>991221</MmbId></ClrSysMmbId></FinInstnId></Svcr></Acct>
<Ntry><Amt Ccy="GBP">50.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-07-01</Dt></BookgDt>
<AcctSvcrRef>B1</AcctSvcrRef>
<NtryDtls><TxDtls><RltdPties><Cdtr><Nm>SHOP LTD</Nm></Cdtr></RltdPties>
<RmtInf><Ustrd>SHOP LONDON</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="GBP">200.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-07-02</Dt></BookgDt>
<AcctSvcrRef>B2</AcctSvcrRef>
<AddtlNtryInf>FROM A SMITH</AddtlNtryInf></Ntry></Stmt></BkToCstmrStmt></Document>
"""
TABLE = (
    "transaction_id,sort_code,account_number,date,description,money_in,money_out\n"
    "B1,991221,12000345,2026-07-01,SHOP LONDON,,50.00\nB2,991221,12000345,2026-07-02,FROM A SMITH,200.50,\n"
)


def told(done: Outcome) -> list[tuple[object, ...]]:
    names = ("source_key", "direction", "amount", "currency", "summary")
    return [tuple(row[name] for name in names) for row in done.rows("event")]


@pytest.mark.parametrize("data", [OFX, MT940, CAMT], ids=["OFX", "MT940", "CAMT.053"])
def test_a_bank_s_own_format_gives_what_its_table_gives(load: Load, data: str) -> None:
    mapping = load_mapping("bank-transactions")
    done, plain = load(data, mapping=mapping, name="statement"), load(TABLE, mapping=mapping, name="table.csv")
    assert told(done) == told(plain)
    days = [r["start"].astimezone(ZoneInfo("Europe/London")).date().isoformat() for r in done.rows("event")]  # type: ignore[attr-defined]
    assert days == ["2026-07-01", "2026-07-02"]
    accounts = [
        sorted(str(r["value"]) for r in one.rows("identifier") if r["kind"] == "account") for one in (done, plain)
    ]
    assert accounts[0] == accounts[1]
    assert done.sheet.conserved


def test_entries_without_a_reference_of_their_own_are_all_kept(load: Load) -> None:
    bare = MT940.replace("//B1", "").replace("//B2", "").replace("C200,50", "D50,00").replace("260702", "260701")
    done = load(bare, mapping=load_mapping("bank-transactions"), name="statement")
    assert len(done.rows("event")) == 2
    assert len({row["source_key"] for row in done.rows("event")}) == 2


@pytest.mark.parametrize(
    "data",
    [OFX.replace("</STMTTRN>\n</BANK", "\n</BANK"), MT940.replace(":61:2607020702C200,50", ":61:2607020702X200,50")],
    ids=["an entry that does not end", "an entry that cannot be read"],
)
def test_a_statement_of_which_an_entry_would_be_lost_is_refused(load: Load, data: str) -> None:
    with pytest.raises(IntakeError, match="not a sound one"):
        load(data, mapping=load_mapping("bank-transactions"), name="statement")


def test_an_entry_of_several_parts_without_amounts_of_their_own_keeps_the_amount_of_the_whole(load: Load) -> None:
    part = "<TxDtls><RmtInf><Ustrd>SHOP LONDON</Ustrd></RmtInf></TxDtls>"
    several = CAMT.replace("</TxDtls></NtryDtls>", f"</TxDtls>{part}</NtryDtls>")
    done = load(several, mapping=load_mapping("bank-transactions"), name="statement")
    assert [float(str(row["amount"])) for row in done.rows("event")] == [50.0, 200.5]
