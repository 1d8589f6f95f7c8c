"""Counts first attempts, away from the exam: a chore that goes on where it stopped, in the order in which attempts began.

An id of an attempt begins with its time, so what is new stands at the end of the primary key. Counting stops before the
first attempt that may still change, and before the last minute, in which an older one may yet be committed.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Row, delete, or_, select
from sqlalchemy.orm import Session

from quizsvc.attempts.decisions import Ruling
from quizsvc.attempts.grading import how_marked, rulings_of
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.paper import read_answers, read_paper
from quizsvc.attempts.scoring import is_accepted
from quizsvc.contests.models import Round
from quizsvc.contests.queries import rules_of
from quizsvc.contests.rules import Phase, RoundRules
from quizsvc.core.clock import Clock, local_day
from quizsvc.core.db import reading, transaction, upsert
from quizsvc.core.runtime import runtime
from quizsvc.item_statistics.formulas import Sums
from quizsvc.item_statistics.models import ItemCount, ItemProgress

LAG = timedelta(seconds=60)
AT_ONCE = 2000
ROWS_AT_ONCE = 500
RECENT = timedelta(days=3)
"""How long after its closing a round is still looked at: people with extra time, make-up sessions."""
NOTHING = UUID(int=0)
KEY = ("round_id", "question_version_id", "day", "chosen")
READ = (
    *(Attempt.id, Attempt.number, Attempt.state, Attempt.graded_at, Attempt.started_at),
    *(Attempt.paper, Attempt.answers, Attempt.duration_ms),
)
Key = tuple[int, date, int]

log = structlog.get_logger(__name__)


def count_what_is_new() -> None:
    """A chore for the sweeper of a serving process."""
    counted = count_all(runtime().clock)
    if counted:
        log.info("items-counted", attempts=counted)


def count_all(clock: Clock) -> int:
    """Count everything that can be counted now; how many first attempts that were."""
    with reading() as session:
        rounds = _to_look_at(session, clock())
    return sum(_count_to_the_end(round_id, clock) for round_id in rounds)


def _count_to_the_end(round_id: int, clock: Clock) -> int:
    counted = 0
    while True:
        with transaction() as session:
            looked_at, found = count_next(session, round_id, now=clock())
        counted += found
        if looked_at < AT_ONCE:
            return counted


def _to_look_at(session: Session, now: datetime) -> Sequence[int]:
    """Rounds that are or were open lately, and those whose rulings have changed since they were counted."""
    recent = select(Round.id).where(Round.phase == Phase.OFFICIAL, Round.opens_at <= now, Round.closes_at > now - RECENT)
    changed = (
        select(ItemProgress.round_id)
        .join(Ruling, Ruling.round_id == ItemProgress.round_id)
        .where(or_(Ruling.decided_at >= ItemProgress.counted_at, Ruling.lifted_at >= ItemProgress.counted_at))
    )
    return sorted({*session.scalars(recent), *session.scalars(changed)})


def count_next(session: Session, round_id: int, *, now: datetime) -> tuple[int, int]:
    """Count up to ``AT_ONCE`` more attempts of a round; how many were looked at, and how many of them counted.

    One process at a time counts a round; for another there is nothing to do. New rulings start it from the beginning.
    """
    found = session.get_one(Round, round_id)
    rulings = rulings_of(session, round_id)
    progress = _progress(session, round_id, _fingerprint(rulings), now)
    if progress is None:
        return 0, 0
    rows = session.execute(
        select(*READ)
        .where(Attempt.round_id == round_id, Attempt.id > progress.last_id, Attempt.started_at <= now - LAG)
        .order_by(Attempt.id)
        .limit(AT_ONCE)
    ).all()
    settled = rows[: next((place for place, row in enumerate(rows) if _may_change(row)), len(rows))]
    first = [row for row in settled if row.number == 1 and row.state != "void" and row.answers.strip(",")]
    _add(session, round_id, _sums(session, first, rules_of(found), rulings))
    if settled:
        progress.last_id = settled[-1].id
    progress.attempts += len(first)
    progress.counted_at = now
    return len(settled), len(first)


def _progress(session: Session, round_id: int, rulings: str, now: datetime) -> ItemProgress | None:
    if session.get(ItemProgress, round_id) is None:
        start = {"round_id": round_id, "last_id": NOTHING, "attempts": 0, "rulings": rulings, "counted_at": now}
        session.execute(upsert(session, ItemProgress).values(start).on_conflict_do_nothing())
    query = select(ItemProgress).where(ItemProgress.round_id == round_id)
    progress = session.scalar(query.with_for_update(skip_locked=True).execution_options(populate_existing=True))
    if progress is not None and progress.rulings != rulings:
        session.execute(delete(ItemCount).where(ItemCount.round_id == round_id))
        progress.last_id, progress.attempts, progress.rulings = NOTHING, 0, rulings
    return progress


def _may_change(row: Row[Any]) -> bool:
    return row.state == "open" or (row.state != "void" and row.graded_at is None)


def _fingerprint(rulings: Mapping[int, Ruling]) -> str:
    """Changes whenever other rulings are in force."""
    return hashlib.sha256(" ".join(sorted(str(each.id) for each in rulings.values())).encode()).hexdigest()


def _sums(session: Session, rows: Sequence[Row[Any]], rules: RoundRules, rulings: dict[int, Ruling]) -> dict[Key, Sums]:
    found: dict[Key, Sums] = defaultdict(Sums)
    for row in rows:
        paper, answers = read_paper(row.paper), read_answers(row.answers)
        marked = how_marked(session, paper, rules, rulings)
        right = [is_accepted(given, each) for given, each in zip(answers, marked, strict=True)]
        counts = [not each.dropped for each in marked]
        of_paper, in_paper = sum(a and b for a, b in zip(right, counts, strict=True)), sum(counts)
        pace = (row.duration_ms or 0) // (100 * len(paper))
        day = local_day(row.started_at)
        for place, item in enumerate(paper):
            others = in_paper - counts[place]
            rest = 1000 * (of_paper - (right[place] and counts[place])) // others if others else 0
            chosen = sum(1 << position for position in answers[place])
            found[item.version_id, day, chosen] += Sums(1, rest, rest**2, pace, pace**2)
    return found


def _add(session: Session, round_id: int, found: Mapping[Key, Sums]) -> None:
    rows = [
        {"round_id": round_id, "question_version_id": version_id, "day": day, "chosen": chosen} | vars(sums)
        for (version_id, day, chosen), sums in sorted(found.items(), key=lambda each: each[0])
    ]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        insert = upsert(session, ItemCount).values(rows[start : start + ROWS_AT_ONCE])
        added = {name: ItemCount.__table__.c[name] + insert.excluded[name] for name in vars(Sums())}
        session.execute(insert.on_conflict_do_update(index_elements=KEY, set_=added))
