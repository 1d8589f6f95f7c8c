"""What ``quizsvc banks export --bank CODE --format F`` does."""

from __future__ import annotations

from pathlib import Path

import click

from quizsvc.banks.access import bank_by_code
from quizsvc.banks.export import FORMATS, material_of
from quizsvc.banks.files.writing.written import losses_in_words
from quizsvc.core.db import reading
from quizsvc.core.problems import NotFound

MOST_LINES = 200


def export_file(code: str, format_name: str, path: Path) -> None:
    """Write the bank to ``path``, or under its own name into the folder ``path``; what is lost goes to stderr."""
    try:
        with reading() as session:
            material = material_of(session, bank_by_code(session, code))
    except NotFound:
        raise click.ClickException(f"Không có ngân hàng nào mang mã {code}.") from None
    if not material.contents:
        raise click.ClickException(f"Ngân hàng {code} chưa có câu hỏi nào.")
    written = FORMATS[format_name](material)
    file = path / written.file_name if path.is_dir() else path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(written.data)
    click.echo(f"Đã ghi {len(material.contents)} câu vào {file}")
    if written.losses:
        totals = ", ".join(f"{name} {count}" for name, count in written.totals.items())
        click.echo(f"Không chuyển được hết ({totals}):", err=True)
        lines = losses_in_words(written.losses).splitlines()
        for line in lines[:MOST_LINES]:
            click.echo(line, err=True)
        if len(lines) > MOST_LINES:
            click.echo(f"… và {len(lines) - MOST_LINES} điểm khác.", err=True)
