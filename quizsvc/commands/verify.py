"""``quizsvc verify``."""

from __future__ import annotations

import click

from quizsvc.core.db import reading
from quizsvc.verification.service import Findings, receipt_by_code
from quizsvc.verification.service import verify as run_verify

SHOWN = 50


@click.command()
@click.option("--receipt", help="Check one receipt by its code instead.")
def verify(receipt: str | None) -> None:
    """Recompute every derived figure from the stored answers and compare; exit status 1 when something differs."""
    if receipt is not None:
        _one_receipt(receipt.strip().upper())
        return
    with reading() as session:
        findings = run_verify(session)
    report(findings)


def report(findings: Findings) -> None:
    """Print what was compared; end with status 1 when something differs."""
    for difference in findings.differences[:SHOWN]:
        click.echo(f"KHÁC: {difference}", err=True)
    if findings.differences:
        raise click.ClickException(f"{len(findings.differences)} chỗ khác trong {findings.figures} số liệu.")
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
