"""Connections that see a database at one instant, whatever is written meanwhile; several of them can see the same one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine

from quizsvc.core.db import engine_options, prepare_sqlite

SQLITE_CACHE_KIB = 200_000


@contextmanager
def one_instant(url: str, snapshot: str | None = None) -> Iterator[Connection]:
    """A connection that sees the database as it is now; on PostgreSQL, as the one sees it that exported ``snapshot``."""
    engine = create_engine(url, **engine_options(url) | {"pool_size": 1})
    try:
        if engine.dialect.name == "sqlite":
            prepare_sqlite(engine)
            with engine.execution_options(kind="reading").connect() as connection:
                connection.exec_driver_sql(f"PRAGMA cache_size = -{SQLITE_CACHE_KIB}")
                connection.exec_driver_sql("SELECT count(*) FROM alembic_version").all()  # the instant begins here
                yield connection
        else:
            with engine.execution_options(isolation_level="REPEATABLE READ").connect() as connection:
                if snapshot is not None:
                    connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
                # Everything is read to its end, so the plan for the whole is wanted, not the one for the first rows.
                connection.exec_driver_sql("SET LOCAL cursor_tuple_fraction = 1")
                connection.exec_driver_sql("SET LOCAL work_mem = '128MB'")
                connection.exec_driver_sql("SET LOCAL jit = off")
                yield connection
    finally:
        engine.dispose()


def exported(connection: Connection) -> str | None:
    """The name under which others can see what this connection sees; SQLite has none, see ``writers_wait``."""
    if connection.dialect.name == "sqlite":
        return None
    return str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar())


@contextmanager
def writers_wait(url: str) -> Iterator[None]:
    """On SQLite nobody writes during the block, so that connections opened in it see the same; it should be short."""
    if not url.startswith("sqlite"):
        yield
        return
    engine = create_engine(url, **engine_options(url))
    prepare_sqlite(engine)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")  # BEGIN IMMEDIATE
            yield
    finally:
        engine.dispose()
