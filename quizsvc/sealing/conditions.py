"""When something may be sealed, said as problems to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizsvc.contests.models import Round
from quizsvc.core.clock import VIETNAM
from quizsvc.leaderboards.snapshot_models import Snapshot
from quizsvc.sealing.errors import AlreadyFinal, ComplaintsOpen, NotClosedYet, SealedAtOnce
from quizsvc.sealing.kinds import Kind, Made, Refusal, complaints_until, reason_against
from quizsvc.sealing.queries import make_up_to_come, unsettled


@dataclass(frozen=True)
class Order:
    """What an organizer asks for. ``reopen``: although there is a final snapshot. ``force``: although complaints are taken;
    only from the command line. ``first``: only if there is no snapshot yet."""

    kind: Kind
    reason: str
    reopen: bool = False
    force: bool = False
    first: bool = False


def check_kind(order: Order, kept: Sequence[Snapshot], *, hours: int, now: datetime) -> None:
    """``AlreadyFinal`` or ``ComplaintsOpen`` when this kind may not follow the snapshots that there are."""
    if order.first and kept:
        raise SealedAtOnce
    made = [Made(Kind(each.kind), each.made_at) for each in sorted(kept, key=lambda each: (each.number, each.id))]
    refusal = reason_against(order.kind, made, hours=hours, now=now, reopen=order.reopen, force=order.force)
    if refusal is Refusal.ALREADY_FINAL:
        raise AlreadyFinal("Kết quả đã là chính thức. Muốn niêm phong lần nữa phải nói rõ «reopen» kèm lý do.")
    if refusal is Refusal.COMPLAINTS_OPEN:
        until = complaints_until(made, hours)
        if until is None:
            raise ComplaintsOpen(
                f"Hãy niêm phong tạm thời trước: thời hạn khiếu nại {hours} giờ tính từ lần công bố tạm thời đầu tiên.",
                until=None,
            )
        raise ComplaintsOpen(
            f"Còn nhận khiếu nại đến {_said(until)}; sau đó mới niêm phong chính thức.", until=until.isoformat()
        )


def check_over(session: Session, rounds: Sequence[Round], *, now: datetime) -> None:
    """``NotClosedYet`` while one of the rounds has not closed, or an attempt in them is open or waits for its grade."""
    last = max(rounds, key=lambda found: found.closes_at)
    if last.closes_at > now:
        raise NotClosedYet(
            f"Vòng «{last.title}» đóng lúc {_said(last.closes_at)}; chỉ niêm phong sau khi đóng.",
            closes_at=last.closes_at.isoformat(),
        )
    left = unsettled(session, [found.id for found in rounds])
    if left.open_attempts or left.ungraded:
        raise NotClosedYet(
            f"Còn {left.open_attempts} lượt thi chưa kết thúc và {left.ungraded} bài chưa chấm; "
            "hãy đợi ít phút (dịch vụ tự đóng và chấm), hoặc chạy quizsvc sweep.",
            closes_at=last.closes_at.isoformat(),
            open_attempts=left.open_attempts,
            ungraded_attempts=left.ungraded,
        )


def warnings_of(session: Session, rounds: Sequence[Round], *, now: datetime) -> tuple[str, ...]:
    """What does not stand in the way but should be known."""
    titles = {found.id: found.title for found in rounds}
    return tuple(
        f"Vòng «{titles[made.round_id]}» còn buổi thi bù đến {_said(made.closes_at)}; "
        "kết quả của buổi đó chỉ vào lần niêm phong sau."
        for made in make_up_to_come(session, list(titles), now)
    )


def _said(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y")
