"""Boards that have been sealed answer from their newest snapshot, for everybody and for each unit."""

from __future__ import annotations

import random
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from quizsvc.contests.queries import contest_by_slug
from quizsvc.core.clock import local_day
from quizsvc.core.db import reading, transaction
from quizsvc.leaderboards.snapshot_models import BLOCK, Snapshot, SnapshotEntry
from quizsvc.leaderboards.snapshots import SnapshotSource
from quizsvc.organizers.acting import SYSTEM
from quizsvc.sealing import service
from quizsvc.sealing.conditions import Order
from quizsvc.sealing.digest import Digest
from quizsvc.sealing.kinds import Kind
from quizsvc.sealing.writing import write_entries
from quizsvc.units.models import Unit
from tests.conftest import NOW, RepeatableChance
from tests.sealing.filling import BY_PREDICTION, LATER, PROMPT, Result, a_round, board_of, disqualify, put, seal
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers, round_document

BOARD = "/rounds/thi.r1/leaderboard"


def get(phone, path):
    return phone.get(f"/api/v1{path}").json


def test_a_board_that_ranks_by_the_prediction_waits_for_its_snapshot(playground, phone, clock):
    a_round(prediction=PROMPT, ranking=BY_PREDICTION)
    put("thi.r1", [Result(predicted=1, unit=THANH_VINH)])
    for clock.now in (NOW, LATER):
        shown = get(phone, BOARD)
        assert (shown["state"], shown["total"], shown["items"]) == ("sealed", None, [])
        assert get(phone, "/rounds/thi.r1/snapshots")["items"] == []
        assert get(phone, "/rounds/thi.r1/units")["items"] == []
    seal()
    for path in (BOARD, "/rounds/thi.r1/units", "/rounds/thi.r1/snapshots"):
        shown = get(phone, path)
        assert (shown["state"], shown["as_of"]) == ("provisional", LATER.isoformat())
    clock.advance(hours=73)
    seal(kind=Kind.FINAL, now=clock.now)
    shown = get(phone, BOARD)
    assert (shown["state"], shown["as_of"], shown["total"]) == ("final", clock.now.isoformat(), 1)


def test_what_happens_after_sealing_changes_nothing_until_the_next(playground, phone, clock):
    a_round(prediction=PROMPT)
    people = put("thi.r1", [Result(duration_ms=1000 + place, unit=THANH_VINH, attempts=2) for place in range(3)])
    clock.now = LATER
    seal()
    board, units = get(phone, BOARD), get(phone, "/rounds/thi.r1/units")
    disqualify(people[1])
    assert (get(phone, BOARD), get(phone, "/rounds/thi.r1/units")) == (board, units)
    assert units["items"][0] | {"unit": None} == {
        "rank": 1,
        "unit": None,
        "participants": 3,
        "attempts": 6,
        "headcount": None,
        "rate": None,
        "score": 9,
        "metrics": None,
        "reasons": [],
    }


def test_a_sealed_unit_table_keeps_the_units_of_its_day(playground, phone, clock):
    """A unit that is abolished after the seal stays in what was published, and is in no live table any more."""
    a_round()
    put("thi.r1", [Result(unit=THANH_VINH), Result(unit=THANH_VINH), Result(unit=KIM_LIEN)])
    make_contest(NOW, round_document(NOW, closes_at=(NOW + timedelta(days=9)).isoformat()), slug="sau")
    clock.now = LATER
    seal()
    sealed, live = (f"/rounds/{round_id}/units?limit=100" for round_id in ("thi.r1", "sau.r1"))
    published, before = get(phone, sealed), get(phone, live)
    with transaction() as session:
        abolished = (Unit.code == THANH_VINH) & Unit.valid_to.is_(None)
        session.execute(update(Unit).where(abolished).values(valid_to=local_day(LATER) + timedelta(days=1)))
    clock.advance(days=1)
    assert get(phone, sealed) == published
    assert [row["unit"]["code"] for row in published["items"][:2]] == [THANH_VINH, KIM_LIEN]
    assert THANH_VINH in {row["unit"]["code"] for row in before["items"]}
    assert THANH_VINH not in {row["unit"]["code"] for row in get(phone, live)["items"]}


