"""What organizers send and see about roles and the audit log."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from quizsvc.auth.roles import ROLES
from quizsvc.core.fields import NOT_BLANK, Moment, Text
from quizsvc.core.paging import PageQuery, page_schema
from quizsvc.organizers.powers import POWERS
from quizsvc.participants.schemas import ChosenUnit
from quizsvc.units.schemas import UnitBrief

ID = "[0-9A-Za-z-]{1,64}"
LONGEST_REASON = 1000


def reason() -> Text:
    """Why something is done; every act of an organizer asks for it."""
    return Text(least=3, most=LONGEST_REASON, pattern=NOT_BLANK, required=True, metadata={"description": "Kept for ever"})


class OwnRoleOut(Schema):
    id = fields.String(required=True)
    role = fields.String(required=True, metadata={"enum": list(ROLES)})
    unit = fields.Nested(UnitBrief, required=True)
    powers = fields.List(fields.String(metadata={"enum": list(POWERS)}), required=True)
    granted_at = Moment(required=True)


class OrganizerOut(Schema):
    """The caller as an organizer."""

    participant_id = fields.String(required=True)
    roles = fields.List(fields.Nested(OwnRoleOut), required=True)


class RoleOut(Schema):
    id = fields.String(required=True)
    participant_id = fields.String(required=True)
    display_name = fields.String(required=True)
    role = fields.String(required=True, metadata={"enum": list(ROLES)})
    unit = fields.Nested(UnitBrief, required=True)
    granted_at = Moment(required=True)
    revoked_at = Moment(required=True, allow_none=True)


RolePage = page_schema(RoleOut)


class RoleIn(Schema):
    participant_id = Text(
        least=1, most=64, pattern=ID, required=True, metadata={"description": "The person's own `id` from `GET /me`"}
    )
    role = fields.String(validate=validate.OneOf(ROLES), required=True)
    unit = fields.Nested(ChosenUnit, required=True)
    reason = reason()


class RevocationIn(Schema):
    role_id = Text(least=1, most=64, pattern=ID, required=True, metadata={"description": "`id` from `GET /manage/roles`"})
    reason = reason()


class AuditQuery(PageQuery):
    subject = Text(least=1, most=200, load_default=None, metadata={"description": "Kind and id, as `round:<id>`"})
    action = Text(
        least=1, most=60, pattern="[a-z0-9_.-]{1,60}", load_default=None, metadata={"description": "As `round.extend`"}
    )


class AuditOut(Schema):
    """A row of the audit log: everything its SHA-256 is made of."""

    number = fields.Integer(required=True)
    at = Moment(required=True)
    actor_id = fields.String(required=True, allow_none=True, metadata={"description": "null: the command line"})
    actor_role = fields.String(required=True, allow_none=True)
    unit = fields.Nested(UnitBrief, required=True)
    action = fields.String(required=True)
    subject = fields.String(required=True)
    reason = fields.String(required=True)
    before = fields.Dict(required=True, allow_none=True)
    after = fields.Dict(required=True, allow_none=True)
    prev_sha256 = fields.String(required=True)
    sha256 = fields.String(required=True)


AuditPage = page_schema(AuditOut)
