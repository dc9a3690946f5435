"""Words on the screen: practitioners read nothing of graphs and stores in what toex says to them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from toex.api.door import api
from toex.reference import load, names

ROOT = Path(__file__).resolve().parents[2]
SOURCE = sorted(p for p in (ROOT / "src" / "toex").rglob("*.py") if p.parent.name != "migrations")
NEVER = re.compile(r"\b(clusters?|clustered|nodes?|edges?|golden records?|snapshots?|faces?)\b", re.IGNORECASE)
# Statements of SQL, not sentences; keys of JSON and names of files are one word, and no sentence either.
SQL = re.compile(r"\b(SELECT|FROM|JOIN|WHERE|CREATE|ORDER BY)\b")
# Lists of what is written in addresses and files, not of what is said here.
OF_DATA = {"address_words"}
# For those who change toex, not for those who work with it; the glossary and these pages are where the words are defined.
FOR_DEVELOPERS = {
    "docs/decisions",
    "docs/explanation/house.md",
    "docs/explanation/pages.md",
    "GLOSSARY.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
}


def docstrings(tree: ast.AST) -> set[int]:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [n.body for n in ast.walk(tree) if isinstance(n, holders)]
    return {id(b[0].value) for b in bodies if b and isinstance(b[0], ast.Expr)}


def said(path: Path) -> Iterator[tuple[int, str]]:
    """Give the sentences and their pieces in a module's literals: whatever has a space, or is told or raised outright."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = docstrings(tree)
    told = {id(n) for call in ast.walk(tree) if tells(call) for n in ast.walk(call)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in inside:
            continue
        if (id(node) in told or " " in node.value.strip()) and not SQL.search(node.value):
            yield node.lineno, node.value


def tells(node: ast.AST) -> bool:
    """Say whether a node tells somebody something: what is said at the desk, a command's help, an error's message."""
    if isinstance(node, ast.Raise):
        return True
    if isinstance(node, ast.keyword):
        return node.arg in ("help", "description", "epilog")
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("say", "table")


def of_users(path: Path) -> bool:
    name = str(path.relative_to(ROOT))
    return not any(name.startswith(one) for one in FOR_DEVELOPERS)


PAGES = sorted(p for p in [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")] if of_users(p))


def without_code(text: str) -> str:
    """Leave out what is quoted as code: names of files, fields and commands are what they are."""
    return re.sub(r"`[^`]*`", "", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("path", SOURCE, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_that_is_said_to_a_person_uses_our_own_words(path: Path) -> None:
    assert [f"{line}: {text}" for line, text in said(path) if NEVER.search(text)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nor_does_a_page_for_those_who_work_with_it(path: Path) -> None:
    lines = without_code(path.read_text(encoding="utf-8")).splitlines()
    assert [line for line in lines if NEVER.search(line)] == []


@pytest.mark.parametrize("name", sorted(set(names()) - OF_DATA))
def test_nor_does_a_list(name: str) -> None:
    told = [text for code in load(name) for text in (code.label, *map(str, code.attributes.values()))]
    assert [text for text in told if NEVER.search(text)] == []


def test_nor_does_the_description_of_the_api() -> None:
    found: list[str] = []

    def read(value: object) -> None:
        if isinstance(value, dict):
            found.extend(str(text) for key, text in value.items() if key in ("description", "summary"))
            for one in value.values():
                read(one)
        elif isinstance(value, list):
            for one in value:
                read(one)

    read(api.get_openapi_schema(path_prefix=""))
    assert len(found) > 20
    assert [text for text in found if NEVER.search(text)] == []


@pytest.mark.parametrize("suffix", [".toml", ".typ"])
def test_nor_does_what_products_are_made_of(suffix: str) -> None:
    rooms = (ROOT / "src" / "toex" / room for room in ("picture", "publishing"))
    for path in (p for room in rooms for p in room.rglob(f"*{suffix}")):
        quoted = re.findall(r'"([^"\n]* [^"\n]*)"', path.read_text(encoding="utf-8"))
        assert [text for text in quoted if NEVER.search(text)] == []


def test_the_words_are_found_where_they_would_be_said(tmp_path: Path) -> None:
    """Each way of saying one is seen: at the desk, in a table's head, in an error, in help, in a formatted sentence."""
    ways = (
        'desk.say("clusters")', 'desk.table("", ("node",), [])', 'raise NotThere("snapshot")', 'add(help="face")',
        'x = f"in {n} edges of it"', 'x = ("golden record", 1)',
    )  # fmt: skip
    for number, way in enumerate(ways):
        path = tmp_path / f"{number}.py"
        path.write_text(f'"""A cluster."""\n{way}\n', encoding="utf-8")
        assert [text for _, text in said(path) if NEVER.search(text)], way
