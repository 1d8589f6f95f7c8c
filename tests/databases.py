"""Fresh databases for tests: a migrated template, copied for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from quizsvc.core.db import Base, prepare_sqlite
from quizsvc.migrations import append_only, state
from quizsvc.schema import MODELS

ON_CI = os.environ.get("CI") == "true"
assert MODELS  # all tables are known to ``Base.metadata``

POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")


def postgresql_url() -> str:
    url = POSTGRESQL
    for prefix in ("postgres://", "postgresql://"):
        url = url.replace(prefix, "postgresql+psycopg://")
    return url


def postgresql_answers() -> bool:
    try:
        with _engine(postgresql_url(), connect_args={"connect_timeout": 2}) as engine, engine.connect():
            return True
    except OperationalError:
        return False


@contextmanager
def _engine(url: str, **options: Any) -> Iterator[Engine]:
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine)
    try:
        yield engine
    finally:
        engine.dispose()


@dataclass(frozen=True)
class Template:
    """A migrated, perhaps seeded database that is only ever copied.

    ``idle``: copies that were lent before and are as new. ``seeded``: the tables that a test normally leaves alone.
    """

    kind: str
    url: str
    seeded: frozenset[str] = frozenset()
    idle: list[str] = field(default_factory=list)

    @contextmanager
    def lend(self, folder: Path) -> Iterator[str]:
        """As ``copy``, but a PostgreSQL copy is swept and lent again: making and dropping one takes half a second each.

        For tests that leave the schema alone. A copy whose seed was touched is dropped.
        """
        if self.kind == "sqlite":
            with self.copy(folder) as url:
                yield url
            return
        url = self.idle.pop() if self.idle else self._make()
        yield url
        if self._sweep(url):
            self.idle.append(url)
        else:
            self._drop(url)

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        """The URL of a copy that lives as long as the block."""
        if self.kind == "sqlite":
            path = folder / f"{uuid4().hex}.db"
            shutil.copyfile(make_url(self.url).database or "", path)
            yield f"sqlite:///{path}"
            return
        made = self._make()
        try:
            yield made
        finally:
            self._drop(made)

    def drop(self) -> None:
        for url in [*self.idle, self.url] if self.kind == "postgresql" else []:
            self._drop(url)
        self.idle.clear()

    def _make(self) -> str:
        name = f"quizsvc_test_{uuid4().hex}"
        _administer(f'CREATE DATABASE "{name}" TEMPLATE "{make_url(self.url).database}"')
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def _drop(self, url: str) -> None:
        _administer(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    def _sweep(self, url: str) -> bool:
        """Empty every table that was not seeded; ``False`` when a seeded one was written to."""
        with _engine(url) as engine, engine.begin() as connection:
            connection.execute(text(END_OTHERS))
            if self.seeded and connection.scalar(text("SELECT count(*) FROM seed_touched")):
                return False
            connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": state.head()})
            written_once = connection.scalars(text(WRITTEN_ONCE)).all()
            for name in written_once:
                connection.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
            for table in reversed(Base.metadata.sorted_tables):
                if table.name not in self.seeded:
                    connection.execute(table.delete())
                    if "id" in table.c and table.c.id.type.python_type is int:
                        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), 1, false)"))
            for name in written_once:
                connection.execute(text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))
        return True


END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
WRITTEN_ONCE = f"SELECT DISTINCT CAST(tgrelid::regclass AS text) FROM pg_trigger WHERE tgname LIKE '{append_only.NAME}%'"
WATCH = """CREATE TABLE seed_touched (what text);
    CREATE FUNCTION note_seed_touched() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO seed_touched VALUES (TG_TABLE_NAME); RETURN NULL; END $$;"""


def watch_seed(url: str) -> frozenset[str]:
    """The tables that hold rows now; on PostgreSQL each later write to them is noted."""
    with _engine(url) as engine, engine.begin() as connection:
        tables = Base.metadata.sorted_tables
        seeded = frozenset(table.name for table in tables if connection.execute(table.select().limit(1)).first())
        if engine.dialect.name == "postgresql":
            connection.execute(text(WATCH))
            for name in seeded:
                connection.execute(
                    text(
                        f"CREATE TRIGGER watch_{name} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {name} "
                        "FOR EACH STATEMENT EXECUTE FUNCTION note_seed_touched()"
                    )
                )
    return seeded


def make_template(kind: str, folder: Path) -> Template:
    """A template of this kind at the newest migration."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'template.db'}"
    else:
        name = f"quizsvc_template_{uuid4().hex}"
        _administer(f'CREATE DATABASE "{name}"')
        url = make_url(postgresql_url()).set(database=name).render_as_string(hide_password=False)
    with _engine(url) as engine:
        state.migrate(engine)
    settle_file(url)
    return Template(kind, url)


def settle_file(url: str) -> None:
    """Bring everything of an SQLite database into its one file, so that it can be copied."""
    if url.startswith("sqlite"):
        with _engine(url) as engine, engine.connect() as connection:
            connection.rollback()
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _administer(statement: str) -> None:
    with _engine(postgresql_url(), isolation_level="AUTOCOMMIT") as engine, engine.connect() as connection:
        connection.execute(text(statement))
