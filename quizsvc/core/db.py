"""The database: engine rules, column types, and the only ways to get a session."""

from __future__ import annotations

import json
import select
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, Row, Select, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


EXTENSION = "quizsvc.engines"


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
        kind = connection.get_execution_options().get("kind", "writing")
        if kind != "single":
            connection.exec_driver_sql("BEGIN" if kind == "reading" else "BEGIN IMMEDIATE")


def prepare_postgresql(engine: Engine, *, idle_seconds: float = 30.0) -> None:
    """A connection that was lost while nobody used it is replaced when it is wanted next.

    A server that ended it has said so: then something can be read from its socket. Only one that went silently (after
    ``idle_seconds``) is asked, since a question before every transaction costs as much as a statement of it.
    """

    @event.listens_for(engine, "checkin")
    def checkin(_connection: Any, record: Any) -> None:
        record.info["used_at"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def checkout(connection: Any, record: Any, _proxy: Any) -> None:
        used_at = record.info.pop("used_at", None)  # nothing where it has just been made
        if used_at is not None and _is_lost(engine, connection, ask=time.monotonic() - used_at >= idle_seconds):
            raise DisconnectionError


def _is_lost(engine: Engine, connection: Any, *, ask: bool) -> bool:
    if connection.closed:
        return True
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if waiting.poll(0):
        return True
    if not ask:
        return False
    try:
        return not engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error:
        return True


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
    with Session(_engine("reading", "REPEATABLE READ"), expire_on_commit=False) as session:
        yield session
        session.expunge_all()  # a rollback would empty the objects that the caller keeps


def look_up(statement: Select[Any], values: Mapping[str, Any]) -> Row[Any] | None:
    """The first row that one statement finds, outside any transaction: the cheapest way to ask the database something."""
    with _engine("single", "AUTOCOMMIT").connect() as connection:
        return connection.execute(statement, values).first()


def _engine(kind: str, isolation_level: str) -> Engine:
    """The engine with the options of sessions of this kind; made once, since that costs as much as a statement."""
    made: dict[str, Engine] = current_app.extensions.setdefault(EXTENSION, {})
    if kind not in made:
        options = {} if db.engine.dialect.name == "sqlite" else {"isolation_level": isolation_level}
        made[kind] = db.engine.execution_options(kind=kind, **options)
    return made[kind]


def upsert(session: Session, table: Any) -> Any:
    """An ``INSERT`` that understands ``ON CONFLICT``, in the dialect of this session."""
    return (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(table)
