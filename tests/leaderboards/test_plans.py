"""Every read of a board is a range of an index, on both databases: nothing is scanned and nothing is sorted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from quizsvc.leaderboards import queries
from quizsvc.leaderboards.models import EVERYONE
from tests.leaderboards.arena import PEOPLE, put, result

READS = {
    "own entry": lambda session, there, plan, row: queries.own_entry(session, there, row.participant_id),
    "rank": lambda session, there, plan, row: queries.rank_of(session, there, plan, row.rank_key),
    "place": lambda session, there, plan, row: queries.place_of(session, there, row, rank=1),
    "top": lambda session, there, plan, row: queries.rows_after(session, there, None, 20),
    "after": lambda session, there, plan, row: queries.rows_after(session, there, row, 20),
    "before": lambda session, there, plan, row: queries.rows_before(session, there, row, 20),
    "totals": lambda session, there, plan, row: queries.totals(session, there.board_id, [EVERYONE, 1, 2]),
}


@pytest.fixture
def furnished(arena):
    """A session, and a board with entries in one hamlet; what it asks is noted."""
    with arena.session() as session:
        board = arena.board(session)
        for number, person in enumerate(PEOPLE):
            put(session, board, person, result(number % 4, number * 300, number, 4))
        yield session, board


@contextmanager
def noted(session) -> Iterator[list[tuple[str, Any]]]:
    """The statements of the block, with their values."""
    asked: list[tuple[str, Any]] = []

    def note(_connection, _cursor, statement, values, *_rest) -> None:
        asked.append((statement, values))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def plan(session, statement: str, values) -> list[str]:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    for other in ("seqscan", "bitmapscan", "sort"):  # a small table is scanned for good reason; what is left is what must be
        session.execute(text(f"SET LOCAL enable_{other} = off"))
    return [row[0].strip() for row in connection.exec_driver_sql(f"EXPLAIN (COSTS OFF) {statement}", values)]


@pytest.mark.parametrize("unit_id", [None, 4, 2, 1], ids=["everyone", "one unit", "a few units", "many units"])
@pytest.mark.parametrize("name", READS)
def test_a_read_is_a_range_of_an_index(furnished, name, unit_id):
    session, board = furnished
    there = queries.part_of(session, board.board_id, unit_id)
    row = queries.own_entry(session, there, PEOPLE[17])
    with noted(session) as asked:
        READS[name](session, there, board.plan, row)
    assert len(asked) == 1  # each read is one query
    for statement, values in asked:
        steps = plan(session, statement, values)
        assert any("INDEX" in step.upper() for step in steps), steps
        for step in steps:
            assert not step.startswith("SCAN") or step.startswith(
                ("SCAN CONSTANT ROW", "SCAN anon_", "SCAN (subquery", "SCAN json_each")
            ), steps
            assert "Seq Scan" not in step, steps
            assert "TEMP B-TREE" not in step, steps
            assert not step.startswith(("Sort", "->  Sort")) or name == "totals", steps


@pytest.mark.parametrize("unit_id", [None, 4, 1])
def test_a_rank_reads_cells_and_the_inside_of_one_cell(furnished, unit_id):
    """What is counted row by row is bounded on both sides, by the cell and by the key; nothing else is counted so."""
    session, board = furnished
    there = queries.part_of(session, board.board_id, unit_id)
    row = queries.own_entry(session, there, PEOPLE[17])
    with noted(session) as asked:
        queries.rank_of(session, there, board.plan, row.rank_key)
    (statement, values), *_ = asked
    steps = [step for step in plan(session, statement, values) if "leaderboard_entries" in step or "rank_key" in step]
    assert steps
    bounds = [step for step in steps if "rank_key" in step]
    assert bounds
    for step in bounds:
        assert "rank_key>? AND rank_key<?" in step or ("rank_key >=" in step and "rank_key <" in step), steps
