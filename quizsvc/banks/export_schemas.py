"""What is asked and answered when a bank is exported."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from quizsvc.banks.export import FORMATS
from quizsvc.organizers.schemas import reason


def _format() -> fields.String:
    return fields.String(validate=validate.OneOf(list(FORMATS)), load_default="docx-key")


class ExportIn(Schema):
    format = _format()
    reason = reason()


class LossesQuery(Schema):
    format = _format()


class LossOut(Schema):
    code = fields.String(required=True, metadata={"description": "Stable; docs/import.md lists them"})
    detail = fields.String(required=True)
    number = fields.Integer(required=True, allow_none=True, metadata={"description": "As printed; null: the whole bank"})
    question = fields.String(required=True, allow_none=True, metadata={"description": "Code of the question"})


class LossesOut(Schema):
    format = fields.String(required=True)
    questions = fields.Integer(required=True)
    losses = fields.List(fields.Nested(LossOut), required=True, metadata={"description": "At most 1000; totals are of all"})
    totals = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    truncated = fields.Boolean(required=True)
