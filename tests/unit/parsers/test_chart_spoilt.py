"""Analysts' charts that are spoilt or made to harm: read or given up, and nothing else taken with them."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.harness import read_any
from toex.intake import IntakeError, RefusedFileError, UnreadableFileError
from toex.parsers import chart_names, charted
from toex.parsers.refusals import GivenUpError, Why
from unit.intake.conftest import Outcome
from unit.parsers.charts_made import chart
from unit.parsers.test_chart import BONDS, CHART, ITEMS, OURS, sent

Load = Callable[..., Outcome]


BOMB = '<!DOCTYPE Chart [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
PLAIN = chart(ITEMS[:3], BONDS[:2])


def with_head(head: str, label: str = "VALDANE, Ana") -> bytes:
    return PLAIN.replace("<!-- made by a test -->", head).replace("VALDANE, Ana", label).encode()


HOSTILE: dict[str, bytes] = {
    "entities that multiply": with_head(BOMB, "&j;"),
    "entities declared and not used": with_head(BOMB),
    "a file fetched": with_head('<!DOCTYPE Chart [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "&x;"),
    "a type fetched": with_head('<!DOCTYPE Chart SYSTEM "http://127.0.0.1:9/chart.dtd">'),
    "cut short": PLAIN[:-40].encode(),
    "cut within a letter": PLAIN.replace("Ana", "Ána").encode()[:1200],
    "declared as what it is not": PLAIN.replace("Ana", "Ána").encode("latin-1"),
    "half of a wide letter": PLAIN.replace('"UTF-8"', '"UTF-16"').encode("utf-16")[:-3],
    "no items": b"<Chart><Other/></Chart>",
    "another Chart": b'<?xml version="1.0"?><Chart type="bar"><series/></Chart>',
    "nested too deep": b"<Chart><ChartItemCollection>" + b"<ChartItem>" * 5_000 + b"</ChartItem>" * 5_000
    + b"</ChartItemCollection></Chart>",
    "NUL": with_head("", "a\0b"),
    "an attribute given twice": PLAIN.replace('Rigorous="true"', 'Rigorous="true" Rigorous="false"').encode(),
    "links.csv that is none": struct.pack("<I", 0x04034B50) + b"links.csv" * 9,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_chart_is_refused_in_words(load: Load, name: str) -> None:
    with pytest.raises(IntakeError) as caught:
        load(HOSTILE[name], mapping=CHART, name="drawn.anx")
    assert isinstance(caught.value, RefusedFileError | UnreadableFileError)
    assert "hostname" not in str(caught.value)


def test_a_chart_of_more_than_a_million_items_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart_names, "MOST", 10)
    assert charted.MOST == 1_000_000
    with pytest.raises(GivenUpError) as caught:
        sent(tmp_path / "a.anx", chart(ITEMS).encode())
    assert caught.value.why is Why.TOO_BIG


@settings(max_examples=150, deadline=None)
@given(
    kept=st.sampled_from([PLAIN.encode(), OURS["anx"], OURS["csv"], OURS["i2.zip"]]),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.binary(max_size=12)), min_size=1, max_size=4),
)
def test_a_chart_spoilt_anywhere_is_read_or_given_up(
    tmp_path_factory: pytest.TempPathFactory, kept: bytes, cuts: list[tuple[float, int, bytes]]
) -> None:
    for at, gone, put in cuts:
        place = int(at * len(kept))
        kept = kept[:place] + put + kept[place + gone :]
    assert read_any(kept, tmp_path_factory.mktemp("spoilt")) in {0, *Why}


ODD: dict[str, str] = {
    "no type, no label, no id": "<ChartItem><End/></ChartItem>",
    "a note on the canvas": "<ChartItem Label='Read this'><TextBlock><TextBlockStyle/></TextBlock></ChartItem>",
    "a link of nothing": "<ChartItem Label='x'><Link/></ChartItem>",
    "a link to itself": "<ChartItem Label='x'><Link End1Id='1' End2Id='1'/></ChartItem>",
    "an attribute without a class": "<ChartItem Label='y'><End/><AttributeCollection><Attribute Value='v'/></AttributeCollection>"
    "</ChartItem>",
    "a grade far out": "<ChartItem Label='y' GradeOneIndex='99999999999999999999'><End/></ChartItem>",
    "a date that is none": "<ChartItem Label='y' DateSet='true' DateTime='soon'><End/></ChartItem>",
    "an attribute called as a column": "<ChartItem Label='y'><End/><AttributeCollection>"
    "<Attribute AttributeClass='Label' Value='v'/><Attribute AttributeClass='label ' Value='w'/></AttributeCollection></ChartItem>",
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_an_odd_item_takes_nothing_else_with_it(load: Load, name: str) -> None:
    done = load(chart(ITEMS[:3], BONDS[:2], extra=ODD[name]), mapping=CHART, name="drawn.anx")
    assert done.sheet.conserved
    assert done.sheet.rows_in == 1 + 3 + 2 + 1
    assert (len(done.rows("person")), len(done.rows("link"))) == (2, 2)
    assert done.sheet.rows_set_aside == ("link" in name)
