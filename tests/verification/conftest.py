"""A small world in which everything that verification recomputes has happened at least once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from quizsvc.attempts import standings
from quizsvc.attempts.decisions import Disqualification
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.sweeping import sweep
from quizsvc.contests.models import Contest
from quizsvc.core.db import transaction
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.recording import Changes
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers, round_document

TRACKS = [
    {"track": "thanh-vinh", "title": "Bảng Thành Vinh", "when": {"units": [THANH_VINH]}},
    {"track": "khac", "title": "Bảng còn lại", "when": {}},
]
KEYS = [{"key": "score"}, {"key": "registered_at", "order": "high"}, {"key": "elapsed_seconds"}, {"key": "attempts"}]


@pytest.fixture
def played(phone, clock):
    """Three people in four contests: rounds that count differently, tracks, a trial round, guesses, papers left lying,
    someone unranked and someone disqualified."""
    rounds = [
        round_document(clock.now, round=f"r{place}", counts=counts, points_per_question={"1": place, "2": 5, "3": 7})
        for place, counts in enumerate(("best", "first", "last"), start=1)
    ]
    for each, whose in zip(rounds, ("counted", "first", "last"), strict=True):
        each["prediction"] = {"prompt": "Bao nhiêu người?", "whose": whose}
    trial = round_document(clock.now, round="r0", phase="trial", closes_at=after(clock, minutes=30))
    make_contest(clock.now, trial, round_document(clock.now + timedelta(hours=1)), slug="bon")
    make_contest(clock.now, *rounds, tracks=TRACKS)
    again = [round_document(clock.now, round=f"r{place}", partial_credit="no_wrong") for place in (1, 2)]
    unranked = [{"class": "unranked", "when": {"units": [KIM_LIEN]}, "reason": "Đơn vị ra đề"}]
    make_contest(
        clock.now, *again, slug="hai", ranking=KEYS, overall={"counts": "best"}, participation=unranked, limits=FREE
    )
    make_contest(clock.now, round_document(clock.now), slug="ba", overall={"counts": "none"})
    players = [Player(phone, number) for number in (1, 2, 3)]
    for player, unit in zip(players, (THANH_VINH, KIM_LIEN, None), strict=True):
        if unit is not None:
            player.in_unit(unit)
    _play(players, clock)
    left = players[2].start("thi.r1").json
    players[2].save(left, 1, right_answers(left))
    players[0].start("hai.r1")
    clock.advance(minutes=11)
    sweep(clock)
    disqualify("ba", players[1].id, clock.now)


FREE = {"abandoned": "free"}
NAMES = ("bon.r0", "thi.r1", "thi.r2", "thi.r3", "hai.r1", "hai.r2", "ba.r1")


def after(clock, **gap) -> str:
    return (clock.now + timedelta(**gap)).isoformat()


def _play(players, clock) -> None:
    for place, player in enumerate(players):
        for turn in range(2):
            for number, name in enumerate(NAMES):
                attempt = player.start(name).json
                clock.advance(seconds=1 + turn, milliseconds=137 * place)
                answers = right_answers(attempt, wrong=(place + turn + number) % 3)
                guess = {"predicted": 100 * place + number} if name in NAMES[1:4] and turn == place % 2 else {}
                assert player.submit(attempt, f"request-{turn}", answers=answers, **guess).status_code == 200
        players[0].in_unit(KIM_LIEN)


def disqualify(slug: str, participant_id: str, now) -> None:
    """As a correction does it, without one."""
    person = UUID(participant_id)
    with transaction() as session:
        contest = session.scalars(select(Contest).where(Contest.slug == slug)).one()
        boards, changes = standings.Boards(session, contest), Changes()
        for attempt in session.scalars(
            select(Attempt).where(Attempt.participant_id == person, Attempt.round_id.in_(boards.rounds))
        ):
            boards.count_attempt(changes, attempt, -1)
        session.add(
            Disqualification(id=uuid4(), contest_id=contest.id, participant_id=person, decided_at=now, lifted_at=None)
        )
        session.flush()
        for round_id in boards.rounds:
            boards.refresh(changes, boards.read(round_id, [person]))
            recording.apply(session, changes)
            changes = Changes()
