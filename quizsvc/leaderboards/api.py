"""Endpoints of boards, for a round and for a whole contest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.auth.guards import Caller, anyone, participant
from quizsvc.contests.lifecycle import spans_of, stage_at
from quizsvc.contests.queries import contest_by_slug
from quizsvc.core import rate_limits
from quizsvc.core.clock import local_day
from quizsvc.core.db import reading
from quizsvc.core.http import Api
from quizsvc.core.paging import decode_cursor, page
from quizsvc.core.problems import NotFound
from quizsvc.core.runtime import runtime
from quizsvc.leaderboards import service
from quizsvc.leaderboards.boards import BoardState, BoardView, contest_board, round_board
from quizsvc.leaderboards.group_boards import group_board, unit_table
from quizsvc.leaderboards.queries import Row
from quizsvc.leaderboards.schemas import (
    BoardOut,
    BoardQuery,
    CourseOut,
    DifferenceOut,
    PlaceOut,
    PlaceQuery,
    SnapshotsOut,
    TrackQuery,
    UnitsQuery,
    UnitTableOut,
)
from quizsvc.leaderboards.snapshot_queries import snapshots_of
from quizsvc.leaderboards.snapshots import difference, listed
from quizsvc.leaderboards.stages import course_of

api = Api("leaderboards", __name__, url_prefix="/api/v1")

Finder = Callable[[Session, str, str | None, datetime], BoardView]


@api.operation(
    "GET",
    "/rounds/<id:round_id>/leaderboard",
    guard=anyone,
    summary="The board of a round",
    query=BoardQuery,
    answers={200: BoardOut},
    limit=rate_limits.PUBLIC,
)
def round_leaderboard(round_id: str, query: dict[str, Any]) -> object:
    return _board(round_board, round_id, query)


@api.operation(
    "GET",
    "/contests/<id:slug>/leaderboard",
    guard=anyone,
    summary="The board over all rounds of a contest",
    query=BoardQuery,
    answers={200: BoardOut},
    limit=rate_limits.PUBLIC,
    problems=(NotFound,),
)
def contest_leaderboard(slug: str, query: dict[str, Any]) -> object:
    return _board(contest_board, slug, query)


@api.operation(
    "GET",
    "/rounds/<id:round_id>/leaderboard/me",
    guard=participant,
    summary="My rank in a round, and who stands around me",
    query=PlaceQuery,
    answers={200: PlaceOut},
)
def round_place(caller: Caller, round_id: str, query: dict[str, Any]) -> object:
    return _place(round_board, round_id, caller, query)


@api.operation(
    "GET",
    "/contests/<id:slug>/leaderboard/me",
    guard=participant,
    summary="My rank in a contest, and who stands around me",
    query=PlaceQuery,
    answers={200: PlaceOut},
)
def contest_place(caller: Caller, slug: str, query: dict[str, Any]) -> object:
    return _place(contest_board, slug, caller, query)


@api.operation(
    "GET",
    "/rounds/<id:round_id>/units",
    guard=anyone,
    summary="The units in a round: people, attempts, points",
    query=UnitsQuery,
    answers={200: UnitTableOut},
    limit=rate_limits.PUBLIC,
)
def round_units(round_id: str, query: dict[str, Any]) -> object:
    return _units(round_board, round_id, query)


@api.operation(
    "GET",
    "/contests/<id:slug>/units",
    guard=anyone,
    summary="The units in a contest: people, attempts, points",
    query=UnitsQuery,
    answers={200: UnitTableOut},
    limit=rate_limits.PUBLIC,
)
def contest_units(slug: str, query: dict[str, Any]) -> object:
    return _units(contest_board, slug, query)


@api.operation(
    "GET",
    "/rounds/<id:round_id>/snapshots",
    guard=anyone,
    summary="How often a round was sealed, with the SHA-256 of each order and the numbers that were predicted",
    query=TrackQuery,
    answers={200: SnapshotsOut},
    limit=rate_limits.PUBLIC,
)
def round_snapshots(round_id: str, query: dict[str, Any]) -> object:
    return _snapshots(round_board, round_id, query)


@api.operation(
    "GET",
    "/contests/<id:slug>/snapshots",
    guard=anyone,
    summary="How often the order over all rounds was sealed, with the SHA-256 of each",
    query=TrackQuery,
    answers={200: SnapshotsOut},
    limit=rate_limits.PUBLIC,
    problems=(NotFound,),
)
def contest_snapshots(slug: str, query: dict[str, Any]) -> object:
    return _snapshots(contest_board, slug, query)


@api.operation(
    "GET",
    "/contests/<id:slug>/stages",
    guard=anyone,
    summary="The stages of a contest: registration, trial, official rounds, verification, complaints, final",
    answers={200: CourseOut},
    limit=rate_limits.PUBLIC,
)
def contest_stages(slug: str) -> object:
    now = runtime().clock()
    with reading() as session:
        course = course_of(session, contest_by_slug(session, slug))
    known = [{"stage": stage, "begins_at": span[0], "ends_at": span[1]} for stage, span in spans_of(course)]
    return {"stage": stage_at(course, now), "items": known, "server_now": now}


@api.operation(
    "GET",
    "/rounds/<id:round_id>/snapshots/<id:number>/diff",
    guard=anyone,
    summary="Who entered the prize zone of a round against the order sealed before, and who left it",
    query=TrackQuery,
    answers={200: DifferenceOut},
    limit=rate_limits.PUBLIC,
)
def round_difference(round_id: str, number: str, query: dict[str, Any]) -> object:
    return _difference(round_board, round_id, number, query)


@api.operation(
    "GET",
    "/contests/<id:slug>/snapshots/<id:number>/diff",
    guard=anyone,
    summary="Who entered the prize zone of a contest against the order sealed before, and who left it",
    query=TrackQuery,
    answers={200: DifferenceOut},
    limit=rate_limits.PUBLIC,
)
def contest_difference(slug: str, number: str, query: dict[str, Any]) -> object:
    return _difference(contest_board, slug, number, query)


def _board(find: Finder, name: str, query: dict[str, Any]) -> object:
    now = runtime().clock()
    after = _after(query["cursor"])
    with reading() as session:
        view = find(session, name, query["track"], now)
        return service.board_page(session, view, unit=query["unit"], after=after, limit=query["limit"])


def _place(find: Finder, name: str, caller: Caller, query: dict[str, Any]) -> object:
    now = runtime().clock()
    with reading() as session:
        view = find(session, name, query["track"], now)
        return service.own_place(session, view, unit=query["unit"], participant_id=caller.participant_id)


def _units(find: Finder, name: str, query: dict[str, Any]) -> object:
    now = runtime().clock()
    after = decode_cursor(query["cursor"], (int, int, int))
    with reading() as session:
        view = find(session, name, None, now)
        on = local_day(view.as_of)  # a sealed table keeps the units of its day, whatever becomes of them later
        if query["group"] is None:
            rows, key = unit_table(session, view, on=on), _unit_key
        else:
            rows, key = group_board(session, view, query["group"], on=on), _place_key
    if after is not None:
        rows = [row for row in rows if key(row) > after]
    return service.head_of(view) | page(rows[: query["limit"] + 1], query["limit"], key)


def _snapshots(find: Finder, name: str, query: dict[str, Any]) -> object:
    with reading() as session:
        view = find(session, name, query["track"], runtime().clock())
        made = [] if view.state is BoardState.SEALED else snapshots_of(session, [view.board_id])
    return service.head_of(view) | {"items": listed(made)}


def _difference(find: Finder, name: str, number: str, query: dict[str, Any]) -> object:
    with reading() as session:
        view = find(session, name, query["track"], runtime().clock())
        made = [] if view.state is BoardState.SEALED else snapshots_of(session, [view.board_id])
        return difference(session, made, int(number) if number.isascii() and number.isdigit() else 0)


def _unit_key(row: dict[str, Any]) -> list[int]:
    return [-row["participants"], -row["score"], row["unit"].id]


def _place_key(row: dict[str, Any]) -> list[int]:
    return [row["place"], 0, 0]


def _after(cursor: str | None) -> Row | None:
    key = decode_cursor(cursor, (bytes, UUID))
    return None if key is None else service.row_of_cursor(key)
