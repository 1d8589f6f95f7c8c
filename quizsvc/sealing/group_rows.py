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
from quizsvc.sealing.winning import Placed, RoundPrizes, Win, by_rank, winners, winners_of_rounds, zone

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
    rules = contest_rules_of(contest)
    prized = [
        (code, board, rules_of(row).prizes) for code, row in rounds.items() for board in _boards(session, contest, row.id)
    ]
    more = sum(zone(prizes) for _, _, prizes in prized)  # as many may have to pass their prize on
    played = [_placed(session, board, prizes, made, code=code, more=more) for code, board, prizes in prized]
    by_round: dict[str, Won] = {code: defaultdict(Counter) for code in rounds}
    for one, wins in zip(played, winners_of_rounds(played, rules.repeat_winners), strict=True):
        _add(by_round[one.code], wins)
    together: Won = defaultdict(Counter)
    for board in _boards(session, contest, None):
        one = _placed(session, board, rules.prizes, made)
        _add(together, winners(one.prizes, one.best))
    for part in by_round.values():
        for unit_id, prizes in part.items():
            together[unit_id].update(prizes)
    won: dict[str | None, Mapping[int, Mapping[str, int]]] = {None: together}
    won.update(by_round)
    return won


def _boards(session: Session, contest: Contest, round_id: int | None) -> Sequence[Board]:
    query = select(Board).where(Board.contest_id == contest.id, Board.round_id == round_id)
    return session.scalars(query.order_by(Board.id)).all()


def _placed(
    session: Session, board: Board, prizes: Sequence[Prize], made: Snapshot, *, code: str = "", more: int = 0
) -> RoundPrizes:
    """A board with its prizes and those who stand near them, by its newest snapshot; nobody before the first one."""
    mine = tuple(prize for prize in prizes if prize.track == board.track)
    newest = made if board.id == made.board_id else _newest(session, board.id)
    if not by_rank(mine) or newest is None:
        return RoundPrizes(code, (), ())
    near = prize_zone(session, newest, more=more)
    return RoundPrizes(code, mine, tuple(Placed(entry.rank, entry.participant_id, entry.unit_id) for entry in near))


def _add(won: Won, wins: Sequence[Win]) -> None:
    for win in wins:
        if win.placed.unit_id is not None:
            won[win.placed.unit_id][win.prize.prize] += 1


def _newest(session: Session, board_id: int) -> Snapshot | None:
    newest = select(func.max(Snapshot.number)).where(Snapshot.board_id == board_id).scalar_subquery()
    return session.scalar(select(Snapshot).where(Snapshot.board_id == board_id, Snapshot.number == newest))
