"""The reads of boards against comparing and counting in Python, on random boards with random rankings."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from quizsvc.contests.ranking_keys import Order, RankingKey, rank_key
from quizsvc.leaderboards import of_units, queries
from quizsvc.leaderboards.models import EVERYONE, Entry
from quizsvc.leaderboards.queries import Part, Row, Totals
from tests.leaderboards.arena import (
    PATHS,
    PEOPLE,
    SCOPES,
    listed,
    play,
    put,
    rank,
    rankings,
    remove,
    result,
    results,
    scopes_of,
    stands,
)

boards = st.lists(results, min_size=1, max_size=14)
moves = st.lists(st.tuples(st.sampled_from(PEOPLE[:9]), st.none() | results), min_size=1, max_size=16)
scopes = st.sampled_from(SCOPES)


def part(session, board, scope_id: int) -> Part:
    return queries.part_of(session, board.board_id, None if scope_id == EVERYONE else scope_id)


def test_units_of_each_width_are_among_the_scopes(arena):
    with arena.session() as session:
        board = arena.board(session)
        assert [len(part(session, board, scope).unit_ids) for scope in (EVERYONE, 3, 2)] == [0, 1, 3]
        assert len(part(session, board, 1).unit_ids) > of_units.FEW


@settings(max_examples=60)
@given(boards, results, rankings)
def test_the_database_orders_rank_keys_as_the_rule_says(arena, drawn, probe, ranking):
    with arena.session() as session:
        board = arena.board(session, ranking)
        for person, each in zip(PEOPLE, drawn, strict=False):
            put(session, board, person, each)
        here = rank_key(probe.standing, board.plan.keys)
        on_board = Entry.board_id == board.board_id
        keys = session.scalars(select(Entry.rank_key).where(on_board).order_by(Entry.rank_key)).all()
        assert keys == sorted(rank_key(each.standing, board.plan.keys) for each in drawn)
        better = session.scalars(select(Entry.participant_id).where(on_board, Entry.rank_key < here)).all()
        standing = dict(zip(PEOPLE, drawn, strict=False))
        assert set(better) == {who for who, each in standing.items() if stands(each.standing, probe.standing, ranking) < 0}


@settings(max_examples=40)
@given(moves, scopes, st.integers(1, 4), rankings)
def test_every_read_of_a_board_after_any_moves(arena, drawn, scope_id, limit, ranking):
    with arena.session() as session:
        board = arena.board(session, ranking)
        standing = play(session, board, drawn)
        rows = listed(board, standing, scope_id)
        there = part(session, board, scope_id)
        assert queries.rows_after(session, there, None, 100) == rows
        assert queries.rows_after(session, there, None, limit) == rows[:limit]
        for index, row in enumerate(rows):
            mine = rank(board, standing, scope_id, standing[row.participant_id].standing)
            assert queries.own_entry(session, there, row.participant_id) == row
            assert queries.rank_of(session, there, board.plan, row.rank_key) == mine
            assert queries.place_of(session, there, row, rank=mine) == index + 1
            assert queries.rows_after(session, there, row, limit) == rows[index + 1 :][:limit]
            assert queries.rows_before(session, there, row, limit) == rows[max(0, index - limit) : index]


@settings(max_examples=25)
@given(moves, scopes, results, st.integers(1, 4), rankings)
def test_a_place_between_entries_is_found_too(arena, drawn, scope_id, probe, limit, ranking):
    """A page goes on behind its last row even when that row has moved in the meantime."""
    with arena.session() as session:
        board = arena.board(session, ranking)
        standing = play(session, board, drawn)
        gone = Row(PEOPLE[20], rank_key(probe.standing, board.plan.keys))
        rows = listed(board, standing | {PEOPLE[20]: probe}, EVERYONE)
        here = [row.participant_id for row in rows].index(PEOPLE[20])
        seen = [row.participant_id for row in listed(board, standing, scope_id)]
        before = [row for row in rows[:here] if row.participant_id in seen]
        behind = [row for row in rows[here + 1 :] if row.participant_id in seen]
        there = part(session, board, scope_id)
        assert queries.rows_after(session, there, gone, limit) == behind[:limit]
        assert queries.rows_before(session, there, gone, limit) == before[-limit:]
        mine = rank(board, standing, scope_id, probe.standing)
        assert queries.rank_of(session, there, board.plan, gone.rank_key) == mine


@settings(max_examples=25)
@given(moves)
def test_totals_of_every_scope(arena, drawn):
    with arena.session() as session:
        board = arena.board(session)
        standing = play(session, board, drawn)
        played = [each for _, each in drawn if each is not None]
        expected = {}
        for scope in (*SCOPES, 77):
            there = [each.standing for each in standing.values() if scope in scopes_of(each)]
            expected[scope] = Totals(
                participants=len(there),
                attempts=sum(scope in scopes_of(each) for each in played),
                score=sum(each.score for each in there),
                perfect=sum(each.perfect_attempts > 0 for each in there),
            )
        assert queries.totals(session, board.board_id, list(expected)) == expected
        assert queries.totals(session, board.board_id + 1_000_000, [EVERYONE]) == {EVERYONE: Totals()}


def test_a_large_board(arena):
    """More entries than any page, many equal, ranks and pages across the whole of it."""
    chance = random.Random(5)
    with arena.session() as session:
        board, other = arena.board(session), arena.board(session)
        standing = {}
        for person in PEOPLE:
            unit_id = chance.choice(tuple(PATHS)[:9])
            standing[person] = result(chance.randrange(3), chance.randrange(3) * 700, 0, unit_id)
            put(session, board, person, standing[person])
            put(session, other, person, result(9, 1, 1))
        for scope_id in (EVERYONE, 1, 2, 3):
            rows, there = listed(board, standing, scope_id), part(session, board, scope_id)
            seen = queries.rows_after(session, there, None, 7)
            while len(seen) < len(rows):
                following = queries.rows_after(session, there, seen[-1], 7)
                assert following
                seen += following
            assert seen == rows
            assert queries.rows_after(session, there, seen[-1], 7) == []
            assert queries.rows_before(session, there, seen[0], 7) == []
            ranks = [queries.rank_of(session, there, board.plan, row.rank_key) for row in rows]
            assert ranks == [rank(board, standing, scope_id, standing[row.participant_id].standing) for row in rows]
            places = [queries.place_of(session, there, row, rank=each) for row, each in zip(rows, ranks, strict=True)]
            assert places == list(range(1, len(rows) + 1))


def test_a_ranking_by_what_is_known_only_at_sealing(arena):
    """Until then everybody is equal."""
    with arena.session() as session:
        board = arena.board(session, [RankingKey("draw", Order.LOW)])
        standing = play(session, board, [(person, result(n, n, n)) for n, person in enumerate(PEOPLE[:3])])
        rows, there = listed(board, standing, EVERYONE), part(session, board, EVERYONE)
        assert queries.rows_after(session, there, None, 9) == rows
        assert [queries.rank_of(session, there, board.plan, row.rank_key) for row in rows] == [1, 1, 1]
        assert [queries.place_of(session, there, row, rank=1) for row in rows] == [1, 2, 3]


def test_no_entry(arena):
    with arena.session() as session:
        board = arena.board(session)
        put(session, board, PEOPLE[0], result(1, 1, 1, 2))
        assert queries.own_entry(session, part(session, board, EVERYONE), PEOPLE[1]) is None
        assert queries.own_entry(session, part(session, board, 3), PEOPLE[0]) is None
        assert queries.rows_after(session, part(session, board, 3), None, 10) == []
        remove(session, board, PEOPLE[0])
        assert queries.rows_after(session, part(session, board, EVERYONE), None, 10) == []
