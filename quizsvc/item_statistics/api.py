"""The endpoint of item statistics, for those who may correct a round or review its questions."""

from __future__ import annotations

from quizsvc.auth.guards import Caller
from quizsvc.contests.circumstances import circumstances_of
from quizsvc.contests.errors import FiguresSealed
from quizsvc.contests.models import Contest
from quizsvc.contests.queries import round_by_public_id
from quizsvc.contests.visibility import figures_sealed_until
from quizsvc.core.db import reading
from quizsvc.core.http import Api
from quizsvc.core.problems import Forbidden, NotFound
from quizsvc.core.runtime import runtime
from quizsvc.item_statistics.schemas import RoundItemsOut
from quizsvc.item_statistics.service import figures_of
from quizsvc.item_statistics.views import round_out
from quizsvc.organizers.acting import acting_for
from quizsvc.organizers.guards import organizer
from quizsvc.organizers.powers import BANK_REVIEW, CORRECT

api = Api("item_statistics", __name__, url_prefix="/api/v1/manage")


@api.operation(
    "GET",
    "/rounds/<id:round_id>/questions",
    guard=organizer,
    summary="How each question of a round works, from first attempts: hard, telling players apart, suspicious",
    answers={200: RoundItemsOut},
    problems=(Forbidden, NotFound, FiguresSealed),
)
def round_items(caller: Caller, round_id: str) -> object:
    with reading() as session:
        found = round_by_public_id(session, round_id)
        contest = session.get_one(Contest, found.contest_id)
        acting_for(session, caller.participant_id, unit_id=contest.organizer_unit_id, roles=CORRECT | BANK_REVIEW)
        sealed_until = figures_sealed_until(circumstances_of(session, contest.id), runtime().clock())
        if sealed_until is not None:  # how many were right tells how many were perfect
            raise FiguresSealed(visible_from=sealed_until.isoformat())
        return round_out(found, figures_of(session, found.id))
