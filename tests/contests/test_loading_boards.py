"""Boards, papers of tracks and seeds, as a document brings them into the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizsvc.contests import queries
from quizsvc.contests.errors import ContestDocumentRefused
from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.ranking_keys import Order, RankingKey
from quizsvc.contests.stored import ranking_of
from quizsvc.core.db import reading
from tests.contests.test_loading import document, load, refused
from tests.world import round_document

HOUR = timedelta(hours=1)
TRACKS = [{"track": "a", "title": "Bảng A", "when": {"max_age": 17}}, {"track": "b", "title": "Bảng B"}]


@pytest.fixture
def opens_at(playground, clock):
    return clock.now + HOUR


def boards() -> dict[str, Board]:
    with reading() as session:
        return {board.subject: board for board in session.scalars(select(Board))}


def linked() -> dict[str, int | None]:
    """What contest and rounds call their boards."""
    with reading() as session:
        found = {f"contest:{row.slug}": row.board_id for row in session.scalars(select(Contest))}
        return found | {f"round:{row.public_id}": row.board_id for row in session.scalars(select(Round))}


def test_a_board_for_each_round_and_one_for_all(clock, opens_at):
    load(document(round_document(opens_at), round_document(opens_at, round="r2")), clock.now)
    assert list(boards()) == ["round:thi.r1", "round:thi.r2", "contest:thi"]
    assert linked() == {subject: board.id for subject, board in boards().items()}
    assert [board.track for board in boards().values()] == [None] * 3
    assert [board.round_id is None for board in boards().values()] == [False, False, True]


def test_tracks_come_and_go_before_the_opening(clock, opens_at):
    rounds = [round_document(opens_at), round_document(opens_at, round="r2")]
    load(document(*rounds), clock.now)
    before = boards()
    load(document(*rounds, tracks=TRACKS), clock.now)
    with_tracks = boards()
    subjects = {"round:thi.r1", "round:thi.r2", "contest:thi"}
    assert set(with_tracks) == subjects | {f"{subject}#{track}" for subject in subjects for track in "ab"}
    assert {board.track for board in with_tracks.values()} == {None, "a", "b"}
    assert {subject: with_tracks[subject].id for subject in subjects} == {name: each.id for name, each in before.items()}
    load(document(rounds[1]), clock.now)
    assert set(boards()) == {"round:thi.r2", "contest:thi"}
    assert linked() == {subject: board.id for subject, board in boards().items()}


def test_no_board_of_the_contest_when_rounds_stand_alone(clock, opens_at):
    alone = document(round_document(opens_at), overall={"counts": "none"})
    load(alone, clock.now)
    assert linked()["contest:thi"] is None
    load(document(round_document(opens_at)), clock.now)
    assert linked()["contest:thi"] == boards()["contest:thi"].id
    load(alone, clock.now)
    assert (set(boards()), linked()["contest:thi"]) == ({"round:thi.r1"}, None)


def test_boards_rank_as_the_document_says(clock, opens_at):
    own = round_document(opens_at, round="r2", ranking=[{"key": "attempts"}])
    made = document(round_document(opens_at), own, ranking=[{"key": "score"}], overall={"ranking": [{"key": "draw"}]})
    load(made, clock.now)
    rankings = {subject: ranking_of(board.ranking) for subject, board in boards().items()}
    assert rankings == {
        "round:thi.r1": (RankingKey("score", Order.HIGH),),
        "round:thi.r2": (RankingKey("attempts", Order.LOW),),
        "contest:thi": (RankingKey("draw", Order.LOW),),
    }


def test_a_trial_has_a_board_and_the_contest_begins_after_it(phone, clock, opens_at):
    trial = round_document(opens_at, round="thu", phase="trial")
    load(document(trial, round_document(opens_at + HOUR)), clock.now)
    assert "round:thi.thu" in boards()
    shown = phone.get("/api/v1/contests/thi").json
    assert (shown["opens_at"], shown["closes_at"]) == (
        (opens_at + HOUR).isoformat(),
        (opens_at + 2 * HOUR).isoformat(),
    )
    with reading() as session:
        assert [(row.public_id, row.phase) for row in session.scalars(select(Round).order_by(Round.id))] == [
            ("thi.thu", "trial"),
            ("thi.r1", "official"),
        ]


def test_each_paper_has_its_pools(clock, opens_at):
    own = {"a": [{"bank": "tre-em", "count": 3}]}
    load(document(round_document(opens_at, track_papers=own), tracks=TRACKS), clock.now)
    with reading() as session:
        found = queries.round_by_public_id(session, "thi.r1")
        rules = queries.rules_of(found)
        everybody, children = (queries.pools_of(session, found.id, rules.paper_index(track)) for track in ("b", "a"))
        assert queries.pools_of(session, found.id) == everybody
    assert (len(everybody), len(children)) == (2, 1)
    assert set(everybody[1]) < set(children[0])  # the easy questions of the same bank
    assert not set(everybody[0]) & set(children[0])


def test_a_paper_of_a_track_that_cannot_be_filled(clock, opens_at):
    own = {"a": [{"bank": "khong-co", "count": 3}]}
    (fault,) = refused(document(round_document(opens_at, track_papers=own), tracks=TRACKS), clock.now)
    assert fault.endswith("[/rounds/0/track_papers/a/0]")


def test_seeds_are_made_once(clock, opens_at):
    def seeds() -> dict[str, int]:
        with reading() as session:
            return {row.public_id: row.seed for row in session.scalars(select(Round))}

    load(document(round_document(opens_at), round_document(opens_at, round="r2")), clock.now)
    first = seeds()
    assert len(set(first.values())) == 2
    load(document(round_document(opens_at, title="Khác"), round_document(opens_at, round="r3")), clock.now)
    assert seeds()["thi.r1"] == first["thi.r1"]
    assert seeds()["thi.r3"] not in first.values()


def test_units_that_never_were(clock, opens_at):
    made = document(
        round_document(opens_at),
        eligibility={"units": ["40", "99999"]},
        participation=[{"class": "mandatory", "when": {"units": ["88888"]}, "reason": "Kế hoạch"}],
        tracks=[{"track": "a", "title": "Bảng A", "when": {"units": ["77777"]}}],
        groups=[
            {
                "group": "xa",
                "title": "Xã",
                "keys": [{"metric": "rate"}],
                "under": ["66666"],
                "former_district": ["412", "55555"],  # Vinh, a district until 2025
            }
        ],
    )
    with pytest.raises(ContestDocumentRefused) as raised:
        load(made, clock.now)
    assert [fault.pointer for fault in raised.value.found] == [
        "/eligibility/units/1",
        "/participation/0/when/units/0",
        "/tracks/0/when/units/0",
        "/groups/0/under/0",
        "/groups/0/former_district/1",
    ]
