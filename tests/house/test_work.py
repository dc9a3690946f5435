"""What imports cannot show of the work plane: how an action is written, who may write the log, how rooms refer to each other."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "src" / "toex" / "work"
ROOMS = sorted(p.name for p in WORK.iterdir() if (p / "apps.py").exists())
ACTIONS = sorted(WORK.glob("*/actions*.py")) + sorted(WORK.glob("*/actions/*.py"))
# Writes the log itself, or writes in somebody else's transaction, with the reason.
NOT_ACTIONS = {"audit.actions.record": "it is the log", "audit.actions.refuse": "it logs that nothing was done"}


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (n for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_"))


def name_of(path: Path, function: ast.FunctionDef) -> str:
    return ".".join([*path.relative_to(WORK).with_suffix("").parts, function.name])


ALL = [(path, f) for path in ACTIONS for f in public_functions(path) if name_of(path, f) not in NOT_ACTIONS]


@pytest.mark.parametrize(("path", "function"), ALL, ids=[name_of(p, f) for p, f in ALL])
def test_an_action_names_who_and_when_by_keyword(path: Path, function: ast.FunctionDef) -> None:
    keywords = {a.arg for a in function.args.kwonlyargs}
    assert not function.args.args
    assert {"by", "at"} <= keywords


@pytest.mark.parametrize(("path", "function"), ALL, ids=[name_of(p, f) for p, f in ALL])
def test_an_actions_transaction_ends_with_its_audit_entry(path: Path, function: ast.FunctionDef) -> None:
    blocks = [n for n in ast.walk(function) if isinstance(n, ast.With) and "atomic" in ast.unparse(n.items[0])]
    assert len(blocks) == 1
    assert re.match(r"(\w+ = |return )?(audit\.)?_?record\(", ast.unparse(blocks[0].body[-1]))


def test_only_the_audit_room_writes_the_log() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in WORK.rglob("*.py")
        if path.parent.name not in ("audit", "migrations")
        and re.search(
            r"Entry\.objects\.(create|bulk_create|filter\(.*\)\.(update|delete))|audit_entry",
            path.read_text(encoding="utf-8"),
        )
    ]
    assert wrong == []


def test_no_room_refers_to_another_by_a_string() -> None:
    wrong = []
    for path in WORK.glob("*/models*.py"):
        for match in re.finditer(
            r"(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*[\"']([\w.]+)", path.read_text(encoding="utf-8")
        ):
            if match[1] != "self":
                wrong.append(f"{path.relative_to(ROOT)}: {match[0]}")
    assert wrong == []


def test_the_audit_log_has_no_foreign_keys() -> None:
    assert "ForeignKey" not in (WORK / "audit" / "models.py").read_text(encoding="utf-8")


def test_rooms_take_the_time_from_their_callers() -> None:
    """The door's clock is the only one; log-in answers Django, which passes none."""
    wrong = [
        str(path.relative_to(WORK))
        for path in WORK.rglob("*.py")
        if re.search(r"datetime\.now\(|date\.today\(|timezone\.now\(|time\.time\(", path.read_text(encoding="utf-8"))
    ]
    assert wrong in ([], ["staff/log_in.py"])


def test_a_bench_starts_without_the_work_plane() -> None:
    code = "import sys, toex.wiring.main; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
