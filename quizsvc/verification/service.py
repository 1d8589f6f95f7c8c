"""``verify``: everything that is derived from stored answers against its recomputation; each difference is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.contests.models import Round
from quizsvc.verification.boards import check_board, stored_cells
from quizsvc.verification.findings import Findings
from quizsvc.verification.items import check_items
from quizsvc.verification.people import ContestCheck
from quizsvc.verification.plain import receipt_of, receipt_text
from quizsvc.verification.records import check_audit
from quizsvc.verification.rows import EVERYBODY, Reader
from quizsvc.verification.seals import check_actual, check_board_snapshots
from quizsvc.verification.world import contests_of, keys_of, paths_of


def verify(session: Session, progress: Callable[[int], None] = lambda attempts: None) -> Findings:
    """Recompute everything in this process, as the session sees it. ``progress`` is told how many attempts are done."""
    reader, findings = Reader(session.connection()), Findings()
    paths = paths_of(reader)
    for contest in contests_of(reader, keys_of(reader)):
        ContestCheck(contest, findings, progress).run(reader, EVERYBODY)
        for board in contest.boards:
            check_board(reader, board, stored_cells(reader, board.id), paths, findings)
            check_board_snapshots(reader, contest, board, paths, findings)
            check_actual(reader, contest, board, findings)
    check_audit(reader, findings)
    check_items(reader, findings)
    return findings


def receipt_by_code(session: Session, code: str) -> tuple[UUID, bool] | None:
    """The attempt of a receipt code, and whether its stored content still gives that receipt."""
    reader = Reader(session.connection())
    query = (
        select(
            Attempt.id,
            Receipt.sha256,
            Round.public_id,
            Attempt.number,
            Attempt.paper,
            Attempt.answers,
            Attempt.predicted,
            reader.moment_of(Attempt.started_at),
            reader.moment_of(Attempt.ended_at),
        )
        .join(Receipt, Receipt.attempt_id == Attempt.id)
        .join(Round, Round.id == Attempt.round_id)
        .where(Receipt.code == code)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    attempt_id, sha256, name, *content = row
    text = receipt_text(json.dumps(name, ensure_ascii=False), str(attempt_id), *content)
    return attempt_id, receipt_of(text) == (sha256, code)
