"""Reads of contests and rounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from quizsvc.contests.lifecycle import State
from quizsvc.contests.models import Board, Contest, ContestAmendment, Round, RoundQuestion
from quizsvc.contests.ranking_keys import Order, RankingKey
from quizsvc.contests.rules import ContestRules, RoundRules, Window
from quizsvc.contests.stored import contest_rules, round_rules
from quizsvc.core.problems import NotFound
from quizsvc.units.models import Unit

QUOTAS_PER_PAPER = 100
"""A stored quota number is the place of the paper × this + the place of the quota in it."""


def contest_by_slug(session: Session, slug: str) -> Contest:
    """The contest, or ``NotFound``."""
    found = session.scalar(select(Contest).where(Contest.slug == slug))
    if found is None:
        raise NotFound("Không có cuộc thi này.")
    return found


def round_by_public_id(session: Session, public_id: str, *, to_start: bool = False) -> Round:
    """The round, or ``NotFound``. ``to_start`` keeps its times as they are until the transaction ends."""
    query = select(Round).where(Round.public_id == public_id)
    found = session.scalar(query.with_for_update(read=True, key_share=True) if to_start else query)
    if found is None:
        raise NotFound("Không có vòng thi này.")
    return found


def rules_of(found: Round) -> RoundRules:
    return round_rules(found.rules)


def contest_rules_of(found: Contest) -> ContestRules:
    return contest_rules(found.rules)


def window_of(found: Round | Contest) -> Window:
    return Window(found.opens_at, found.closes_at)


def ranking_of(board: Board) -> tuple[RankingKey, ...]:
    """The keys that a board ranks by, in full."""
    return tuple(RankingKey(kept["key"], Order(kept["order"])) for kept in board.ranking)


def round_ids_of(session: Session, contest_id: int, *, phase: str) -> list[int]:
    """The rounds of a contest that are played in this phase; what is tried out in one uses up nothing in the other."""
    return list(session.scalars(select(Round.id).where(Round.contest_id == contest_id, Round.phase == phase)))


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


def pools_of(session: Session, round_id: int, paper_index: int = 0) -> list[list[int]]:
    """Question versions by quota of one of the round's papers, in ascending order."""
    return all_pools_of(session, round_id).get(paper_index, [])


def all_pools_of(session: Session, round_id: int) -> dict[int, list[list[int]]]:
    """Question versions by paper and quota, in ascending order."""
    query = (
        select(RoundQuestion.quota, RoundQuestion.question_version_id)
        .where(RoundQuestion.round_id == round_id)
        .order_by(RoundQuestion.quota, RoundQuestion.question_version_id)
    )
    quotas: dict[int, list[int]] = {}
    for quota, version_id in session.execute(query):
        quotas.setdefault(quota, []).append(version_id)
    pools: dict[int, list[list[int]]] = {}
    for quota in sorted(quotas):
        pools.setdefault(quota // QUOTAS_PER_PAPER, []).append(quotas[quota])
    return pools


def pool_sizes(session: Session, round_id: int) -> int:
    """How many different questions a round may draw from."""
    query = select(func.count(RoundQuestion.question_version_id.distinct())).where(RoundQuestion.round_id == round_id)
    return session.scalar(query) or 0


def amendments_of(
    session: Session, contest_id: int, *, after: Sequence[Any] | None = None, limit: int | None = None
) -> Sequence[ContestAmendment]:
    """Amendments in the order they were made; with ``limit``, one more than that."""
    query = select(ContestAmendment).where(ContestAmendment.contest_id == contest_id).order_by(ContestAmendment.number)
    if after is not None:
        query = query.where(ContestAmendment.number > after[0])
    return session.scalars(query if limit is None else query.limit(limit + 1)).all()


def names_of_units(session: Session, contest: Contest, rounds: Sequence[Round]) -> dict[str, str]:
    """Names, by code, of the units that the rules of a contest speak of; the latest name of each code."""
    codes = {code for group in contest_rules_of(contest).groups for code in (*group.under, *group.former_district)}
    for found in rounds:
        asked = rules_of(found).eligibility
        codes.update(asked.units)
        conditions = [rule.when for rule in asked.participation] + [track.when for track in asked.tracks]
        codes.update(code for condition in conditions for code in condition.units)
    if not codes:
        return {}
    query = select(Unit.code, Unit.name).where(Unit.code.in_(codes)).order_by(Unit.valid_from)
    return {row.code: row.name for row in session.execute(query)}
