"""``quizsvc contests results``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.contests.models import Board
from quizsvc.core.db import reading, transaction
from quizsvc.core.runtime import runtime
from quizsvc.core.spreadsheet import Cell, csv_lines
from quizsvc.leaderboards.snapshot_models import Snapshot
from quizsvc.organizers.acting import SYSTEM
from quizsvc.organizers.audit import record
from quizsvc.sealing.results import HEADER, result_rows


@click.command()
@click.argument("name", metavar="CONTEST_OR_ROUND")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--track", help="The board of this track.")
@click.option("--number", type=int, help="Which snapshot; otherwise the newest.")
@click.option("--reason", required=True, help="Kept in the audit log: the file holds full names.")
def results(name: str, file: Path, track: str | None, number: int | None, reason: str) -> None:
    """Write a sealed board with full names into a CSV file for the committee."""
    with reading() as session:
        snapshot = _snapshot(session, name, track, number)
        if snapshot is None:
            raise click.ClickException(f"«{name}» chưa có bản niêm phong như vậy; hãy chạy quizsvc contests seal trước.")
        written = _write(file, result_rows(session, snapshot))
    if written != snapshot.entries:
        file.unlink()
        raise click.ClickException(f"Tệp có {written} dòng nhưng bản niêm phong có {snapshot.entries} người; tệp đã xoá.")
    with transaction() as session:
        after = {"snapshot": snapshot.number, "sha256": snapshot.sha256, "rows": written}
        subject = f"contest-or-round:{name}"
        now = runtime().clock()
        record(
            session, actor=SYSTEM, action="results.export", subject=subject, reason=reason, before=None, after=after, now=now
        )
    click.echo(f"{file}: {written} người, bản niêm phong số {snapshot.number}, SHA-256 {snapshot.sha256}")


def _snapshot(session: Session, name: str, track: str | None, number: int | None) -> Snapshot | None:
    subjects = [subject + (f"#{track}" if track else "") for subject in (f"round:{name}", f"contest:{name}")]
    query = select(Snapshot).join(Board, Board.id == Snapshot.board_id).where(Board.subject.in_(subjects))
    if number is not None:
        query = query.where(Snapshot.number == number)
    return session.scalars(query.order_by(Snapshot.number.desc()).limit(1)).first()


def _write(file: Path, rows: Iterator[Sequence[Cell]]) -> int:
    """How many rows were written."""
    written = -1  # the header
    with file.open("w", encoding="utf-8", newline="") as out:
        for line in csv_lines(HEADER, rows):
            out.write(line)
            written += 1
    return written
