"""Endpoints of corrections. Each takes a reason and, with ``?preview=true``, only says what it would do."""

from __future__ import annotations

from typing import Any

from quizsvc.auth.guards import Caller
from quizsvc.core import rate_limits
from quizsvc.core.db import reading
from quizsvc.core.http import Api, Reply
from quizsvc.core.paging import PageQuery, decode_cursor, page
from quizsvc.core.problems import Forbidden, NotFound
from quizsvc.corrections import disqualifying, extending, extra_time, make_up, placing, ruling, schemas, service
from quizsvc.corrections.errors import CannotUndo, CorrectionRefused
from quizsvc.corrections.queries import corrections_page
from quizsvc.corrections.requests import carry_out, take_back
from quizsvc.organizers.guards import organizer

api = Api("corrections", __name__, url_prefix="/api/v1/manage")

CORRECTION: dict[str, Any] = {
    "guard": organizer,
    "query": schemas.PreviewQuery,
    "answers": {201: schemas.CorrectionOut, 200: schemas.CorrectionOut},
    "problems": (Forbidden, NotFound, CorrectionRefused),
    "limit": rate_limits.SENSITIVE,
}


@api.operation(
    "POST",
    "/rounds/<id:round_id>/questions/<id:question>/void",
    summary="Do not mark a question (<bank>.<question>), or take any answer to it as right",
    body=schemas.VoidIn,
    **CORRECTION,
)
def void_question(caller: Caller, round_id: str, question: str, query: dict[str, Any], body: dict[str, Any]) -> object:
    return _correct(ruling.VOID, caller, query, body | {"question": question}, round_id=round_id)


@api.operation(
    "POST",
    "/rounds/<id:round_id>/questions/<id:question>/rekey",
    summary="Change the key of a question (<bank>.<question>); everybody who drew it is marked again",
    body=schemas.RekeyIn,
    **CORRECTION,
)
def rekey_question(caller: Caller, round_id: str, question: str, query: dict[str, Any], body: dict[str, Any]) -> object:
    return _correct(ruling.REKEY, caller, query, body | {"question": question}, round_id=round_id)


@api.operation(
    "POST",
    "/rounds/<id:round_id>/disqualifications",
    summary="Disqualify people, or all who played for a unit, in a round",
    body=schemas.DisqualifyIn,
    **CORRECTION,
)
def disqualify_in_round(caller: Caller, round_id: str, query: dict[str, Any], body: dict[str, Any]) -> object:
    return _correct(disqualifying.DISQUALIFY, caller, query, body, round_id=round_id)


@api.operation(
    "POST",
    "/contests/<id:slug>/disqualifications",
    summary="Disqualify people, or all who played for a unit, in a whole contest",
    body=schemas.DisqualifyIn,
    **CORRECTION,
)
def disqualify_in_contest(caller: Caller, slug: str, query: dict[str, Any], body: dict[str, Any]) -> object:
    return _correct(disqualifying.DISQUALIFY, caller, query, body, slug=slug)


@api.operation(
    "POST",
    "/rounds/<id:round_id>/extension",
    summary="Let a round close later",
    body=schemas.ExtensionIn,
    **CORRECTION,
)
def extend_round(caller: Caller, round_id: str, query: dict[str, Any], body: dict[str, Any]) -> object:
    return _correct(extending.EXTEND, caller, query, body, round_id=round_id)


@api.operation(
    "POST",
    "/rounds/<id:round_id>/extra-time",
    summary="Extra time for one open attempt, or for all that an outage hit",
    body=schemas.ExtraTimeIn,
    **CORRECTION,
)
def give_extra_time(caller: Caller, round_id: str, query: dict[str, Any], body: dict[str, Any]) -> object:
    return _correct(extra_time.EXTRA_TIME, caller, query, body, round_id=round_id)


@api.operation(
    "POST",
    "/rounds/<id:round_id>/make-up-sessions",
    summary="Another time to sit a round, for some people or a unit",
    body=schemas.MakeUpIn,
    **CORRECTION,
)
def add_make_up_session(caller: Caller, round_id: str, query: dict[str, Any], body: dict[str, Any]) -> object:
    return _correct(make_up.ADD, caller, query, body, round_id=round_id)


@api.operation(
    "POST",
    "/rounds/<id:round_id>/committee-places",
    summary="The committee's order among equals on the board of a round",
    body=schemas.PlacesIn,
    **CORRECTION,
)
def place_in_round(caller: Caller, round_id: str, query: dict[str, Any], body: dict[str, Any]) -> object:
    return _correct(placing.PLACE, caller, query, body, round_id=round_id)


@api.operation(
    "POST",
    "/contests/<id:slug>/committee-places",
    summary="The committee's order among equals on the board of a contest",
    body=schemas.PlacesIn,
    **CORRECTION,
)
def place_in_contest(caller: Caller, slug: str, query: dict[str, Any], body: dict[str, Any]) -> object:
    return _correct(placing.PLACE, caller, query, body, slug=slug)


@api.operation(
    "POST",
    "/corrections/<id:number>/undo",
    summary="Take a correction back, where that is fair",
    body=schemas.ReasonIn,
    **CORRECTION | {"problems": (Forbidden, NotFound, CannotUndo)},
)
def undo(caller: Caller, number: str, query: dict[str, Any], body: dict[str, Any]) -> object:
    preview = query["preview"] == "true"
    shown = take_back(number, body, caller=caller.participant_id, preview=preview)
    return Reply(shown, 200 if preview else 201)


@api.operation(
    "GET",
    "/contests/<id:slug>/corrections",
    guard=organizer,
    summary="Corrections of a contest, the newest first",
    query=PageQuery,
    answers={200: schemas.CorrectionPage},
    problems=(Forbidden, NotFound),
)
def list_corrections(caller: Caller, slug: str, query: dict[str, Any]) -> object:
    key = decode_cursor(query["cursor"], [int])
    with reading() as session:
        contest = service.in_contest(session, slug, caller.participant_id).contest
        rows = corrections_page(session, contest.id, before=None if key is None else key[0], limit=query["limit"])
    items = [
        {
            "number": correction.number,
            "action": correction.action,
            "round_id": public_id,
            "reason": row.reason,
            "at": row.at,
            "state": "done" if correction.undone_number is None else "undone",
            "undone_number": correction.undone_number,
            "before": row.before,
            "after": row.after,
        }
        for correction, row, public_id in rows
    ]
    return page(items, query["limit"], lambda item: [item["number"]])


def _correct(action: str, caller: Caller, query: dict[str, Any], body: dict[str, Any], **where: str) -> Reply:
    preview = query["preview"] == "true"
    shown = carry_out(action, body, caller=caller.participant_id, preview=preview, **where)
    return Reply(shown, 200 if preview else 201)
