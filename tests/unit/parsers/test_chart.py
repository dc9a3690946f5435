"""Analysts' charts: what is drawn comes in graded low, told as charted, with nothing lost; hostile ones are refused."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toex.intake import RefusedFileError, load_mapping, profile
from toex.parsers import chart as reader
from toex.publishing import Heading, PlacedEntity, PlacedLink, render_anx, render_i2_tables
from unit.intake.conftest import Outcome, delivery
from unit.parsers.charts_made import Bond, Item, chart

Load = Callable[..., Outcome]
CHART = load_mapping("chart")
AT = datetime(2026, 7, 3, 9, 30, tzinfo=UTC)
ITEMS = [
    Item("1", "Person", "VALDANE, Ana", attributes={"Date of Birth": "1988-03-04T00:00:00.000", "Grade": "2BP", "Role": "runs it"}),
    Item("2", "Male", "Ben HOXLEY", drawn="Theme", cards=("Seen on 1 May",), grade=(2, 4, 1)),
    Item("3", "Mobile", "07700 900001", source="log 17"),
    Item("4", "Car", "AB12 CDE\nFord Focus"),
    Item("5", "Business", "Acme Lettings Ltd"),
    Item("6", "Bank Account", "99-12-21 12000345"),
    Item("7", "Location", "1 High Street, Leeds"),
    Item("8", "Event", "Meeting at the cafe", drawn="Event", at="2026-05-02T14:00:00.000"),
    Item("9", "Cloud", "Money from somewhere", attributes={"Type": "rumour"}),
    Item("10", "Male", "Unknown male"),
    Item("11", "Mobile", "Ana's second phone"),
    Item("12", "Person", ""),
]  # fmt: skip
BONDS = [
    Bond("1", "3", "uses", strength="Tentative", at="2026-05-01"),
    Bond("3", "1", "texts", arrow="ArrowOnTail"),
    Bond("1", "2", "runs with", strength="Unconfirmed", at="2026-05-02T14:00:00.000"),
    Bond("4", "7", "parked at"), Bond("5", "6", "", type="Holds"), Bond("9", "10", "gave"), Bond("11", "1", "second"),
    Bond("2", "8", "was there"),
    Bond("1", "3", "uses", strength="Tentative", at="2026-05-01"),  # the same line drawn twice
]  # fmt: skip


def links(done: Outcome) -> list[tuple[str, str, str]]:
    """Give the links of a reading by the labels of their ends and the words."""
    of: dict[object, str] = {}
    for table, column in (("person", "name"), ("object", "raw"), ("place", "place_name"), ("organisation", "name"),
                          ("event", "summary"), ("text", "title")):  # fmt: skip
        of |= {row["record_id"]: str(row[column] or row.get("alias") or row.get("text")) for row in done.rows(table)}
    return [(of[row["from_id"]], of[row["to_id"]], str(row["note"])) for row in done.rows("link")]


@pytest.mark.parametrize("late", [False, True], ids=["declared before", "declared behind"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_chart_gives_people_things_and_charted_links_and_nothing_is_lost(load: Load, late: bool, coding: str) -> None:
    made = chart(ITEMS, BONDS, late=late).replace('"UTF-8"', f'"{coding.removesuffix("-sig")}"').encode(coding)
    done = load(made, mapping=CHART, name="drawn.anx")
    assert done.sheet.conserved
    assert done.sheet.format == "i2 chart"
    assert (done.sheet.rows_in, done.sheet.rows_set_aside) == (1 + len(ITEMS) + len(BONDS), 0)
    people = {row["name"]: row for row in done.rows("person")}
    assert set(people) == {"VALDANE, Ana", "Ben HOXLEY"}
    assert people["VALDANE, Ana"]["dob"] == date(1988, 3, 4)
    assert people["Ben HOXLEY"]["sex"] == "1"  # as the PNC codes it
    objects = {(row["kind"], row["value"]) for row in done.rows("object")}
    assert objects == {("phone", "+447700900001"), ("vehicle", "AB12CDE"), ("account", "99-12-21 12000345")}
    assert [row["name"] for row in done.rows("organisation")] == ["Acme Lettings Ltd"]
    assert [row["place_name"] for row in done.rows("place")] == ["1 High Street, Leeds"]
    assert [row["start"] for row in done.rows("event")] == [datetime(2026, 5, 2, 13, tzinfo=UTC)]
    kept = {str(row["title"]) for row in done.rows("text")}
    assert kept == {"The line", "Money from somewhere", "Unknown male", "Ana's second phone", "None"}
    assert len(done.rows("link")) == len(BONDS)
    assert len({row["record_id"] for row in done.rows("link")}) == len(BONDS)
    assert {row["kind"] for row in done.rows("link")} == {"charted"}
    told = links(done)
    assert told.count(("VALDANE, Ana", "07700 900001", "uses, drawn as tentative")) == 2
    assert ("VALDANE, Ana", "07700 900001", "texts, drawn as confirmed, an arrow to 07700 900001") in told
    assert ("VALDANE, Ana", "Ben HOXLEY", "runs with, drawn as unconfirmed") in told
    assert ("Acme Lettings Ltd", "99-12-21 12000345", "Holds, drawn as confirmed") in told


def test_what_is_drawn_is_an_assessment_and_untested_unless_it_bears_a_grade(load: Load) -> None:
    done = load(chart(ITEMS, BONDS), mapping=CHART, name="drawn.anx")
    rows = [row for table in ("person", "object", "link", "text", "place") for row in done.rows(table)]
    assert {row["basis"] for row in rows} == {"assessment"}
    graded = {
        row["name"]: (row["source_grade"], row["info_grade"], row["grade_as_given"]) for row in done.rows("person")
    }
    assert graded == {"VALDANE, Ana": ("2", "B", "2BP"), "Ben HOXLEY": ("1", "D", "B41")}
    drawn = [(row["source_grade"], row["info_grade"], row["grade_as_given"]) for row in done.rows("link")]
    assert set(drawn) == {("2", "D", None)}, "nobody gave that grade, and the record says so"
    [whole] = [row for row in done.rows("text") if row["kind"] == "chart"]
    assert (whole["source_grade"], whole["info_grade"], whole["grade_as_given"]) == ("2", "D", None)


def test_attributes_and_cards_are_kept_whoever_reads_them(load: Load) -> None:
    done = load(chart(ITEMS, BONDS), mapping=CHART, name="drawn.anx")
    ana, ben = done.rows("person")
    assert "Role: runs it" in str(ana["note"])
    assert "Seen on 1 May" in str(ben["note"])
    [cloud] = [row for row in done.rows("text") if row["title"] == "Money from somewhere"]
    assert "Type: rumour" in str(cloud["text"])
    assert "Cloud" in str(cloud["text"])


def test_a_chart_saved_anew_says_the_same_of_the_same_and_another_chart_of_its_own(load: Load) -> None:
    first = load(chart(ITEMS, BONDS), mapping=CHART, name="a.anx")
    again = load(chart([*ITEMS, Item("13", "Person", "Cat Lowe")], BONDS), mapping=CHART, name="b.anx")
    other = load(chart(ITEMS, BONDS, created="2026-05-09T09:00:00.000"), mapping=CHART, name="c.anx")
    ids = [
        {row["record_id"] for t in done.tables if t != "identifier" for row in done.rows(t)}
        for done in (first, again, other)
    ]
    assert ids[0] < ids[1]
    assert not ids[0] & ids[2]


def test_links_whose_end_is_missing_or_named_twice_are_set_aside_with_that_reason(load: Load) -> None:
    twice = [*ITEMS[:3], Item("3", "Mobile", "07700 900009")]
    done = load(chart(twice, [*BONDS[:3], Bond("1", "77", "knows")]), mapping=CHART, name="drawn.anx")
    assert done.sheet.conserved
    assert [row["note"] for row in done.rows("link")] == ["runs with, drawn as unconfirmed"]
    reasons = [reason for reason, number in done.sheet.reasons.items() for _ in range(number)]
    assert len(reasons) == 3
    assert all("end of the link is none that the chart holds" in reason for reason in reasons)
    assert {row["value"] for row in done.rows("object")} == {"+447700900001", "+447700900009"}, "both are kept"


@pytest.mark.parametrize(
    "said",
    [
        {"marking": "SECRET"},
        {"marking": "UK TOP SECRET"},
        {"marking": "", "title": "SECRET - Op X"},
        {"marking": "Secret"},
    ],
    ids=str,
)
def test_a_chart_marked_secret_is_refused_whole(load: Load, said: dict[str, str]) -> None:
    with pytest.raises(RefusedFileError, match="SECRET"):
        load(chart(ITEMS, **said), mapping=CHART, name="drawn.anx")


def test_a_chart_of_suspicious_activity_reports_is_refused_whole(load: Load) -> None:
    with pytest.raises(RefusedFileError, match="suspicious-activity"):
        load(chart(ITEMS, title="SARs of the line"), mapping=CHART, name="drawn.anx")


def test_a_chart_s_marking_raises_the_records_above_their_dataset(load: Load) -> None:
    done = load(chart(ITEMS, BONDS, marking="OFFICIAL-SENSITIVE"), mapping=CHART, name="a.anx", marking="OFFICIAL")
    assert {row["marking"] for t in done.tables for row in done.rows(t)} == {1}


def test_the_live_look_gives_what_the_import_gives(load: Load, tmp_path: Path) -> None:
    done = load(chart(ITEMS, BONDS), mapping=CHART, name="drawn.anx")
    seen = profile(tmp_path / "drawn.anx", delivery=delivery())
    assert seen.mapping == "chart"
    for table in ("person", "object", "link", "text"):
        looked = [row for batches in seen.records if table in batches for row in batches[table].to_pylist()]
        assert sorted(looked, key=str) == sorted(done.rows(table), key=str), table


# --- our own charts, out and in again ---

DRAWN = [
    PlacedEntity("PAAAA", "person", 'VALDANE, Ana "A" & <co>', 100, -40, "2BP", ("victim", "suspect"), ("WYP",), "PAAAA"),
    PlacedEntity("PBBBB", "person", "child, PBBBB", child=True, ref="PBBBB", categories=("victim",)),
    PlacedEntity("phone:1", "phone", "07700 900001"), PlacedEntity("vehicle:1", "vehicle", "AB12CDE"),
    PlacedEntity("place:1", "place", "1 High Street, Leeds"), PlacedEntity("org:1", "organisation", "Acme Lettings Ltd"),
    PlacedEntity("account:1", "account", "99-12-21 12000345"), PlacedEntity("device:1", "device", "490154203237518"),
    PlacedEntity("email:1", "email", "a@example.org"), PlacedEntity("user:1", "username", "ana88"),
    PlacedEntity("event:1", "event", "Crime 02/05/2026", at=AT),
    PlacedEntity("drawn:1", "other", "The lock-up", grade="3DC", confirmed=False),
]  # fmt: skip
LINES = [
    PlacedLink("PAAAA", "phone:1", "gave this number", "2BP"), PlacedLink("PAAAA", "PBBBB", "may be one person", confirmed=False),
    PlacedLink("PAAAA", "drawn:1", "keeps", confirmed=False), PlacedLink("vehicle:1", "place:1", "parked at"),
    PlacedLink("PAAAA", "event:1", "suspect", first=AT, last=AT),
]  # fmt: skip
OURS = {
    "anx": render_anx(DRAWN, LINES, title="The line", marking="OFFICIAL-SENSITIVE", at=AT),
    "i2.zip": render_i2_tables(DRAWN, LINES, Heading("The line", "OFFICIAL-SENSITIVE", AT)),
    "csv": zipfile.ZipFile(
        io.BytesIO(render_i2_tables(DRAWN, [*LINES, *(PlacedLink("PAAAA", e.id, "x") for e in DRAWN[4:])],
                                    Heading("The line", "OFFICIAL-SENSITIVE", AT)))
    ).read("links.csv"),
}  # fmt: skip


@pytest.mark.parametrize("form", OURS)
def test_our_own_chart_comes_back_with_the_same_entities_and_links(load: Load, form: str) -> None:
    done = load(OURS[form], mapping=CHART, name=f"chart.{form}")
    assert done.sheet.conserved
    assert done.sheet.rows_set_aside == 0
    kinds = [(str(row["kind"]), str(row["raw"])) for row in done.rows("object")]
    kinds += [("person", str(row["name"] or row["alias"])) for row in done.rows("person")]
    kinds += [("place", str(row["place_name"])) for row in done.rows("place")]
    kinds += [("organisation", str(row["name"])) for row in done.rows("organisation")]
    kinds += [("event", str(row["summary"]).partition(",")[0]) for row in done.rows("event")]
    kinds += [("other", str(row["title"])) for row in done.rows("text") if row["kind"] == "charted"]
    wanted = [(one.kind, one.label) for one in DRAWN]
    assert sorted(k for k in kinds if k[0] != "person") == sorted(w for w in wanted if w[0] != "person")
    assert len([k for k in kinds if k[0] == "person"]) == 2
    assert ("person", "child, PBBBB") in kinds
    assert [row["name"] for row in done.rows("person") if row["alias"] == "child, PBBBB"] == [None], (
        "a reference is no name"
    )
    said = {note.partition(", drawn as")[0]: note for *_, note in links(done)}
    assert set(said) >= {link.label for link in LINES}
    assert "drawn as unconfirmed" in said["may be one person"]
    assert "drawn as confirmed" in said["gave this number"]
    assert {row["marking"] for row in done.rows("person")} == {1}
    subject = {"child" in str(row["alias"]): row["subject"] for row in done.rows("person")}
    if form != "csv":  # a row of links says nothing of whom it is
        assert subject == {False: 1 + 4, True: 4}


class Sent:
    """What a reader would send, kept."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, str]]] = {}
        self.heads: dict[str, tuple[str, ...]] = {}

    def begin(self, table: str, headers: Any) -> None:
        self.heads.setdefault(table, tuple(headers))
        self.rows.setdefault(table, [])

    def record(self, table: str, values: Any) -> None:
        assert set(values) <= set(self.heads[table]) | {"x"}, "a value without a column"
        self.rows[table].append(dict(values))


