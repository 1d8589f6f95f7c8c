"""Endpoints of registers (numbers of staff, lists of people) for organizers, and of early registration for everybody."""

from __future__ import annotations

import hashlib
from typing import Any

from quizsvc.auth.guards import Caller, participant
from quizsvc.contests.queries import contest_by_slug
from quizsvc.core import rate_limits
from quizsvc.core.db import reading, transaction
from quizsvc.core.http import Api, Reply
from quizsvc.core.paging import PageQuery, decode_cursor, page
from quizsvc.core.problems import Forbidden, NotFound, PreviewMissing
from quizsvc.core.runtime import runtime
from quizsvc.organizers.guards import organizer
from quizsvc.organizers.powers import DASHBOARD_READ, REGISTER_WRITE
from quizsvc.registers import queries, schemas, service
from quizsvc.registers.errors import ImportFileRefused, ImportRefused, RegistrationNotOpen
from quizsvc.registers.models import Headcount, Registration
from quizsvc.registers.reporting import ImportReport
from quizsvc.registers.workbook import LARGEST_FILE, FileRefused, read_table
from quizsvc.units.models import Unit

api = Api("registers", __name__, url_prefix="/api/v1")

FORM_BESIDE_FILE = 64 * 1024
IMPORT: dict[str, Any] = {
    "guard": organizer,
    "files": schemas.FileIn,
    "most_bytes": LARGEST_FILE + FORM_BESIDE_FILE,
    "answers": {200: schemas.ImportOut},
    "problems": (Forbidden, ImportFileRefused, ImportRefused, PreviewMissing),
    "limit": rate_limits.SENSITIVE,
}


@api.operation(
    "POST",
    "/manage/contests/<id:slug>/headcounts",
    summary="Numbers of staff by unit from a file, all rows or none",
    query=schemas.ImportQuery,
    **IMPORT,
)
def import_headcounts(caller: Caller, slug: str, query: dict[str, Any], body: dict[str, Any]) -> object:
    return _import(caller, slug, query, body, service.take_headcounts)


@api.operation(
    "POST",
    "/manage/contests/<id:slug>/lists/<id:list_code>",
    summary="People on a list of the contest from a file, all rows or none",
    query=schemas.PeopleQuery,
    **IMPORT,
)
def import_people(caller: Caller, slug: str, list_code: str, query: dict[str, Any], body: dict[str, Any]) -> object:
    more = {"list_code": list_code, "replace": query["replace"] == "true", "chance": runtime().chance}
    return _import(caller, slug, query, body, service.take_people, **more)


def _import(
    caller: Caller, slug: str, query: dict[str, Any], body: dict[str, Any], take: Any, **more: Any
) -> dict[str, Any]:
    run, dry_run = runtime(), query["dry_run"] == "true"
    with reading() as session:  # whoever may not write here has no file parsed
        service.scope_in(session, contest_by_slug(session, slug, drafts=True), caller.participant_id, REGISTER_WRITE)
    if not dry_run:
        _check_preview(body)
    try:
        upload = service.Upload.of(body["file"], read_table(body["file"]), body.get("reason", "xem trước"))
        with transaction() as session:
            contest = contest_by_slug(session, slug, drafts=True)
            scope = service.scope_in(session, contest, caller.participant_id, REGISTER_WRITE)
            report: ImportReport = take(
                session, contest=contest, scope=scope, upload=upload, now=run.clock(), keys=run.keys, **more
            )
            if dry_run:
                session.rollback()
            elif report.rejected:
                raise ImportRefused(report)
    except FileRefused as refused:
        raise ImportFileRefused(str(refused)) from None
    names = ("file_sha256", "accepted", "rejected", "rows")
    return {name: getattr(report, name) for name in names} | {"dry_run": dry_run}


def _check_preview(body: dict[str, Any]) -> None:
    if "file_sha256" not in body or "reason" not in body:
        raise PreviewMissing("Khi ghi thật (không phải dry_run) cần file_sha256 của tệp đã xem trước và reason.")
    if hashlib.sha256(body["file"]).hexdigest() != body["file_sha256"]:
        raise PreviewMissing("SHA-256 của tệp khác với tệp đã xem trước; hãy xem trước lại.")


@api.operation(
    "GET",
    "/manage/contests/<id:slug>/headcounts",
    guard=organizer,
    summary="Numbers of staff of the units where I act, with every entry",
    query=PageQuery,
    answers={200: schemas.HeadcountPage},
    problems=(Forbidden,),
)
def list_headcounts(caller: Caller, slug: str, query: dict[str, Any]) -> object:
    key, limit = decode_cursor(query["cursor"], [int]), query["limit"]
    with reading() as session:
        contest = contest_by_slug(session, slug, drafts=True)
        scope = service.scope_in(session, contest, caller.participant_id, DASHBOARD_READ)
        after = 0 if key is None else key[0]
        units = queries.units_counted(session, contest.id, scope.units, after=after, limit=limit + 1)
        entries = queries.entries_of(session, contest.id, [unit.id for unit in units])
    return page([_headcount_out(unit, entries[unit.id]) for unit in units], limit, lambda row: [row["unit"].id])


def _headcount_out(unit: Unit, entries: list[Headcount]) -> dict[str, Any]:
    staff = next((entry.staff for entry in entries if entry.approved), None)
    return {"unit": unit, "staff": staff, "entries": entries}


@api.operation(
    "POST",
    "/manage/contests/<id:slug>/headcounts/approvals",
    guard=organizer,
    summary="Approve a number that a unit below has entered; a second time changes nothing",
    body=schemas.ApprovalIn,
    answers={200: schemas.HeadcountEntry},
    problems=(Forbidden,),
)
def approve_headcount(caller: Caller, slug: str, body: dict[str, Any]) -> object:
    with transaction() as session:
        contest = contest_by_slug(session, slug, drafts=True)
        return service.approve_headcount(
            session,
            contest=contest,
            scope=service.scope_in(session, contest, caller.participant_id, REGISTER_WRITE),
            unit_id=int(body["unit"]["id"]),
            number=body["number"],
            reason=body["reason"],
            now=runtime().clock(),
        )


@api.operation(
    "POST",
    "/contests/<id:slug>/registration",
    guard=participant,
    summary="Register before the contest opens; 200 when that was done before",
    answers={201: schemas.RegistrationOut, 200: schemas.RegistrationOut},
    problems=(RegistrationNotOpen,),
)
def register(caller: Caller, slug: str) -> object:
    now = runtime().clock()
    with transaction() as session:
        made, is_new = service.register(session, slug=slug, participant_id=caller.participant_id, now=now)
        unit = None if made.unit_id is None else session.get(Unit, made.unit_id)
    return Reply(_registration_out(made, unit) | {"server_now": now}, 201 if is_new else 200)


@api.operation(
    "GET",
    "/contests/<id:slug>/registration",
    guard=participant,
    summary="My registration for this contest",
    answers={200: schemas.RegistrationOut},
)
def show_registration(caller: Caller, slug: str) -> object:
    with reading() as session:
        contest = contest_by_slug(session, slug)
        found = session.get(Registration, (contest.id, caller.participant_id))
        if found is None:
            raise NotFound("Bạn chưa đăng ký cuộc thi này.")
        unit = None if found.unit_id is None else session.get(Unit, found.unit_id)
    return _registration_out(found, unit) | {"server_now": runtime().clock()}


def _registration_out(found: Registration, unit: Unit | None) -> dict[str, Any]:
    return {"registered_at": found.registered_at, "profile": found.profile, "unit": unit}
