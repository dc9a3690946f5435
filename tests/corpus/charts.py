"""Charts that analysts send: i2's chart XML as Analyst's Notebook and as other programs write it, tables of links."""

from corpus.sent import Sent, table, text
from unit.parsers.charts_made import Bond, Item, chart

_DRAWN = chart(
    [Item("1", "Person", "MARLPIT, Dov", attributes={"Date of Birth": "1984-11-17T00:00:00.000", "Grade": "2CP"}),
     Item("2", "Mobile", "07700 900302", cards=("Held at arrest",)), Item("3", "Car", "AB51 ABC"),
     Item("4", "Male", "Unknown male", drawn="Theme"), Item("5", "Event", "Meeting", drawn="Event", at="2026-07-01T22:00:00.000")],
    [Bond("1", "2", "uses"), Bond("1", "3", "drives", strength="Unconfirmed"), Bond("4", "1", "seen with", strength="Tentative"),
     Bond("1", "5", "was there"), Bond("1", "99", "of another page")],
)  # fmt: skip
_PLAIN = (
    '<Chart><EntityTypeCollection><EntityType Name="Person"/></EntityTypeCollection><ChartItemCollection>'
    '<ChartItem Label="Ann KESTRELBY"><End><Entity EntityId="a"><Icon><IconStyle Type="Person"/></Icon></Entity></End></ChartItem>'
    '<ChartItem Label="Dov MARLPIT"><End><Entity EntityId="b"><Icon><IconStyle Type="Person"/></Icon></Entity></End></ChartItem>'
    '<ChartItem Label="landlord"><Link End1Id="b" End2Id="a"><LinkStyle Type="Link" Strength="Confirmed"/></Link></ChartItem>'
    "</ChartItemCollection></Chart>"
)
_LINKS = table("Entity 1 Type | Entity 1 | Relationship | Entity 2 Type | Entity 2 | Date | Source Ref",
               "Person | Dov MARLPIT | uses | Phone | 07700 900302 | 01/07/2026 | log 4", "Person | Dov MARLPIT | keeper of | Vehicle | AB51 ABC | | log 5")  # fmt: skip
_FINDS = frozenset({"+447700900302", "AB51ABC"})

CHARTS = (
    Sent("operation chart.anx", _DRAWN.encode(), "chart", 1 + 5 + 5, 1, _FINDS, {"person": 1, "object": 2, "event": 1, "link": 4}),
    Sent("operation chart wide.anx", _DRAWN.replace('"UTF-8"', '"UTF-16"').encode("utf-16"), "chart", 1 + 5 + 5, 1, _FINDS),
    Sent("another program's chart.anx", _PLAIN.encode(), "chart", 1 + 2 + 1, records={"person": 2, "link": 1}),
    Sent("links between entities.csv", text(_LINKS).encode(), "chart", 1 + 3 + 2, finds=_FINDS, records={"person": 1, "link": 2}),
    Sent("links with a marking above.csv", text(_LINKS, between=";", above=("OFFICIAL-SENSITIVE",)).encode("cp1252"), "chart", 1 + 3 + 2,
         finds=_FINDS),
)  # fmt: skip
