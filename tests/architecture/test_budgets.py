"""Limits that keep code readable, and habits that keep it safe."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in (ROOT / folder).rglob("*.py") if "versions" not in path.parts)


def test_files_are_short():
    long = {
        str(p.relative_to(ROOT)): n
        for p in sources("quizsvc", "tests")
        if (n := len(p.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_functions_are_short():
    long = {}
    for path in sources("quizsvc"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                body = node.end_lineno - node.lineno + 1
                if body > LONGEST_FUNCTION:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = body
    assert long == {}


def test_only_the_edge_commits_and_no_session_is_ambient():
    found = []
    for path in sources("quizsvc"):
        if path.name == "db.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute):
                on_db = isinstance(node.value, ast.Name) and node.value.id == "db"
                on_session = isinstance(node.value, ast.Name) and node.value.id == "session"
                if (on_db and node.attr == "session") or (on_session and node.attr == "commit"):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_only_settings_and_the_start_read_the_environment():
    readers = {
        str(path.relative_to(ROOT))
        for path in sources("quizsvc")
        if any(
            isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
            for node in ast.walk(ast.parse(path.read_text()))
        )
    }
    allowed = {"quizsvc/__main__.py", "quizsvc/commands/demo.py", "quizsvc/demo/server.py"}
    allowed.add("quizsvc/verification/shares.py")  # tells its processes a common seed of hash(); no setting
    assert readers <= allowed


def test_every_module_says_what_it_owns():
    silent = [
        str(path.relative_to(ROOT))
        for path in sources("quizsvc")
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []
