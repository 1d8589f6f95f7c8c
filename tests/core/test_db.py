"""The database rules: transactions, moments, upserts, and no update lost between two processes."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, bindparam, create_engine, func, select, text, update
from sqlalchemy.exc import StatementError

from quizsvc.banks.models import Bank
from quizsvc.core.db import db, look_up, prepare_postgresql, reading, transaction, upsert
from quizsvc.units.models import Unit

PROMISES = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20_000}
VIETNAM_TIME = timezone(timedelta(hours=7))


def test_a_block_that_raises_leaves_nothing(app):
    with pytest.raises(ZeroDivisionError), transaction() as session:  # noqa: PT012  the block is what is tested
        session.add(Bank(code="x", title="", topics={}))
        session.flush()
        _ = 1 / 0
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Bank)) == 0


def test_what_a_reader_changes_is_thrown_away_and_what_it_read_stays_usable(app):
    with transaction() as session:
        session.add(Bank(code="x", title="", topics={}))
    with reading() as session:
        bank = session.scalars(select(Bank)).one()
    assert bank.code == "x"
    with reading() as session:
        session.execute(update(Bank).values(code="y"))
    with reading() as session:
        assert session.scalars(select(Bank.code)).all() == ["x"]


def test_moments_come_back_as_the_same_instant_in_utc(playground):
    from quizsvc.participants.models import Participant

    moment = datetime(2026, 11, 23, 8, 0, 0, 123_000, tzinfo=VIETNAM_TIME)
    with transaction() as session:
        session.add(Participant(id=playground.extensions["quizsvc"].chance.new_id(), created_at=moment))
    with reading() as session:
        stored = session.scalars(select(Participant.created_at)).one()
    assert stored == moment
    assert stored.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(playground):
    from quizsvc.participants.models import Participant

    naive = datetime(2026, 11, 23, 8, 0)
    with pytest.raises(StatementError, match="time zone"), transaction() as session:  # noqa: PT012
        session.add(Participant(id=playground.extensions["quizsvc"].chance.new_id(), created_at=naive))
        session.flush()


def test_foreign_keys_hold(app):
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError), transaction() as session:
        session.add(
            Unit(
                code="1",
                name="x",
                kind="ward",
                parent_id=999,
                path="/1/",
                valid_from=datetime(2026, 1, 1, tzinfo=UTC).date(),
                search="x",
            )
        )


def test_no_update_is_lost_when_many_read_and_then_write(app):
    """Each thread reads, then writes what it read plus one: without a real transaction most of it would be lost."""
    with transaction() as session:
        session.add(Bank(code="x", title="", topics={"ones": 0}))

    def add_ones() -> None:
        with app.app_context():
            for _ in range(20):
                with transaction() as session:
                    row = session.scalars(select(Bank).with_for_update()).one()
                    row.topics = {"ones": row.topics["ones"] + 1}

    threads = [threading.Thread(target=add_ones) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading() as session:
        assert session.scalars(select(Bank.topics)).one() == {"ones": 80}


def test_upsert_speaks_the_dialect_of_the_session(app):
    for title in ("a", "b"):
        with transaction() as session:
            insert = upsert(session, Bank).values([{"code": "x", "title": title, "topics": {}}])
            longer = {"title": Bank.title.concat(insert.excluded.title)}
            session.execute(insert.on_conflict_do_update(index_elements=["code"], set_=longer))
    with reading() as session:
        assert session.scalars(select(Bank.title)).one() == "ab"


def test_a_reader_neither_waits_for_a_writer_nor_sees_its_half(app):
    with transaction() as session:
        session.add(Bank(code="x", title="", topics={}))
        session.flush()
        with reading() as other:
            assert other.scalar(select(func.count()).select_from(Bank)) == 0
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Bank)) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_keeps_what_it_acknowledged(app):
    with db.engine.connect() as connection:
        told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PROMISES}
    assert told == PROMISES


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("idle_seconds", [0.0, 30.0])
def test_a_connection_that_the_server_ended_is_replaced_before_anybody_notices(app, database_url, idle_seconds):
    """One that lives stays, whether it is asked (0 seconds) or not."""
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    prepare_postgresql(engine, idle_seconds=idle_seconds)
    try:
        first = process_of(engine)
        assert process_of(engine) == first
        with db.engine.connect() as other:
            assert other.scalar(select(func.pg_terminate_backend(first)))
            listed = select(func.count()).select_from(text("pg_stat_activity")).where(text("pid = :pid"))
            deadline = time.monotonic() + 10
            while other.scalar(listed, {"pid": first}):
                other.rollback()
                assert time.monotonic() < deadline, "it does not end"
        assert process_of(engine) != first
    finally:
        engine.dispose()


def process_of(engine: Engine) -> int:
    with engine.connect() as connection:
        found: int = connection.scalar(select(func.pg_backend_pid()))
        return found


def test_a_single_question_sees_what_was_committed_and_leaves_no_transaction_open(app):
    codes = select(Bank.code).where(Bank.code == bindparam("code"))
    assert look_up(codes, {"code": "x"}) is None
    with transaction() as session:
        session.add(Bank(code="x", title="", topics={}))
        session.flush()
        assert look_up(codes, {"code": "x"}) is None
    assert look_up(codes, {"code": "x"}) == ("x",)
    with transaction() as session:  # SQLite would wait for a reader that had never ended
        session.execute(update(Bank).values(code="y"))
    assert look_up(codes, {"code": "x"}) is None
