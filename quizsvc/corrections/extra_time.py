"""Extra time for one person, or for everybody whom a measured outage kept from working.

It moves ``deadline_at``, which the phone learns with its next save or look. It may reach beyond the end of the round: the
attempt began in time, and what it makes good was lost inside the round. ``duration_ms`` is not shortened by an outage: the
paper was on the screen and people went on reading and thinking, and nobody can measure for whom that was so; a contest
that ranks by time treats everybody by the same clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from quizsvc.attempts.models import Attempt
from quizsvc.attempts.queries import write_attempts
from quizsvc.contests.models import Contest, Round
from quizsvc.core.clock import milliseconds_between
from quizsvc.core.problems import NotFound
from quizsvc.corrections.errors import CannotUndo, CorrectionRefused
from quizsvc.corrections.models import Correction
from quizsvc.corrections.queries import in_batches
from quizsvc.corrections.seals import figures_shown
from quizsvc.corrections.values import CutOff, Done, Order

EXTRA_TIME = "attempt.extra-time"
BATCH = 500
MOST_MS = 7 * 24 * 60 * 60 * 1000
TIMES = (
    Attempt.id,
    Attempt.participant_id,
    Attempt.state,
    Attempt.started_at,
    Attempt.deadline_at,
    Attempt.extra_ms,
)


@dataclass(frozen=True)
class Outage:
    """When nobody could work: from ``start`` up to, not including, ``end``."""

    start: datetime
    end: datetime

    def overlap_ms(self, started_at: datetime, ended_at: datetime) -> int:
        """How much of a running time fell into it, in whole milliseconds."""
        return max(0, milliseconds_between(max(self.start, started_at), min(self.end, ended_at)))


def give_extra_time(
    session: Session,
    contest: Contest,
    found: Round,
    order: Order,
    *,
    extra_ms: int,
    attempt_id: UUID | None = None,
    participant_id: UUID | None = None,
) -> Done:
    """Move the deadline of one open attempt, named by itself or by its person. Grants add up.

    ``NotFound`` when there is no such attempt, ``CorrectionRefused`` when it has ended.
    """
    if (attempt_id is None) == (participant_id is None):
        raise CorrectionRefused("Hãy nêu hoặc một lượt thi, hoặc một người.")
    one = Attempt.id == attempt_id if attempt_id is not None else Attempt.participant_id == participant_id
    query = select(*TIMES).where(Attempt.round_id == found.id, one).order_by(Attempt.number.desc()).limit(1)
    attempt = session.execute(query.with_for_update()).one_or_none()
    if attempt is None:
        raise NotFound("Vòng này không có lượt thi như vậy.")
    before, after = attempt.deadline_at, attempt.deadline_at + timedelta(milliseconds=extra_ms)
    if attempt.extra_ms + extra_ms > MOST_MS:
        raise CorrectionRefused("Một lượt thi chỉ được thêm tổng cộng nhiều nhất bảy ngày.")
    if attempt.state != "open":
        raise CorrectionRefused("Lượt thi đã kết thúc nên không thể thêm giờ; hãy tổ chức buổi thi bù.")
    _add(session, found, [(attempt, extra_ms)])
    return Done(
        EXTRA_TIME,
        f"round:{found.public_id}",
        contest.id,
        found.id,
        before={"attempt": str(attempt.id), "deadline_at": before.isoformat()},
        after={"attempt": str(attempt.id), "deadline_at": after.isoformat(), "extra_ms": extra_ms},
        facts={"extra": {str(attempt.id): extra_ms}},
        attempts=1,
        people=1,
    )


def make_good(session: Session, contest: Contest, found: Round, order: Order, *, outage: Outage) -> Done:
    """Give each attempt that is open now what it lost: the overlap of the outage with its own running time.

    An attempt whose time ran out meanwhile and that the service has closed stays closed; ``cut_off`` names them, for a
    make-up session. ``CorrectionRefused`` for an outage that has not ended or has been made good already.
    """
    _refuse(session, found, order.now, outage)
    extra: dict[str, int] = {}
    for batch in _during(session, found, outage, "open"):
        given = [(attempt, outage.overlap_ms(attempt.started_at, attempt.deadline_at)) for attempt in batch]
        given = [(attempt, lost_ms) for attempt, lost_ms in given if lost_ms]
        _add(session, found, given)
        extra |= {str(attempt.id): lost_ms for attempt, lost_ms in given}
    cut_off = tuple(
        CutOff(attempt.id, attempt.participant_id)
        for batch in _during(session, found, outage, "expired")
        for attempt in batch
        if outage.overlap_ms(attempt.started_at, attempt.deadline_at)
    )
    # While figures are sealed, whether anybody was at work must not be found out by trying.
    if not extra and not cut_off and figures_shown(session, contest, order.now):
        raise CorrectionRefused("Không có lượt thi nào đang làm trong khoảng thời gian sự cố này.")
    return Done(
        EXTRA_TIME,
        f"round:{found.public_id}",
        contest.id,
        found.id,
        before=None,
        after={"outage": {"start": outage.start.isoformat(), "end": outage.end.isoformat()}},
        facts={"extra": extra, "outage": [outage.start.isoformat(), outage.end.isoformat()]},
        attempts=len(extra),
        people=len(extra),
        cut_off=cut_off,
    )


def undo_extra_time(session: Session, contest: Contest, correction: Correction, order: Order) -> Done:
    """Take the time back, which is fair only while everybody who got it is still working and has not begun to use it."""
    found = session.get_one(Round, correction.round_id)
    given = {UUID(attempt_id): extra_ms for attempt_id, extra_ms in correction.facts["extra"].items()}
    for some in in_batches(sorted(given)):
        query = select(*TIMES).where(Attempt.round_id == found.id, Attempt.id.in_(some)).order_by(Attempt.id)
        batch = session.execute(query.with_for_update()).all()
        for attempt in batch:
            shorter = attempt.deadline_at - timedelta(milliseconds=given[attempt.id])
            if attempt.state != "open" or shorter <= order.now:
                raise CannotUndo("Có người đã dùng đến thời gian được thêm, không thể lấy lại.")
        _add(session, found, [(attempt, -given[attempt.id]) for attempt in batch])
    return Done(
        EXTRA_TIME,
        f"round:{found.public_id}",
        contest.id,
        found.id,
        before={"extra_time": True},
        after={"extra_time": False},
        attempts=len(given),
        people=len(given),
    )


def _add(session: Session, found: Round, given: Sequence[tuple[Row[Any], int]]) -> None:
    """Move the deadlines of these open attempts by so many milliseconds. They are locked, so that neither a submission nor
    the sweeper can end one in between."""
    rows = [
        {
            "its_id": attempt.id,
            "its_round": found.id,
            "deadline_at": attempt.deadline_at + timedelta(milliseconds=extra_ms),
            "extra_ms": attempt.extra_ms + extra_ms,
        }
        for attempt, extra_ms in given
    ]
    write_attempts(session, rows)


def _during(session: Session, found: Round, outage: Outage, state: str) -> Iterator[Sequence[Row[Any]]]:
    """Attempts in this state whose running time touches the outage, in batches; open ones are locked."""
    last: UUID | None = None
    while True:
        query = select(*TIMES).where(
            Attempt.round_id == found.id,
            Attempt.state == state,
            Attempt.started_at < outage.end,
            Attempt.deadline_at > outage.start,
        )
        if last is not None:
            query = query.where(Attempt.id > last)
        query = query.order_by(Attempt.id).limit(BATCH)
        batch = session.execute(query.with_for_update() if state == "open" else query).all()
        yield batch
        if len(batch) < BATCH:
            return
        last = batch[-1].id


def _refuse(session: Session, found: Round, now: datetime, outage: Outage) -> None:
    if outage.end <= outage.start:
        raise CorrectionRefused("Sự cố phải kết thúc sau khi bắt đầu.")
    if outage.end > now:
        raise CorrectionRefused("Sự cố chưa kết thúc: chỉ bù thời gian đã đo được.")
    query = select(Correction).where(
        Correction.round_id == found.id, Correction.action == EXTRA_TIME, Correction.undone_number.is_(None)
    )
    for correction in session.scalars(query):
        if "outage" not in correction.facts:
            continue
        start, end = (datetime.fromisoformat(moment) for moment in correction.facts["outage"])
        if start < outage.end and outage.start < end:
            raise CorrectionRefused(f"Khoảng thời gian này đã được bù ở việc điều chỉnh số {correction.number}.")
