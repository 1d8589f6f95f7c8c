"""Reads of contests and rounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from quizsvc.contests.lifecycle import State
from quizsvc.contests.models import Contest, Round, RoundQuestion
from quizsvc.contests.rules import RoundRules, Window
from quizsvc.core.problems import NotFound
from quizsvc.units.models import Unit


def contest_by_slug(session: Session, slug: str) -> Contest:
    """The contest, or ``NotFound``."""
    found = session.scalar(select(Contest).where(Contest.slug == slug))
    if found is None:
        raise NotFound("Không có cuộc thi này.")
    return found


def round_by_public_id(session: Session, public_id: str) -> Round:
    """The round, or ``NotFound``."""
    found = session.scalar(select(Round).where(Round.public_id == public_id))
    if found is None:
        raise NotFound("Không có vòng thi này.")
    return found


def rules_of(found: Round) -> RoundRules:
    return RoundRules.from_json(found.rules)


def window_of(found: Round | Contest) -> Window:
    return Window(found.opens_at, found.closes_at)


def rounds_of(session: Session, contest_ids: Sequence[int]) -> dict[int, list[Round]]:
    """Rounds by contest, in the order of the document."""
    found: dict[int, list[Round]] = {contest_id: [] for contest_id in contest_ids}
    query = select(Round).where(Round.contest_id.in_(contest_ids)).order_by(Round.contest_id, Round.position)
    for row in session.scalars(query):
        found[row.contest_id].append(row)
    return found


def contests_page(
    session: Session, *, state: str | None, now: datetime, after: Sequence[Any] | None, limit: int
) -> Sequence[tuple[Contest, Unit]]:
    """Contests with their organizers, latest opening first, one more than ``limit``."""
    query = select(Contest, Unit).join(Unit, Unit.id == Contest.organizer_unit_id)
    query = _in_state(query, state, now)
    if after is not None:
        opens_at, contest_id = after
        query = query.where(or_(Contest.opens_at < opens_at, and_(Contest.opens_at == opens_at, Contest.id < contest_id)))
    query = query.order_by(Contest.opens_at.desc(), Contest.id.desc()).limit(limit + 1)
    return [(contest, unit) for contest, unit in session.execute(query)]


def _in_state(query: Select[Any], state: str | None, now: datetime) -> Select[Any]:
    if state == State.UPCOMING:
        return query.where(Contest.opens_at > now)
    if state == State.OPEN:
        return query.where(Contest.opens_at <= now, Contest.closes_at > now)
    if state == State.CLOSED:
        return query.where(Contest.closes_at <= now)
    return query


def pools_of(session: Session, round_id: int) -> list[list[int]]:
    """Question versions by quota, in ascending order."""
    query = (
        select(RoundQuestion.quota, RoundQuestion.question_version_id)
        .where(RoundQuestion.round_id == round_id)
        .order_by(RoundQuestion.quota, RoundQuestion.question_version_id)
    )
    pools: dict[int, list[int]] = {}
    for quota, version_id in session.execute(query):
        pools.setdefault(quota, []).append(version_id)
    return [pools[quota] for quota in sorted(pools)]


def pool_sizes(session: Session, round_id: int) -> int:
    """How many different questions a round may draw from."""
    query = select(func.count(RoundQuestion.question_version_id.distinct())).where(RoundQuestion.round_id == round_id)
    return session.scalar(query) or 0
