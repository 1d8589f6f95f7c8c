"""What a contest was loaded with, kept in the memory of a process: every grading asks for its rules and boards.

Kept is only what nothing but loading the contest again can change, and for that version of the contest alone. When rounds
close, which a correction may extend, what they draw from and how questions are ruled is always read.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Session

from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import contest_rules_of, ranking_of, rules_of
from quizsvc.contests.ranking_keys import RankingKey
from quizsvc.contests.rules import ContestRules, RoundRules
from quizsvc.core.db import reading

EXTENSION = "quizsvc.contests"
_READING = threading.Lock()


class Stamp(NamedTuple):
    """Says which loading of a contest something is of; another loading has another stamp."""

    contest_id: int
    version: int
    document_sha256: str
    loaded_at: datetime
    opens_at: datetime


@dataclass(frozen=True)
class KeptRound:
    """A round as far as only loading can change it. ``opens_at`` orders results; who may play is asked of the database."""

    round_id: int
    opens_at: datetime
    rules: RoundRules


@dataclass(frozen=True)
class KeptBoard:
    board_id: int
    round_id: int | None
    track: str | None
    ranking: tuple[RankingKey, ...]


@dataclass(frozen=True)
class KeptContest:
    """A contest as it was loaded: rounds by id in the order of the document, boards in the order of their ids."""

    stamp: Stamp
    rules: ContestRules
    rounds: Mapping[int, KeptRound]
    boards: tuple[KeptBoard, ...]


STAMP = tuple(Contest.__table__.c[name] for name in ("id", "version", "document_sha256", "loaded_at", "opens_at"))
_BY_CONTEST: Select[Any] = select(*STAMP).where(Contest.__table__.c.id == bindparam("contest_id", type_=Integer))


def kept_contest(session: Session, contest_id: int) -> KeptContest:
    """The contest as it is loaded now; there must be one."""
    return kept_as(session, Stamp(*session.execute(_BY_CONTEST, {"contest_id": contest_id}).one()))


def kept_as(session: Session, stamp: Stamp) -> KeptContest:
    """The contest that has this stamp in ``session``, whose transaction may have changed it itself."""
    cache: dict[int, KeptContest] = current_app.extensions.setdefault(EXTENSION, {})
    kept = cache.get(stamp.contest_id)
    if kept is not None and kept.stamp == stamp:
        return kept
    if _READING.acquire(blocking=False):  # one at a time, or a cold start would double the connections
        try:
            fresh = _read_apart(stamp)
        finally:
            _READING.release()
        if fresh is not None:
            cache[stamp.contest_id] = fresh
            return fresh
    return _read(session, stamp)


def _read_apart(stamp: Stamp) -> KeptContest | None:
    """As everybody sees the contest: only what is committed may outlive a transaction. ``None`` under another stamp."""
    with reading() as session:
        if _stamp(session, stamp.contest_id) != stamp:
            return None
        kept = _read(session, stamp)
        return kept if _stamp(session, stamp.contest_id) == stamp else None  # not loaded again while we read


def _stamp(session: Session, contest_id: int) -> Stamp | None:
    found = session.execute(_BY_CONTEST, {"contest_id": contest_id}).one_or_none()
    return None if found is None else Stamp(*found)


def _read(session: Session, stamp: Stamp) -> KeptContest:
    contest = session.get_one(Contest, stamp.contest_id)
    of_contest = Round.contest_id == contest.id
    rounds = session.scalars(select(Round).where(of_contest).order_by(Round.position, Round.id))
    boards = session.scalars(select(Board).where(Board.contest_id == contest.id).order_by(Board.id))
    return KeptContest(
        stamp,
        contest_rules_of(contest),
        {row.id: KeptRound(row.id, row.opens_at, rules_of(row)) for row in rounds},
        tuple(KeptBoard(row.id, row.round_id, row.track, ranking_of(row)) for row in boards),
    )
