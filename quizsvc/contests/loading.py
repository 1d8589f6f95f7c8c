"""Puts a contest document into the database: nothing twice, nothing half, nothing that was already played."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizsvc.banks import drawing
from quizsvc.banks.queries import drawable
from quizsvc.contests.document import ContestDocument, RoundDocument
from quizsvc.contests.errors import ContestDocumentRefused
from quizsvc.contests.models import Board, Contest, Round, RoundQuestion
from quizsvc.contests.queries import pools_of
from quizsvc.core.clock import local_day
from quizsvc.units.service import unit_by_code


class Loaded(StrEnum):
    """What loading a document did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def load_contest(session: Session, document: ContestDocument, *, now: datetime) -> Loaded:
    """Add or change a contest. The same document again changes nothing, unless the banks have changed before the opening.

    Raises ``ContestDocumentRefused`` when a bank, topic or unit does not exist, when a quota cannot be filled, or when
    the contest has opened: what people play is not changed under them.
    """
    existing = session.scalar(select(Contest).where(Contest.slug == document.slug).with_for_update())
    is_same = existing is not None and existing.document_sha256 == document.sha256
    has_opened = existing is not None and existing.opens_at <= now
    if is_same and has_opened:
        return Loaded.UNCHANGED
    faults: list[str] = []
    if has_opened:
        faults.append("cuộc thi đã mở nên thể lệ không thể thay đổi")
    unit = unit_by_code(session, document.organizer_code, on=local_day(now))
    if unit is None:
        faults.append(f"không có đơn vị mang mã {document.organizer_code}")
    pools = {made.code: _pools(session, made, faults) for made in document.rounds}
    if faults or unit is None:
        raise ContestDocumentRefused(document.slug, faults)
    if is_same and _stored_pools(session, document) == pools:
        return Loaded.UNCHANGED
    contest = existing or Contest(slug=document.slug, version=0, board_id=_board(session, f"contest:{document.slug}"))
    _fill(contest, document, unit.id, now)
    session.add(contest)
    session.flush()
    _write_rounds(session, contest, document, pools)
    return Loaded.ADDED if existing is None else Loaded.CHANGED


def _fill(contest: Contest, document: ContestDocument, unit_id: int, now: datetime) -> None:
    contest.title = document.title
    contest.organizer_unit_id = unit_id
    contest.opens_at = min(made.opens_at for made in document.rounds)
    contest.closes_at = max(made.closes_at for made in document.rounds)
    contest.version += 1
    contest.document = document.source
    contest.document_sha256 = document.sha256
    contest.loaded_at = now


def _pools(session: Session, made: RoundDocument, faults: list[str]) -> list[list[int]]:
    pools = []
    for place, quota in enumerate(made.rules.quotas, start=1):
        pool = drawable(session, bank_code=quota.bank, topic=quota.topic, difficulty=quota.difficulty)
        pools.append(pool)
        if len(pool) < quota.count:
            wanted = ", ".join(str(part) for part in (quota.bank, quota.topic, quota.difficulty) if part is not None)
            faults.append(
                f"vòng «{made.code}», mục paper thứ {place} ({wanted}): cần {quota.count} câu, ngân hàng có {len(pool)}"
            )
    counts = [quota.count for quota in made.rules.quotas]
    enough = all(len(pool) >= count for pool, count in zip(pools, counts, strict=True))
    if enough and not drawing.feasible(pools, counts):
        faults.append(f"vòng «{made.code}»: các mục paper chồng lên nhau, không đủ câu khác nhau cho tất cả")
    return pools


def _stored_pools(session: Session, document: ContestDocument) -> dict[str, list[list[int]]]:
    """What each round may draw from as it is stored now."""
    ids = {
        row.public_id: row.id for row in session.scalars(select(Round).join(Contest).where(Contest.slug == document.slug))
    }
    return {made.code: pools_of(session, ids[f"{document.slug}.{made.code}"]) for made in document.rounds}


def _board(session: Session, subject: str) -> int:
    found = session.scalar(select(Board.id).where(Board.subject == subject))
    if found is None:
        board = Board(subject=subject)
        session.add(board)
        session.flush()
        found = board.id
    return found


def _write_rounds(session: Session, contest: Contest, document: ContestDocument, pools: dict[str, list[list[int]]]) -> None:
    kept = {row.public_id: row for row in session.scalars(select(Round).where(Round.contest_id == contest.id))}
    for place, made in enumerate(document.rounds, start=1):
        public_id = f"{document.slug}.{made.code}"
        row = kept.pop(public_id, None) or Round(
            public_id=public_id, contest_id=contest.id, board_id=_board(session, f"round:{public_id}")
        )
        row.position, row.title = place, made.title
        row.opens_at, row.closes_at = made.opens_at, made.closes_at
        row.rules = made.rules.to_json()
        session.add(row)
        session.flush()
        session.execute(delete(RoundQuestion).where(RoundQuestion.round_id == row.id))
        session.add_all(
            RoundQuestion(round_id=row.id, quota=quota, question_version_id=version_id)
            for quota, pool in enumerate(pools[made.code])
            for version_id in pool
        )
    for gone in kept.values():
        session.execute(delete(RoundQuestion).where(RoundQuestion.round_id == gone.id))
        session.delete(gone)
