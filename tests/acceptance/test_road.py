"""The road on the command line, row by row of the mission, with the brochure's sentence."""

import csv
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from door import Toex
from toex.pole import bench_scope
from toex.store import Store


def counts(home: Path) -> dict[str, int]:
    with Store.open(home).view(bench_scope()) as view:
        return {
            t: view.query(f"FROM {t}").num_rows for t in ("person", "event", "text", "link", "identifier", "set_aside")
        }


def a_joined_pair(home: Path) -> tuple[str, str]:
    sql = (
        "SELECT record_id, other_id FROM tie WHERE standing = 'joined' AND \"table\" = 'person' ORDER BY weight LIMIT 1"
    )
    with Store.open(home).view(bench_scope()) as view:
        row = view.query(sql).to_pylist()[0]
    return row["record_id"], row["other_id"]


def test_row_9_conflate_a_number_of_national_regional_and_local_datasets(toex: Toex, tmp_path: Path) -> None:
    """ "conflate a number of national, regional, and local datasets" """
    out = tmp_path / "entities.csv"
    assert toex.run("entities", "--out", str(out)) == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == ["dataset", "source_key", "record_id", "entity_id", "kind", "part", "home"]
    people = [r for r in rows if r["kind"] == "person"]
    datasets: dict[str, set[str]] = {}
    for row in people:
        datasets.setdefault(row["entity_id"], set()).add(row["dataset"])
    together = [held for held in datasets.values() if len(held) > 1]
    assert any("national-nominals" in held and any(d.startswith("wyp") for d in held) for held in together)
    assert len({r["record_id"] for r in rows}) == len(rows)
    assert {r["home"] for r in rows} == {"bench"}


