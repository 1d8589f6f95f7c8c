"""The boards of units as they stand when a contest, or the round that a group looks at alone, is sealed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import contest_rules_of, rules_of
from quizsvc.contests.rules import Group, Prize, RoundRules
from quizsvc.core.clock import local_day
from quizsvc.leaderboards.group_ranking import GroupRow
from quizsvc.leaderboards.groups import group_table, official_rounds
from quizsvc.leaderboards.snapshot_models import Snapshot
from quizsvc.leaderboards.snapshot_queries import prize_zone

Won = dict[int, Counter[str]]
"""Unit of the winner → code of the prize → how many."""


def group_rows(
    session: Session,
    seen: Session,
    contest: Contest,
    found: tuple[Round, RoundRules] | None,
    track: str | None,
    made: Snapshot,
) -> list[dict[str, Any]] | None:
    """The boards of units that belong into this snapshot; ``None`` for a track, or where there are none.

    Winners are read through ``session``, which has the entries that are just being sealed, all else through ``seen``.
    """
    rounds = official_rounds(seen, contest)
    codes = {row.id: code for code, row in rounds.items()}
    groups = contest_rules_of(contest).groups if track is None else ()
    if found is not None:
        groups = tuple(group for group in groups if group.rounds == (codes.get(found[0].id),))
    if not groups:
        return None
    winners = _winners(session, contest, rounds, made)
    on = local_day(made.made_at)
    return [_said(group, group_table(seen, contest, group, on=on, winners=winners)) for group in groups]


def _winners(
    session: Session, contest: Contest, rounds: Mapping[str, Round], made: Snapshot
) -> dict[str | None, Mapping[int, Mapping[str, int]]]:
    """Who won what in each round, and (``None``) in the rounds and the contest together, by the newest snapshots."""
    by_round = {code: _won(session, contest, row.id, rules_of(row).prizes, made) for code, row in rounds.items()}
    together: Won = defaultdict(Counter)
    for part in (*by_round.values(), _won(session, contest, None, contest_rules_of(contest).prizes, made)):
        for unit_id, prizes in part.items():
            together[unit_id].update(prizes)
    winners: dict[str | None, Mapping[int, Mapping[str, int]]] = {None: together}
    winners.update(by_round)
    return winners


def _won(session: Session, contest: Contest, round_id: int | None, prizes: Sequence[Prize], made: Snapshot) -> Won:
    won: Won = defaultdict(Counter)
    if not prizes:
        return won
    boards = session.scalars(select(Board).where(Board.contest_id == contest.id, Board.round_id == round_id))
    for board in boards:
        mine = [prize for prize in prizes if prize.track == board.track]
        newest = made if board.id == made.board_id else _newest(session, board.id)
        if not mine or newest is None:
            continue
        for entry in prize_zone(session, newest):
            prize = prize_for(entry.rank, mine)
            if prize is not None and entry.unit_id is not None:
                won[entry.unit_id][prize.prize] += 1
    return won


def prize_for(rank: int, prizes: Sequence[Prize]) -> Prize | None:
    """The prize of someone with this rank: levels are given in their order, and equals get the same one."""
    given = 0
    for prize in prizes:
        given += prize.quantity
        if rank <= given:
            return prize
    return None


def _newest(session: Session, board_id: int) -> Snapshot | None:
    newest = select(func.max(Snapshot.number)).where(Snapshot.board_id == board_id).scalar_subquery()
    return session.scalar(select(Snapshot).where(Snapshot.board_id == board_id, Snapshot.number == newest))


def _said(group: Group, rows: Sequence[GroupRow]) -> dict[str, Any]:
    return {
        "group": group.group,
        "title": group.title,
        "rows": [
            {
                "unit": row.unit.unit_id,
                "code": row.unit.code,
                "rank": row.rank,
                "participants": row.participants,
                "attempts": row.attempts,
                "metrics": {metric.value: _exact(value) for metric, value in row.metrics.items()},
                "rank_points": {metric.value: points for metric, points in row.rank_points.items()},
                "reasons": list(row.reasons),
            }
            for row in rows
        ],
    }


def _exact(value: int | Fraction | None) -> int | str | None:
    """Whole numbers as they are, shares as ``3/7``: a rounded number could not be compared."""
    return str(value) if isinstance(value, Fraction) else value
