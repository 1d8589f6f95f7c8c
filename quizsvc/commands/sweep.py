"""``quizsvc sweep``."""

from __future__ import annotations

import click

from quizsvc.attempts.sweeping import sweep as run_sweep
from quizsvc.core.runtime import runtime
from quizsvc.sealing.chores import seal_due


@click.command()
def sweep() -> None:
    """Close attempts past their deadline, grade what is not graded yet, seal what cannot be shown unsealed."""
    run = runtime()
    swept = run_sweep(run.clock)
    sealed = seal_due(run.clock, run.chance)
    click.echo(f"Đã đóng {swept.closed} lượt quá giờ, chấm {swept.graded} bài, niêm phong {sealed} bảng.")
