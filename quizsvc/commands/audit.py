"""``quizsvc audit``."""

from __future__ import annotations

import re

import click

from quizsvc.core.clock import VIETNAM
from quizsvc.core.db import reading
from quizsvc.organizers.audit import check_chain
from quizsvc.organizers.models import AuditRow
from quizsvc.organizers.queries import newest_rows

SHOWN = 20


@click.group(invoke_without_command=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=SHOWN, show_default=True, help="How many rows.")
@click.pass_context
def audit(context: click.Context, limit: int) -> None:
    """Show the newest rows of the audit log, or check that nobody changed it."""
    if context.invoked_subcommand is not None:
        return
    with reading() as session:
        rows = newest_rows(session, limit)
    for row in rows:
        click.echo(said(row))
    if not rows:
        click.echo("Nhật ký chưa có dòng nào.")


@audit.command()
@click.option("--known", help="NUMBER:SHA256 of a row, as printed by an earlier check and kept elsewhere.")
def check(known: str | None) -> None:
    """Recompute the chain of hashes; exit status 1 with every fault."""
    kept = _known(known)
    with reading() as session:
        faults = check_chain(session, kept)
        newest = newest_rows(session, 1)
    for fault in faults:
        click.echo(f"SAI: {fault}", err=True)
    if faults:
        raise click.ClickException(f"Nhật ký có {len(faults)} chỗ sai.")
    if not newest:
        click.echo("Nhật ký chưa có dòng nào.")
        return
    row = newest[0]
    click.echo(f"Nhật ký nguyên vẹn: {row.number} dòng. Hãy giữ ở nơi khác: {row.number}:{row.sha256}")


def said(row: AuditRow) -> str:
    """One row in one line."""
    who = "dòng lệnh" if row.actor_id is None else f"{row.actor_role} {row.actor_id}"
    unit = "" if row.unit_id is None else f" · đơn vị {row.unit_id}"
    moment = row.at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S")
    reason = " ".join(row.reason.split())
    return f"{row.number} · {moment} · {row.action} · {row.subject} · {who}{unit} · {reason} · {row.sha256[:12]}"


def _known(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    number, _, sha256 = text.strip().partition(":")
    if not re.fullmatch("[0-9]{1,9}", number) or not re.fullmatch("[0-9a-f]{64}", sha256):
        raise click.BadParameter("phải có dạng SỐ:SHA256, như lần kiểm tra trước đã in", param_hint="--known")
    return int(number), sha256
