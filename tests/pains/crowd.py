"""Many people with a paper before them, seated in one transaction: for tests about what comes after the start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from quizsvc.attempts import answering, queries, views
from quizsvc.attempts.schemas import AttemptOut
from quizsvc.attempts.starting import start_attempt
from quizsvc.auth import sessions
from quizsvc.core.db import transaction
from quizsvc.core.runtime import runtime
from quizsvc.participants.service import participant_of_zalo_id
from tests.world import Player

Seat = tuple[Player, dict[str, Any]]


def seat(
    app: Flask,
    client: Any,
    count: int,
    *,
    now: datetime,
    apart: timedelta,
    round_id: str = "thi.r1",
    answers: Callable[[int, Any], dict[str, list[str]] | None] = lambda number, paper: None,
) -> list[Seat]:
    """``count`` people, signed in, with a started attempt each: the first at ``now``, the next ``apart`` after it.

    ``answers`` says by number and paper what each of them has saved; ``None``: nothing.
    """
    schema = AttemptOut()
    seats = []
    with app.app_context(), transaction() as session:
        run = runtime()
        for number in range(count):
            at = now + number * apart
            person = participant_of_zalo_id(
                session, zalo_app_id="sandbox", zalo_user_id=str(90_000_000 + number), now=at, chance=run.chance
            )
            pair = sessions.start_session(session, participant_id=person.id, keys=run.keys, chance=run.chance, now=at)
            attempt = start_attempt(
                session, participant_id=person.id, round_public_id=round_id, now=at, chance=run.chance
            ).attempt
            shown = schema.dump(views.attempt_out(session, attempt, queries.round_of(session, attempt), None, at))
            saved = answers(number, shown)
            if saved is not None:
                given = answering.Given(version=1, answers=saved)
                answering.save_answers(session, participant_id=person.id, attempt_id=shown["id"], given=given, now=at)
            seats.append((_player(client, person.id, pair), shown))
    return seats


def _player(client: Any, participant_id: object, pair: sessions.TokenPair) -> Player:
    player = object.__new__(Player)
    player.client, player.id, player.tokens = client, str(participant_id), vars(pair)
    return player
