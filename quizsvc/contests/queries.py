"""Reads of contests and rounds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, false, or_, select
from sqlalchemy.orm import Session

from quizsvc.contests.lifecycle import State
from quizsvc.contests.models import Board, Contest, ContestAmendment, Round, RoundQuestion
from quizsvc.contests.ranking_keys import Order, RankingKey
from quizsvc.contests.rules import ContestRules, RoundRules, Window
from quizsvc.contests.stored import contest_rules, round_rules
from quizsvc.core.problems import NotFound
from quizsvc.units.models import Unit
from quizsvc.units.service import in_subtree

_READ_RULES: dict[int, tuple[dict[str, Any], RoundRules]] = {}
"""By round, as stored and as read."""

QUOTAS_PER_PAPER = 100
"""A stored quota number is the place of the paper × this + the place of the quota in it."""


PUBLISHED = Contest.published_at.is_not(None)
"""Whether a contest is more than a draft. All reads for the public go through the functions here that ask for it."""

# Made once, since starts and submissions ask and making a statement costs more than running it.
_BY_PUBLIC_ID = (
    select(Round).join(Contest, Contest.id == Round.contest_id).where(Round.public_id == bindparam("public_id"), PUBLISHED)
)
_TO_START = _BY_PUBLIC_ID.with_for_update(read=True, key_share=True, of=Round)
_OF_CONTESTS = (
    select(Round)
    .where(Round.contest_id.in_(bindparam("contests", type_=Integer, expanding=True)))
    .order_by(Round.contest_id, Round.position)
)
_DRAWN = RoundQuestion.__table__.c
_POOLS: Select[Any] = (
    select(_DRAWN.quota, _DRAWN.question_version_id)
    .where(_DRAWN.round_id == bindparam("round", type_=Integer))
    .order_by(_DRAWN.quota, _DRAWN.question_version_id)
)


def contest_by_slug(session: Session, slug: str, *, drafts: bool = False) -> Contest:
    """The contest, or ``NotFound``. A draft is not found either; ``drafts`` is for its organizers alone."""
    query = select(Contest).where(Contest.slug == slug)
    found = session.scalar(query if drafts else query.where(PUBLISHED))
    if found is None:
        raise NotFound("Không có cuộc thi này.")
    return found


def round_by_public_id(session: Session, public_id: str, *, to_start: bool = False) -> Round:
    """The round of a published contest, or ``NotFound``.

    ``to_start`` keeps its times as they are until the transaction ends.
    """
    found = session.scalar(_TO_START if to_start else _BY_PUBLIC_ID, {"public_id": public_id})
    if found is None:
        raise NotFound("Không có vòng thi này.")
    return found


def rules_of(found: Round) -> RoundRules:
    """The rules of a round. What was read once is kept: reading costs more than the statement that found the row, comparing
    a hundredth of it."""
    kept = _READ_RULES.get(found.id)
    if kept is None or kept[0] != found.rules:
        kept = _READ_RULES[found.id] = (deepcopy(found.rules), round_rules(found.rules))
    return kept[1]


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
    for row in session.scalars(_OF_CONTESTS, {"contests": list(contest_ids)}):
        found[row.contest_id].append(row)
    return found


def contests_page(
    session: Session, *, state: str | None, now: datetime, after: Sequence[Any] | None, limit: int
) -> Sequence[tuple[Contest, Unit]]:
    """Published contests with their organizers, latest opening first, one more than ``limit``."""
    query = _in_state(_WITH_UNIT.where(PUBLISHED), state, now)
    return _page(session, query, after, limit)


def contests_under(
    session: Session, units: Collection[Unit], *, after: Sequence[Any] | None, limit: int
) -> Sequence[tuple[Contest, Unit]]:
    """Contests of these units and those below, drafts too, latest opening first, one more than ``limit``."""
    query = _WITH_UNIT.where(or_(false(), *(in_subtree(unit) for unit in units)))
    return _page(session, query, after, limit)


_WITH_UNIT = select(Contest, Unit).join(Unit, Unit.id == Contest.organizer_unit_id)


def _page(session: Session, query: Select[Any], after: Sequence[Any] | None, limit: int) -> Sequence[tuple[Contest, Unit]]:
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
    quotas: dict[int, list[int]] = {}
    for quota, version_id in session.execute(_POOLS, {"round": round_id}):
        quotas.setdefault(quota, []).append(version_id)
    pools: dict[int, list[list[int]]] = {}
    for quota in sorted(quotas):
        pools.setdefault(quota // QUOTAS_PER_PAPER, []).append(quotas[quota])
    return pools


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
