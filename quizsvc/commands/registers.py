"""``quizsvc registers``: numbers of staff and lists of people from files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from quizsvc.contests.queries import contest_by_slug
from quizsvc.core.db import transaction
from quizsvc.core.problems import NotFound
from quizsvc.core.runtime import runtime
from quizsvc.organizers.powers import REGISTER_WRITE
from quizsvc.registers import service
from quizsvc.registers.reporting import ImportReport, Status
from quizsvc.registers.workbook import FileRefused, read_table

FILE = click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Check only; nothing is written.")
REASON = click.option("--reason", help="Kept in the audit log; needed without --dry-run.")


@click.group()
def registers() -> None:
    """Sổ đăng ký của cuộc thi: số người của đơn vị, danh sách người."""


@registers.command()
@click.argument("contest")
@FILE
@DRY_RUN
@REASON
def headcounts(contest: str, path: Path, dry_run: bool, reason: str | None) -> None:
    """Numbers of staff by unit (.xlsx or CSV), all rows or none."""
    _import(contest, path, dry_run, reason, service.take_headcounts)


@registers.command()
@click.argument("contest")
@click.argument("list_code", metavar="LIST")
@FILE
@DRY_RUN
@REASON
@click.option("--replace", is_flag=True, help="Who is not in the file leaves the list.")
def people(contest: str, list_code: str, path: Path, dry_run: bool, reason: str | None, replace: bool) -> None:
    """People on a list of the contest (.xlsx or CSV), all rows or none."""
    more = {"list_code": list_code, "replace": replace, "chance": runtime().chance}
    _import(contest, path, dry_run, reason, service.take_people, **more)


def _import(slug: str, path: Path, dry_run: bool, reason: str | None, take: Any, **more: Any) -> None:
    if not dry_run and not (reason or "").strip():
        raise click.BadParameter("cần lý do khi ghi thật", param_hint="--reason")
    run = runtime()
    raw = path.read_bytes()
    try:
        upload = service.Upload.of(raw, read_table(raw), (reason or "xem trước").strip())
        with transaction() as session:
            contest = contest_by_slug(session, slug, drafts=True)
            scope = service.scope_in(session, contest, None, REGISTER_WRITE)
            report: ImportReport = take(
                session, contest=contest, scope=scope, upload=upload, now=run.clock(), keys=run.keys, **more
            )
            if dry_run or report.rejected:
                session.rollback()
    except (FileRefused, NotFound) as error:
        raise click.ClickException(getattr(error, "detail", None) or str(error)) from None
    for row in report.rows:
        if row.status is not Status.ACCEPTED:
            click.echo(f"{row.where} [{', '.join(row.codes)}] {row.detail}", err=row.status is Status.REJECTED)
    if report.rejected:
        raise click.ClickException(f"{report.rejected} dòng lỗi, chưa ghi dòng nào.")
    done = "hợp lệ (chưa ghi)" if dry_run else "đã ghi"
    click.echo(f"{report.accepted} dòng {done}. SHA-256 của tệp: {report.file_sha256}")
