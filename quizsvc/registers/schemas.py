"""What goes in and out about registers and registrations."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from quizsvc.core.fields import NOT_BLANK, FilePart, Moment, Text, Whole
from quizsvc.core.paging import PageQuery, page_schema
from quizsvc.participants.schemas import ChosenUnit
from quizsvc.registers.reporting import Status
from quizsvc.units.schemas import UnitBrief


class ImportQuery(Schema):
    dry_run = fields.String(validate=validate.OneOf(["true", "false"]), load_default="false")


class PeopleQuery(ImportQuery):
    replace = fields.String(
        validate=validate.OneOf(["true", "false"]),
        load_default="false",
        metadata={"description": "true: people of my units who are not in the file leave the list"},
    )


class FileIn(Schema):
    file = FilePart(required=True, metadata={"description": ".xlsx, or CSV in UTF-8"})
    file_sha256 = Text(
        most=64,
        pattern="[0-9a-f]{64}",
        metadata={"description": "Of the file that was previewed; needed without dry_run"},
    )
    reason = Text(
        least=3,
        most=500,
        pattern=NOT_BLANK,
        metadata={"description": "Kept in the audit log; needed without dry_run"},
    )


class RowOut(Schema):
    where = fields.String(required=True, metadata={"description": "Sheet and row, such as Sheet1!7"})
    status = fields.Enum(Status, by_value=True, required=True)
    codes = fields.List(fields.String(), required=True)
    detail = fields.String(required=True)


class ImportOut(Schema):
    file_sha256 = fields.String(required=True)
    dry_run = fields.Boolean(required=True)
    accepted = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    rows = fields.List(fields.Nested(RowOut), required=True)


class HeadcountEntry(Schema):
    number = fields.Integer(required=True, metadata={"description": "Counts the entries of this unit"})
    staff = fields.Integer(required=True)
    approved = fields.Boolean(required=True)
    entered_at = Moment(required=True)
    reason = fields.String(required=True)


class HeadcountOut(Schema):
    unit = fields.Nested(UnitBrief, required=True)
    staff = fields.Integer(required=True, allow_none=True, metadata={"description": "Of the newest approved entry"})
    entries = fields.List(fields.Nested(HeadcountEntry), required=True, metadata={"description": "Newest first"})


HeadcountPage = page_schema(HeadcountOut)


class ApprovalIn(Schema):
    unit = fields.Nested(ChosenUnit, required=True)
    number = Whole(least=1, most=2**31 - 1, required=True)
    reason = Text(least=3, most=500, pattern=NOT_BLANK, required=True)


class MissingQuery(PageQuery):
    unit = Text(least=1, most=10, pattern="[0-9]{1,10}", load_default=None, metadata={"description": "Id of a unit of mine"})


class MissingOut(Schema):
    id = fields.String(required=True)
    display_name = fields.String(required=True)
    unit = fields.Nested(UnitBrief, required=True, allow_none=True)
    occupation = fields.String(required=True, allow_none=True)


MissingPage = page_schema(MissingOut)


class RegisteredProfile(Schema):
    age = fields.Integer(required=True, allow_none=True)
    occupation = fields.String(required=True, allow_none=True)


class RegistrationOut(Schema):
    registered_at = Moment(required=True)
    profile = fields.Nested(RegisteredProfile, required=True)
    unit = fields.Nested(UnitBrief, required=True, allow_none=True)
    server_now = Moment(required=True)
