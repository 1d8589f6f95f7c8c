"""Boards kept in step: entries replaced and moved, and many people at once."""

from __future__ import annotations

import random
import threading
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.contests.ranking_keys import Order, RankingKey, rank_key
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.models import EVERYONE, Entry
from quizsvc.leaderboards.queries import own_entry, part_of, rows_after
from quizsvc.leaderboards.recording import SHARDS, Changes, shard_of
from quizsvc.participants.models import Participant
from tests.leaderboards.arena import (
    DAY,
    PEOPLE,
    SCOPES,
    after_ms,
    play,
    put,
    rankings,
    recount,
    remove,
    result,
    results,
    scopes_of,
    take,
)

AN, BINH = PEOPLE[:2]
moves = st.lists(st.tuples(st.sampled_from(PEOPLE[:5]), st.none() | results), min_size=1, max_size=14)


@settings(max_examples=40)
@given(moves, rankings)
def test_counters_agree_with_entries_after_any_moves(arena, drawn, ranking):
    with arena.session() as session:
        board = arena.board(session, ranking)
        standing = play(session, board, drawn)
        units, cells_agree, tallies = recount(session, board)
        assert units == {person: each.unit_id for person, each in standing.items()}
        assert cells_agree
        played = [each for _, each in drawn if each is not None]
        for scope in SCOPES:
            there = [each.standing for each in standing.values() if scope in scopes_of(each)]
            attempts = sum(scope in scopes_of(each) for each in played)
            points, perfect = sum(each.score for each in there), sum(each.perfect_attempts > 0 for each in there)
            assert tallies.get(scope, (0, 0, 0, 0)) == (len(there), attempts, points, perfect)


def test_an_entry_holds_what_its_key_was_made_of(arena):
    ranking = [RankingKey("score", Order.HIGH), RankingKey("registered_at", Order.LOW)]
    with arena.session() as session:
        usual, by_registration = arena.board(session), arena.board(session, ranking)
        counted = result(3, 900, 7, 4, began_ms=2, registered_ms=1, correct_count=2, attempts=5, perfect_attempts=4)
        for board in (usual, by_registration):
            put(session, board, AN, replace(counted, predicted=12_345))
        for board, registered in ((usual, None), (by_registration, after_ms(1))):
            entry = session.get(Entry, (board.board_id, AN))
            assert (entry.score, entry.correct_count, entry.duration_ms, entry.unit_id) == (3, 2, 900, 4)
            assert (entry.started_at, entry.submitted_at, entry.registered_at) == (after_ms(2), after_ms(7), registered)
            assert (entry.attempts, entry.perfect_attempts, entry.predicted) == (5, 4, 12_345)
            assert entry.rank_key == rank_key(counted.standing, board.plan.keys)


def test_a_new_result_replaces_the_old_one(arena):
    with arena.session() as session:
        board = arena.board(session)
        put(session, board, AN, result(1, 2500, 0, 4))
        put(session, board, AN, result(3, 900, 7, 4))
        (entry,) = session.scalars(select(Entry).where(Entry.board_id == board.board_id)).all()
        assert (entry.score, entry.correct_count, entry.duration_ms, entry.unit_id) == (3, 3, 900, 4)
        units, cells_agree, tallies = recount(session, board)
        assert (units, cells_agree) == ({AN: 4}, True)
        assert tallies == dict.fromkeys((EVERYONE, 1, 2, 4), (1, 2, 3, 0))


def test_a_result_in_another_unit_leaves_the_old_units(arena):
    with arena.session() as session:
        board = arena.board(session)
        put(session, board, AN, result(2, 100, 0, 4))
        put(session, board, AN, result(2, 100, 0, 3))
        found = [own_entry(session, part_of(session, board.board_id, scope or None), AN) for scope in SCOPES]
        assert [row is not None for row in found] == [True, True, False, True, False, False]
        tallies = recount(session, board)[2]
        assert {scope: each[:2] for scope, each in tallies.items()} == {
            0: (1, 2),
            1: (1, 2),
            2: (0, 1),
            3: (1, 1),
            4: (0, 1),
        }
        put(session, board, AN, result(2, 100, 0, None))
        assert recount(session, board)[:2] == ({AN: None}, True)


