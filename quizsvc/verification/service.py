"""``verify``: every stored score, receipt, entry and counter against its recomputation; each difference is named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizsvc.attempts.grading import handed_in
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.receipts import receipt_code, receipt_sha256
from quizsvc.banks.models import QuestionVersion
from quizsvc.contests.models import Contest, Round
from quizsvc.leaderboards.models import EVERYONE, Entry, RankCell, Tally
from quizsvc.units.models import Unit
from quizsvc.verification.plain import Sitting, Standing, counted_sitting, right_answers, standing_of

LETTERS = "abcdefgh"
FETCH = 1000
MILLISECOND = timedelta(milliseconds=1)


@dataclass
class Findings:
    """What was compared and every difference found, one sentence each."""

    attempts: int = 0
    figures: int = 0
    differences: list[str] = field(default_factory=list)

    def compare(self, what: str, stored: object, computed: object) -> None:
        self.figures += 1
        if stored != computed:
            self.differences.append(f"{what}: đang lưu {stored}, tính lại được {computed}")


@dataclass
class _Board:
    standings: dict[str, Standing] = field(default_factory=dict)
    attempts: Counter[int] = field(default_factory=Counter)


def verify(session: Session) -> Findings:
    """Recompute everything derived, round by round, from the stored answers and keys."""
    findings = Findings()
    keys = _keys(session)
    paths = {unit_id: _path(path) for unit_id, path in session.execute(select(Unit.id, Unit.path))}
    for contest in session.scalars(select(Contest).order_by(Contest.id)):
        total = _Board()
        parts: dict[str, list[Standing]] = defaultdict(list)
        for found in session.scalars(select(Round).where(Round.contest_id == contest.id).order_by(Round.position)):
            board = _verify_round(session, found, keys, paths, findings)
            _verify_board(session, found.board_id, f"bảng của vòng {found.public_id}", board, findings)
            total.attempts += board.attempts
            for person, standing in board.standings.items():
                parts[person].append(standing)
        total.standings = {person: _sum(standings) for person, standings in parts.items()}
        _verify_board(session, contest.board_id, f"bảng của cuộc thi {contest.slug}", total, findings)
    return findings


def _path(path: str) -> tuple[int, ...]:
    return tuple(int(part) for part in path.split("/") if part)


def _keys(session: Session) -> dict[int, frozenset[str]]:
    query = select(QuestionVersion.id, QuestionVersion.key)
    return {version: frozenset(LETTERS[place] for place in key) for version, key in session.execute(query)}


def _verify_round(
    session: Session,
    found: Round,
    keys: dict[int, frozenset[str]],
    paths: dict[int, tuple[int, ...]],
    findings: Findings,
) -> _Board:
    board = _Board()
    by_person: dict[str, list[tuple[Sitting, int]]] = defaultdict(list)
    for attempt, receipt in _ended(session, found.id):
        findings.attempts += 1
        sitting = _sitting(attempt, found, paths)
        what = f"lượt {attempt.id}"
        correct = _correct(sitting, keys, what, findings)
        questions = len(sitting.paper.split())
        findings.compare(f"{what}, số câu đúng", attempt.correct_count, correct)
        findings.compare(f"{what}, điểm", attempt.score, correct * sitting.points_per_question)
        findings.compare(f"{what}, số câu", attempt.question_count, questions)
        findings.compare(f"{what}, điểm tối đa", attempt.max_score, questions * sitting.points_per_question)
        findings.compare(f"{what}, thời gian làm bài", attempt.duration_ms, sitting.duration_ms)
        _verify_receipt(attempt, receipt, found, what, findings)
        by_person[sitting.participant_id].append((sitting, correct))
        for scope in (EVERYONE, *sitting.unit_path):
            board.attempts[scope] += 1
    for person, sittings in by_person.items():
        board.standings[person] = standing_of(counted_sitting(sittings, found.rules["counts"]))
    return board


def _correct(sitting: Sitting, keys: dict[int, frozenset[str]], what: str, findings: Findings) -> int:
    try:
        return right_answers(sitting.paper, sitting.answers, keys)
    except (ValueError, KeyError):  # a paper or answers that do not even have their form
        findings.compare(f"{what}, bài làm", "không đọc được", "đọc được")
        return 0


def _ended(session: Session, round_id: int) -> Iterator[tuple[Attempt, Receipt | None]]:
    query = (
        select(Attempt, Receipt)
        .outerjoin(Receipt, Receipt.attempt_id == Attempt.id)
        .where(Attempt.round_id == round_id, Attempt.state.in_(("submitted", "expired")))
        .execution_options(yield_per=FETCH)
    )
    for row in session.execute(query):
        yield row[0], row[1]


def _sitting(attempt: Attempt, found: Round, paths: dict[int, tuple[int, ...]]) -> Sitting:
    assert attempt.ended_at is not None
    return Sitting(
        attempt_id=str(attempt.id),
        participant_id=attempt.participant_id.hex,
        number=attempt.number,
        unit_path=() if attempt.unit_id is None else paths[attempt.unit_id],
        paper=attempt.paper,
        answers=attempt.answers,
        points_per_question=found.rules["points_per_question"],
        duration_ms=max(0, (attempt.ended_at - attempt.started_at) // MILLISECOND),
        ended_at=attempt.ended_at,
        stored_score=attempt.score,
        stored_correct=attempt.correct_count,
    )


def _verify_receipt(attempt: Attempt, receipt: Receipt | None, found: Round, what: str, findings: Findings) -> None:
    if receipt is None:
        findings.compare(f"{what}, biên nhận", "không có", "phải có")
        return
    sha256 = receipt_sha256(handed_in(attempt, found))
    findings.compare(f"{what}, mã băm biên nhận", receipt.sha256, sha256)
    findings.compare(f"{what}, mã biên nhận", receipt.code, receipt_code(sha256))


def _sum(standings: list[Standing]) -> Standing:
    _, latest = max(enumerate(standings), key=lambda placed: (placed[1].ended_at, placed[0]))
    return Standing(
        score=sum(standing.score for standing in standings),
        correct=sum(standing.correct for standing in standings),
        duration_ms=sum(standing.duration_ms for standing in standings),
        ended_at=latest.ended_at,
        unit_path=latest.unit_path,
    )


def _verify_board(session: Session, board_id: int, what: str, board: _Board, findings: Findings) -> None:
    expected = {
        (scope, person): (standing.score, standing.correct, standing.duration_ms, standing.ended_at)
        for person, standing in board.standings.items()
        for scope in (EVERYONE, *standing.unit_path)
    }
    stored = {
        (row.scope_id, row.participant_id.hex): (row.score, row.correct_count, row.duration_ms, row.submitted_at)
        for row in session.scalars(select(Entry).where(Entry.board_id == board_id))
    }
    for key in sorted({*expected, *stored}):
        findings.compare(f"{what}, phạm vi {key[0]}, người {key[1]}", stored.get(key), expected.get(key))
    _verify_cells(session, board_id, what, expected, findings)
    _verify_tallies(session, board_id, what, board, findings)


def _verify_cells(
    session: Session,
    board_id: int,
    what: str,
    expected: dict[tuple[int, str], tuple[int, int, int, datetime]],
    findings: Findings,
) -> None:
    computed = Counter((scope, entry[0], entry[2] // 1000) for (scope, _), entry in expected.items())
    query = select(RankCell).where(RankCell.board_id == board_id, RankCell.entries != 0)
    stored = {(row.scope_id, row.score, row.second): row.entries for row in session.scalars(query)}
    for key in sorted({*computed, *stored}):
        findings.compare(f"{what}, ô đếm {key}", stored.get(key, 0), computed[key])
    by_score = Counter((scope, entry[0]) for (scope, _), entry in expected.items())
    sums = select(ScoreCell.scope_id, ScoreCell.score, func.sum(ScoreCell.entries))
    rows = session.execute(sums.where(ScoreCell.board_id == board_id).group_by(ScoreCell.scope_id, ScoreCell.score))
    counted = {(scope, score): entries for scope, score, entries in rows if entries}
    for pair in sorted({*by_score, *counted}):
        findings.compare(f"{what}, ô đếm điểm {pair}", counted.get(pair, 0), by_score[pair])


def _verify_tallies(session: Session, board_id: int, what: str, board: _Board, findings: Findings) -> None:
    people: Counter[int] = Counter()
    scores: Counter[int] = Counter()
    for standing in board.standings.values():
        for scope in (EVERYONE, *standing.unit_path):
            people[scope] += 1
            scores[scope] += standing.score
    query = (
        select(Tally.scope_id, func.sum(Tally.participants), func.sum(Tally.attempts), func.sum(Tally.score))
        .where(Tally.board_id == board_id)
        .group_by(Tally.scope_id)
    )
    stored = {scope: tuple(totals) for scope, *totals in session.execute(query)}
    for scope in sorted({*people, *board.attempts, *stored}):
        computed = (people[scope], board.attempts[scope], scores[scope])
        findings.compare(f"{what}, phạm vi {scope}, (người, lượt, điểm)", stored.get(scope, (0, 0, 0)), computed)


def receipt_by_code(session: Session, code: str) -> tuple[UUID, bool] | None:
    """The attempt of a receipt code, and whether its stored content still gives that receipt."""
    query = (
        select(Attempt, Receipt, Round)
        .join(Receipt, Receipt.attempt_id == Attempt.id)
        .join(Round, Round.id == Attempt.round_id)
        .where(Receipt.code == code)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    attempt, receipt, found = row
    return attempt.id, receipt_sha256(handed_in(attempt, found)) == receipt.sha256
