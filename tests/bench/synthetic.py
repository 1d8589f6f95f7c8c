"""Boards of contests that many took part in, written by the database itself: nobody has to play a million attempts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from quizsvc.leaderboards.models import EVERYONE

NUMBERS = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people) SELECT i FROM n)",
    "postgresql": "(SELECT i FROM generate_series(1::bigint, :people) AS n(i)) AS numbers",
}
UUID = {"sqlite": "printf('%032x', i)", "postgresql": "lpad(to_hex(i), 32, '0')::uuid"}
MOMENT = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S.000000', '2026-11-23', '+' || ({one} % 600000) || ' seconds')",
    "postgresql": "timestamptz '2026-11-23T00:00:00Z' + ({one} % 600000) * interval '1 second'",
}
# Three unrelated whole numbers for each i.
HASHES = {
    "one": "((i * 1103515245) % 2147483647)",
    "two": "((i * 382258049) % 2147483647)",
    "three": "((i * 7291337709) % 2147483647)",
}


class Shape(NamedTuple):
    """SQL for the score and the duration of person ``i``."""

    score: str
    duration: str


# Scores lean to the top and durations to the quick end, so that some cells are crowded, as they are in life.
ONE_ROUND = Shape("20 - (({one} % 21) * ({two} % 21)) / 20", "120000 + ({two} % 600) * ({three} % 600)")
# Sums of eight rounds lie around the middle, over many more different scores and seconds.
EIGHT_ROUNDS = Shape(
    "160 - ({one} % 41) - ({two} % 41) - ({three} % 41) - i % 37",
    "960000 + ({two} / 7 % 700) * 1000 + ({three} / 11 % 700) * 1000 + {one} / 13 % 700000 + i % 997",
)

PEOPLE = """
    INSERT INTO participants (id, created_at, nickname)
    SELECT {uuid}, '2026-11-23 01:00:00+00:00', 'Người ' || i FROM {numbers}"""
ENTRIES = """
    INSERT INTO leaderboard_entries (board_id, scope_id, participant_id, score, correct_count, duration_ms, submitted_at)
    SELECT :board, :scope, {uuid}, {score}, {score}, {duration}, {moment} FROM {numbers}"""
CELLS = """
    INSERT INTO rank_cells (board_id, scope_id, score, second, entries)
    SELECT board_id, scope_id, score, duration_ms / 1000, count(*) FROM leaderboard_entries
    WHERE board_id = :board GROUP BY board_id, scope_id, score, duration_ms / 1000"""
SCORE_CELLS = """
    INSERT INTO score_cells (board_id, scope_id, score, shard, entries)
    SELECT board_id, scope_id, score, second % 4, sum(entries) FROM rank_cells
    WHERE board_id = :board GROUP BY board_id, scope_id, score, second % 4"""
TALLIES = """
    INSERT INTO tallies (board_id, scope_id, shard, participants, attempts, score)
    SELECT :board, scopes.id, shards.id, :each, 2 * :each, 15 * :each
    FROM (SELECT CAST(:scope AS integer) AS id UNION SELECT id FROM units WHERE valid_to IS NULL) AS scopes,
         (SELECT id FROM units ORDER BY id LIMIT 16) AS shards"""


def fill(engine: Engine, boards: Mapping[Shape, Mapping[int, int]]) -> None:
    """Give each board (by shape and number of people) entries of the same people, cells and tallies."""
    kind = engine.dialect.name
    numbers, uuid, moment = NUMBERS[kind], UUID[kind], MOMENT[kind].format(**HASHES)
    with engine.connect() as connection:
        _hurry(connection)
        most = max(people for sizes in boards.values() for people in sizes)
        connection.execute(text(PEOPLE.format(uuid=uuid, numbers=numbers)), {"people": most})
        for shape, sizes in boards.items():
            score, duration = (part.format(**HASHES) for part in shape)
            entries = ENTRIES.format(uuid=uuid, score=score, duration=duration, moment=moment, numbers=numbers)
            for people, board in sizes.items():
                values = {"board": board, "scope": EVERYONE, "people": people, "each": people // 16 + 1}
                for statement in (entries, CELLS, SCORE_CELLS, TALLIES):
                    connection.execute(text(statement), values)
        connection.commit()
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE" if kind == "sqlite" else "VACUUM (ANALYZE)"))


def _hurry(connection: Connection) -> None:
    """Room for SQLite to sort in; and PostgreSQL is spared a check of each reference, when we may."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA cache_size = -262144"))
        return
    try:
        connection.execute(text("SET session_replication_role = replica"))
    except ProgrammingError:
        connection.rollback()
