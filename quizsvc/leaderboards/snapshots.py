"""Sealed boards: their rows for a board page, and what changed from one to the next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.core.problems import NotFound
from quizsvc.leaderboards import queries, snapshot_queries
from quizsvc.leaderboards.models import EVERYONE
from quizsvc.leaderboards.queries import Row
from quizsvc.leaderboards.snapshot_models import Snapshot, SnapshotEntry
from quizsvc.leaderboards.snapshot_queries import Scope
from quizsvc.participants.queries import display_names

LARGEST_PLACE = 2**31 - 1


class SnapshotSource:
    """A board as it was sealed. The rank key of its rows is the rank on the whole board, as 8 bytes."""

    def __init__(self, session: Session, snapshot_id: int, unit_id: int | None) -> None:
        self._session = session
        part = queries.part_of(session, 0, unit_id)
        self._scope = Scope(snapshot_id, part.scope_id, part.unit_ids)

    def total(self) -> int:
        scope = self._scope
        return snapshot_queries.totals(self._session, scope.snapshot_id, [scope.scope_id])[scope.scope_id].participants

    def own(self, participant_id: UUID) -> Row | None:
        return snapshot_queries.own_entry(self._session, self._scope, participant_id)

    def after(self, row: Row | None, limit: int) -> list[Row]:
        place = 0 if row is None else self._place_on_board(row)
        return snapshot_queries.beside(self._session, self._scope, place, limit, above=False)

    def before(self, row: Row, limit: int) -> list[Row]:
        return snapshot_queries.beside(self._session, self._scope, self._place_on_board(row), limit, above=True)

    def rank(self, row: Row) -> int:
        return 1 + snapshot_queries.entries_before(self._session, self._scope, int.from_bytes(row.rank_key, "big"))

    def place(self, row: Row, *, rank: int) -> int:
        if self._scope.scope_id != EVERYONE or rank != int.from_bytes(row.rank_key, "big"):
            return 1 + snapshot_queries.entries_before(self._session, self._scope, self._place_on_board(row))
        return self._place_on_board(row)

    def _place_on_board(self, row: Row) -> int:
        """Also of a row that a cursor remembers from an earlier state of the board: of the same person, else of its rank."""
        place = snapshot_queries.place_of(self._session, self._scope.snapshot_id, row.participant_id)
        return min(int.from_bytes(row.rank_key, "big"), LARGEST_PLACE) if place is None else place


def listed(snapshots: list[Snapshot]) -> list[dict[str, Any]]:
    """Snapshots as they are published."""
    return [
        {
            "number": made.number,
            "kind": made.kind,
            "made_at": made.made_at,
            "reason": made.reason,
            "sha256": made.sha256,
            "previous_sha256": made.previous_sha256,
            "entries": made.entries,
            "prize_zone": made.prize_zone,
            "draw_seed": None if made.draw_seed is None else str(made.draw_seed),
            "actual": made.actual,
        }
        for made in snapshots
    ]


def difference(session: Session, snapshots: list[Snapshot], number: int) -> dict[str, Any]:
    """What a snapshot changed against the one before: who entered the prize zone, who left it, how many moved."""
    by_number = {made.number: made for made in snapshots}
    made, against = by_number.get(number), by_number.get(number - 1)
    if made is None:
        raise NotFound("Không có lần niêm phong này.")
    answer: dict[str, Any] = {
        "number": made.number,
        "against": None if against is None else against.number,
        "prize_zone": made.prize_zone,
        "joined": 0,
        "left": 0,
        "moved": 0,
        "entrants": [],
        "leavers": [],
    }
    if against is None:
        return answer
    now_in = {entry.participant_id: entry for entry in snapshot_queries.prize_zone(session, made)}
    was_in = {entry.participant_id: entry for entry in snapshot_queries.prize_zone(session, against)}
    entrants = [entry for person, entry in now_in.items() if person not in was_in]
    leavers = [entry for person, entry in was_in.items() if person not in now_in]
    before = snapshot_queries.ranks_of(session, against.id, [entry.participant_id for entry in entrants])
    after = snapshot_queries.ranks_of(session, made.id, [entry.participant_id for entry in leavers])
    names = display_names(session, [entry.participant_id for entry in (*entrants, *leavers)])

    def said(entry: SnapshotEntry, rank: int | None, previous: int | None) -> dict[str, Any]:
        return {"display_name": names[entry.participant_id], "rank": rank, "previous_rank": previous}

    return (
        answer
        | (made.changes or {})
        | {
            "entrants": [said(entry, entry.rank, before.get(entry.participant_id)) for entry in entrants],
            "leavers": [said(entry, after.get(entry.participant_id), entry.rank) for entry in leavers],
        }
    )
