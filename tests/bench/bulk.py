"""Many rows at once: COPY on PostgreSQL, ``executemany`` on SQLite; counters by one statement for each level."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import JSON, Connection, Engine, Table, select, text

from quizsvc.leaderboards.models import EVERYONE
from quizsvc.leaderboards.ranking import RankPlan
from quizsvc.leaderboards.recording import CELL_SHARDS, SHARDS
from quizsvc.units.models import Unit

assert (SHARDS, CELL_SHARDS) == (16, 4), "the SQL below takes them from the last hexadecimal digit of the participant"
SHARD = {
    "postgresql": "get_byte(uuid_send(participant_id), 15) % 16",
    "sqlite": "(instr('0123456789abcdef', substr(participant_id, 32, 1)) - 1)",
}
PREFIX = {"postgresql": "substring(rank_key FROM 1 FOR {cut})", "sqlite": "substr(rank_key, 1, {cut})"}
CELLS = """INSERT INTO rank_cells (board_id, scope_id, level, prefix, shard, entries)
    SELECT :board, scope_id, {level}, {prefix}, {shard}, count(*)
    FROM leaderboard_entries JOIN bench_scopes USING (unit_id) WHERE board_id = :board GROUP BY 2, 4, 5"""
TALLIES = """INSERT INTO tallies (board_id, scope_id, shard, participants, attempts, score, perfect)
    SELECT :board, scope_id, {shard}, count(*), sum(attempts), sum(score),
           sum(CASE WHEN perfect_attempts > 0 THEN 1 ELSE 0 END)
    FROM leaderboard_entries JOIN bench_scopes USING (unit_id) WHERE board_id = :board GROUP BY 2, 3"""


@contextmanager
def hurrying(engine: Engine) -> Iterator[Connection]:
    """A connection that checks no references and, on SQLite, waits for no disk; committed at the end of the block."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.rollback()
            driver: Any = connection.connection.driver_connection
            for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
                driver.execute(f"PRAGMA {pragma}")
        else:
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text("SET work_mem = '256MB'"))
        yield connection
        connection.commit()
        connection.invalidate()  # nobody else is to get one that checks nothing


def write(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    """Rows in the order of the table's columns."""
    names = [column.name for column in table.columns]
    connection.execute(text("SELECT 1"))  # begins the transaction
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    into = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    driver.executemany(into, _for_sqlite(connection, table, rows))


def _for_sqlite(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """JSON is written by those who make the rows."""
    made: list[tuple[int, Callable[[Any], Any]]] = []
    for place, column in enumerate(table.columns):
        processor = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        if processor is not None and not isinstance(column.type, JSON):
            made.append((place, processor))
    for row in rows:
        converted = list(row)
        for place, processor in made:
            converted[place] = processor(converted[place])
        yield converted


def count_board(connection: Connection, board_id: int, plan: RankPlan) -> None:
    """Cells and tallies of a board from its entries, each of which must have a unit."""
    kind = connection.dialect.name
    for level, cut in enumerate(plan.cuts):
        shard = f"({SHARD[kind]}) % 4" if plan.is_crowded(level) else "0"
        statement = CELLS.format(level=level, prefix=PREFIX[kind].format(cut=cut), shard=shard)
        connection.execute(text(statement), {"board": board_id})
    connection.execute(text(TALLIES.format(shard=SHARD[kind])), {"board": board_id})


def make_scopes(connection: Connection) -> None:
    """The scopes that count an entry of a unit: everybody, and each unit on its path."""
    connection.execute(text("CREATE TEMPORARY TABLE bench_scopes (unit_id integer, scope_id integer)"))
    rows = [
        {"unit": unit_id, "scope": scope}
        for unit_id, path in connection.execute(select(Unit.id, Unit.path)).all()
        for scope in (EVERYONE, *(int(part) for part in path.split("/") if part))
    ]
    connection.execute(text("INSERT INTO bench_scopes VALUES (:unit, :scope)"), rows)


def settle(engine: Engine) -> None:
    """Statistics for the planner, as a database that has run for a while has them."""
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE"))
