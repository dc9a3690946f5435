"""kill -9 in load, publish and conflate: the next run carries on, and nothing is half-visible."""

import csv
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from toex.pole import bench_scope
from toex.store import NoHome, Store
from toex.wiring.main import main

ROAD = "from toex.wiring.main import main; import sys; home, week = sys.argv[1:]; " + (
    "sys.exit(main(['--home', home, 'load', week]) or main(['--home', home, 'conflate']))"
)
KILLS = 20


def entities(home: Path, out: Path) -> set[tuple[str, ...]]:
    """Give which records are one, without the ids that a snapshot's number is in."""
    assert main(["--home", str(home), "entities", "--out", str(out)]) == 0
    together: dict[str, set[str]] = {}
    for row in csv.DictReader(out.read_text(encoding="utf-8").splitlines()):
        together.setdefault(row["entity_id"], set()).add(row["record_id"])
    return {tuple(sorted(members)) for members in together.values()}


@pytest.mark.slow
def test_twenty_kills_on_the_road_end_in_the_same_picture(tmp_path: Path) -> None:
    week, seed = tmp_path / "world", random.Random(4)
    assert main(["synth", str(week), "--people", "3000", "--seed", "8"]) == 0
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    assert main(["--home", str(calm), "load", str(week / "week1")]) == 0
    assert main(["--home", str(calm), "conflate"]) == 0
    for _ in range(KILLS):
        work = subprocess.Popen(
            [sys.executable, "-c", ROAD, str(killed), str(week / "week1")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(1.0 + seed.random() * 9.0)
        work.send_signal(signal.SIGKILL)
        work.wait()
        whole(killed)
    assert main(["--home", str(killed), "load", str(week / "week1")]) == 0
    assert main(["--home", str(killed), "conflate"]) == 0
    assert entities(killed, tmp_path / "a.csv") == entities(calm, tmp_path / "b.csv")
    assert counts(killed) == counts(calm)


def whole(home: Path) -> None:
    """Every dataset that is seen is seen whole: its records, links and identifiers belong to rows that are all there."""
    try:
        store = Store.open(home)
    except NoHome:
        return
    with store.view(bench_scope()) as view:
        loose = view.query(
            "SELECT count(*) AS n FROM identifier ANTI JOIN (SELECT record_id FROM person UNION ALL SELECT record_id FROM event "
            "UNION ALL SELECT record_id FROM object UNION ALL SELECT record_id FROM text UNION ALL SELECT record_id FROM place "
            "UNION ALL SELECT record_id FROM organisation UNION ALL SELECT record_id FROM link) USING (record_id)"
        )["n"].to_pylist()[0]
        assert loose == 0
        assert view.query("SELECT count(DISTINCT record_id) = count(*) AS ok FROM person")["ok"].to_pylist() == [True]


def counts(home: Path) -> dict[str, int]:
    """Count the visible rows of every table."""
    tables = ("person", "organisation", "object", "place", "event", "text", "link", "identifier", "set_aside", "tie")
    with Store.open(home).view(bench_scope()) as view:
        return {table: view.query(f"FROM {table}").num_rows for table in tables}