def test_my_place_and_neighbours(playground, phone, clock):
    a_round(prediction=PROMPT)
    an = Player(phone).in_unit(THANH_VINH)
    attempt = an.start().json
    clock.advance(seconds=30)
    an.submit(attempt, answers=right_answers(attempt), predicted=4)
    put("thi.r1", [Result(duration_ms=1000 * place, unit=(KIM_LIEN, THANH_VINH)[place % 2]) for place in range(20, 41)])
    clock.now = LATER
    seal()
    mine = an.refresh().get(BOARD + "/me").json
    assert (mine["state"], mine["rank"], mine["total"]) == ("provisional", 12, 22)
    assert [row["rank"] for row in mine["neighbours"]] == list(range(7, 18))
    unit = an.get("/me").json["unit"]["id"]
    here = an.get(f"{BOARD}/me?unit={unit}").json
    assert (here["rank"], here["total"]) == (6, 11)
    assert [row["rank"] for row in here["neighbours"]] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    elsewhere = Player(phone, 2, "Bình").get(BOARD + "/me").json
    assert (elsewhere["rank"], elsewhere["total"], elsewhere["neighbours"]) == (None, 22, [])


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_pages_follow_one_another(playground, phone, clock, limit):
    a_round()
    put("thi.r1", [Result(duration_ms=1000 * (place // 3)) for place in range(11)])
    clock.now = LATER
    seal()
    rows, cursor = [], ""
    while cursor is not None:
        page = get(phone, f"{BOARD}?limit={limit}{cursor and '&cursor=' + cursor}")
        rows, cursor = rows + page["items"], page["next"]
    assert [(row["rank"], row["display_name"]) for row in rows] == [
        (place - place % 3 + 1, f"Số {1000 + place}") for place in range(11)
    ]


def test_a_cursor_from_before_the_seal_goes_on_after_the_same_person(playground, phone, clock):
    a_round()
    put("thi.r1", [Result(duration_ms=1000 * place) for place in range(1, 6)])
    cursor = get(phone, f"{BOARD}?limit=2")["next"]
    clock.now = LATER
    seal()
    page = get(phone, f"{BOARD}?limit=2&cursor={cursor}")
    assert [(row["rank"], row["display_name"]) for row in page["items"]] == [(3, "Số 1002"), (4, "Số 1003")]


def test_ranks_in_units_equal_brute_force_across_blocks(playground, clock):
    """Over more than two blocks of places: a unit, the unit above many, and one whose people all stand together."""
    a_round()
    rnd = random.Random(4)
    put("thi.r1", [Result()], first=1)
    seal()
    entries = _write_entries(rnd, 2 * BLOCK + 100)
    with reading() as session:
        snapshot = session.scalars(select(Snapshot.id)).one()
        for unit_id, inside in entries.items():
            source = SnapshotSource(session, snapshot + 1, unit_id)
            for person, rank in rnd.sample(inside, 25) + inside[:2] + inside[-2:]:
                row = source.own(person)
                better = sum(other < rank for _, other in inside)
                assert source.rank(row) == 1 + better
                before = [other for other, _ in inside].index(person)
                assert source.place(row, rank=1 + better) == 1 + before
                assert [each.participant_id for each in source.after(row, 3)] == [
                    other for other, _ in inside[before + 1 : before + 4]
                ]
                assert [each.participant_id for each in source.before(row, 3)] == [
                    other for other, _ in inside[max(0, before - 3) : before]
                ]
            assert source.own(UUID(int=5)) is None


def _write_entries(rnd, count):
    """Another snapshot's entries, through the writer that sealing uses; by unit, in order of place."""

    with transaction() as session:
        wards = session.scalars(select(Unit).where(Unit.valid_to.is_(None), Unit.parent_id.is_not(None)).limit(7)).all()
        ranks, rank = [], 0
        for place in range(1, count + 1):
            rank = place if rank == 0 or rnd.random() < 0.4 else rank
            ranks.append(rank)
        units = [wards[6] if 2000 < place < 2100 else wards[rnd.randrange(6)] for place in range(count)]
        people = [UUID(int=place * 7919 + 10) for place in range(count)]
        entries = [
            (
                place + 1,
                ranks[place],
                people[place].hex,
                units[place].id,
                1,
                1,
                1,
                "2026-11-23 01:00:00.000000",
                None,
                None,
                1,
                0,
            )
            for place in range(count)
        ]
        snapshot_id = session.scalars(select(SnapshotEntry.snapshot_id)).one() + 1
        batches = [entries[at : at + BLOCK] for at in range(0, count, BLOCK)]
        assert write_entries(session, snapshot_id, batches, Digest({})) == count
    inside = {
        unit.id: [(person, rank) for person, rank, each in zip(people, ranks, units, strict=True) if each is unit]
        for unit in wards
    }
    return inside | {wards[0].parent_id: list(zip(people, ranks, strict=True))}


def test_the_board_of_the_contest(playground, phone, clock):
    a_round()
    put("thi.r1", [Result(duration_ms=2), Result(duration_ms=1)])
    clock.now = LATER

    with transaction() as session:
        order = Order(Kind.PROVISIONAL, "Tổng kết")
        contest = contest_by_slug(session, "thi")
        service.seal_contest(session, contest, order, actor=SYSTEM, now=LATER, chance=RepeatableChance())
    shown = get(phone, "/contests/thi/leaderboard")
    assert [row["display_name"] for row in shown["items"]] == ["Số 1001", "Số 1000"]
    assert [made["number"] for made in get(phone, "/contests/thi/snapshots")["items"]] == [1]
    assert get(phone, "/rounds/thi.r1/snapshots")["items"] == []
    assert len(board_of(playground, BOARD)) == 2
