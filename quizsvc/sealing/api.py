"""Endpoints by which organizers seal."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from quizsvc.auth.guards import Caller
from quizsvc.contests.models import Board, Contest
from quizsvc.contests.queries import contest_by_slug, round_by_public_id
from quizsvc.core import rate_limits
from quizsvc.core.db import transaction
from quizsvc.core.http import Api
from quizsvc.core.problems import NotFound
from quizsvc.core.runtime import runtime
from quizsvc.leaderboards.snapshots import listed
from quizsvc.organizers.acting import Actor, acting_for
from quizsvc.organizers.guards import organizer
from quizsvc.organizers.powers import SEAL
from quizsvc.sealing import service
from quizsvc.sealing.conditions import Order
from quizsvc.sealing.errors import AlreadyFinal, ComplaintsOpen, NotClosedYet, SealedAtOnce
from quizsvc.sealing.kinds import Kind
from quizsvc.sealing.schemas import SealedOut, SealIn

api = Api("sealing", __name__, url_prefix="/api/v1/manage")

PROBLEMS = (NotFound, NotClosedYet, ComplaintsOpen, AlreadyFinal, SealedAtOnce)


@api.operation(
    "POST",
    "/rounds/<id:round_id>/seal",
    guard=organizer,
    summary="Seal the boards of a round: the predicted number, the final order, a numbered snapshot",
    body=SealIn,
    answers={201: SealedOut},
    problems=PROBLEMS,
    limit=rate_limits.SENSITIVE,
)
def seal_round(caller: Caller, round_id: str, body: dict[str, Any]) -> object:
    run = runtime()
    with transaction() as session:
        found = round_by_public_id(session, round_id)
        actor = _actor(session, caller, session.get_one(Contest, found.contest_id))
        sealed = service.seal_round(session, found, _order(body), actor=actor, now=run.clock(), chance=run.chance)
        return _out(session, sealed)


@api.operation(
    "POST",
    "/contests/<id:slug>/seal",
    guard=organizer,
    summary="Seal the boards over all rounds of a contest, with its boards of units",
    body=SealIn,
    answers={201: SealedOut},
    problems=PROBLEMS,
    limit=rate_limits.SENSITIVE,
)
def seal_contest(caller: Caller, slug: str, body: dict[str, Any]) -> object:
    run = runtime()
    with transaction() as session:
        contest = contest_by_slug(session, slug)
        actor = _actor(session, caller, contest)
        sealed = service.seal_contest(session, contest, _order(body), actor=actor, now=run.clock(), chance=run.chance)
        return _out(session, sealed)


def _actor(session: Session, caller: Caller, contest: Contest) -> Actor:
    return acting_for(session, caller.participant_id, unit_id=contest.organizer_unit_id, roles=SEAL)


def _order(body: dict[str, Any]) -> Order:
    return Order(Kind(body["kind"]), body["reason"], reopen=body["reopen"])


def _out(session: Session, sealed: service.Sealed) -> dict[str, Any]:
    boards = [session.get_one(Board, made.board_id) for made in sealed.snapshots]
    shown = zip(listed(list(sealed.snapshots)), boards, strict=True)
    return {"snapshots": [made | {"track": board.track} for made, board in shown], "warnings": sealed.warnings}