def sent(path: Path, content: bytes) -> Sent:
    path.write_bytes(content)
    out: Any = Sent()
    reader.read(path, out, cap=1 << 30)
    assert isinstance(out, Sent)
    return out


WORDS = st.text(max_size=20)


@settings(max_examples=80, deadline=None)
@given(
    things=st.lists(
        st.tuples(st.sampled_from(["person", "phone", "place", "event", "spaceship"]), WORDS, WORDS), max_size=6
    ),
    data=st.data(),
)
def test_any_drawing_written_as_a_chart_is_read_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, things: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    from toex.publishing.wording import clean

    drawn = [PlacedEntity(f"t{n}", kind, label, grade=grade) for n, (kind, label, grade) in enumerate(things)]
    ends = st.sampled_from([one.id for one in drawn]) if drawn else st.nothing()
    lines = (
        data.draw(st.lists(st.builds(PlacedLink, ends, ends, WORDS, WORDS, st.booleans()), max_size=6)) if drawn else []
    )
    content = render_anx(drawn, lines, title=data.draw(WORDS), marking="OFFICIAL", at=AT)
    out = sent(tmp_path_factory.mktemp("drawn") / "a.anx", content)
    read = [(row["Label"], row.get("Grade", "")) for row in out.rows["Entities"]]
    assert read == [(clean(one.label), clean(one.grade)) for one in drawn]
    label = {one.id: (f"E{n}", clean(one.label)) for n, one in enumerate(drawn, start=1)}
    back = [
        ((row["End 1 id"], row["End 1 label"]), (row["End 2 id"], row["End 2 label"]), row["Label"], row["Strength"])
        for row in out.rows["Links"]
    ]
    assert back == [
        (label[x.a], label[x.b], clean(x.label), "Confirmed" if x.confirmed else "Unconfirmed") for x in lines
    ]
    assert len({row["Link id"] for row in out.rows["Links"]}) == len(lines)


