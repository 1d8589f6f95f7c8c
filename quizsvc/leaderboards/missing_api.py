"""Which people who have to take part have not: for organizers, each within their own units."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from quizsvc.auth.guards import Caller
from quizsvc.contests.circumstances import circumstances_of
from quizsvc.contests.errors import FiguresSealed
from quizsvc.contests.queries import contest_by_slug
from quizsvc.contests.visibility import figures_sealed_until
from quizsvc.core.db import reading
from quizsvc.core.http import Api
from quizsvc.core.paging import decode_cursor, page
from quizsvc.core.problems import Forbidden, NotFound
from quizsvc.core.runtime import runtime
from quizsvc.leaderboards.groups import official_rounds, played_on
from quizsvc.organizers.guards import organizer
from quizsvc.organizers.powers import DASHBOARD_READ
from quizsvc.registers import queries
from quizsvc.registers.importing import Scope
from quizsvc.registers.schemas import MissingPage, MissingQuery
from quizsvc.registers.service import eligibility_of, mandatory_lists, scope_in
from quizsvc.units.models import Unit
from quizsvc.units.service import is_within, unit_by_id

api = Api("missing", __name__, url_prefix="/api/v1/manage")


@api.operation(
    "GET",
    "/contests/<id:slug>/missing",
    guard=organizer,
    summary="People of the mandatory lists, in my units, without a result in any official round yet",
    query=MissingQuery,
    answers={200: MissingPage},
    problems=(Forbidden, FiguresSealed),
)
def list_missing(caller: Caller, slug: str, query: dict[str, Any]) -> object:
    key, limit = decode_cursor(query["cursor"], [int]), query["limit"]
    with reading() as session:
        contest = contest_by_slug(session, slug)
        scope = scope_in(session, contest, caller.participant_id, DASHBOARD_READ)
        sealed_until = figures_sealed_until(circumstances_of(session, contest.id), runtime().clock())
        if sealed_until is not None:  # who has not played tells how many have
            raise FiguresSealed(visible_from=sealed_until.isoformat())
        boards = [found.board_id for found in official_rounds(session, contest).values() if found.board_id is not None]
        rows = queries.missing_people(
            session,
            contest.id,
            mandatory_lists(eligibility_of(session, contest)),
            _asked_units(session, scope, query["unit"]),
            played_on(boards),
            anywhere=scope.whole and query["unit"] is None,
            after=0 if key is None else key[0],
            limit=limit + 1,
        )
        items = [
            {"id": row.id, "display_name": row.display_name, "unit": unit, "occupation": row.occupation}
            for row, unit in rows
        ]
    return page(items, limit, lambda item: [item["id"]])


def _asked_units(session: Session, scope: Scope, unit_id: str | None) -> tuple[Unit, ...]:
    """The caller's units, or the one asked for; ``NotFound`` for a unit outside of them, as if it were none."""
    if unit_id is None:
        return scope.units
    unit = unit_by_id(session, unit_id)
    if unit is None or not any(is_within(unit, own) for own in scope.units):
        raise NotFound("Không có đơn vị này trong phạm vi bạn phụ trách.")
    return (unit,)
