"""The boards of units as they stand when a contest, or the round that a group looks at alone, is sealed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import contest_rules_of, rules_of
from quizsvc.contests.rules import Prize, RoundRules
from quizsvc.core.clock import local_day
from quizsvc.leaderboards.group_boards import group_to_json, groups_of
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
    groups = () if track is not None else groups_of(seen, contest, None if found is None else found[0].id)
    if not groups:
        return None
    winners = _winners(session, contest, official_rounds(seen, contest), made)
    on = local_day(made.made_at)
    return [group_to_json(group, group_table(seen, contest, group, on=on, winners=winners)) for group in groups]


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
