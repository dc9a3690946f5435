"""Lists of people and things as analysts and forces keep them: titles, merged cells, several tables, totals, odd numbers."""

from datetime import date

from corpus.sent import Sent, book, table, text

_HEAD = "Nominal Ref | Surname | Forename | DOB | Address | Postcode | Telephone"
_ANN = "N1 | KESTRELBY | Ann | 04/03/1991 | 12 Larkmere Road, Halifax | HX1 1AA | 07700 900301"
_DOV = "N2 | MARLPIT | Dov | 17/11/1984 | 3 Orchard Row, Leeds | LS1 1AA | 07700 900302"
_FOUND = frozenset({"+447700900301", "+447700900302"})
_BOTH = table(_HEAD, _ANN, _DOV)
_NO_KEY = [row[1:] for row in _BOTH]
_MORE = table(_HEAD, "N3 | THORNWICK | Eli | 01/01/1990 | 9 Mill Lane, Ripon | HG4 1AA | 07700 900303")
_CARS = table("Record Number | Registration | Make | Colour | Registered Keeper", "V1 | AB51 ABC | Ford | Blue | Dov MARLPIT",
              "V2 | CD02 CDE | Vauxhall | Red | Ann KESTRELBY")  # fmt: skip


def _wide(rows: list[list[str]], gap: int) -> list[list[str]]:
    return [["", ""]] * gap + [["", "", *row] for row in rows]


LISTS = (
    Sent("plain.csv", text(_BOTH).encode(), "nominals", 2, finds=_FOUND, records={"person": 2}),
    Sent("with its mark.csv", b"\xef\xbb\xbf" + text(_BOTH).encode(), "nominals", 2, finds=_FOUND),
    Sent("semicolons in cp1252.csv", text([*_BOTH[:2], ["N2", "MÜLLER", "Zoë", "", "", "", "07700 900302"]], between=";").encode("cp1252"),
         "nominals", 2, finds=_FOUND, says=frozenset({"Zoë"})),
    Sent("tabs in utf-16.txt", text(_BOTH, between="\t").encode("utf-16"), "nominals", 2, finds=_FOUND),
    Sent("bars and unix ends.txt", text(_BOTH, between="|", ends="\n").encode(), "nominals", 2, finds=_FOUND),
    Sent("titles above.csv", text(_BOTH, above=("Nominal list for Op Larkmere", "Printed 01/11/2026 by 4471", "")).encode(),
         "nominals", 2, finds=_FOUND),
    Sent("totals below.csv", text([*_BOTH, ["Total", "2", "", "", "", "", ""]]).encode(), "nominals", 3, 1, _FOUND, {"person": 2}),
    Sent("plain.xlsx", book({"Sheet1": _BOTH}), "nominals", 2, finds=_FOUND, records={"person": 2}),
    Sent("begins at C4.xlsx", book({"Sheet1": _wide(_BOTH, 3)}), "nominals", 2, finds=_FOUND),
    Sent("a merged title.xlsx", book({"Nominals": [["OFFICIAL: nominals of interest"], [], *_BOTH]}, merged={"Nominals": ["A1:G1"]}),
         "nominals", 2, finds=_FOUND, records={"person": 2}),
    Sent("headers over two rows.xlsx",
         book({"List": [["Nominal Ref", "Who", "", "", "Where", "", "Telephone"], ["", "Surname", "Forename", "DOB", "Address", "Postcode", ""],
                        *_BOTH[1:]]}, merged={"List": ["B1:D1", "E1:F1", "A1:A2", "G1:G2"]}),
         "nominals", 2, finds=_FOUND, records={"person": 2}),
    Sent("a person over three rows.xlsx",
         book({"List": [["Surname", "Forename", "DOB", "Telephone"], ["KESTRELBY", "Ann", date(1991, 3, 4), "07700 900301"],
                        ["", "", "", "07700 900302"], ["", "", "", "07700 900303"]]}, merged={"List": ["A2:A4", "B2:B4", "C2:C4"]}),
         "nominal-list", 3, finds=_FOUND | {"+447700900303"}, records={"person": 3}),
    Sent("totals and a count below.xlsx", book({"List": [*_BOTH, [], ["Grand total", 2], ["Total records: 2"]]}), "nominals", 4, 2, _FOUND,
         {"person": 2}),
    Sent("two tables one below another.xlsx", book({"All": [["Nominals"], *_BOTH, [], ["Vehicles"], *_CARS]}), "nominals", 2, finds=_FOUND,
         records={"person": 2}, unread={"All, from row 7": 3}, offered=False),
    Sent("the same list by month.xlsx", book({"All": [["October"], *_BOTH, [], ["November"], *_MORE]}), "nominals", 3,
         finds=_FOUND | {"+447700900303"}, records={"person": 3}),
    Sent("a sheet a month.xlsx", book({"October": _BOTH, "November": _MORE, "Notes": [["Remember the van"]]}), "nominals", 3,
         finds=_FOUND | {"+447700900303"}, records={"person": 3}, unread={"Notes": 1}),
    Sent("a list that goes on to the right.xlsx",
         book({"List": [[*left, "", *right] for left, right in zip(_BOTH, [*_MORE, [""] * 7], strict=True)]}), "nominals", 3,
         finds=_FOUND | {"+447700900303"}, records={"person": 3}),
    Sent("numbers as figures.xlsx",
         book({"List": [["Surname", "Forename", "DOB", "Telephone"], ["KESTRELBY", "Ann", date(1991, 3, 4), 7700900301],
                        ["MARLPIT", "Dov", date(1984, 11, 17), 447700900302.0]]}), "nominal-list", 2, finds=_FOUND),
    Sent("an analyst's own list.xlsx",
         book({"Nominals": [["Op Larkmere - nominal spreadsheet - KEEP UPDATED"], [],
                            ["Ser", "Name", "DOB", "Address", "Mobile", "Phone 2", "VRM", "Role", "Associates", "Grade", "Source", "Comments"],
                            [1, "Ann KESTRELBY", "04/03/1991", "12 Larkmere Road, Halifax HX1 1AA", "07700 900301", "", "", "Possible victim",
                             "Dov MARLPIT", "2BP", "IR 42/26", "Seen with marks on her arms"],
                            [2, "Dov MARLPIT", "17/11/1984", "", "07700 900302", "07700 900304", "AB51 ABC", "Subject", "", "", "", "Drives the van"]]}),
         "nominal-list", 2, finds=_FOUND | {"+447700900304", "AB51ABC"}, records={"person": 3}),
    Sent("people as JSON lines.json", b'{"Nominal Ref":"N1","Surname":"KESTRELBY","Telephone":"07700 900301"}\n'
         b'{"Nominal Ref":"N2","Surname":"MARLPIT","Telephone":"07700 900302","DOB":null}\n', "nominals", 2, finds=_FOUND, offered=False),
    Sent("people without a key.xlsx", book({"Sheet1": _NO_KEY}), "nominal-list", 2, finds=_FOUND, records={"person": 2}),
)  # fmt: skip
