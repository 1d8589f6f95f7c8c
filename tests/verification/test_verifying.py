"""``verify`` against a small world: silent while all is well, and loud about every kind of damage."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.orm import Session

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.contests.models import Board, Round
from quizsvc.core.db import db, reading
from quizsvc.leaderboards.models import EVERYONE, Entry, RankCell, Tally
from quizsvc.verification.service import verify
from tests.conftest import NOW


def on(connection: Connection) -> list[str]:
    """What verify says of the database as this connection sees it."""
    with Session(connection) as session:
        return verify(session).differences


R1 = select(Round.id).where(Round.public_id == "thi.r1").scalar_subquery()
AN_ATTEMPT = select(Attempt.id).where(Attempt.round_id == R1).order_by(Attempt.id).limit(1).scalar_subquery()
A_BOARD = select(Board.id).where(Board.subject == "round:thi.r1").scalar_subquery()
BY_REGISTRATION = select(Board.id).where(Board.subject == "round:hai.r1").scalar_subquery()
A_PERSON = select(Entry.participant_id).order_by(Entry.participant_id).limit(1).scalar_subquery()

ATTEMPT = update(Attempt).where(Attempt.id == AN_ATTEMPT)
RIGHT = update(Attempt).where(Attempt.correct_count == 3)
RECEIPT = update(Receipt).where(Receipt.attempt_id == AN_ATTEMPT)
HERS = (Entry.board_id == A_BOARD, Entry.participant_id == A_PERSON)
ENTRY = update(Entry).where(*HERS)
OF_ALL = (RankCell.scope_id == EVERYONE, RankCell.entries > 0, RankCell.board_id == A_BOARD)
TALLY = update(Tally).where(Tally.scope_id == EVERYONE, Tally.board_id == A_BOARD)
A_TALLY = TALLY.where(
    Tally.shard
    == select(func.max(Tally.shard)).where(Tally.scope_id == EVERYONE, Tally.board_id == A_BOARD).scalar_subquery()
)
CELLS = select(RankCell.prefix).where(*OF_ALL, RankCell.level == 3).order_by(RankCell.prefix)
A_CELL = CELLS.limit(1).scalar_subquery()
FIGURES = "phạm vi 0, (người, lượt, điểm, người đúng hết)"

DAMAGE = {
    # what is changed: the change, a word of the difference it must give, how many differences (None: several)
    "score": (ATTEMPT.values(score=Attempt.score + 1), ", điểm:", 1),
    "correct count": (ATTEMPT.values(correct_count=9), "số câu đúng", 1),
    "question count": (ATTEMPT.values(question_count=9), "số câu:", 1),
    "largest score": (ATTEMPT.values(max_score=99), "điểm tối đa", 1),
    "duration": (ATTEMPT.values(duration_ms=1), "thời gian", 1),
    "answers": (RIGHT.values(answers=",,"), "số câu đúng", None),
    "answers, as the receipt sees it": (RIGHT.values(answers=",,"), "mã băm", None),
    "answers, as the board sees it": (RIGHT.values(answers=",,"), "bảng của vòng thi.r1", None),
    "grade gone": (ATTEMPT.values(score=None, correct_count=None), ", điểm:", 2),
    "not graded": (ATTEMPT.values(graded_at=None), "chưa được chấm", None),
    "prediction": (ATTEMPT.values(predicted=9), "mã băm", None),
    "number": (ATTEMPT.values(number=9), "mã băm", None),
    "start": (ATTEMPT.values(started_at=Attempt.deadline_at), "mã băm", None),
    "answers that cannot be read": (ATTEMPT.values(answers="a"), "bài làm", None),
    "letters that are not there": (ATTEMPT.values(answers="aa,b,c"), "bài làm", None),
    "paper that cannot be read": (ATTEMPT.values(paper="0:ab"), "bài làm", None),
    "unranked": (ATTEMPT.values(is_ranked=False), FIGURES, None),
    "track": (ATTEMPT.values(track=None), "bảng của vòng thi.r1 (đối tượng", None),
    "unit": (ATTEMPT.values(unit_id=None), "(người, lượt", None),
    "receipt hash": (RECEIPT.values(sha256="0" * 64), "mã băm", 1),
    "receipt code": (RECEIPT.values(code="0"), "mã biên nhận", 1),
    "receipt score": (RECEIPT.values(score=99), "điểm ghi trên biên nhận", 1),
    "receipt correct count": (RECEIPT.values(correct_count=99), "số câu đúng ghi trên biên nhận", 1),
    "receipt gone": (delete(Receipt).where(Receipt.attempt_id == AN_ATTEMPT), "biên nhận: không có", 1),
    "entry key": (ENTRY.values(rank_key=b"\0" * 15), "khóa xếp hạng", 1),
    "entry unit": (ENTRY.values(unit_id=1), "đơn vị", 1),
    "entry score": (ENTRY.values(score=Entry.score + 1), ", điểm: ", 1),
    "entry correct count": (ENTRY.values(correct_count=9), "số câu đúng", 1),
    "entry duration": (ENTRY.values(duration_ms=Entry.duration_ms + 1), "thời gian làm bài", 1),
    "entry start": (ENTRY.values(started_at=NOW.replace(year=2025)), "lúc bắt đầu", 1),
    "entry moment": (ENTRY.values(submitted_at=NOW.replace(year=2025)), "lúc nộp", 1),
    "entry registration": (
        update(Entry).where(Entry.board_id == BY_REGISTRATION).values(registered_at=NOW.replace(year=2025)),
        "lúc đăng ký: đang lưu 2025-11-23",
        2,
    ),
    "entry registration not asked for": (ENTRY.values(registered_at=NOW), "lúc đăng ký", 1),
    "entry attempts": (ENTRY.values(attempts=Entry.attempts + 1), "số lượt", 1),
    "entry perfect attempts": (ENTRY.values(perfect_attempts=7), "số lượt tuyệt đối", 1),
    "entry prediction": (ENTRY.values(predicted=77), "dự đoán", 1),
    "entry gone": (delete(Entry).where(*HERS), "không có tên trên bảng", 1),
    "entry of somebody else": (
        ENTRY.values(board_id=select(Board.id).where(Board.subject == "round:bon.r1").scalar_subquery()),
        "đang có tên trên bảng",
        None,
    ),
    "cell": (update(RankCell).where(*OF_ALL).values(entries=RankCell.entries + 1), "ô đếm mức 0, khóa", None),
    "last cell": (
        update(RankCell).where(*OF_ALL, RankCell.level == 3).values(entries=RankCell.entries + 1),
        "ô đếm mức 3, khóa",
        3,
    ),
    "cell gone": (delete(RankCell).where(*OF_ALL), "ô đếm", None),
    "cell of another level": (update(RankCell).where(*OF_ALL, RankCell.level == 3).values(level=9), "ô đếm mức 9", None),
    "cell of another scope": (update(RankCell).where(*OF_ALL).values(scope_id=987), "phạm vi 987, ô đếm", None),
    "cell elsewhere": (
        update(RankCell).where(*OF_ALL, RankCell.level == 3, RankCell.prefix == A_CELL).values(prefix=b"\1"),
        "khóa 01",
        2,
    ),
    "people": (TALLY.values(participants=0), FIGURES, 1),
    "attempts": (A_TALLY.values(attempts=Tally.attempts + 1), FIGURES, 1),
    "points": (A_TALLY.values(score=Tally.score - 1), FIGURES, 1),
    "people with everything right": (A_TALLY.values(perfect=Tally.perfect + 1), FIGURES, 1),
    "tally elsewhere": (TALLY.values(scope_id=987), "phạm vi 987, (người", 2),
}


def test_an_untouched_database_agrees_and_each_kind_of_damage_is_named(played):
    with reading() as session:
        findings = verify(session)
    assert findings.differences == []
    assert (findings.attempts, findings.total) == (3 * 2 * 7 + 2, 0)
    assert findings.figures > 1000
    wrong = []
    for name, (change, word, count) in DAMAGE.items():
        with db.engine.connect() as connection:
            connection.exec_driver_sql(
                "PRAGMA defer_foreign_keys = ON" if connection.dialect.name == "sqlite" else "SELECT 1"
            )
            assert connection.execute(change).rowcount > 0, name
            found = on(connection)
            connection.rollback()
        if not any(word in difference for difference in found) or count not in (None, len(found)):
            wrong.append((name, found))
    assert wrong == []
    with db.engine.connect() as connection:
        assert on(connection) == []
