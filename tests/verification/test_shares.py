"""Several processes find what one finds, and all of them see one instant."""

from __future__ import annotations

import threading

from sqlalchemy import update
from sqlalchemy.orm import Session

from quizsvc.attempts.models import Attempt
from quizsvc.core.db import db, reading, transaction
from quizsvc.leaderboards.models import Entry, RankCell, Tally
from quizsvc.verification.instant import exported, one_instant, writers_wait
from quizsvc.verification.service import verify
from quizsvc.verification.shares import verify_database


def test_two_processes_find_what_one_finds(played, world_url):
    with transaction() as session:
        session.execute(update(Entry).values(score=Entry.score + 1))
        session.execute(update(RankCell).where(RankCell.level == 0).values(entries=RankCell.entries + 1))
    with reading() as session:
        alone = verify(session)
    together = verify_database(world_url, 2, lambda attempts: None)
    assert sorted(together.differences) == sorted(alone.differences)
    assert (together.attempts, together.figures, together.total) == (alone.attempts, alone.figures, alone.total)
    assert alone.total > 10


def test_connections_of_one_instant_do_not_see_what_is_written_meanwhile(played, world_url):
    with one_instant(world_url) as first, one_instant(world_url, exported(first)) as second:
        with transaction() as session:
            session.execute(update(Tally).values(attempts=99))
            session.execute(update(Attempt).values(score=99))
        for connection in (first, second):
            with Session(connection) as session:
                assert verify(session).differences == []
    with db.engine.connect() as connection, Session(connection) as session:
        assert verify(session).differences != []


def test_writers_wait_only_where_snapshots_have_no_name(played, world_url):
    done, engine = threading.Event(), db.engine

    def write() -> None:
        with engine.begin() as connection:
            connection.execute(update(Tally).values(attempts=99))
        done.set()

    writer = threading.Thread(target=write)
    with writers_wait(world_url), one_instant(world_url) as connection:
        writer.start()
        is_sqlite = connection.dialect.name == "sqlite"
        assert done.wait(0.3 if is_sqlite else 20) is not is_sqlite
    writer.join()
    assert done.is_set()
