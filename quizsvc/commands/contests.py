"""``quizsvc contests``."""

from __future__ import annotations

from pathlib import Path

import click

from quizsvc.commands.seal import seal
from quizsvc.contests.loading import Loaded, load_contest
from quizsvc.contests.yaml_file import SUFFIXES, read_contest
from quizsvc.core.db import transaction
from quizsvc.core.runtime import runtime

SAID = {
    Loaded.ADDED: "đã thêm",
    Loaded.CHANGED: "đã cập nhật",
    Loaded.AMENDED: "đã sửa đổi, có công bố lý do",
    Loaded.UNCHANGED: "không thay đổi",
}


@click.group()
def contests() -> None:
    """Cuộc thi."""


@contests.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check only; nothing is written.")
@click.option("--reason", help="Why a contest that has opened is amended; published with the amendment.")
def load(path: Path, dry_run: bool, reason: str | None) -> None:
    """Load contest documents (a YAML or JSON file, or a folder of them); repeating changes nothing."""
    for line in load_contests(path, dry_run=dry_run, reason=reason):
        click.echo(line)


def load_contests(path: Path, *, dry_run: bool = False, reason: str | None = None) -> list[str]:
    """Load a document or a folder of them, all or nothing; one line about each."""
    files = sorted(file for file in path.iterdir() if file.suffix in SUFFIXES) if path.is_dir() else [path]
    documents = [read_contest(file) for file in files]
    lines = []
    with transaction() as session:
        for document in documents:
            done = load_contest(session, document, now=runtime().clock(), reason=reason)
            lines.append(f"Cuộc thi «{document.slug}»: {SAID[done]}")
        if dry_run:
            session.rollback()
    return lines


contests.add_command(seal)
