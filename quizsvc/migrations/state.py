"""Where a database stands in the schema's history, and moving it."""

from __future__ import annotations

import functools
from pathlib import Path

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
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # Rebuilding a table drops it, and with foreign keys on the drop would delete the rows that refer to it.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.commit()
    with connection.begin():
        if not sqlite:
            connection.exec_driver_sql("SET LOCAL lock_timeout = '4s'")
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7163009482)")
        numbers = [revision.revision for revision in ScriptDirectory.from_config(config()).walk_revisions()]
        down = target == "base" or (current is not None and target in numbers and target < current)
        (command.downgrade if down else command.upgrade)(config(connection), target)
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"migration would break {len(broken)} references, first: {broken[0]}")
    if sqlite:
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.commit()
