"""A round that closes later: for those who start from now on, and for those whose time the old end had cut short."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.attempts import timing
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.queries import write_attempts
from quizsvc.attempts.showing import review_shown_from
from quizsvc.contests.amending import record_amendment
from quizsvc.contests.amendments import Change
from quizsvc.contests.document import ContestDocument, understand
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.queries import rules_of
from quizsvc.contests.round_rows import window_of_official
from quizsvc.core.clock import VIETNAM
from quizsvc.corrections.errors import CannotUndo, CorrectionRefused
from quizsvc.corrections.models import Correction
from quizsvc.corrections.seals import figures_shown, is_sealed
from quizsvc.corrections.values import Done, Order

EXTEND = "round.extend"


def extend_round(session: Session, contest: Contest, found: Round, order: Order, *, closes_at: datetime) -> Done:
    """Let the round close at ``closes_at``. Open attempts that the old end cut short get their full time, up to the new end.

    A round that has closed may be opened again only while nothing that shows after its end has been seen: it is not sealed,
    and neither keys nor figures are out. ``CorrectionRefused`` otherwise, or when the new end is not later.
    """
    _refuse(session, contest, found, order.now, closes_at)
    before = found.closes_at
    attempts = move_end(session, contest, found, closes_at)
    _publish(session, contest, found, order, before)
    return Done(
        EXTEND,
        f"round:{found.public_id}",
        contest.id,
        found.id,
        before={"closes_at": before.isoformat()},
        after={"closes_at": closes_at.isoformat()},
        facts={"before": before.isoformat(), "after": closes_at.isoformat()},
        attempts=attempts,
        people=attempts,
    )


def undo_extension(session: Session, contest: Contest, correction: Correction, order: Order) -> Done:
    """Back to the old end, which must not have passed: nobody loses time that they were already using."""
    found = session.get_one(Round, correction.round_id)
    old, new = (datetime.fromisoformat(correction.facts[name]) for name in ("before", "after"))
    if found.closes_at != new:
        raise CannotUndo("Vòng thi đã được gia hạn lần nữa sau đó; hãy hoàn tác lần gia hạn sau cùng trước.")
    if old <= order.now:
        raise CannotUndo("Giờ kết thúc cũ đã qua: hoàn tác sẽ lấy mất thời gian mà người dự thi đang dùng.")
    attempts = move_end(session, contest, found, old)
    _publish(session, contest, found, order, new)
    return Done(
        EXTEND,
        f"round:{found.public_id}",
        contest.id,
        found.id,
        before={"closes_at": new.isoformat()},
        after={"closes_at": old.isoformat()},
        attempts=attempts,
        people=attempts,
    )


def move_end(session: Session, contest: Contest, found: Round, closes_at: datetime) -> int:
    """Set the end of a round and the deadlines that depend on it; how many open attempts got another deadline.

    The lock on the round waits for starts that have read the old end (``starting.py`` shares it), and later ones for us.
    Attempts of make-up sessions, begun after the end, have an end of their own.
    """
    session.refresh(found, with_for_update=True)
    old_end = found.closes_at
    found.closes_at = closes_at
    session.flush()
    contest.opens_at, contest.closes_at = window_of_official(session, contest)
    limit_ms = rules_of(found).time_limit_ms
    running = (
        select(Attempt.id, Attempt.started_at, Attempt.extra_ms, Attempt.deadline_at)
        .where(Attempt.round_id == found.id, Attempt.state == "open", Attempt.started_at < old_end)
        .order_by(Attempt.id)
        .with_for_update()
    )
    moved = []
    for attempt_id, started_at, extra_ms, before in session.execute(running):
        usual = timing.deadline(started_at, limit_ms=limit_ms, closes_at=closes_at)
        deadline_at = usual + timedelta(milliseconds=extra_ms)
        if deadline_at != before:
            moved.append({"its_id": attempt_id, "its_round": found.id, "deadline_at": deadline_at})
    write_attempts(session, moved)
    return len(moved)


def _refuse(session: Session, contest: Contest, found: Round, now: datetime, closes_at: datetime) -> None:
    if closes_at <= found.closes_at:
        raise CorrectionRefused("Giờ kết thúc mới phải muộn hơn giờ kết thúc hiện nay.")
    if closes_at <= now:
        raise CorrectionRefused("Giờ kết thúc mới đã qua.")
    if now < found.closes_at:
        return
    if is_sealed(session, contest, found):
        raise CorrectionRefused("Vòng thi đã chốt kết quả nên không thể mở lại; hãy tổ chức buổi thi bù.")
    review_from = review_shown_from(session, found)
    if review_from is not None and review_from <= now:
        raise CorrectionRefused("Vòng thi đã kết thúc và đáp án đã được xem nên không thể mở lại; hãy tổ chức buổi thi bù.")
    if rules_of(found).prediction is not None and figures_shown(session, contest, now):
        raise CorrectionRefused("Vòng thi đã kết thúc và số liệu đã công bố, câu dự đoán không thể mở lại.")


def _publish(session: Session, contest: Contest, found: Round, order: Order, before: datetime) -> None:
    """The rules that people were shown have changed: an amendment says what, when and why.

    The contest's own document stays as it was loaded, so that loading it again changes nothing.
    """
    if contest.opens_at > order.now:
        return
    code = found.public_id.removeprefix(f"{contest.slug}.")
    source: dict[str, Any] = copy.deepcopy(contest.document)
    for written in source["rounds"]:
        if written["round"] == code:
            written["closes_at"] = _said(found.closes_at)
    document = understand(source)
    if not isinstance(document, ContestDocument):
        raise CorrectionRefused("Giờ kết thúc mới không hợp với thể lệ: " + "; ".join(str(fault) for fault in document))
    changes = [Change(f"/rounds/{code}/closes_at", _said(before), _said(found.closes_at))]
    record_amendment(
        session,
        contest,
        document,
        changes,
        reason=order.reason,
        now=order.now,
        actor_id=order.actor.participant_id,
    )
    contest.version += 1


def _said(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).isoformat()
