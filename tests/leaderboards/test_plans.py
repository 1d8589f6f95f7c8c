"""Every read of a board is a range of an index, on both databases: nothing is scanned and nothing is sorted."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text

from quizsvc.leaderboards import queries
from quizsvc.leaderboards.models import EVERYONE
from tests.leaderboards.arena import PEOPLE, put, result

READS = {
    "own entry": lambda place, row: queries.own_entry(*place, row.participant_id),
    "rank": lambda place, row: queries.rank_of(*place, row),
    "place": lambda place, row: queries.place_of(*place, row),
    "top": lambda place, row: queries.first_rows(*place, 20),
    "after": lambda place, row: queries.rows_after(*place, row, 20),
    "before": lambda place, row: queries.rows_before(*place, row, 20),
    "totals": lambda place, row: queries.totals(place[0], place[1], [EVERYONE, 1, 2]),
}


@pytest.fixture
def place(arena):
    """A session, a board with entries, and the scope of everyone; what it asks is noted."""
    with arena.session() as session:
        board_id = arena.board(session)
        for number, person in enumerate(PEOPLE):
            put(session, board_id, person, result(number % 4, number * 300, number, 4))
        yield session, board_id, EVERYONE


def plan(session, statement: str, values) -> list[str]:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    for other in ("seqscan", "bitmapscan", "sort"):  # a small table is scanned for good reason; what is left is what must be
        session.execute(text(f"SET LOCAL enable_{other} = off"))
    return [row[0].strip() for row in connection.exec_driver_sql(f"EXPLAIN (COSTS OFF) {statement}", values)]


@pytest.mark.parametrize("name", READS)
def test_a_read_is_a_range_of_an_index(place, name):
    session, board_id, scope_id = place
    row = queries.own_entry(session, board_id, scope_id, PEOPLE[17])
    asked = []

    def note(_connection, _cursor, statement, values, *_rest) -> None:
        asked.append((statement, values))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    READS[name](place, row)
    event.remove(engine, "before_cursor_execute", note)
    assert asked
    for statement, values in asked:
        steps = plan(session, statement, values)
        assert any("INDEX" in step.upper() for step in steps), steps
        for step in steps:
            is_scan = step.startswith("SCAN") and not step.startswith(("SCAN rung_", "SCAN CONSTANT ROW"))
            assert not is_scan, steps
            assert "Seq Scan" not in step, steps
            assert "TEMP B-TREE" not in step, steps
            assert not step.startswith(("Sort", "->  Sort")) or name == "totals", steps
