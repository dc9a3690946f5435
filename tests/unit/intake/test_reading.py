"""What rows become: records, links, identifiers, provenance and access."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from toex.intake import MappingError, load_mapping, parse_mapping, profile, read, ready_mappings
from toex.intake.dialect import plain
from toex.pole import SCHEMAS, record_id, row_key

from .bad_files import CORPUS, GOOD, HEADER, MAPPING, row
from .conftest import Outcome, delivery, drained

Load = Callable[..., Outcome]

INTELLIGENCE = (
    "URN,REPORT DATE,TITLE,GSC,ITEM,GRADE,HANDLING CONDITIONS,ITEM TEXT,BASIS,EVENT FROM,SUBJECT NAME,SUBJECT DOB,"
    "SUBJECT REF,SUBJECT ROLE,SUBJECT 2 NAME,SUBJECT 2 ROLE,TELEPHONE,VRM,LOCATION,POSTCODE,SANITISED,LINKED URN\n"
)


def test_a_person_is_cleaned_and_keeps_what_was_given(load: Load) -> None:
    done = load(HEADER + GOOD)
    first = done.rows("person")[0]
    assert (first["name"], first["forename"]) == ("Arben HOXHA", "Arben")
    assert (first["forename_key"], first["surname_key"]) == ("ARBEN", "HOXHA")
    assert (first["dob"], first["dob_precision"], first["phone"]) == (date(1994, 7, 21), "day", "+447700900123")


def test_a_record_says_where_it_comes_from(load: Load) -> None:
    done = load(HEADER + GOOD)
    first = done.rows("person")[0]
    assert first["record_id"] == record_id("wyp-people", "R1", "person")
    assert (first["source_key"], first["part"], first["row"], first["supplier"]) == ("R1", "person", 2, "13")
    assert first["receipt"] == sha256((HEADER + GOOD).encode()).hexdigest()
    assert len(str(first["digest"])) == 16


def test_every_batch_has_the_schema_of_its_table(load: Load) -> None:
    done = load(HEADER + GOOD + "R9\n")
    assert set(done.tables) == {"person", "object", "link", "identifier", "set_aside"}
    assert all(rows.schema == SCHEMAS[table] for table, rows in done.tables.items())


def test_what_belongs_to_a_person_is_linked_to_it(load: Load) -> None:
    (link,) = load(HEADER + GOOD).rows("link")
    assert link["from_id"] == record_id("wyp-people", "R1", "person")
    assert link["to_id"] == record_id("wyp-people", "R1", "phone")
    assert (link["kind"], link["from_table"], link["to_table"]) == ("holder", "person", "object")
    assert link["other_domain"] == "wyp-people"


def test_identifiers_are_stated_by_the_person_and_by_the_object(load: Load) -> None:
    found = {(i["table"], i["kind"], i["value"], i["role"]) for i in load(HEADER + GOOD).rows("identifier")}
    assert found == {("person", "phone", "+447700900123", "holder"), ("object", "phone", "+447700900123", "holder")}


def test_reading_a_file_again_gives_the_same_batches(load: Load) -> None:
    data = HEADER + GOOD + ",Ann,,,,\n,Ann,,,,\nR9\n"
    first, second = load(data), load(data)
    assert first.tables.keys() == second.tables.keys()
    assert all(first.tables[table].equals(second.tables[table]) for table in first.tables)


def test_worker_processes_change_nothing(load: Load) -> None:
    data = HEADER + "".join(row(n % 1000, "x").replace("R", f"R{n}-", 1) for n in range(60_000)) + "R9\n"
    alone, helped = load(data), load(data, workers=2)
    assert alone.sheet.as_dict() == helped.sheet.as_dict()
    assert all(alone.tables[table].equals(helped.tables[table]) for table in alone.tables)


def test_rows_without_a_key_are_told_apart_by_their_repeats(load: Load) -> None:
    done = load("Ref,Name,DOB,Phone,Marking,Note\n,Ann,,,,\n,Ann,,,,\n")
    cells = "\x1f".join(("", "Ann", "", "", "", ""))
    assert [r["source_key"] for r in done.rows("person")] == [row_key((cells,), 1), row_key((cells,), 2)]
    assert done.sheet.rows_without_key == 2


def test_the_last_row_of_a_key_stands(load: Load) -> None:
    done = load(HEADER + "R1,Ann,,,,first\nR2,Bob,,,,\nR1,Ann,,,,second\nR1,Ann,,,,third\nR2,Bob,,,,\n")
    assert [(r["source_key"], r["note"], r["row"]) for r in done.rows("person")] == [
        ("R1", "third", 5),
        ("R2", None, 6),
    ]
    assert sorted(done.sheet.reasons.values()) == [1, 2]


def test_a_correction_that_may_not_be_loaded_corrects_nothing(load: Load) -> None:
    done = load(HEADER + "R1,Ann,,,,first\nR1,Ann,,,SECRET,second\n")
    assert [r["note"] for r in done.rows("person")] == ["first"]


def test_a_row_is_never_marked_lower_than_its_dataset(load: Load) -> None:
    data = HEADER + "R1,Ann,,,OFFICIAL,\nR2,Bob,,,OFFICIAL-SENSITIVE,\nR3,Cem,,,,\n"
    assert [r["marking"] for r in load(data).rows("person")] == [0, 1, 0]
    assert [r["marking"] for r in load(data, marking="OFFICIAL-SENSITIVE").rows("person")] == [1, 1, 1]


def test_items_are_graded_one_by_one(load: Load) -> None:
    body = (
        "IR/1,02/03/2026,T,OFFICIAL,1,2BP,,Seen at the flat.,F,,Ann WALSH,,,Possible victim,Bob HALE,Suspect,,,,,Y,\n"
        "IR/1,02/03/2026,T,OFFICIAL,2,E41,Do not act on it,Said to deal.,A,,,,,,,,07700 900123; 07700900124,LB21 XYZ,,,Y,IR/0\n"
    )
    done = load(INTELLIGENCE + body, mapping=load_mapping("intelligence"), dataset="wyp-intelligence")
    items = done.rows("text")
    assert [(i["source_grade"], i["info_grade"], i["grade_as_given"]) for i in items] == [
        ("2", "B", "2BP"),
        ("2", "D", "E41"),
    ]
    assert [(i["handling"], i["basis"], i["origin"]) for i in items] == [
        ("P", "fact", "IR/1"),
        ("P", "assessment", "IR/1"),
    ]
    assert [o["value"] for o in done.rows("object")] == ["+447700900123", "+447700900124", "LB21XYZ"]
    linked = next(link for link in done.rows("link") if link["kind"] == "linked report")
    assert linked["to_id"] == record_id("wyp-intelligence", "IR/0|1", "item")


def test_categories_of_subject_follow_the_people_of_a_row(load: Load) -> None:
    body = "IR/1,02/03/2026,T,OFFICIAL,1,2BP,,Text.,F,,Ann WALSH,,,Possible victim,Bob HALE,Suspect,07700900123,,,,Y,\n"
    done = load(INTELLIGENCE + body, mapping=load_mapping("intelligence"), dataset="wyp-intelligence")
    assert [p["subject"] for p in done.rows("person")] == [4, 1]
    assert [t["subject"] for t in done.rows("text")] == [5]
    assert {link["subject"] for link in done.rows("link") if link["kind"] == "associate"} == {5}


def test_a_grade_that_cannot_be_read_is_handled_with_conditions(load: Load) -> None:
    body = "IR/1,02/03/2026,T,OFFICIAL,1,??,,Text.,F,,,,,,,,,,,,Y,\n"
    (item,) = load(INTELLIGENCE + body, mapping=load_mapping("intelligence")).rows("text")
    assert (item["handling"], item["grade_as_given"], item["source_grade"]) == ("C", "??", None)


def test_text_that_is_not_sanitised_is_set_aside(load: Load) -> None:
    body = "IR/1,02/03/2026,T,OFFICIAL,1,2BP,,Text.,F,,,,,,,,,,,,N,\n"
    done = load(INTELLIGENCE + body, mapping=load_mapping("intelligence"))
    assert "text" not in done.tables
    assert "sanitised" in str(done.rows("set_aside")[0]["reason"])


def test_a_reference_to_a_nominal_links_without_looking_it_up(load: Load) -> None:
    header = "crime_number,offence,date_from,victim_ref,victim_name,suspect_name\n"
    data = header + "13/1/26,Robbery,2026-03-01 22:15,WYP/N/7,Ann WALSH,u/k male\n"
    done = load(data, mapping=load_mapping("crime"), dataset="wyp-crime")
    link = next(link for link in done.rows("link") if link["kind"] == "recorded as")
    assert link["to_id"] == record_id("wyp-nominals", "WYP/N/7", "person")
    assert (link["other_domain"], link["subject"]) == ("wyp-nominals", 4)


def test_local_time_becomes_utc_and_stated_utc_stays(load: Load) -> None:
    crime = "crime_number,offence,date_from,victim_name\n13/1/26,Robbery,2026-07-01 22:15,Ann WALSH\n"
    (event,) = load(crime, mapping=load_mapping("crime")).rows("event")
    assert (event["start"], event["time_precision"]) == (datetime(2026, 7, 1, 21, 15, tzinfo=UTC), "minute")
    reads = "Read ID,VRM,Capture Time\nR1,LB21 XYZ,2026-07-01T22:15:09Z\n"
    (event,) = load(reads, mapping=load_mapping("anpr")).rows("event")
    assert (event["start"], event["time_precision"]) == (datetime(2026, 7, 1, 22, 15, 9, tzinfo=UTC), "second")


def test_the_direction_of_a_call_decides_who_called(load: Load) -> None:
    data = (
        "Operator B\nFor one number\n\nAll times local\nA Party\tB Party\tEvent\tDirection\tDate\tTime\tDur\n"
        "447700900001\t447700900002\tVOICE\tOUT\t01/07/2026\t22:15:09\t61\n"
        "447700900001\t447700900003\tTEXT\tIN\t01/07/2026\t22:16:09\t0\nTotal events\t2\n"
    )
    done = load(data, mapping=load_mapping("call-data-b"))
    assert [e["kind"] for e in done.rows("event")] == ["call", "message"]
    spoken = [(i["value"][-1], i["role"]) for i in done.rows("identifier")]  # type: ignore[index]
    assert sorted(spoken) == [("1", "called"), ("1", "caller"), ("2", "called"), ("3", "caller")]
    assert "total" in str(done.rows("set_aside")[0]["reason"])


def test_money_paid_out_goes_from_this_account_to_the_other(load: Load) -> None:
    data = (
        "transaction_id,sort_code,account_number,date,time,money_in,money_out,counterparty_sort_code,counterparty_account\n"
        "T1,20-00-00,12345678,2026-03-01,10:15,0.00,25.50,20-00-01,87654321\nT2,20-00-00,12345678,2026-03-01,10:16,5,,,\n"
    )
    done = load(data, mapping=load_mapping("bank-transactions"))
    assert [(e["direction"], e["amount"]) for e in done.rows("event")] == [("out", 25.5), ("in", 5.0)]
    roles = {(i["value"], i["role"]) for i in done.rows("identifier")}
    assert roles == {("20-00-00 12345678", "payer"), ("20-00-01 87654321", "payee"), ("20-00-00 12345678", "payee")}


def test_repeated_columns_become_one_record_each(load: Load) -> None:
    mapping = parse_mapping("""
        name = "m"
        version = 1
        title = "Columns that repeat"
        dates = "day-first"
        key = "ref"
        [columns]
        ref = ["Ref"]
        name = ["Name"]
        one = ["Phone1"]
        two = ["Phone2"]
        three = ["Phone3"]
        [[records]]
        part = "person"
        is = "person"
        name = "name"
        [[records]]
        part = "phone"
        is = "phone"
        each = ["one", "two", "three"]
        split = "[;/]"
        value = "each"
        of = "person"
        as = "holder"
    """)
    done = load("Ref,Name,Phone1,Phone2,Phone3\nR1,Ann,07700900001; 07700900002,,07700900003\n", mapping=mapping)
    phones = done.rows("object")
    assert [(p["part"], p["value"]) for p in phones] == [
        ("phone", "+447700900001"), ("phone2", "+447700900002"), ("phone3", "+447700900003")
    ]  # fmt: skip
    assert len({link["to_id"] for link in done.rows("link")}) == 3


def test_month_first_is_read_only_where_it_is_stated(load: Load, tmp_path: Path) -> None:
    columns = '[columns]\nref=["Ref"]\nname=["Name"]\ndob=["DOB"]\n'
    text = 'name="m"\nversion=1\ntitle="t"\n%skey="ref"\n' + columns
    text += '[[records]]\npart="person"\nis="person"\nname="name"\ndob="dob"\n'
    data = "Ref,Name,DOB\nR1,Ann,03/04/1990\n"
    american = load(data, mapping=parse_mapping(text % 'dates = "month-first"\n'))
    british = load(data, mapping=parse_mapping(text % 'dates = "day-first"\n'))
    silent = load(data, mapping=parse_mapping(text % ""))
    born = [done.rows("person")[0]["dob"] for done in (american, british, silent)]
    assert born == [date(1990, 3, 4), date(1990, 4, 3), date(1990, 4, 3)]
    assert silent.sheet.doubts
    assert silent.sheet.fields["person: dob"].doubts
    assert not british.sheet.doubts


def test_the_quality_sheet_counts_problems_and_fillers(load: Load) -> None:
    done = load(HEADER + "R1,Ann,01/01/1900,4.47701E+11,,\nR2,U/K MALE,rubbish,07700 900123,,\n")
    fields = done.sheet.fields
    assert fields["person: dob"].filled == 2
    assert fields["person: dob"].valid == 1
    assert fields["person: dob"].defaults == 1
    assert sum(fields["person: phone"].problems.values()) == 1
    assert sum(fields["person: name"].problems.values()) == 1
    assert done.sheet.as_dict()["rows_loaded"] == 2


@pytest.mark.parametrize("name", ["good", "semicolons", "quoted newline", "secret", "workbook", "utf-16 with mark"])
def test_the_preview_is_the_import(name: str, tmp_path: Path) -> None:
    mapping = parse_mapping(MAPPING)
    path = next(file for file in CORPUS if file.name == name).write(tmp_path)
    seen = profile(path, delivery=delivery(), mapping=mapping)
    done = list(read(path, mapping=mapping, delivery=delivery()))
    assert len(seen.records) == len(done)
    for shown, loaded in zip(seen.records, done, strict=True):
        assert shown.keys() == loaded.keys()
        assert all(shown[table].equals(loaded[table]) for table in shown)


def test_the_preview_of_a_long_file_is_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(HEADER + "".join(row(n) for n in range(1, 300)))
    mapping = parse_mapping(MAPPING)
    seen = profile(path, delivery=delivery(), mapping=mapping, rows=100)
    whole = drained(read(path, mapping=mapping, delivery=delivery()))
    assert seen.records[0]["person"].equals(whole.tables["person"].slice(0, 100))


def test_the_profile_suggests_the_ready_mapping_and_says_what_columns_look_like(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    lines = [f"WYP/N/{n},WALSH,Ann,04/0{1 + n % 9}/1988,LS{n} 4QX,0770090{n:04d}" for n in range(1, 20)]
    path.write_text("Nominal Ref,Surname,Forename 1,DOB,Postcode,Telephone\n" + "\n".join(lines))
    seen = profile(path, delivery=delivery())
    assert (seen.mapping, seen.suggestions[0].mapping) == ("nominals", "nominals")
    assert (seen.kinds["Postcode"], seen.kinds["Telephone"]) == ("postcode", "phone")
    assert seen.suggestions[0].columns["surname"] == "Surname"
    assert any("DOB" in doubt for doubt in seen.doubts)  # every day and month is 12 or less


def test_a_file_of_no_known_kind_is_profiled_without_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("alpha,beta\n" + "".join(f"{n},Ann{n}@example.com\n" for n in range(9)))
    seen = profile(path, delivery=delivery())
    assert (seen.mapping, seen.records, seen.sheet) == ("", (), None)
    assert seen.kinds["beta"] == "email"


@pytest.mark.parametrize("name", sorted(ready_mappings()))
def test_no_two_columns_of_a_ready_mapping_claim_one_header(name: str) -> None:
    for sheet in load_mapping(name).sheets:
        claims = [header for accepted in sheet.columns.values() for header in {plain(one) for one in accepted}]
        assert len(claims) == len(set(claims))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('key = "reference"', 'key = "nothing"'), "nothing"),
        (('dob = "dob"', 'birth = "dob"'), "has no field birth"),
        (('is = "phone"', 'is = "kite"'), "what it is"),
        (('of = "person"', 'of = "someone"'), "does not make"),
        (('part = "phone"', 'part = "person"'), "same part"),
        (('title = "People, for tests"', ""), "states its title"),
        (('dates = "day-first"', 'dates = "any"'), "day-first or month-first"),
        (('note = "note"', 'note = "note : codes"'), "list codes"),
        (('name = "people"', "name = people"), "not TOML"),
    ],
)
def test_a_mapping_that_breaks_a_rule_is_refused_with_the_rule(change: tuple[str, str], message: str) -> None:
    text = MAPPING
    with pytest.raises(MappingError, match=message):
        parse_mapping(text.replace(*change, 1))


def test_the_mapping_that_the_manual_shows_is_one(load: Load) -> None:
    manual = (Path(__file__).parents[3] / "docs" / "reference" / "mapping.md").read_text(encoding="utf-8")
    shown = parse_mapping(manual.split("```toml\n")[1].split("```")[0])
    done = load("Stop Ref,Date,Time,Surname,Outcome\nS1,01/07/2026,22:15,WALSH,None\n", mapping=shown)
    assert [link["kind"] for link in done.rows("link")] == ["stopped"]


def test_a_postcode_that_is_none_does_not_spoil_the_address(load: Load) -> None:
    header = "Nominal Ref,Surname,Forename 1,Address,Postcode\n"
    data = (
        header
        + "1,WALSH,Ann,12 Larkmere Road Leeds,LS8 4QX\n2,HALE,Bob,12 Larkmere Rd Leeds LS8 4QX,rubbish\n3,ORR,Cem,NFA,\n"
    )
    done = load(data, mapping=load_mapping("nominals"))
    first, second, third = done.rows("person")
    assert first["address_key"] == second["address_key"]
    assert (second["postcode"], third["address"], third["address_key"]) == ("LS8 4QX", "NFA", None)
    assert "rubbish" not in str(second)


@pytest.mark.parametrize(
    ("times", "header", "doubted"),
    [("local", "Call Start (UTC)", True), ("utc", "Call Start (UTC)", False), ("utc", "Start, local time", True),
     ("local", "Start, local time", False), ("local", "Start - UTC+01:00", False), ("local", "Start", False)],
)  # fmt: skip
def test_a_header_that_names_another_clock_than_the_mapping_is_a_doubt(
    load: Callable[..., Outcome], times: str, header: str, doubted: bool
) -> None:
    mapping = parse_mapping(
        f"""name = "calls"\nversion = 1\ntitle = "Calls"\ntimes = "{times}"\ndates = "day-first"
        [columns]\nstart = ["{header}"]\nn = ["Number"]
        [[records]]\npart = "call"\nis = "event"\nkind = "= call"\nstart = "start"\nstates = [{{ phone = "n", role = "caller" }}]"""
    )
    done = load(f'Number,"{header}"\n07700 900123,01/07/2026 22:15\n', mapping=mapping)
    assert any("says" in doubt for doubt in done.sheet.doubts) == doubted
