"""What goes in and out about people."""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema, fields, validate

from quizsvc.core.fields import NOT_BLANK, Day, Moment, Text, Truth
from quizsvc.participants.queries import PUBLISH_NAME
from quizsvc.units.schemas import UnitBrief

OCCUPATIONS = ("official", "pupil", "student", "armed_forces", "worker", "farmer", "other")
PURPOSES = ("play", PUBLISH_NAME, "contact")


class ZaloSignIn(Schema):
    access_token = Text(least=1, most=4096, required=True)


class RefreshIn(Schema):
    refresh_token = Text(least=1, most=200, required=True)


class ParticipantOut(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    avatar_url = fields.String(required=True, allow_none=True)
    nickname = fields.String(required=True, allow_none=True)
    birth_date = fields.Date(required=True, allow_none=True)
    phone_verified = fields.Boolean(required=True)
    unit = fields.Nested(UnitBrief, required=True, allow_none=True)
    occupation = fields.String(required=True, allow_none=True)


class TokensOut(Schema):
    access_token = fields.String(required=True)
    refresh_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True, metadata={"description": "Seconds"})


class SignedIn(TokensOut):
    participant = fields.Nested(ParticipantOut, required=True)


class ChosenUnit(Schema):
    """A unit as ``GET /units`` gives it; only its id is read."""

    class Meta:
        unknown = EXCLUDE

    id = Text(least=1, most=9, pattern="[0-9]{1,9}", required=True)


class ProfileIn(Schema):
    nickname = Text(least=2, most=40, pattern=NOT_BLANK, allow_none=True)
    birth_date = Day(allow_none=True)
    unit = fields.Nested(ChosenUnit, allow_none=True)
    occupation = fields.String(validate=validate.OneOf(OCCUPATIONS), allow_none=True)


class PhoneIn(Schema):
    phone_token = Text(least=1, most=4096, required=True)
    access_token = Text(
        least=1,
        most=4096,
        load_default=None,
        metadata={"description": "The caller's Zalo token: Zalo decodes a phone token only together with it"},
    )


class ConsentIn(Schema):
    purpose = fields.String(validate=validate.OneOf(PURPOSES), required=True)
    policy_version = Text(least=1, most=40, required=True)
    granted = Truth(required=True)


class ConsentOut(Schema):
    purpose = fields.String(required=True)
    policy_version = fields.String(required=True)
    granted = fields.Boolean(required=True)
    given_at = Moment(required=True)


class ConsentList(Schema):
    items = fields.List(fields.Nested(ConsentOut), required=True)
    next = fields.String(required=True, allow_none=True)
