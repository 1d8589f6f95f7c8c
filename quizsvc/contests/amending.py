"""Writes down what an amendment changed and why; the rows are never changed again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizsvc.contests.amendments import Change
from quizsvc.contests.document_parts import ContestDocument, Fault
from quizsvc.contests.models import Contest, ContestAmendment

LONGEST_REASON = 1000
NO_REASON = Fault(
    (),
    "Cuộc thi đã mở: thay đổi thể lệ phải có lý do (--reason), lý do được công bố.",
    "The contest has opened: an amendment needs a reason (--reason), which is published.",
)
LONG_REASON = Fault(
    (), f"Lý do dài nhất {LONGEST_REASON} ký tự.", f"The reason may have at most {LONGEST_REASON} characters."
)


def reason_faults(reason: str | None) -> list[Fault]:
    """What is wrong with the reason of an amendment."""
    if reason is None or not reason.strip():
        return [NO_REASON]
    return [LONG_REASON] if len(reason.strip()) > LONGEST_REASON else []


def record_amendment(
    session: Session,
    contest: Contest,
    document: ContestDocument,
    changes: Sequence[Change],
    *,
    reason: str,
    now: datetime,
    actor_id: UUID | None,
) -> None:
    """Append the next amendment of a contest, whose row the caller has locked."""
    last = session.scalar(select(func.max(ContestAmendment.number)).where(ContestAmendment.contest_id == contest.id))
    session.add(
        ContestAmendment(
            contest_id=contest.id,
            number=(last or 0) + 1,
            reason=reason.strip(),
            changes=[vars(change) for change in changes],
            document=document.source,
            document_sha256=document.sha256,
            amended_at=now,
            actor_id=actor_id,
        )
    )
    session.flush()
