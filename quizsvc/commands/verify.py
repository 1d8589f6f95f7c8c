"""``quizsvc verify``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizsvc.attempts.models import Attempt
from quizsvc.core.db import db, reading
from quizsvc.verification.findings import Findings
from quizsvc.verification.instant import one_instant
from quizsvc.verification.service import receipt_by_code
from quizsvc.verification.service import verify as run_verify
from quizsvc.verification.shares import verify_database

SHOWN = 50
LARGE = 50_000
"""From so many attempts on it is worth starting other processes."""


@click.command()
@click.option("--receipt", help="Check one receipt by its code instead.")
@click.option(
    "--processes", type=click.IntRange(1, 64), help="How many processes share the work (usually one for each core)."
)
def verify(receipt: str | None, processes: int | None) -> None:
    """Recompute every derived figure from the stored answers and compare; exit status 1 when something differs."""
    if receipt is not None:
        _one_receipt(receipt.strip().upper())
        return
    url = db.engine.url.render_as_string(hide_password=False)
    with reading() as session:
        attempts = session.scalar(select(func.count()).select_from(Attempt).where(Attempt.ended_at.is_not(None))) or 0
    wanted = processes or (os.cpu_count() or 1 if attempts >= LARGE else 1)
    with _shown_progress(attempts) as progress:
        report(verify_database(url, wanted, progress) if wanted > 1 else _here(url, progress))


def _here(url: str, progress: Callable[[int], None]) -> Findings:
    with one_instant(url) as connection, Session(connection) as session:
        return run_verify(session, progress)


@contextmanager
def _shown_progress(attempts: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("Đã kiểm"), BarColumn(), MofNCompleteColumn(), TextColumn("lượt, còn"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=attempts)
        yield lambda done: bar.update(task, completed=done)


def report(findings: Findings) -> None:
    """Print what was compared; end with status 1 when something differs."""
    for difference in findings.differences[:SHOWN]:
        click.echo(f"KHÁC: {difference}", err=True)
    if findings.total > SHOWN:
        click.echo(f"… và {findings.total - SHOWN} chỗ khác nữa.", err=True)
    if findings.total:
        raise click.ClickException(f"{findings.total} chỗ khác trong {findings.figures} số liệu.")
    click.echo(f"Khớp hoàn toàn: {findings.figures} số liệu tính lại từ {findings.attempts} lượt thi, không sai khác.")


def _one_receipt(code: str) -> None:
    with reading() as session:
        found = receipt_by_code(session, code)
    if found is None:
        raise click.ClickException(f"Không có biên nhận {code}.")
    attempt_id, is_sound = found
    if not is_sound:
        raise click.ClickException(f"Biên nhận {code} KHÔNG khớp nội dung đang lưu của lượt thi {attempt_id}.")
    click.echo(f"Biên nhận {code} khớp nội dung đang lưu của lượt thi {attempt_id}.")
