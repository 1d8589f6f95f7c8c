"""Endpoints that hand out a bank as a file, and say what the file cannot carry."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response

from quizsvc.auth.guards import Caller
from quizsvc.banks import export_schemas as schemas
from quizsvc.banks.access import acting_on, bank_by_code
from quizsvc.banks.export import FORMATS, YAML_TYPE, export_as, material_of, numbered_codes
from quizsvc.banks.files.writing import word, workbook
from quizsvc.core import rate_limits
from quizsvc.core.db import reading, transaction
from quizsvc.core.http import Api, Download
from quizsvc.core.problems import Forbidden, NotFound
from quizsvc.core.runtime import runtime
from quizsvc.organizers.guards import organizer
from quizsvc.organizers.powers import BANK_WRITE

api = Api("bank_export", __name__, url_prefix="/api/v1/manage/banks/<id:bank>")

MEDIA_TYPES = (word.MEDIA_TYPE, workbook.MEDIA_TYPE, "text/plain", "application/xml", "application/zip", YAML_TYPE)
MOST_LOSSES = 1_000


@api.operation(
    "POST",
    "/exports",
    guard=organizer,
    summary="The bank as a file; keys that are not decided yet count as seen by the caller, which ends a blind review",
    body=schemas.ExportIn,
    answers={200: Download(MEDIA_TYPES)},
    problems=(Forbidden, NotFound),
    limit=rate_limits.SENSITIVE,
)
def export_bank(caller: Caller, bank: str, body: dict[str, Any]) -> object:
    format_name, now = body["format"], runtime().clock()
    with transaction() as session:
        found = bank_by_code(session, bank)
        actor = acting_on(session, found, caller.participant_id, BANK_WRITE)
        material = export_as(session, found, actor, format_name=format_name, reason=body["reason"], now=now)
    written = FORMATS[format_name](material)
    name = f"attachment; filename*=UTF-8''{quote(written.file_name, safe='')}"
    return Response(written.data, content_type=written.media_type, headers={"Content-Disposition": name})


@api.operation(
    "GET",
    "/exports/losses",
    guard=organizer,
    summary="What a file of this format would lose, question by question; tells no key",
    query=schemas.LossesQuery,
    answers={200: schemas.LossesOut},
    problems=(Forbidden, NotFound),
    limit=rate_limits.SENSITIVE,
)
def list_losses(caller: Caller, bank: str, query: dict[str, Any]) -> object:
    with reading() as session:
        found = bank_by_code(session, bank)
        acting_on(session, found, caller.participant_id, BANK_WRITE)
        material = material_of(session, found)
    written, codes = FORMATS[query["format"]](material), numbered_codes(material)
    shown = [
        {
            "code": loss.code,
            "detail": loss.sentence,
            "number": loss.number,
            "question": None if loss.number is None else codes.get(loss.number),
        }
        for loss in written.losses[:MOST_LOSSES]
    ]
    return {
        "format": query["format"],
        "questions": len(material.contents),
        "losses": shown,
        "totals": written.totals,
        "truncated": len(written.losses) > MOST_LOSSES,
    }
