"""``quizsvc sweep``."""

from __future__ import annotations

import click

from quizsvc.attempts.sweeping import sweep as run_sweep
from quizsvc.attempts.trials import wipe_trials
from quizsvc.core.runtime import runtime
from quizsvc.sealing.chores import seal_due


@click.command()
def sweep() -> None:
    """Close attempts past their deadline, grade what is not graded yet, wipe trials, seal what cannot be shown unsealed."""
    run = runtime()
    swept = run_sweep(run.clock)
    wiped = wipe_trials(run.clock)
    sealed = seal_due(run.clock, run.chance)
    click.echo(
        f"Đã đóng {swept.closed} lượt quá giờ, chấm {swept.graded} bài, xoá {wiped} lượt thi thử, niêm phong {sealed} bảng."
    )
