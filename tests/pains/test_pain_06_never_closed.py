"""Pain 6: every attempt is closed and graded, whatever happens to the process that does it."""

import time
from datetime import timedelta
from uuid import UUID

from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import OperationalError

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.sweeping import Swept, sweep
from quizsvc.contests.models import Round
from quizsvc.core.clock import system_clock
from quizsvc.core.db import reading
from quizsvc.leaderboards.models import Entry, RankCell, Tally
from tests.databases import Template, settle_file
from tests.pains.arena import Arena, some_answers
from tests.pains.crowd import seat
from tests.server import start_command

PEOPLE = 80
WITHIN = 30.0
COMPARED = {
    Attempt: ("id", "state", "version", "answers", "ended_at", "duration_ms", "request_id", "score", "correct_count"),
    Receipt: ("attempt_id", "code", "sha256", "result_visible", "score", "correct_count"),
    Entry: tuple(column.key for column in Entry.__table__.columns),
    RankCell: tuple(column.key for column in RankCell.__table__.columns),
    Tally: tuple(column.key for column in Tally.__table__.columns),
}


def test_a_sweep_killed_twice_ends_like_one_that_ran_through(own_arena, tmp_path):
    seat_overdue(own_arena, PEOPLE)
    expected = undisturbed(own_arena, tmp_path)
    url = own_arena.database_url

    kill_sweep_when(url, lambda watch: watch.is_writing())  # in the midst of closing
    kill_sweep_when(url, lambda watch: watch.graded() > PEOPLE // 4)
    own_arena.command("sweep")

    assert outcome(own_arena) == expected
    assert own_arena.verified() == PEOPLE


def test_the_serving_processes_close_what_nobody_touches_and_wipe_trials(arena):
    trial = tried_out(arena)
    seats = seat_overdue(arena, 3)
    wanted = select(Attempt.graded_at).where(
        Attempt.state == "expired", Attempt.id.in_(UUID(each["id"]) for _, each in seats)
    )
    deadline = time.monotonic() + WITHIN
    with arena.inside():
        while graded_ones(wanted) < len(seats):
            assert time.monotonic() < deadline, "not swept within half a minute"
            time.sleep(0.1)
        while is_played(trial):
            assert time.monotonic() < deadline, "not wiped within half a minute"
            time.sleep(0.1)
    player, attempt = seats[1]
    shown = player.refresh().get(f"/attempts/{attempt['id']}").json
    assert (shown["state"], shown["result"]["submitted_at"]) == ("expired", attempt["deadline_at"])
    assert len(shown["answers"]) == len(attempt["questions"])


def graded_ones(query):
    with reading() as session:
        return sum(moment is not None for moment in session.scalars(query))


def tried_out(arena):
    """A trial that was over an hour ago; somebody left a paper there."""
    round_id, began = arena.trial(opened_ago=timedelta(hours=2)), system_clock() - timedelta(minutes=110)
    with arena.inside() as app:
        seat(app, arena.phone(), 1, now=began, apart=timedelta(0), round_id=round_id)
        assert is_played(round_id)
    return round_id


def is_played(round_id):
    with reading() as session:
        found = select(Attempt.id).join(Round, Round.id == Attempt.round_id).where(Round.public_id == round_id)
        return session.scalar(found) is not None


def seat_overdue(arena, count):
    """People who started long ago and left; most of them had saved something."""
    round_id = arena.round(opened_ago=timedelta(minutes=55))
    began = system_clock() - timedelta(minutes=50)
    with arena.inside() as app:
        return seat(
            app,
            arena.phone(),
            count,
            now=began,
            apart=timedelta(milliseconds=7),
            round_id=round_id,
            answers=lambda number, paper: some_answers(paper, number) if number % 3 else None,
        )


def undisturbed(arena, folder):
    """What a sweep that nobody disturbs makes of a copy of this database."""
    arena.let_go()
    settle_file(arena.database_url)
    kind = "sqlite" if arena.database_url.startswith("sqlite") else "postgresql"
    with Template(kind, arena.database_url).copy(folder) as url, Arena(url, folder) as calm:
        with calm.inside():
            assert sweep(system_clock) == Swept(closed=PEOPLE, graded=PEOPLE)
        return outcome(calm)


def outcome(arena):
    """Everything that sweeping writes, except when it wrote it."""
    with arena.inside(), reading() as session:
        return [
            sorted(tuple(getattr(row, name) for name in names) for row in session.scalars(select(table)))
            for table, names in COMPARED.items()
        ]


def kill_sweep_when(url, far_enough):
    """Start ``quizsvc sweep`` and end it with SIGKILL as soon as the database shows that it got that far."""
    watch = Watch(url)
    with start_command(url, "sweep") as process:
        while not far_enough(watch):
            assert process.poll() is None, f"it was done before it could be killed: {process.communicate()}"
            time.sleep(0.002)
        process.kill()
    assert watch.graded() < PEOPLE, "it was done before it could be killed"
    watch.engine.dispose()


class Watch:
    """Looks at a database from outside while somebody works in it."""

    LOCKS = """SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
        WHERE datname = current_database() AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()"""

    def __init__(self, url):
        self.engine = create_engine(url, connect_args={"timeout": 0} if url.startswith("sqlite") else {})

    def graded(self):
        return self._ask("SELECT count(graded_at) FROM attempts")

    def is_writing(self):
        """Whether somebody is within a transaction that writes."""
        if self.engine.dialect.name == "postgresql":
            return self._ask(self.LOCKS) > 0
        try:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError:
            return True
        return False

    def _ask(self, query):
        with self.engine.connect() as connection:
            return connection.scalar(text(query))