def test_an_entry_taken_away_leaves_only_its_attempts(arena):
    with arena.session() as session:
        board = arena.board(session)
        put(session, board, AN, result(2, 100, 0, 4, perfect_attempts=1))
        remove(session, board, AN)
        remove(session, board, AN)
        assert recount(session, board) == ({}, True, dict.fromkeys((EVERYONE, 1, 2, 4), (0, 1, 0, 0)))
        changes = Changes()
        changes.count_attempt(board.board_id, AN, (1, 2, 4), -1)
        recording.apply(session, changes)
        assert recount(session, board)[2] == dict.fromkeys((EVERYONE, 1, 2, 4), (0, 0, 0, 0))


def test_the_same_result_taken_and_put_moves_no_counter(arena):
    with arena.session() as session:
        board = arena.board(session)
        put(session, board, AN, result(2, 100, 0, 3))
        changes, old = Changes(), session.get(Entry, (board.board_id, AN))
        changes.take(board, old, (1, 3))
        changes.put(board, AN, result(2, 100, 0, 3))
        assert not any((*changes.cells.values(), *changes.participants.values(), *changes.scores.values()))


def test_boards_do_not_mix(arena):
    with arena.session() as session:
        one, other = arena.board(session), arena.board(session)
        put(session, one, AN, result(2, 100, 0, 3))
        put(session, other, AN, result(5, 50, 0, 3))
        put(session, other, BINH, result(5, 50, 0, None))
        assert recount(session, one)[2][EVERYONE] == (1, 1, 2, 0)
        assert recount(session, other)[2][EVERYONE] == (2, 2, 10, 0)


def test_tallies_are_spread_over_shards():
    shards = {shard_of(person) for person in PEOPLE}
    assert shards <= set(range(SHARDS))
    assert len(shards) > SHARDS // 2


def at_once(workers: list) -> None:
    """Run these together; the first failure is raised here."""
    failures: list[BaseException] = []
    together = threading.Barrier(len(workers))

    def run(work) -> None:
        try:
            together.wait(timeout=30)
            work()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(work,)) for work in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_many_people_at_once_lose_no_count_and_never_wait_in_a_circle(arena):
    """Each worker writes to the same few cells, for people who also have other results coming in."""
    with Session(arena.engine) as session, session.begin():
        boards = [arena.board(session), arena.board(session)]

    def worker(seed: int):
        chance = random.Random(seed)

        def work() -> None:
            for _ in range(15):
                person, unit_id = chance.choice(PEOPLE[:6]), chance.choice((None, 2, 3, 4, 5))
                with Session(arena.engine) as session, session.begin():
                    session.execute(select(Participant.id).where(Participant.id == person).with_for_update())
                    changes = Changes()
                    for board in chance.sample(boards, 2):
                        counted = result(chance.randrange(2), chance.randrange(2) * 1000, 0, unit_id)
                        changes.count_attempt(board.board_id, person, counted.unit_path)
                        take(session, changes, board, person)
                        changes.put(board, person, counted)
                    recording.apply(session, changes)

        return work

    at_once([worker(seed) for seed in range(8)])
    with arena.session() as session:
        for board in boards:
            units, cells_agree, tallies = recount(session, board)
            assert cells_agree
            assert set(units) == set(PEOPLE[:6])
            assert tallies[EVERYONE][:2] == (6, 8 * 15)
            for scope in SCOPES:
                there = part_of(session, board.board_id, scope or None)
                mine = rows_after(session, there, None, 100)
                people, _, score, _ = tallies.get(scope, (0, 0, 0, 0))
                assert (people, score) == (len(mine), sum(row.score for row in mine))
                assert all(row.submitted_at == DAY for row in mine)
