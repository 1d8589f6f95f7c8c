"""``quizsvc contests seal``."""

from __future__ import annotations

from typing import Any

import click

from quizsvc.contests.models import Board
from quizsvc.contests.queries import contest_by_slug, round_by_public_id
from quizsvc.core.db import transaction
from quizsvc.core.problems import NotFound, Problem
from quizsvc.core.runtime import runtime
from quizsvc.organizers.acting import SYSTEM
from quizsvc.sealing import service
from quizsvc.sealing.conditions import Order
from quizsvc.sealing.kinds import Kind


@click.command()
@click.argument("name", metavar="CONTEST_OR_ROUND")
@click.option("--final", "is_final", is_flag=True, help="The confirmed order; without it, a provisional one.")
@click.option("--reason", required=True, help="Kept in the snapshot and in the audit log.")
@click.option("--reopen", is_flag=True, help="Seal again although the result is final.")
@click.option("--force", is_flag=True, help="Final although complaints are still taken.")
def seal(name: str, is_final: bool, reason: str, reopen: bool, force: bool) -> None:
    """Seal a round (contest.round) or a whole contest: final order, numbered snapshot, SHA-256."""
    if len(reason.strip()) < 3:
        raise click.BadParameter("cần lý do rõ ràng", param_hint="--reason")
    order = Order(Kind.FINAL if is_final else Kind.PROVISIONAL, reason.strip(), reopen=reopen, force=force)
    try:
        lines = _sealed(name, order)
    except Problem as problem:
        raise click.ClickException(problem.detail or problem.title) from None
    for line in lines:
        click.echo(line)


def _sealed(name: str, order: Order) -> list[str]:
    run = runtime()
    more: dict[str, Any] = {"actor": SYSTEM, "now": run.clock(), "chance": run.chance}
    with transaction() as session:
        try:
            found = round_by_public_id(session, name)
        except NotFound:
            sealed = service.seal_contest(session, contest_by_slug(session, name), order, **more)
        else:
            sealed = service.seal_round(session, found, order, **more)
        boards = {made.board_id: session.get_one(Board, made.board_id).subject for made in sealed.snapshots}
    kind = "chính thức" if order.kind is Kind.FINAL else "tạm thời"
    lines = [
        f"{boards[made.board_id]}: niêm phong {kind} lần {made.number}, {made.entries} người, SHA-256 {made.sha256}"
        for made in sealed.snapshots
    ]
    return [*lines, *(f"Lưu ý: {warning}" for warning in sealed.warnings)]
