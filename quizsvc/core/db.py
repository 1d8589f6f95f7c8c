"""The database: engine rules, column types, and the only ways to get a session."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Parent of every table. Models hold columns and constraints, never queries or clocks."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, stored and returned in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def to_json(value: Any) -> str:
    """Compact JSON for JSON columns. A module-level function, since psycopg warns about closures."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def engine_options(database_url: str) -> dict[str, Any]:
    """Engine arguments by database; the pool is at least as large as a worker's threads."""
    options: dict[str, Any] = {"json_serializer": to_json, "pool_size": 20, "max_overflow": 5, "pool_timeout": 10}
    options["hide_parameters"] = True  # an error in the log shows the statement, never names or ids
    if not database_url.startswith("sqlite"):
        options |= {"pool_pre_ping": True}
    return options


def prepare_sqlite(engine: Engine) -> None:
    """Real transactions on SQLite.

    Python's driver opens a transaction at the first write only, so a read before it is outside and updates are lost.
    We say BEGIN ourselves: IMMEDIATE for writers, plain for sessions that only read.
    """

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        # synchronous=FULL: an acknowledged answer survives a power cut, not only a killed process.
        # recursive_triggers=ON: REPLACE INTO cannot slip past the triggers of tables that are written once.
        pragmas = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=20000", "foreign_keys=ON", "recursive_triggers=ON")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def make_database_folder(database_url: str) -> None:
    """SQLite creates its file but not the folder above it."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


@contextmanager
def transaction() -> Iterator[Session]:
    """A session whose work is committed at the end of the block, or rolled back if the block raises."""
    with Session(db.engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """A session for reads: all of them see one instant. On SQLite it never waits for a writer.

    What it changes is thrown away. A rank is found by several statements. On PostgreSQL each would see what was committed
    meanwhile, and two of them would not fit together; so the whole session reads one snapshot.
    """
    options = {} if db.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    engine = db.engine.execution_options(reading=True, **options)
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.expunge_all()  # a rollback would empty the objects that the caller keeps


def upsert(session: Session, table: Any) -> Any:
    """An ``INSERT`` that understands ``ON CONFLICT``, in the dialect of this session."""
    return (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(table)
