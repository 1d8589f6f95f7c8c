"""One unmoving view of the database for as long as a seal takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

LOCK = 716_300_948
ROOMY = -131_072  # KiB
PREPARE = ("SET LOCAL cursor_tuple_fraction = 1.0", "SET LOCAL work_mem = '64MB'")


def one_at_a_time(session: Session, contest_id: int) -> None:
    """Wait until nobody else seals anything of this contest; on SQLite every writer waits anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(LOCK, contest_id)))


def join_all_at_once(session: Session) -> None:
    """For a join of two whole snapshots: PostgreSQL has no statistics of rows that were only just written."""
    if session.get_bind().dialect.name == "postgresql":
        for statement in ("SET LOCAL enable_nestloop = off", "SET LOCAL work_mem = '64MB'"):
            session.execute(text(statement))


@contextmanager
def steady(session: Session) -> Iterator[Session]:
    """A session that sees what was committed when it began, whatever others do meanwhile.

    On PostgreSQL a second connection, so that entries are read while their snapshot is written; it does not see what
    ``session`` has not committed. On SQLite ``session`` itself: it is the only writer.
    """
    bind = session.get_bind()
    if bind.dialect.name != "postgresql":
        with _room_to_sort(session):
            yield session
        return
    with (
        bind.engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True) as connection,
        Session(connection, expire_on_commit=False) as seen,
    ):
        for statement in PREPARE:
            connection.execute(text(statement))
        yield seen


@contextmanager
def _room_to_sort(session: Session) -> Iterator[None]:
    """SQLite's usual 2 MB of pages would be read and written over and over by indexes that fill in random order."""
    connection = session.connection()
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = {ROOMY}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {usual}")
