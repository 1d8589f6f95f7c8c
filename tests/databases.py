"""Fresh databases for tests: a migrated template, copied for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from quizsvc.core.db import prepare_sqlite
from quizsvc.migrations import state

ON_CI = os.environ.get("CI") == "true"
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
    """A migrated, seeded database that is only ever copied."""

    kind: str
    url: str

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        """The URL of a copy that lives as long as the block."""
        if self.kind == "sqlite":
            path = folder / f"{uuid4().hex}.db"
            shutil.copyfile(make_url(self.url).database or "", path)
            yield f"sqlite:///{path}"
            return
        name = f"quizsvc_test_{uuid4().hex}"
        source = make_url(self.url).database
        _administer(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')
        try:
            yield make_url(self.url).set(database=name).render_as_string(hide_password=False)
        finally:
            _administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def drop(self) -> None:
        if self.kind == "postgresql":
            _administer(f'DROP DATABASE IF EXISTS "{make_url(self.url).database}" WITH (FORCE)')


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
