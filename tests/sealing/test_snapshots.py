"""Snapshots are numbered, chained, never changed, and can be computed again."""

from __future__ import annotations

import hashlib
import json
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from quizsvc.core.db import transaction
from quizsvc.core.problems import Problem
from quizsvc.leaderboards.models import Tally
from quizsvc.leaderboards.snapshot_models import Snapshot, SnapshotBlock, SnapshotEntry, SnapshotTotal
from tests.conftest import NOW
from tests.sealing.filling import BY_PREDICTION, LATER, PROMPT, WHY, Result, a_round, board_of, disqualify, put, seal
from tests.world import KIM_LIEN, THANH_VINH, make_contest, round_document

TABLES = (Snapshot, SnapshotEntry, SnapshotBlock, SnapshotTotal)
PRIZES = [{"prize": "nhat", "title": "Giải Nhất", "quantity": 1}, {"prize": "nhi", "title": "Giải Nhì", "quantity": 2}]


@pytest.fixture
def playground(playground, clock):
    clock.now = LATER
    return playground


def five(**changes):
    a_round(prizes=PRIZES, **changes)
    return put("thi.r1", [Result(duration_ms=1000 * place, unit=THANH_VINH) for place in range(1, 6)])


def rows(table, **where):
    with transaction() as session:
        query = select(*table.__table__.columns).filter_by(**where)
        return [tuple(row) for row in session.execute(query)]


def listed(phone, path="/rounds/thi.r1/snapshots"):
    return phone.get(f"/api/v1{path}").json["items"]


def test_a_disqualification_makes_a_second_snapshot_and_the_first_still_reads_the_same(playground, phone):
    people = five()
    first = seal().snapshots[-1]
    kept = [rows(table, **({"id": 1} if table is Snapshot else {"snapshot_id": first.id})) for table in TABLES]
    disqualify(people[0])
    assert board_of(playground, "/rounds/thi.r1/leaderboard")[0]["display_name"] == "Số 1000"
    second = seal().snapshots[-1]
    assert (second.number, second.entries, second.previous_sha256) == (2, 4, first.sha256)
    assert board_of(playground, "/rounds/thi.r1/leaderboard")[0]["display_name"] == "Số 1001"
    assert [rows(table, **({"id": 1} if table is Snapshot else {"snapshot_id": first.id})) for table in TABLES] == kept
    shown = listed(phone)
    assert [(made["number"], made["kind"], made["entries"], made["reason"]) for made in shown] == [
        (1, "provisional", 5, WHY),
        (2, "provisional", 4, WHY),
    ]
    assert [made["sha256"] for made in shown] == [first.sha256, second.sha256]
    diff = phone.get("/api/v1/rounds/thi.r1/snapshots/2/diff").json
    assert diff == {
        "number": 2,
        "against": 1,
        "prize_zone": 3,
        "joined": 0,
        "left": 1,
        "moved": 4,
        "entrants": [{"display_name": "Số 1003", "rank": 3, "previous_rank": 4}],
        "leavers": [{"display_name": "Số 1000", "rank": None, "previous_rank": 1}],
    }
    assert phone.get("/api/v1/rounds/thi.r1/snapshots/1/diff").json["against"] is None
    for number in ("3", "0", "x", "99999999999999999999"):
        assert phone.get(f"/api/v1/rounds/thi.r1/snapshots/{number}/diff").status_code == 404


def test_the_database_refuses_changes(playground):
    five()
    seal()
    for table in TABLES:
        name = table.__tablename__
        column = list(table.__table__.columns)[-1].name
        for statement in (f"UPDATE {name} SET {column} = {column}", f"DELETE FROM {name}"):
            with pytest.raises(IntegrityError, match="append-only"), transaction() as session:
                session.execute(text(statement))
        assert rows(table)


