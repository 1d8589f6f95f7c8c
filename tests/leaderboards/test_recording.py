"""Boards kept in step: entries replaced and moved, and many people at once."""

from __future__ import annotations

import random
import threading

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.leaderboards import recording
from quizsvc.leaderboards.models import EVERYONE, Entry
from quizsvc.leaderboards.queries import own_entry
from quizsvc.leaderboards.recording import SHARDS, Changes, shard_of
from quizsvc.participants.models import Participant
from tests.leaderboards.arena import DAY, PEOPLE, SCOPES, put, recount, result, results

AN, BINH, CHI = PEOPLE[:3]
moves = st.lists(st.tuples(st.sampled_from(PEOPLE[:5]), results), min_size=1, max_size=12)


@settings(max_examples=40)
@given(moves)
def test_counters_agree_with_entries_after_any_moves(arena, drawn):
    with arena.session() as session:
        board_id = arena.board(session)
        for person, each in drawn:
            put(session, board_id, person, each)
        scopes, cells_agree, tallies = recount(session, board_id)
        standing = dict(drawn)
        assert scopes == {person: set(each.scopes) for person, each in standing.items()}
        assert cells_agree
        for scope in SCOPES:
            there = [each for each in standing.values() if scope in each.scopes]
            attempts = sum(scope in each.scopes for _, each in drawn)
            expected = (len(there), attempts, sum(each.score for each in there))
            assert tallies.get(scope, (0, 0, 0)) == expected


def test_a_new_result_replaces_the_old_one(arena):
    with arena.session() as session:
        board_id = arena.board(session)
        put(session, board_id, AN, result(1, 2500, 0, 4))
        put(session, board_id, AN, result(3, 900, 7, 4))
        entries = session.scalars(select(Entry).where(Entry.board_id == board_id)).all()
        assert {entry.scope_id for entry in entries} == {EVERYONE, 1, 2, 4}
        assert {(entry.score, entry.correct_count, entry.duration_ms, entry.unit_id) for entry in entries} == {
            (3, 3, 900, 4)
        }
        assert recount(session, board_id)[2] == dict.fromkeys((EVERYONE, 1, 2, 4), (1, 2, 3))


def test_a_result_in_another_unit_leaves_the_old_units(arena):
    with arena.session() as session:
        board_id = arena.board(session)
        put(session, board_id, AN, result(2, 100, 0, 4))
        put(session, board_id, AN, result(2, 100, 0, 3))
        assert [own_entry(session, board_id, scope, AN) is not None for scope in SCOPES] == [
            True,
            True,
            False,
            True,
            False,
            False,
        ]
        assert recount(session, board_id)[2] == {0: (1, 2, 2), 1: (1, 2, 2), 2: (0, 1, 0), 3: (1, 1, 2), 4: (0, 1, 0)}
        put(session, board_id, AN, result(2, 100, 0, None))
        assert recount(session, board_id)[0] == {AN: {EVERYONE}}


def test_the_same_result_again_moves_nothing_but_the_attempts(arena):
    with arena.session() as session:
        board_id = arena.board(session)
        put(session, board_id, AN, result(2, 100, 0, 3))
        changes = Changes()
        recording.put_entry(session, changes, board_id=board_id, participant_id=AN, counted=result(2, 100, 0, 3))
        assert not any((*changes.cells.values(), *changes.participants.values(), *changes.scores.values()))


def test_boards_do_not_mix(arena):
    with arena.session() as session:
        one, other = arena.board(session), arena.board(session)
        put(session, one, AN, result(2, 100, 0, 3))
        put(session, other, AN, result(5, 50, 0, 3))
        put(session, other, BINH, result(5, 50, 0, None))
        assert recount(session, one)[2][EVERYONE] == (1, 1, 2)
        assert recount(session, other)[2][EVERYONE] == (2, 2, 10)


def test_tallies_are_spread_over_shards():
    shards = {shard_of(person) for person in PEOPLE}
    assert shards <= set(range(SHARDS))
    assert len(shards) > SHARDS // 2


def test_a_contest_adds_up_and_takes_moment_and_unit_of_the_latest_submission(arena):
    with arena.session() as session:
        first, second, third = (arena.board(session) for _ in range(3))
        put(session, first, AN, result(2, 1000, 500, 4))
        put(session, second, AN, result(3, 2500, 400, 3))
        put(session, second, BINH, result(9, 9, 9, None))
        boards = [first, second, third]
        total = recording.sum_of_entries(session, board_ids=boards, participant_id=AN)
        assert (total.score, total.correct_count, total.duration_ms) == (5, 5, 3500)
        assert (total.submitted_at, total.unit_id, total.unit_path) == (result(0, 0, 500).submitted_at, 4, (1, 2, 4))
        put(session, third, AN, result(0, 1, 500, 3))  # of equal moments the later round's
        total = recording.sum_of_entries(session, board_ids=boards, participant_id=AN)
        assert (total.score, total.unit_id, total.unit_path) == (5, 3, (1, 3))


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
                    for board_id in chance.sample(boards, 2):
                        counted = result(chance.randrange(2), chance.randrange(2) * 1000, 0, unit_id)
                        scopes = counted.scopes
                        recording.count_attempt(changes, board_id=board_id, participant_id=person, scopes=scopes)
                        recording.put_entry(session, changes, board_id=board_id, participant_id=person, counted=counted)
                    recording.apply(session, changes)

        return work

    at_once([worker(seed) for seed in range(8)])
    with arena.session() as session:
        for board_id in boards:
            scopes, cells_agree, tallies = recount(session, board_id)
            assert cells_agree
            assert set(scopes) == set(PEOPLE[:6])
            assert tallies[EVERYONE][:2] == (6, 8 * 15)
            for scope in SCOPES:
                mine = [own_entry(session, board_id, scope, person) for person, held in scopes.items() if scope in held]
                people, _, score = tallies.get(scope, (0, 0, 0))
                assert (people, score) == (len(mine), sum(row.score for row in mine))
                assert all(row.submitted_at == DAY for row in mine)