# --- tables of links ---


@pytest.mark.parametrize(
    "text",
    [
        "End1 Type,End1 Label,Link Label,End2 Type,End2 Label,Date\nPerson,Ana VALDANE,uses,Phone,07700 900001,02/05/2026\n",
        "Entity 1;Entity 1 Type;Relationship;Entity 2;Entity 2 Type;Date\nAna VALDANE;Person;uses;07700 900001;Mobile;02/05/2026\n",
        "OFFICIAL-SENSITIVE,,,,,\nend1_label,end1_type,link_label,end2_label,end2_type,date\n"
        "Ana VALDANE,Person,uses,07700 900001,Phone,02/05/2026\n",
        "end1_type\tend1_id\tend1_label\tlink_label\tend2_type\tend2_id\tend2_label\tdate\n"
        "Person\tP1\tAna VALDANE\tuses\tPhone\tT1\t07700 900001\t02/05/2026\n",
    ],
    ids=["commas", "semicolons", "a marking above", "tabs"],
)
@pytest.mark.parametrize("coding", ["utf-8", "utf-16", "cp1252"])
def test_a_table_of_links_between_two_ends_is_a_chart(load: Load, text: str, coding: str) -> None:
    done = load(text.encode(coding), mapping=load_mapping("chart-links"), name="links.csv")
    assert done.sheet.conserved
    assert [row["name"] for row in done.rows("person")] == ["Ana VALDANE"]
    assert links(done) == [("Ana VALDANE", "07700 900001", "uses")]
    [link] = done.rows("link")
    assert link["start"] == datetime(2026, 5, 1, 23, tzinfo=UTC)


