"""Boards of units as they are shown: the usual one and the ``groups`` of a contest, as they stand now or were sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.contests.models import Contest
from quizsvc.contests.queries import contest_rules_of
from quizsvc.contests.rules import Group
from quizsvc.core.problems import NotFound
from quizsvc.leaderboards import queries, snapshot_queries
from quizsvc.leaderboards.boards import BoardState, BoardView
from quizsvc.leaderboards.group_ranking import USUAL_GROUP, Facts, GroupRow, UnitFacts, ranked
from quizsvc.leaderboards.groups import group_table, official_rounds
from quizsvc.registers.queries import headcounts_of
from quizsvc.units.models import Unit
from quizsvc.units.queries import valid_on

Value = int | str | None
"""A whole number as it is, a share as ``3/7``: a rounded one could not be compared."""


def groups_of(session: Session, contest: Contest, round_id: int | None) -> tuple[Group, ...]:
    """The groups that belong to a round, which are those that look at it alone, or all (no round)."""
    groups = contest_rules_of(contest).groups
    if round_id is None:
        return groups
    codes = [code for code, found in official_rounds(session, contest).items() if found.id == round_id]
    return tuple(group for group in groups if list(group.rounds) == codes)


def unit_table(session: Session, view: BoardView, *, on: date) -> list[dict[str, Any]]:
    """The units directly below the organizer, valid on that day, best first; also those where nobody took part.

    ``metrics`` is ``None``: the usual table has none beside the columns that every board of units has.
    """
    if view.state is BoardState.SEALED:
        return []
    query = select(Unit).where(Unit.parent_id == view.contest.organizer_unit_id, valid_on(on))
    units = {unit.id: unit for unit in session.scalars(query)}
    if view.snapshot is None:
        totals = queries.totals(session, view.board_id, list(units))
    else:
        totals = snapshot_queries.totals(session, view.snapshot.id, list(units))
    headcounts = headcounts_of(session, view.contest.id, at=None if view.snapshot is None else view.snapshot.made_at)
    facts = [
        UnitFacts(
            unit.id,
            unit.code,
            unit.kind,
            contest=Facts(totals[unit.id].participants, totals[unit.id].attempts, totals[unit.id].score),
            headcount=headcounts.get(unit.id),
        )
        for unit in units.values()
    ]
    rows = group_to_json(USUAL_GROUP, ranked(USUAL_GROUP, facts))["rows"]
    return [row | {"metrics": None} for row in _shown(units, rows)]


def group_board(session: Session, view: BoardView, code: str, *, on: date) -> list[dict[str, Any]]:
    """The rows of a group, in order of ``place``; nothing while sealed. ``NotFound`` when there is no such group."""
    group = next((each for each in groups_of(session, view.contest, view.round_id) if each.group == code), None)
    if group is None:
        raise NotFound("Không có bảng đơn vị này.")
    if view.state is BoardState.SEALED:
        return []
    if view.snapshot is None:
        rows = group_to_json(group, group_table(session, view.contest, group, on=on))["rows"]
    else:
        kept = view.snapshot.groups or []
        rows = next((each["rows"] for each in kept if each["group"] == code), [])
    units = session.scalars(select(Unit).where(Unit.id.in_([row["unit"] for row in rows])))
    return _shown({unit.id: unit for unit in units}, rows)


def group_to_json(group: Group, rows: Sequence[GroupRow]) -> dict[str, Any]:
    """The form that is kept with a snapshot."""
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
                "headcount": row.unit.headcount,
                "metrics": {metric.value: _exact(value) for metric, value in row.metrics.items()},
                "rank_points": {metric.value: points for metric, points in row.rank_points.items()},
                "reasons": list(row.reasons),
            }
            for row in rows
        ],
    }


def _exact(value: int | Fraction | None) -> Value:
    return str(value) if isinstance(value, Fraction) else value


def _number(value: Value) -> float | None:
    return None if value is None else float(Fraction(value))


def _shown(units: Mapping[int, Unit], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "rank": row["rank"],
            "unit": units[row["unit"]],
            "participants": row["participants"],
            "attempts": row["attempts"],
            "headcount": row["headcount"],
            "rate": _number(row["metrics"].get("rate")),
            "score": int(_number(row["metrics"].get("points")) or 0),
            "metrics": {name: _number(value) for name, value in row["metrics"].items()},
            "reasons": row["reasons"],
        }
        for place, row in enumerate(rows, start=1)
    ]
