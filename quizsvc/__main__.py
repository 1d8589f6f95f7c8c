"""The command line: ``python -m quizsvc …``, installed as ``quizsvc``."""

from __future__ import annotations

import os
import sys

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from quizsvc import create_app
from quizsvc.banks.commands import banks
from quizsvc.commands import audit, boards, contests, correct, demo, grant, migrate, registers, serve, sweep, units, verify
from quizsvc.contests.errors import ContestDocumentRefused
from quizsvc.core import logging
from quizsvc.core.db import db
from quizsvc.core.settings import Settings, SettingsError
from quizsvc.item_statistics.commands import items


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def cli(context: click.Context) -> None:
    """Dịch vụ thi tìm hiểu pháp luật. Settings come from the environment, see README."""
    settings = Settings.from_env(os.environ)
    logging.configure(pretty=settings.env == "development", level="warning")
    context.with_resource(create_app(settings).app_context())
    context.call_on_close(db.engine.dispose)


for command in (
    serve.serve,
    demo.demo,
    migrate.migrate,
    banks,
    contests.contests,
    units.units,
    grant.grant,
    audit.audit,
    correct.correct,
    boards.boards,
    registers.registers,
    items,
    sweep.sweep,
    verify.verify,
):
    cli.add_command(command)


def main() -> None:
    """Run a command; what a person did wrong is one message and exit status 1, never a traceback."""
    try:
        cli(prog_name="quizsvc")
    except (SettingsError, ContestDocumentRefused, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except (OperationalError, ProgrammingError) as error:  # it does not answer, or has no tables yet
        reason = next(iter(str(error.orig).splitlines()), "")
        click.echo(f"Cơ sở dữ liệu không dùng được (DATABASE_URL, hoặc chưa chạy quizsvc migrate): {reason}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
