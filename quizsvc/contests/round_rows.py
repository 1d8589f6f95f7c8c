"""Writes the rounds of a document; those that have opened keep what they were opened with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizsvc.contests.board_rows import remove_boards, write_boards
from quizsvc.contests.document_parts import ContestDocument, RoundDocument
from quizsvc.contests.models import Board, Contest, Round, RoundQuestion
from quizsvc.contests.pools import Pools, write_pools
from quizsvc.contests.queries import contest_rules_of, rules_of
from quizsvc.contests.rules import Phase
from quizsvc.contests.stored import rules_to_json
from quizsvc.core.chance import Chance


def write_rounds(
    session: Session, contest: Contest, document: ContestDocument, pools: Mapping[str, Pools], chance: Chance
) -> None:
    """Add, change and remove rounds and boards. ``pools``: of the rounds that have not opened, by code."""
    kept = {row.public_id: row for row in session.scalars(select(Round).where(Round.contest_id == contest.id))}
    written = []
    for place, made in enumerate(document.rounds, start=1):
        public_id = f"{document.slug}.{made.code}"
        row = kept.pop(public_id, None) or Round(public_id=public_id, contest_id=contest.id, seed=chance.new_seed())
        row.position, row.title = place, made.title
        if made.code in pools:
            _write_new(session, row, made, pools[made.code])
        else:
            row.closes_at = max(row.closes_at, made.closes_at)  # a correction may have extended it beyond the document
        written.append(row)
    for gone in kept.values():
        _remove(session, gone)
    write_boards(session, contest, contest_rules_of(contest), [(row, rules_of(row)) for row in written])


def window_of_official(session: Session, contest: Contest) -> tuple[datetime, datetime]:
    """From the first opening to the last end of the rounds that count."""
    query = select(Round).where(Round.contest_id == contest.id, Round.phase == Phase.OFFICIAL)
    rows = session.scalars(query).all()
    return min(row.opens_at for row in rows), max(row.closes_at for row in rows)


def _write_new(session: Session, row: Round, made: RoundDocument, pools: Pools) -> None:
    row.opens_at, row.closes_at = made.opens_at, made.closes_at
    row.rules, row.phase = rules_to_json(made.rules), made.rules.phase.value
    session.add(row)
    session.flush()
    write_pools(session, row.id, pools)


def _remove(session: Session, gone: Round) -> None:
    """A round that nobody could play yet."""
    session.execute(delete(RoundQuestion).where(RoundQuestion.round_id == gone.id))
    remove_boards(session, session.scalars(select(Board).where(Board.round_id == gone.id)).all())
    session.delete(gone)
    session.flush()
