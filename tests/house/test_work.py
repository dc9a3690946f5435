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
ACTIONS = sorted([*WORK.glob("*/actions.py"), *WORK.glob("*/actions/*.py")])
EVERY = sorted(p for p in WORK.rglob("*.py") if p.parent.name != "migrations")
# They write the log itself, or the queue's own state, whose acts the log has from those who asked for them.
NOT_ACTS = {"audit/actions.py", "audit/checkpoints.py", "jobs/leases.py"}
LAST = re.compile(r"(\w+ = |return )?_?(record|noted?)\(")


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (n for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_"))


def name_of(path: Path, name: str | int) -> str:
    return f"{path.relative_to(WORK)}:{name}"


def is_act(function: ast.FunctionDef) -> bool:
    """What takes `by` and `at` acts; the pieces that acts are made of take what they need."""
    return {"by", "at"} <= {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}


ALL = [(path, f) for path in ACTIONS if path.parent.name != "audit" for f in public_functions(path) if is_act(f)]
BLOCKS = [
    (path, node)
    for path in EVERY
    if str(path.relative_to(WORK)) not in NOT_ACTS
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.With) and re.search(r"transaction\.atomic|one_act", ast.unparse(node.items[0]))
]


@pytest.mark.parametrize(("path", "function"), ALL, ids=[name_of(p, f.name) for p, f in ALL])
def test_an_action_names_who_and_when_by_keyword(path: Path, function: ast.FunctionDef) -> None:
    assert {"by", "at"} & {a.arg for a in function.args.args} == set()
    if function.name.startswith("check_") or path.name == "moving.py":
        return  # a rule that an act asks, or a piece of every act
    assert not function.args.args
    assert {"by", "at"} <= {a.arg for a in function.args.kwonlyargs}


@pytest.mark.parametrize(("path", "block"), BLOCKS, ids=[name_of(p, b.lineno) for p, b in BLOCKS])
def test_an_acts_transaction_ends_with_its_audit_entry(path: Path, block: ast.With) -> None:
    assert LAST.match(ast.unparse(block.body[-1]))


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
