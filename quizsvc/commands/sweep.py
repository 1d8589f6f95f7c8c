"""``quizsvc sweep``."""

from __future__ import annotations

import click

from quizsvc.attempts.sweeping import sweep as run_sweep
from quizsvc.core.runtime import runtime


@click.command()
def sweep() -> None:
    """Close attempts past their deadline and grade what is not graded yet."""
    swept = run_sweep(runtime().clock)
    click.echo(f"Đã đóng {swept.closed} lượt quá giờ, chấm {swept.graded} bài.")
