"""Power cuts and kills: what is published is whole, what is not is not there."""

import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from toex.pole import bench_scope
from toex.store import Store

PUBLISH = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).resolve().parents[1])!r})
from rows import person, table
from toex.store import NoHome, Store
home = Path(sys.argv[1])
try:
    store = Store.open(home)
except NoHome:
    store = Store.create(home, kind="bench", user="a tester")
for batch in range(int(sys.argv[2])):
    with store.writer(job="load", step=str(batch)) as writer:
        if writer.done:
            continue
        writer.add({{"person": table("person", [person(f"{{batch}}-{{n}}") for n in range(50)])}})
        writer.publish()
    print(batch, flush=True)
"""


def start(home: Path, batches: int, *before: str) -> "subprocess.Popen[str]":
    command = [*before, sys.executable, "-c", PUBLISH, str(home), str(batches)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed (Debian: strace)")
def test_data_reach_the_disk_before_the_manifest_gets_its_name(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    calls = "trace=fsync,fdatasync,rename,renameat,renameat2,openat"
    done = start(tmp_path / "home", 1, "strace", "-f", "-y", "-s", "400", "-e", calls, "-o", str(trace))
    out, err = done.communicate(timeout=120)
    assert done.returncode == 0, err + out
    lines = trace.read_text(errors="replace").splitlines()
    named = [n for n, line in enumerate(lines) if re.search(r"rename\w*\(.*00000001\.json", line)]
    assert len(named) == 1
    synced = [
        (n, match[1]) for n, line in enumerate(lines) if (match := re.search(r"f(?:data)?sync\(\d+<([^>]+)>", line))
    ]
    before = [path for n, path in synced if n < named[0]]
    after = [path for n, path in synced if n > named[0]]
    data = next(i for i, path in enumerate(before) if path.endswith(".parquet"))
    folder = next(i for i, path in enumerate(before) if i > data and path.endswith("/person/nominals-13"))
    manifest = next(i for i, path in enumerate(before) if ".00000001.json" in path)
    assert data < folder < manifest
    assert any(path.endswith("/snapshots") for path in after)


@pytest.mark.slow
def test_twenty_kills_lose_nothing_and_leave_nothing_half_visible(tmp_path: Path) -> None:
    home, batches, kills = tmp_path / "home", 400, 0
    acknowledged: set[int] = set()
    while kills < 20:
        work = start(home, batches)
        time.sleep(0.9 + 0.07 * kills)
        work.send_signal(signal.SIGKILL)
        out, _ = work.communicate()
        kills += 1
        acknowledged |= {int(n) for n in out.split()}
        if not (home / "snapshots" / "00000000.json").exists():
            continue
        with Store.open(home).view(bench_scope()) as view:
            rows = view.query("SELECT split_part(source_key, '-', 1)::INT AS b, count(*) AS n FROM person GROUP BY 1")
        held = dict(zip(rows["b"].to_pylist(), rows["n"].to_pylist(), strict=True))
        assert set(held.values()) <= {50}
        assert acknowledged <= set(held)
        assert sorted(held) == list(range(len(held)))
    assert acknowledged
    with Store.open(home).writer(job="load", step="last") as writer:
        writer.publish()
    assert list((home / "staging").iterdir()) == []
