"""kill -9 on workers at random moments: every step's effect is there exactly once, whatever was in hand."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from toex.store import Store

SCRIPT = Path(__file__).with_name("killed_worker.py")
STEPS = 12
PATIENCE = 240.0  # seconds


def program(*args: str | Path) -> subprocess.Popen[str]:
    """A process of its own, on SQLite whatever database the other tests run on."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TOEX_")}
    env = {**kept, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, SCRIPT, *args], env=env, text=True, stdin=pipe, stdout=pipe)


class Nursery:
    """Where workers are born, side by side; the program is loaded once."""

    def __init__(self, home: Path, lease: str) -> None:
        self.home, self._born = home, 0
        self._parent = program("nursery", home, lease)

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(self, *_: object) -> None:
        with self._parent:
            assert self._parent.stdin
            self._parent.stdin.close()

    def worker(self) -> tuple[str, int]:
        """Give birth to one: its name and process id."""
        assert self._parent.stdin
        assert self._parent.stdout
        name = f"w{self._born}"
        self._born += 1
        print(name, file=self._parent.stdin, flush=True)
        return name, int(self._parent.stdout.readline())


def ask(home: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(home / "work.sqlite3", timeout=20)) as file:
        return file.execute(sql).fetchall()


def made(folder: Path, jobs: int) -> Path:
    home = folder / "unit"
    with program("make", home, str(jobs)) as making:
        pass
    assert making.returncode == 0
    (folder / "spans").touch()
    return home


def spans(home: Path) -> list[list[str]]:
    """Each step that was begun: job, step, worker, and the moment; the earliest first."""
    lines = (home.parent / "spans").read_text(encoding="utf-8").splitlines()
    return sorted((line.split() for line in lines), key=lambda s: float(s[3]))


def unfinished(home: Path) -> int:
    return int(ask(home, "SELECT count(*) FROM jobs_job WHERE state IN ('queued', 'running')")[0][0])


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, "it never came to pass"
        time.sleep(0.02)


def is_at_work(home: Path, name: str) -> bool:
    return any(worker == name for _, _, worker, _ in spans(home))


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def kill_and_go_on(home: Path, *, kills: int, seed: int = 0, lease: str = "1.5") -> None:
    """Two workers at a time; one that is at work is killed and replaced, then the last two finish what is left."""
    moments = random.Random(seed)
    with Nursery(home, lease) as nursery:
        workers = [nursery.worker(), nursery.worker()]
        for n in range(kills):
            name, process = workers.pop(n % 2)
            wait_until(lambda name=name: is_at_work(home, name))  # type: ignore[misc]
            time.sleep(moments.random() * 0.3)
            assert unfinished(home), "all was done before the last kill: nothing was shown"
            os.kill(process, signal.SIGKILL)
            workers.append(nursery.worker())
        wait_until(lambda: unfinished(home) == 0)
        for _, process in workers:
            os.kill(process, signal.SIGTERM)
        wait_until(lambda: all(is_gone(process) for _, process in workers))


def check_each_step_once(home: Path, jobs: int) -> None:
    assert ask(home, "SELECT state, count(*) FROM jobs_job GROUP BY 1") == [("done", jobs)]
    numbers = [f"step{n}" for n in range(1, STEPS + 1)]
    ids = [row[0] for row in ask(home, "SELECT id FROM jobs_job")]
    wanted = {(job, step) for job in ids for step in numbers}
    assert set(ask(home, "SELECT job_id, name FROM jobs_step")) == wanted
    entries = Counter(row[0] for row in ask(home, "SELECT body FROM audit_entry WHERE what = 'test.step'"))
    told = Counter(body.split('"test:')[1].split('"')[0] for body in entries.elements())
    assert told == Counter({f"{step}:{job}": 1 for job, step in wanted})
    snapshot = Store.open(home).snapshot
    assert {c for c in snapshot.causes if c.job != "create"} == {
        type(snapshot.cause)(f"job-{job}", step) for job, step in wanted
    }
    assert snapshot.number == len(wanted)  # none was published twice
    assert set(snapshot.datasets) == {f"job-{job}-{step}" for job, step in wanted}


def check_a_kill_cost_one_step_at_most(home: Path, jobs: int, kills: int) -> None:
    """A step begins once for its done-mark, and once more for each kill at most."""
    assert jobs * STEPS <= len(spans(home)) <= jobs * STEPS + kills


def check_no_job_was_in_two_hands(home: Path) -> None:
    """Hands change only after a kill: nobody who lost a job begins another step of it."""
    hands: dict[str, list[str]] = {}
    for job, _, worker, _ in spans(home):
        if not hands.setdefault(job, []) or hands[job][-1] != worker:
            hands[job].append(worker)
    assert [h for h in hands.values() if len(h) != len(set(h))] == []


def road(folder: Path, *, jobs: int, kills: int, seed: int) -> None:
    home = made(folder, jobs)
    kill_and_go_on(home, kills=kills, seed=seed, lease="3")
    check_each_step_once(home, jobs)
    check_a_kill_cost_one_step_at_most(home, jobs, kills)
    check_no_job_was_in_two_hands(home)


def test_after_five_kills_every_step_has_had_its_effect_exactly_once(tmp_path: Path) -> None:
    road(tmp_path, jobs=8, kills=5, seed=11)


@pytest.mark.slow
def test_after_fifty_kills_every_step_has_had_its_effect_exactly_once(tmp_path: Path) -> None:
    road(tmp_path, jobs=60, kills=50, seed=12)


def test_two_workers_side_by_side_never_run_one_job_at_once(tmp_path: Path) -> None:
    home = made(tmp_path, 4)
    kill_and_go_on(home, kills=0, lease="30")
    check_each_step_once(home, 4)
    assert len(spans(home)) == 4 * STEPS
    assert len({(job, worker) for job, _, worker, _ in spans(home)}) == 4
