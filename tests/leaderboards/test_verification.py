"""``verify`` against a whole small contest: silent while all is well, and loud about every kind of damage."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.orm import Session

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.sweeping import sweep
from quizsvc.core.db import db, reading
from quizsvc.leaderboards.models import EVERYONE, Entry, RankCell, ScoreCell, Tally
from quizsvc.verification.service import verify
from tests.conftest import NOW
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers, round_document


@pytest.fixture
def played(phone, clock):
    """Three people, three rounds that count differently, some better and some worse attempts, one left lying."""
    rounds = [
        round_document(clock.now, round=f"r{place}", counts=counts, points_per_question=place)
        for place, counts in enumerate(("best", "first", "last"), start=1)
    ]
    make_contest(clock.now, *rounds)
    units = (THANH_VINH, KIM_LIEN, None)
    players = [Player(phone, number) for number in (1, 2, 3)]
    for player, unit in zip(players, units, strict=True):
        if unit is not None:
            player.in_unit(unit)
    for place, player in enumerate(players):
        for turn in range(2):
            for number in (1, 2, 3):
                attempt = player.start(f"thi.r{number}").json
                clock.advance(seconds=3 + turn)
                answers = right_answers(attempt, wrong=(place + turn + number) % 3)
                player.submit(attempt, f"request-{turn}", answers=answers)
        players[0].in_unit(KIM_LIEN)
    left = players[2].start("thi.r1").json
    players[2].save(left, 1, right_answers(left))
    clock.advance(minutes=11)
    sweep(clock)


def on(connection: Connection) -> list[str]:
    """What verify says of the database as this connection sees it."""
    with Session(connection) as session:
        return verify(session).differences


AN_ATTEMPT = select(Attempt.id).order_by(Attempt.id).limit(1).scalar_subquery()
A_BOARD = select(Entry.board_id).order_by(Entry.board_id).limit(1).scalar_subquery()
A_PERSON = select(Entry.participant_id).order_by(Entry.participant_id).limit(1).scalar_subquery()

ATTEMPT = update(Attempt).where(Attempt.id == AN_ATTEMPT)
RIGHT = update(Attempt).where(Attempt.correct_count == 3)
RECEIPT = update(Receipt).where(Receipt.attempt_id == AN_ATTEMPT)
HERS = (Entry.scope_id == EVERYONE, Entry.board_id == A_BOARD, Entry.participant_id == A_PERSON)
ENTRY = update(Entry).where(*HERS)
OF_ALL = (RankCell.scope_id == EVERYONE, RankCell.entries > 0)
A_SCORE = select(func.max(ScoreCell.score)).where(ScoreCell.scope_id == EVERYONE, ScoreCell.entries > 0).scalar_subquery()
SCORE_CELL = update(ScoreCell).where(ScoreCell.scope_id == EVERYONE, ScoreCell.score == A_SCORE)
TALLY = update(Tally).where(Tally.scope_id == EVERYONE, Tally.board_id == A_BOARD)

DAMAGE = {
    # what is changed: the change, a word of the difference it must give, how many differences (None: several)
    "score": (ATTEMPT.values(score=Attempt.score + 1), "điểm", 1),
    "correct count": (ATTEMPT.values(correct_count=9), "số câu đúng", 1),
    "question count": (ATTEMPT.values(question_count=9), "số câu", 1),
    "largest score": (ATTEMPT.values(max_score=99), "điểm tối đa", 1),
    "duration": (ATTEMPT.values(duration_ms=1), "thời gian", 1),
    "answers": (RIGHT.values(answers=",,"), "số câu đúng", None),
    "answers, as the receipt sees it": (RIGHT.values(answers=",,"), "mã băm", None),
    "grade gone": (ATTEMPT.values(score=None, correct_count=None), "điểm", 2),
    "prediction": (ATTEMPT.values(predicted=1), "mã băm", 2),
    "number": (ATTEMPT.values(number=9), "mã băm", None),
    "start": (ATTEMPT.values(started_at=Attempt.deadline_at), "mã băm", None),
    "answers that cannot be read": (ATTEMPT.values(answers="a"), "bài làm", None),
    "paper that cannot be read": (ATTEMPT.values(paper="0:ab"), "bài làm", None),
    "receipt hash": (RECEIPT.values(sha256="0" * 64), "mã băm", 1),
    "receipt code": (RECEIPT.values(code="0"), "mã biên nhận", 1),
    "receipt gone": (delete(Receipt).where(Receipt.attempt_id == AN_ATTEMPT), "biên nhận", 1),
    "entry score": (ENTRY.values(score=Entry.score + 1), "phạm vi 0, người", 1),
    "entry correct count": (ENTRY.values(correct_count=9), "phạm vi 0, người", 1),
    "entry duration": (ENTRY.values(duration_ms=Entry.duration_ms + 1), "phạm vi 0, người", 1),
    "entry moment": (ENTRY.values(submitted_at=NOW), "phạm vi 0, người", 1),
    "entry gone": (delete(Entry).where(*HERS), "phạm vi 0, người", 1),
    "entry elsewhere": (ENTRY.values(scope_id=987), "phạm vi 987, người", 2),
    "cell": (update(RankCell).where(*OF_ALL).values(entries=RankCell.entries + 1), "ô đếm", None),
    "cell gone": (delete(RankCell).where(*OF_ALL), "ô đếm", None),
    "score cell": (SCORE_CELL.values(entries=ScoreCell.entries + 1), "ô đếm điểm", None),
    "score cell elsewhere": (SCORE_CELL.values(score=987), "ô đếm điểm (0, 987)", None),
    "people": (TALLY.values(participants=0), "(người, lượt, điểm)", 1),
    "attempts": (TALLY.values(attempts=Tally.attempts + 1), "(người, lượt, điểm)", 1),
    "points": (TALLY.values(score=Tally.score - 1), "(người, lượt, điểm)", 1),
    "tally elsewhere": (TALLY.values(scope_id=987), "phạm vi 987, (người, lượt, điểm)", 2),
}


def test_an_untouched_database_agrees_and_each_kind_of_damage_is_named(played):
    with reading() as session:
        findings = verify(session)
    assert findings.differences == []
    assert findings.attempts == 19
    assert findings.figures > 200
    for name, (change, word, count) in DAMAGE.items():
        with db.engine.connect() as connection:
            assert connection.execute(change).rowcount > 0, name
            found = on(connection)
            connection.rollback()
        assert any(word in difference for difference in found), (name, found)
        assert count in (None, len(found)), (name, found)
    with db.engine.connect() as connection:
        assert on(connection) == []
