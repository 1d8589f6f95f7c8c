"""Where a database stands in the schema's history, and moving it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

FOLDER = Path(__file__).parent


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration; ``env.py`` finds the connection to use in its attributes."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["connection"] = connection
    return made


@functools.cache
def head() -> str:
    """The newest migration in the source; raises when there are two."""
    found = ScriptDirectory.from_config(config()).get_current_head()
    assert found is not None
    return found


def revision_of(connection: Connection) -> str | None:
    """The migration this database is at, or ``None`` when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine, target: str = "head") -> None:
    """Bring the database to ``target``: a revision, ``head`` or ``base``. Safe to call twice and from two processes."""
    with engine.connect() as connection:
        current = revision_of(connection)
        connection.rollback()
        if current == (head() if target == "head" else target):
            return
        _move(connection, current, target)


def _move(connection: Connection, current: str | None, target: str) -> None:
    with without_foreign_keys(connection), connection.begin():
        if connection.dialect.name != "sqlite":
            connection.exec_driver_sql("SET LOCAL lock_timeout = '4s'")
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7163009482)")
        down = target == "base" or (target != "head" and current is not None and target < current)
        (command.downgrade if down else command.upgrade)(config(connection), target)
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration would break {len(broken)} references, first: {broken[0]}")


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """On SQLite a table is rebuilt by dropping it; with foreign keys on, the rows that refer to it would go with it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    _say(connection, "PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        _say(connection, "PRAGMA foreign_keys=ON")


def _say(connection: Connection, pragma: str) -> None:
    """Run a pragma outside any transaction, where alone it has an effect."""
    driver: Any = connection.connection.driver_connection
    driver.execute(pragma)
