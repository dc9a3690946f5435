"""What imports cannot show: sizes, words, docstrings, paths, spelling."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = sorted(p for p in (ROOT / "src" / "toex").rglob("*.py") if p.parent.name != "migrations")
# Longer than the hand asks for, with the reason.
LONG_MODULES: dict[str, str] = {}
FORBIDDEN_NAMES = {"utils", "core", "common", "helpers", "services", "managers"}
FORBIDDEN_CLASS = re.compile(r"(Manager|Handler|Processor|Service|Helper)$")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    return [ROOT / name for name in listed]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_longer_than_sixty_lines_and_nearly_all_are_under_forty() -> None:
    sizes = {f"{p.relative_to(ROOT)}:{f.name}": length(f) for p in SOURCE for f in functions(p)}
    assert [name for name, size in sizes.items() if size > 60] == []
    assert sum(size < 40 for size in sizes.values()) / len(sizes) >= 0.95


def test_no_module_is_longer_than_four_hundred_lines_without_a_reason() -> None:
    long = [str(p.relative_to(ROOT)) for p in SOURCE if len(p.read_text(encoding="utf-8").splitlines()) > 400]
    assert [name for name in long if name not in LONG_MODULES] == []


def test_no_function_takes_more_than_two_parameters_by_position_only_by_habit() -> None:
    """Keyword-only beyond two, three where the third is the value the name speaks of."""
    over = []
    for path in SOURCE:
        for function in functions(path):
            names = [a.arg for a in function.args.args if a.arg not in ("self", "cls")]
            if len(names) > 4 and not function.name.startswith("_"):
                over.append(f"{path.relative_to(ROOT)}:{function.name}")
    assert over == []


@pytest.mark.parametrize("path", SOURCE, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_says_in_its_docstring_what_it_holds(path: Path) -> None:
    assert (
        ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or not path.read_text(encoding="utf-8").strip()
    )


def test_nothing_is_named_for_what_has_no_meaning() -> None:
    assert [p for p in SOURCE if p.stem in FORBIDDEN_NAMES or p.parent.name in FORBIDDEN_NAMES] == []
    classes = [
        f"{path.name}:{node.name}"
        for path in SOURCE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and FORBIDDEN_CLASS.search(node.name)
    ]
    assert classes == []


def test_every_room_is_entered_by_its_public_names() -> None:
    """A room imports another room's `__init__`, not its inside; values are a room of pole's own, work has its own test."""
    inside = re.compile(r"^from toex\.(?!work)(\w+)\.(?!values)(\w+)[\w.]* import", re.MULTILINE)
    wrong = []
    for path in SOURCE:
        room = path.relative_to(ROOT / "src" / "toex").parts[0]
        for match in inside.finditer(path.read_text(encoding="utf-8")):
            if match[1] != room:
                wrong.append(f"{path.relative_to(ROOT)}: {match[0]}")
    assert wrong == []


def test_nothing_tracked_names_a_path_of_a_machine_or_a_download_address() -> None:
    machine = re.compile(r"(^|[^\w./-])/(?:work|farm|root|home/\w+)/")
    address = re.compile(r"https?://[^\s\"')>]*(?:\.whl|\.tar\.gz|\.tgz|/simple)")
    wrong = []
    for path in tracked():
        if path.suffix in {".png", ".pdf", ".docx", ".xlsx", ".ttf"} or not path.exists() or path == Path(__file__):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if machine.search(text) or address.search(text):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


def test_the_spelling_is_british() -> None:
    american = re.compile(
        r"\b(?:analyz|organiz|color\b|behavior|center\b|normaliz|recogniz|summariz|anonymiz)", re.IGNORECASE
    )
    # names that libraries and formats gave
    allowed = re.compile(
        r"align=\"?center|: ?center|\(center|center[,)+]|color[:=\"']|\.color|color\b.*=|normaliz\w*[=(]", re.IGNORECASE
    )
    wrong = []
    for path in [*SOURCE, *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if american.search(line) and not allowed.search(line):
                wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert wrong == []


def test_a_dependency_says_what_it_is_for_and_none_is_gpl() -> None:
    text = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    for name in ("igraph", "leidenalg", "unidecode", "cytoscape-svg"):
        assert not re.search(rf"^{name}==", text, re.MULTILINE)
