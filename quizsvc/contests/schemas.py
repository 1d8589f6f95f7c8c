"""What the API shows of contests and rounds."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema, fields, validate

from quizsvc.contests.lifecycle import State
from quizsvc.core.fields import NOT_BLANK, Moment, Text
from quizsvc.core.paging import PageQuery, page_schema
from quizsvc.organizers.schemas import reason
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


class ContestIn(Schema):
    """A whole contest document. `GET /api/v1/schemas/contest` says what else it holds."""

    class Meta:
        unknown = INCLUDE

    contest = fields.Raw(allow_none=True, metadata={"type": "string", "description": "Its code, in addresses"})


class LoadQuery(Schema):
    reason = Text(
        least=10,
        most=1000,
        pattern=NOT_BLANK,
        load_default=None,
        metadata={"description": "Why a contest that has opened is amended; published with the amendment"},
    )


LOADED = ["added", "changed", "amended", "unchanged"]
PUBLICITY = ["draft", "published"]


class LoadedOut(Schema):
    slug = fields.String(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(PUBLICITY))
    loaded = fields.String(required=True, validate=validate.OneOf(LOADED))
    document_sha256 = fields.String(required=True)


class ManagedContestItem(Schema):
    """A contest as its organizers see it."""

    slug = fields.String(required=True)
    title = fields.String(required=True)
    organizer_unit = fields.Nested(UnitBrief, required=True)
    state = fields.String(required=True, validate=validate.OneOf(PUBLICITY))
    version = fields.Integer(required=True)
    document_sha256 = fields.String(required=True)
    opens_at = Moment(required=True)
    closes_at = Moment(required=True)
    loaded_at = Moment(required=True)
    published_at = Moment(required=True, allow_none=True)


ManagedContestPage = page_schema(ManagedContestItem)


class WarningOut(Schema):
    """Something to look at; it does not stand in the way."""

    code = fields.String(required=True)
    detail = fields.String(required=True)
    detail_en = fields.String(required=True)


class PublishedOut(ManagedContestItem):
    warnings = fields.List(fields.Nested(WarningOut), required=True)


class ManagedContestOut(PublishedOut):
    document = fields.Dict(keys=fields.String(), required=True)


class PublishIn(Schema):
    reason = reason()
