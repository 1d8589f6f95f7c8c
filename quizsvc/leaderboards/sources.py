"""Where the rows of a board come from; a board page does not care."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.leaderboards import queries
from quizsvc.leaderboards.queries import Row
from quizsvc.leaderboards.ranking import RankPlan


class Source(Protocol):
    """A board, or the part of it that concerns one unit, in ranking order."""

    def total(self) -> int:
        """How many entries there are."""

    def own(self, participant_id: UUID) -> Row | None:
        """Someone's entry."""

    def after(self, row: Row | None, limit: int) -> list[Row]:
        """Up to ``limit`` entries listed after ``row``, best first; from the top when there is none."""

    def before(self, row: Row, limit: int) -> list[Row]:
        """Up to ``limit`` entries listed before ``row``, best first."""

    def rank(self, row: Row) -> int:
        """One more than the number of entries strictly above."""

    def place(self, row: Row, *, rank: int) -> int:
        """The place in the list, from 1: the rank, plus the equal entries listed before."""


class LiveSource:
    """A board as results arrive."""

    def __init__(self, session: Session, board_id: int, plan: RankPlan, unit_id: int | None) -> None:
        self._session, self._plan = session, plan
        self._part = queries.part_of(session, board_id, unit_id)

    def total(self) -> int:
        part = self._part
        return queries.totals(self._session, part.board_id, [part.scope_id])[part.scope_id].participants

    def own(self, participant_id: UUID) -> Row | None:
        return queries.own_entry(self._session, self._part, participant_id)

    def after(self, row: Row | None, limit: int) -> list[Row]:
        return queries.rows_after(self._session, self._part, row, limit)

    def before(self, row: Row, limit: int) -> list[Row]:
        return queries.rows_before(self._session, self._part, row, limit)

    def rank(self, row: Row) -> int:
        return queries.rank_of(self._session, self._part, self._plan, row.rank_key)

    def place(self, row: Row, *, rank: int) -> int:
        return queries.place_of(self._session, self._part, row, rank=rank)
