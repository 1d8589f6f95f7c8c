"""Endpoints of contests: what there is, and the published rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from quizsvc.auth.guards import anyone
from quizsvc.contests import queries
from quizsvc.contests.document_schema import contest_schema
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.rules_text import AmendmentText, ContestText, RoundText, write
from quizsvc.contests.schemas import AmendmentPage, ContestOut, ContestPage, ContestQuery, JsonSchema, RulesOut
from quizsvc.core import rate_limits
from quizsvc.core.db import reading
from quizsvc.core.http import Api, json_response
from quizsvc.core.paging import PageQuery, decode_cursor, page
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
        amendments = queries.amendments_of(session, contest.id)
        units = queries.names_of_units(session, contest, rounds)
    described = ContestText(
        title=contest.title,
        organizer=unit.name,
        rules=queries.contest_rules_of(contest),
        rounds={
            found.public_id.removeprefix(f"{slug}."): RoundText(
                found.title, found.opens_at, found.closes_at, queries.rules_of(found)
            )
            for found in rounds
        },
        version=contest.version,
        amendments=[AmendmentText(made.number, made.reason, made.amended_at, made.changes) for made in amendments],
        units=units,
    )
    return {"version": contest.version, **vars(write(described))}


@api.operation(
    "GET",
    "/contests/<id:slug>/amendments",
    guard=anyone,
    summary="What was changed after the contest had opened, when and why",
    query=PageQuery,
    answers={200: AmendmentPage},
    limit=rate_limits.PUBLIC,
)
def list_amendments(slug: str, query: dict[str, Any]) -> object:
    after = decode_cursor(query["cursor"], (int,))
    with reading() as session:
        contest = queries.contest_by_slug(session, slug)
        rows = queries.amendments_of(session, contest.id, after=after, limit=query["limit"])
    return page(rows, query["limit"], lambda row: [row.number])


@api.operation(
    "GET",
    "/schemas/contest",
    guard=anyone,
    summary="The JSON Schema of contest documents",
    answers={200: JsonSchema},
    limit=rate_limits.PUBLIC,
)
def get_contest_schema() -> object:
    return json_response(contest_schema())


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
