"""Endpoints of contests: what there is, and the published rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from quizsvc.auth.guards import anyone
from quizsvc.contests import queries, rules_text
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.schemas import ContestOut, ContestPage, ContestQuery, RulesOut
from quizsvc.core import rate_limits
from quizsvc.core.db import reading
from quizsvc.core.http import Api
from quizsvc.core.paging import decode_cursor, page
from quizsvc.core.problems import NotFound
from quizsvc.core.runtime import runtime
from quizsvc.units.models import Unit

api = Api("contests", __name__, url_prefix="/api/v1")


@api.operation(
    "GET",
    "/contests",
    guard=anyone,
    summary="Contests, latest opening first",
    query=ContestQuery,
    answers={200: ContestPage},
    limit=rate_limits.PUBLIC,
)
def list_contests(query: dict[str, Any]) -> object:
    now, limit = runtime().clock(), query["limit"]
    after = decode_cursor(query["cursor"], (datetime, int))
    with reading() as session:
        rows = queries.contests_page(session, state=query["state"], now=now, after=after, limit=limit)
        rounds = queries.rounds_of(session, [contest.id for contest, _ in rows])
    shown = page(rows, limit, lambda row: [row[0].opens_at, row[0].id])
    shown["items"] = [contest_out(contest, unit, rounds[contest.id], now) for contest, unit in shown["items"]]
    return shown


@api.operation(
    "GET",
    "/contests/<id:slug>",
    guard=anyone,
    summary="One contest with its rounds",
    answers={200: ContestOut},
    limit=rate_limits.PUBLIC,
)
def get_contest(slug: str) -> object:
    with reading() as session:
        contest, unit, rounds = _whole(session, slug)
    return contest_out(contest, unit, rounds, runtime().clock())


@api.operation(
    "GET",
    "/contests/<id:slug>/rules",
    guard=anyone,
    summary="The rules (thể lệ), written from the contest's configuration",
    answers={200: RulesOut},
    limit=rate_limits.PUBLIC,
)
def get_rules(slug: str) -> object:
    with reading() as session:
        contest, unit, rounds = _whole(session, slug)
    described = [
        rules_text.RoundText(found.title, found.opens_at, found.closes_at, queries.rules_of(found)) for found in rounds
    ]
    written = rules_text.write(contest.title, unit.name, described)
    return {"version": contest.version, **vars(written)}


def _whole(session: Session, slug: str) -> tuple[Contest, Unit, list[Round]]:
    contest = queries.contest_by_slug(session, slug)
    unit = session.get(Unit, contest.organizer_unit_id)
    if unit is None:  # the foreign key forbids it; said for the type checker
        raise NotFound
    return contest, unit, queries.rounds_of(session, [contest.id])[contest.id]


def contest_out(contest: Contest, unit: Unit, rounds: Sequence[Round], now: datetime) -> dict[str, Any]:
    return {
        "slug": contest.slug,
        "title": contest.title,
        "organizer_unit": unit,
        "state": queries.window_of(contest).state(now),
        "opens_at": contest.opens_at,
        "closes_at": contest.closes_at,
        "rounds": [round_brief(found, now) for found in rounds],
        "server_now": now,
    }


def round_brief(found: Round, now: datetime) -> dict[str, Any]:
    return {
        "id": found.public_id,
        "title": found.title,
        "state": queries.window_of(found).state(now),
        "opens_at": found.opens_at,
        "closes_at": found.closes_at,
    }