def test_the_hash_can_be_computed_from_what_is_stored(playground):
    """From the description in ``sealing/digest.py`` alone."""
    a_round(prediction=PROMPT, ranking=[{"key": "score"}, {"key": "prediction_error"}, {"key": "draw"}])
    put("thi.r1", [Result(score=place % 3, predicted=place or None, unit=(None, KIM_LIEN)[place % 2]) for place in range(9)])
    made = seal().snapshots[-1]
    header = {
        "board": "round:thi.r1",
        "number": 1,
        "kind": "provisional",
        "reason": WHY,
        "made_at": "2026-11-23T03:00:00.000000+00:00",
        "entries": 9,
        "actual": made.actual,
        "draw_seed": made.draw_seed,
        "prize_zone": 0,
        "ranking": [
            {"key": key, "order": end} for key, end in (("score", "high"), ("prediction_error", "low"), ("draw", "low"))
        ],
        "previous_sha256": None,
    }
    lines = [json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False)]
    for _, place, rank, person, unit, *numbers, submitted, predicted, error, attempts, perfect in sorted(
        rows(SnapshotEntry)
    ):
        moment = submitted.strftime("%Y-%m-%d %H:%M:%S.%f+00:00")
        fields = (place, rank, person.hex, unit, *numbers, moment, predicted, error, attempts, perfect)
        lines.append("\t".join("" if each is None else str(each) for each in fields))
    lines += ["\t".join(map(str, row[1:])) for row in sorted(rows(SnapshotTotal))]
    assert hashlib.sha256("".join(f"{line}\n" for line in [*lines, "null"]).encode()).hexdigest() == made.sha256


results = st.builds(
    Result,
    score=st.integers(0, 1),
    duration_ms=st.sampled_from((1000, 2000)),
    predicted=st.none() | st.integers(0, 4),
    unit=st.sampled_from((None, THANH_VINH, KIM_LIEN)),
)
PLAIN = """SELECT place, rank,
    rank() OVER (ORDER BY score DESC, abs(prediction_error) IS NULL, abs(prediction_error), duration_ms) AS plain
    FROM snapshot_entries WHERE snapshot_id = :id ORDER BY place"""


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(results, max_size=12))
def test_sealed_ranks_equal_a_window_function(playground, found):
    with transaction() as session:
        slug = f"t{session.scalar(select(func.count(Snapshot.id)))}"
        most = max(session.scalars(select(SnapshotEntry.participant_id)).all(), default=None)
    make_contest(NOW, round_document(NOW, prediction=PROMPT, ranking=BY_PREDICTION), slug=slug)
    put(f"{slug}.r1", found, first=100 + (most.int if most else 1000))
    made = seal(f"{slug}.r1").snapshots[-1]
    with transaction() as session:
        ranked = session.execute(text(PLAIN), {"id": made.id}).all()
    assert [place for place, *_ in ranked] == list(range(1, len(found) + 1))
    assert [rank for _, rank, _ in ranked] == [plain for *_, plain in ranked]


def test_what_fails_in_the_middle_leaves_nothing(playground):
    five()
    with transaction() as session:  # as if a tally had been lost; noticed when all entries have been written
        session.execute(update(Tally).where(Tally.scope_id == 0).values(participants=Tally.participants + 1))
    with pytest.raises(RuntimeError, match="run verify"):
        seal()
    assert [rows(table) for table in TABLES] == [[], [], [], []]


def test_two_seals_at_once_are_two_numbers_or_one_refusal(playground):
    five()
    ready, ended = threading.Barrier(2), []

    def run():
        with playground.app_context():
            ready.wait()
            try:
                ended.append(seal().snapshots[-1].number)
            except Problem as problem:
                ended.append(problem.slug)

    threads = [threading.Thread(target=run) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(map(str, ended)) in (["1", "2"], ["1", "sealed-at-once"])
    for number, sha256, before in [(row[2], row[-1], row[-2]) for row in sorted(rows(Snapshot))]:
        assert len(sha256) == 64
        assert (before is None) == (number == 1)
    numbers = [row[2] for row in rows(Snapshot)]
    assert len(rows(SnapshotEntry)) == 5 * len(numbers)
