"""The reads of boards against sorting and counting in Python, on random boards."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import and_, func, or_, select

from quizsvc.leaderboards import queries
from quizsvc.leaderboards.models import EVERYONE, Entry
from quizsvc.leaderboards.queries import Row, Totals
from quizsvc.leaderboards.ranking import better_than, order_by, sort_key
from tests.leaderboards.arena import PATHS, PEOPLE, SCOPES, listed, put, rank, result, results

boards = st.lists(results, min_size=1, max_size=14)


@settings(max_examples=60)
@given(boards, results)
def test_sql_and_python_have_one_order(arena, drawn, probe):
    with arena.session() as session:
        board_id = arena.board(session)
        for person, each in zip(PEOPLE, drawn, strict=False):
            put(session, board_id, person, each)
        on_board = and_(Entry.board_id == board_id, Entry.scope_id == EVERYONE)
        by_sql = session.scalars(select(Entry).where(on_board).order_by(*order_by(Entry))).all()
        keys = [sort_key(entry) for entry in by_sql]
        assert keys == sorted(keys) == sorted(map(sort_key, drawn))
        above = or_(*(and_(*rung) for rung in better_than(Entry, probe)))
        better = session.scalar(select(func.count()).select_from(Entry).where(on_board, above))
        assert better == sum(sort_key(each) < sort_key(probe) for each in drawn)


moves = st.lists(st.tuples(st.sampled_from(PEOPLE[:9]), results), min_size=1, max_size=14)


@settings(max_examples=25)
@given(moves, st.sampled_from(SCOPES), st.integers(1, 4))
def test_every_read_of_a_board_after_any_moves(arena, drawn, scope_id, limit):
    with arena.session() as session:
        board_id = arena.board(session)
        for person, each in drawn:
            put(session, board_id, person, each)
        rows = listed(dict(drawn), scope_id)
        place = (session, board_id, scope_id)
        assert queries.first_rows(*place, 100) == rows
        assert queries.first_rows(*place, limit) == rows[:limit]
        for index, row in enumerate(rows):
            assert queries.own_entry(*place, row.participant_id) == row
            assert queries.rank_of(*place, row) == rank(rows, row)
            assert queries.place_of(*place, row) == index + 1
            assert queries.rows_after(*place, row, limit) == rows[index + 1 :][:limit]
            assert queries.rows_before(*place, row, limit) == rows[max(0, index - limit) : index]


@settings(max_examples=25)
@given(moves, st.sampled_from(SCOPES), results, st.integers(1, 4))
def test_a_place_between_entries_is_found_too(arena, drawn, scope_id, probe, limit):
    """A page goes on behind its last row even when that row has moved in the meantime."""
    with arena.session() as session:
        board_id = arena.board(session)
        for person, each in drawn:
            put(session, board_id, person, each)
        rows = listed(dict(drawn), scope_id)
        gone = Row(PEOPLE[20], None, probe.score, 0, probe.duration_ms, probe.submitted_at)
        here = (*sort_key(gone), gone.participant_id.int)
        behind = [row for row in rows if (*sort_key(row), row.participant_id.int) > here]
        before = rows[: len(rows) - len(behind)]
        place = (session, board_id, scope_id)
        assert queries.rows_after(*place, gone, limit) == behind[:limit]
        assert queries.rows_before(*place, gone, limit) == before[-limit:]
        assert queries.rank_of(*place, gone) == rank(rows, gone)


@settings(max_examples=25)
@given(moves)
def test_totals_of_every_scope(arena, drawn):
    with arena.session() as session:
        board_id = arena.board(session)
        for person, each in drawn:
            put(session, board_id, person, each)
        standing = dict(drawn)
        expected = {
            scope: Totals(
                participants=sum(scope in each.scopes for each in standing.values()),
                attempts=sum(scope in each.scopes for _, each in drawn),
                score=sum(each.score for each in standing.values() if scope in each.scopes),
            )
            for scope in (*SCOPES, 77)
        }
        assert queries.totals(session, board_id, list(expected)) == expected
        assert queries.totals(session, board_id + 1_000_000, [EVERYONE]) == {EVERYONE: Totals()}


def test_a_large_board(arena):
    """More entries than any page, many equal, ranks and pages across the whole of it."""
    chance = random.Random(5)
    with arena.session() as session:
        board_id, other_id = arena.board(session), arena.board(session)
        standing = {}
        for person in PEOPLE:
            units = tuple(PATHS)
            standing[person] = result(chance.randrange(3), chance.randrange(3) * 700, 0, chance.choice(units))
            put(session, board_id, person, standing[person])
            put(session, other_id, person, result(9, 1, 1))
        for scope_id in (EVERYONE, 1, 2):
            rows = listed(standing, scope_id)
            seen = queries.first_rows(session, board_id, scope_id, 7)
            while len(seen) < len(rows):
                following = queries.rows_after(session, board_id, scope_id, seen[-1], 7)
                assert following
                seen += following
            assert seen == rows
            assert queries.rows_after(session, board_id, scope_id, seen[-1], 7) == []
            assert queries.rows_before(session, board_id, scope_id, seen[0], 7) == []
            assert [queries.rank_of(session, board_id, scope_id, row) for row in rows] == [rank(rows, row) for row in rows]
            places = [queries.place_of(session, board_id, scope_id, row) for row in rows]
            assert places == list(range(1, len(rows) + 1))


def test_no_entry(arena):
    with arena.session() as session:
        board_id = arena.board(session)
        put(session, board_id, PEOPLE[0], result(1, 1, 1, 2))
        assert queries.own_entry(session, board_id, EVERYONE, PEOPLE[1]) is None
        assert queries.own_entry(session, board_id, 3, PEOPLE[0]) is None
        assert queries.first_rows(session, board_id, 3, 10) == []
