"""The documents that name files, problems and packages are true."""

from __future__ import annotations

import re
from pathlib import Path

from quizsvc.core.problems import all_problems

ROOT = Path(__file__).parents[2]


def test_every_path_in_the_map_exists():
    text = (ROOT / "docs/architecture.md").read_text()
    paths = set(re.findall(r"`((?:quizsvc|tests|quizzes|docs|\.ci)/[\w./-]+|pyproject\.toml)`", text))
    assert len(paths) > 30
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_every_rule_file_is_in_the_map():
    text = (ROOT / "docs/architecture.md").read_text()
    contract = (ROOT / "pyproject.toml").read_text().split("Rules are pure")[1].split("forbidden_modules")[0]
    rules = re.findall(r'"(quizsvc\.[\w.]+)"', contract)
    assert rules
    assert [rule for rule in rules if f"`{rule.replace('.', '/')}.py`" not in text] == []


def test_every_package_is_in_the_map():
    text = (ROOT / "docs/architecture.md").read_text()
    packages = {path.parent.name for path in (ROOT / "quizsvc").glob("*/__init__.py")}
    assert [name for name in sorted(packages) if f"`quizsvc/{name}/`" not in text] == []


def test_problems_are_documented_and_unique(some_app):
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", (ROOT / "docs/problems.md").read_text(), re.M)
    declared = [kind for kind in all_problems() if kind.__module__.startswith("quizsvc.")]
    assert sorted(rows) == sorted((kind.slug, str(kind.status)) for kind in declared)
    assert len({kind.slug for kind in declared}) == len(declared)
    for kind in declared:
        assert kind.title
        assert kind.title_en
