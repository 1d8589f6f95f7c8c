"""``quizsvc units``."""

from __future__ import annotations

from pathlib import Path

import click

from quizsvc.core.db import transaction
from quizsvc.units.csv_file import FaultyUnits, read_units
from quizsvc.units.service import load_units


@click.group()
def units() -> None:
    """Đơn vị hành chính."""


@units.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check only.")
def load(path: Path, dry_run: bool) -> None:
    """Load a province's units from a CSV file; repeating changes nothing."""
    try:
        rows = read_units(path.read_bytes())
        if dry_run:
            click.echo(f"Tệp hợp lệ: {len(rows)} đơn vị.")
            return
        with transaction() as session:
            report = load_units(session, rows)
    except FaultyUnits as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Đơn vị: thêm {report.added}, sửa {report.changed}, giữ nguyên {report.unchanged}.")
