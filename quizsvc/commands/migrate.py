"""``quizsvc migrate``."""

from __future__ import annotations

import click
from alembic.util import CommandError

from quizsvc.core.db import db
from quizsvc.migrations import state


@click.command()
@click.option("--to", "target", default="head", show_default=True, help="A revision, head or base.")
def migrate(target: str) -> None:
    """Bring the database's schema to the newest version; safe to repeat."""
    try:
        state.migrate(db.engine, target)
    except CommandError as error:
        raise click.ClickException(f"Không chuyển được lược đồ đến «{target}»: {error}") from None
    with db.engine.connect() as connection:
        click.echo(f"Lược đồ cơ sở dữ liệu: {state.revision_of(connection) or 'trống'}")
