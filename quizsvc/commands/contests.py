"""``quizsvc contests``."""

from __future__ import annotations

from pathlib import Path

import click

from quizsvc.contests.loading import Loaded, load_contest
from quizsvc.contests.yaml_file import read_contest
from quizsvc.core.db import transaction
from quizsvc.core.runtime import runtime

SAID = {Loaded.ADDED: "đã thêm", Loaded.CHANGED: "đã cập nhật", Loaded.UNCHANGED: "không thay đổi"}


@click.group()
def contests() -> None:
    """Cuộc thi."""


@contests.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check only; nothing is written.")
def load(path: Path, dry_run: bool) -> None:
    """Load contest documents (a YAML file, or a folder of them); repeating changes nothing."""
    for line in load_contests(path, dry_run=dry_run):
        click.echo(line)


def load_contests(path: Path, *, dry_run: bool = False) -> list[str]:
    """Load a document or a folder of them, all or nothing; one line about each."""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    documents = [read_contest(file) for file in files]
    with transaction() as session:
        lines = [
            f"Cuộc thi «{document.slug}»: {SAID[load_contest(session, document, now=runtime().clock())]}"
            for document in documents
        ]
        if dry_run:
            session.rollback()
    return lines