def test_an_end_named_in_many_rows_is_one_record_with_what_each_says_of_it(load: Load) -> None:
    rows = "".join(f"Person,P1,Ana VALDANE,1988-03-04,rang,Phone,T{n},07700 90000{n},note {n}\n" for n in range(5))
    text = "end1_type,end1_id,end1_label,end1_attr_DOB,link_label,end2_type,end2_id,end2_label,description\n" + rows
    done = load(text, mapping=CHART, name="links.csv")
    [ana] = done.rows("person")
    assert ana["dob"] == date(1988, 3, 4)
    assert [len(done.rows(table)) for table in ("object", "link")] == [5, 5]


def test_a_row_without_an_end_is_set_aside_and_a_secret_one_too(load: Load) -> None:
    text = (
        "end1_type,end1_label,link_label,end2_type,end2_label,marking\nPerson,Ana VALDANE,uses,,,OFFICIAL\n"
        "Person,Ana VALDANE,uses,Phone,07700 900001,OFFICIAL\nPerson,Ben HOXLEY,uses,Phone,07700 900002,SECRET\n"
    )
    done = load(text, mapping=CHART, name="links.csv")
    assert done.sheet.conserved
    assert len(done.rows("link")) == 1
    assert {row["name"] for row in done.rows("person")} == {"Ana VALDANE"}
    assert any("SECRET" in reason for reason in done.sheet.reasons)


def test_an_ordinary_table_is_no_chart(load: Load, people: Any) -> None:
    done = load("Ref,Name,DOB,Note,Phone\nP1,Ann WALSH,04/03/1988,end1 and end2,\n", mapping=people)
    assert done.sheet.format == "Text in columns"
