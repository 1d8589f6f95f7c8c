"""Endpoints for organizers: load a contest as one document, look at it, publish it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter
from typing import Any

from quizsvc.auth.guards import Caller
from quizsvc.contests import publishing, queries, schemas
from quizsvc.contests.amending import LONG_REASON, NO_REASON
from quizsvc.contests.document_parts import ContestDocument, Fault
from quizsvc.contests.document_schema import examine
from quizsvc.contests.errors import CannotPublish, ContestDocumentRefused
from quizsvc.contests.loading import Loaded
from quizsvc.contests.models import Contest
from quizsvc.contests.readiness import warnings_of
from quizsvc.core import rate_limits
from quizsvc.core.db import reading, transaction
from quizsvc.core.errors import prefers_english
from quizsvc.core.http import Api, Reply
from quizsvc.core.paging import PageQuery, decode_cursor, page
from quizsvc.core.problems import Forbidden, Malformed, ValidationFailed
from quizsvc.core.runtime import runtime
from quizsvc.organizers.acting import acting_for, units_of
from quizsvc.organizers.guards import organizer
from quizsvc.organizers.powers import DASHBOARD_READ
from quizsvc.units.models import Unit

api = Api("manage_contests", __name__, url_prefix="/api/v1/manage")

COLUMNS = ("slug", "title", "version", "document_sha256", "opens_at", "closes_at", "loaded_at", "published_at")


@api.operation(
    "POST",
    "/contests",
    guard=organizer,
    summary="Load a contest: the body is its whole configuration; a new one is a draft. The same again changes nothing",
    body=schemas.ContestIn,
    query=schemas.LoadQuery,
    answers={201: schemas.LoadedOut, 200: schemas.LoadedOut},
    limit=rate_limits.SENSITIVE,
)
def load_contest(caller: Caller, query: dict[str, Any], body: dict[str, Any]) -> object:
    run, document, reason = runtime(), _examined(body), query["reason"]
    try:
        with transaction() as session:
            now = run.clock()
            taken = publishing.take_document(
                session,
                document,
                by=caller.participant_id,
                now=now,
                chance=run.chance,
                reason=reason,
                as_draft=True,
            )
            publishing.write_down(session, taken, reason=reason, now=now)
            contest = taken.contest
            shown = {
                "slug": contest.slug,
                "version": contest.version,
                "state": publishing.state_of(contest),
                "loaded": taken.loaded.value,
                "document_sha256": contest.document_sha256,
            }
    except ContestDocumentRefused as refused:
        raise ValidationFailed(_rows(refused.found or [Fault((), said, said) for said in refused.faults])) from None
    return Reply(shown, 201 if taken.loaded is Loaded.ADDED else 200)


@api.operation(
    "GET",
    "/contests",
    guard=organizer,
    summary="Contests of my units and those below them, drafts too, latest opening first",
    query=PageQuery,
    answers={200: schemas.ManagedContestPage},
)
def list_managed_contests(caller: Caller, query: dict[str, Any]) -> object:
    after, limit = decode_cursor(query["cursor"], (datetime, int)), query["limit"]
    with reading() as session:
        units = units_of(session, caller.participant_id, DASHBOARD_READ)
        rows = queries.contests_under(session, units, after=after, limit=limit)
    shown = page(rows, limit, lambda row: [row[0].opens_at, row[0].id])
    shown["items"] = [_contest_out(contest, unit) for contest, unit in shown["items"]]
    return shown


@api.operation(
    "GET",
    "/contests/<id:slug>",
    guard=organizer,
    summary="One contest of my units with its document, and what to look at before it is published",
    answers={200: schemas.ManagedContestOut},
)
def get_managed_contest(caller: Caller, slug: str) -> object:
    with reading() as session:
        contest = queries.contest_by_slug(session, slug, drafts=True)
        acting_for(session, caller.participant_id, unit_id=contest.organizer_unit_id, roles=DASHBOARD_READ)
        unit = session.get_one(Unit, contest.organizer_unit_id)
        warnings = warnings_of(session, contest, runtime().clock())
    return _contest_out(contest, unit) | {"document": contest.document, "warnings": warnings}


@api.operation(
    "POST",
    "/contests/<id:slug>/publish",
    guard=organizer,
    summary="Make a draft public, for good; again changes nothing",
    body=schemas.PublishIn,
    answers={200: schemas.PublishedOut},
    problems=(Forbidden, CannotPublish),
    limit=rate_limits.SENSITIVE,
)
def publish_contest(caller: Caller, slug: str, body: dict[str, Any]) -> object:
    run = runtime()
    with transaction() as session:
        now, by = run.clock(), caller.participant_id
        contest = publishing.publish(session, slug, by=by, reason=body["reason"], now=now, chance=run.chance)
        unit = session.get_one(Unit, contest.organizer_unit_id)
        return _contest_out(contest, unit) | {"warnings": warnings_of(session, contest, now)}


def _examined(body: Any) -> ContestDocument:
    """The document that was sent, or ``ValidationFailed`` with all its faults."""
    try:
        found = examine(body)
    except RecursionError:  # nested about as deep as JSON is read at all
        raise Malformed from None
    if isinstance(found, ContestDocument):
        return found
    raise ValidationFailed(_rows(found))


def _rows(faults: Iterable[Fault]) -> list[dict[str, str]]:
    """Faults as the API shows them, in the language of the caller."""
    english = prefers_english()
    said = ({"pointer": _pointer(fault), "detail": fault.detail_en if english else fault.detail} for fault in faults)
    return sorted(said, key=itemgetter("pointer"))  # as every other refusal does


def _pointer(fault: Fault) -> str:
    return "/reason" if fault in (NO_REASON, LONG_REASON) else fault.pointer


def _contest_out(contest: Contest, unit: Unit) -> dict[str, Any]:
    shown = {name: getattr(contest, name) for name in COLUMNS}
    return shown | {"organizer_unit": unit, "state": publishing.state_of(contest)}
