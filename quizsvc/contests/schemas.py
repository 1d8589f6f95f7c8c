"""What the API shows of contests and rounds."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema, fields, validate

from quizsvc.contests.lifecycle import State
from quizsvc.core.fields import Moment
from quizsvc.core.paging import PageQuery, page_schema
from quizsvc.units.schemas import UnitBrief

STATES = [state.value for state in State]


class RoundBrief(Schema):
    id = fields.String(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    opens_at = Moment(required=True)
    closes_at = Moment(required=True)


class ContestOut(Schema):
    slug = fields.String(required=True)
    title = fields.String(required=True)
    organizer_unit = fields.Nested(UnitBrief, required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    opens_at = Moment(required=True)
    closes_at = Moment(required=True)
    rounds = fields.List(fields.Nested(RoundBrief), required=True)
    server_now = Moment(required=True)


class ContestItem(ContestOut):
    """A contest in a list."""

    class Meta:
        exclude = ("server_now",)


class ContestQuery(PageQuery):
    state = fields.String(validate=validate.OneOf(STATES), load_default=None)


class RulesOut(Schema):
    version = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    html = fields.String(required=True)
    text = fields.String(required=True)


ContestPage = page_schema(ContestItem)


class ChangeOut(Schema):
    """One thing that is said otherwise since; rounds and prizes stand in the path by their codes."""

    path = fields.String(required=True)
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)


class AmendmentOut(Schema):
    number = fields.Integer(required=True)
    reason = fields.String(required=True)
    amended_at = Moment(required=True)
    document_sha256 = fields.String(required=True)
    changes = fields.List(fields.Nested(ChangeOut), required=True)


AmendmentPage = page_schema(AmendmentOut)


class JsonSchema(Schema):
    """A JSON Schema (draft 2020-12)."""

    class Meta:
        unknown = INCLUDE
