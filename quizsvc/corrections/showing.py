"""A correction's outcome as it is shown: people by their public names, and no figure while a prediction is open."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.contests.models import Contest
from quizsvc.corrections.queries import in_batches
from quizsvc.corrections.seals import figures_shown
from quizsvc.corrections.values import Crossing, Outcome
from quizsvc.participants.queries import display_names


def outcome_out(session: Session, outcome: Outcome, *, now: datetime, sees_all: bool) -> dict[str, Any]:
    """As ``schemas.CorrectionOut`` has it. ``sees_all``: for the command line, which reads the database anyway."""
    contest = session.get_one(Contest, outcome.done.contest_id)
    shown: dict[str, Any] = {
        "number": outcome.number,
        "action": outcome.done.action,
        "preview": outcome.number is None,
        "effect": None,
        "cut_off": None,
    }
    if not sees_all and not figures_shown(session, contest, now):
        return shown
    crossings = [each for board in outcome.boards for each in (*board.entering, *board.leaving)]
    cut_off = outcome.done.cut_off
    people = {each.participant_id for each in crossings} | {each.participant_id for each in cut_off}
    names: dict[UUID, str] = {}
    for some in in_batches(sorted(people)):
        names |= display_names(session, some)

    def named(each: Crossing) -> dict[str, Any]:
        return vars(each) | {"display_name": names[each.participant_id]}

    boards = [
        {
            "board": board.board,
            "ranks": board.ranks,
            "prize_places": board.prize_places,
            "entering": [named(each) for each in board.entering],
            "leaving": [named(each) for each in board.leaving],
        }
        for board in outcome.boards
    ]
    effect = {"attempts": outcome.done.attempts, "people": outcome.done.people, "boards": boards}
    lost = [vars(each) | {"display_name": names[each.participant_id]} for each in cut_off]
    return shown | {"effect": effect, "cut_off": lost}