def test_row_8_interrogating_numerous_systems_to_research_people_numbers_and_registrations(
    toex: Toex, tmp_path: Path
) -> None:
    """ "interrogating numerous systems to research people, telephone numbers and vehicles registrations" """
    with Store.open(toex.home).view(bench_scope()) as view:
        phone = view.query(
            "SELECT value FROM identifier WHERE kind = 'phone' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        )["value"].to_pylist()[0]
        vrm = view.query("SELECT value FROM identifier WHERE kind = 'vrm' ORDER BY 1 LIMIT 1")["value"].to_pylist()[0]
    written = [
        f"0{phone[3:7]} {phone[7:]}",
        f"00{phone[1:]}",
        f"{vrm[:4]} {vrm[4:].lower()}",
        "07700 900999 9",
        "Zzyzx, Nobody",
    ]
    listed = tmp_path / "list.txt"
    listed.write_text("\n".join(written), encoding="utf-8")
    answers = toex.answer("wash", str(listed), "--out", str(tmp_path / "grid.xlsx"))["answer"]
    assert [a["found"] > 0 for a in answers] == [True, True, True, False, False]
    assert answers[0]["found"] == answers[1]["found"]
    assert (tmp_path / "grid.xlsx").stat().st_size > 1000
    code, said = toex.said("search", "Zzyzx, Nobody")
    assert code == 1
    assert "No hit in this workbench" in said
    assert "have not been asked" in said


def test_loading_the_same_files_again_changes_nothing(toex: Toex, world: Path) -> None:
    before, snapshot = counts(toex.home), Store.open(toex.home).snapshot.number
    done = toex.answer("load", str(world / "week1"))["answer"]
    assert all(one["already"] for one in done)
    assert (counts(toex.home), Store.open(toex.home).snapshot.number) == (before, snapshot)


def test_rows_in_are_rows_loaded_and_rows_set_aside_with_reasons(world: Path, tmp_path: Path) -> None:
    """Rule 9: nothing delivered is lost."""
    toex = Toex(tmp_path / "home")
    assert toex.run("load", str(world / "week1")) == 0
    with Store.open(toex.home).view(bench_scope()) as view:
        aside = view.query('SELECT "row", reason FROM set_aside').to_pylist()
        sheets = [name for name in view.snapshot.kept if name.startswith("receipts/")]
    assert len(sheets) == len(list((toex.home / "deliveries").iterdir()))
    assert aside
    assert all(one["reason"] and one["row"] for one in aside)


def test_a_judgement_survives_every_re_run_and_is_applied(
    loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rule 4: every joining of records can be undone, by anyone allowed, for a reason."""
    home = tmp_path / "home"
    shutil.copytree(loaded, home)
    toex = Toex(home, capsys)
    a, b = a_joined_pair(home)
    assert toex.run("judge", a, b, "different", "--reason", "Two brothers: the officer met both") == 0
    for words in (("conflate",), ("conflate", "--retrain")):
        assert toex.run(*words) == 0
        told = toex.answer("explain", a, b)["answer"]
        assert told["standing"] == "refused"
    with Store.open(home).view(bench_scope()) as view:
        faces = dict(zip(*view.query("FROM face").to_pydict().values(), strict=True))
    assert faces.get(a, a) != faces.get(b, b)


def test_every_tie_is_explained_field_by_field_in_sentences(toex: Toex) -> None:
    """Rule 5: every proposal says why."""
    a, b = a_joined_pair(toex.home)
    told = toex.answer("explain", b, a)["answer"]
    lines = told["explanation"]["lines"]
    assert any(line["bits"] > 0 for line in lines)
    assert all(line["sentence"] for line in lines)
    total = told["explanation"]["prior"] + sum(line["bits"] for line in lines)
    assert total == pytest.approx(told["explanation"]["weight"], abs=0.05)


def test_a_second_conflation_without_news_is_not_run_again(toex: Toex) -> None:
    assert toex.answer("conflate")["answer"]["already"]


def test_a_record_walks_back_to_its_row_and_file(toex: Toex, world: Path) -> None:
    """Rule 7: record, row, file, grade and supplier."""
    with Store.open(toex.home).view(bench_scope()) as view:
        row = view.query(
            "SELECT * FROM person WHERE dataset = 'wyp-nominals' ORDER BY \"row\" DESC LIMIT 1"
        ).to_pylist()[0]
    shown = toex.answer("show", row["record_id"])["answer"]
    lines = (world / "week1" / shown["file"]).read_text(encoding="utf-8-sig").splitlines()
    assert row["source_key"] in lines[shown["row"] - 1]


def test_exports_are_marked_and_open_as_tables(toex: Toex, tmp_path: Path) -> None:
    for what in ("people", "links", "events", "identifiers", "set-aside"):
        out = tmp_path / f"{what}.csv"
        assert toex.run("export", what, "--out", str(out)) == 0
        first, headers, *rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
        assert first[0].startswith("OFFICIAL-SENSITIVE")
        assert "Bench home" in first[0]
        assert all(len(row) == len(headers) for row in rows)


def test_every_command_answers_in_json_with_the_benchs_notice(toex: Toex) -> None:
    for words in (("conflate",), ("search", "smith"), ("doctor",)):
        answer = toex.answer(*words)
        assert answer["toex"] == 1
        assert answer["command"] == words[0]
        assert "Bench home" in answer["notice"]


def test_the_doctor_finds_a_missing_file_and_a_changed_log(
    loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    shutil.copytree(loaded, home)
    toex = Toex(home, capsys)
    assert toex.run("doctor") == 0
    next((home / "data" / "event").rglob("*.parquet")).unlink()
    log = home / "log.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace('"rows": ', '"rows": 1', 1), encoding="utf-8")
    code, said = toex.said("doctor")
    assert code == 3
    assert said.count("BAD") == 2


def test_exit_codes_and_errors_tell_the_fact_and_never_a_value(toex: Toex, tmp_path: Path) -> None:
    secret = "Hoxha-Nobody-1234"
    missing = Toex(tmp_path / "nowhere", toex.capsys)
    assert missing.said("search", secret)[0] == 3
    code, said = toex.said(
        "load", str(tmp_path / "absent.csv"), "--dataset", "x", "--supplier", "13", "--mapping", "custody"
    )
    assert code == 4
    assert "Traceback" not in said
    assert toex.said("show", secret) == (5, "toex show: No record of that id is in this workbench.\n")
    assert secret not in toex.said("explain", secret, secret + "2")[1]
    with pytest.raises(SystemExit) as stopped:
        toex.run("no-such-command")
    assert stopped.value.code == 2


def test_the_log_holds_no_personal_value(toex: Toex) -> None:
    toex.run("search", "Quillfeather, Ottoline")
    assert "uillfeather" not in (toex.home / "log.jsonl").read_text(encoding="utf-8").lower()


def test_of_a_refused_file_nothing_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rule 11: suspicious-activity data is refused by default."""
    toex = Toex(tmp_path / "home", capsys)
    report = tmp_path / "sar_export.csv"
    report.write_text("SAR Reference,Glossary Code,Subject Name\n1,XXSNEXX,Nobody\n", encoding="utf-8")
    code, said = toex.said("load", str(report), "--dataset", "sar", "--supplier", "13", "--mapping", "nominals")
    assert code == 4
    assert "Nobody" not in said
    kept = tmp_path / "home" / "deliveries"
    assert not kept.exists() or list(kept.iterdir()) == []


def test_row_22_a_package_and_a_subject_profile_are_written_from_one_picture(
    loaded: Path, world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """ "The products supplied to us as an investigation team were excellent and provided key lines of enquiries." """
    home = tmp_path / "home"
    shutil.copytree(loaded, home)
    answer = Toex(home, capsys).answer("package", "--request", str(world / "request.toml"), "--profile")["answer"]
    for pdf in (Path(answer["pdf"]), Path(answer["profile"])):
        assert pdf.read_bytes().startswith(b"%PDF")
        assert pdf.with_suffix(".docx").stat().st_size > 10_000
    words = "".join(page.extract_text() for page in PdfReader(answer["profile"]).pages)
    assert "Subject profile" in words
    assert "OFFICIAL-SENSITIVE" in words
