"""What organizers send and see about corrections."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from quizsvc.core.fields import NOT_BLANK, Moment, Text, Truth, Whole
from quizsvc.core.paging import page_schema
from quizsvc.corrections.disqualifying import GROUNDS
from quizsvc.participants.schemas import ChosenUnit

ID = "[0-9A-Za-z-]{1,64}"
MOST_PEOPLE = 1000
LONGEST_EXTRA = 24 * 60 * 60 * 1000


def _person(**more: object) -> Text:
    return Text(least=1, most=64, pattern=ID, **more)


def _people() -> fields.List[str]:
    return fields.List(_person(), validate=validate.Length(1, MOST_PEOPLE), load_default=None)


class PreviewQuery(Schema):
    preview = fields.String(
        validate=validate.OneOf(["true", "false"]),
        load_default="false",
        metadata={"description": "true: say what it would do, and change nothing"},
    )


class ReasonIn(Schema):
    reason = Text(
        least=10, most=1000, pattern=NOT_BLANK, required=True, metadata={"description": "Kept for ever in the audit log"}
    )


class VoidIn(ReasonIn):
    effect = fields.String(
        validate=validate.OneOf(["accept_all", "drop"]),
        required=True,
        metadata={"description": "accept_all: right for everybody who drew it; drop: counts for nothing"},
    )


class RekeyIn(ReasonIn):
    keys = fields.List(
        Text(least=1, most=8, pattern="[A-Ha-h]{1,8}"),
        validate=validate.Length(1, 20),
        required=True,
        metadata={"description": "Each is right: letters of the author's choices, several where several are to be chosen"},
    )


class DisqualifyIn(ReasonIn):
    grounds = fields.String(validate=validate.OneOf(list(GROUNDS)), required=True)
    participants = _people()
    unit = fields.Nested(
        ChosenUnit, load_default=None, metadata={"description": "Instead: all who played for it or a unit below it"}
    )


class ExtensionIn(ReasonIn):
    closes_at = Moment(required=True)


class OutageIn(Schema):
    start = Moment(required=True)
    end = Moment(required=True)


class ExtraTimeIn(ReasonIn):
    """One attempt or person with ``extra_ms``, or everybody whom an outage hit."""

    attempt_id = _person(load_default=None)
    participant_id = _person(load_default=None)
    extra_ms = Whole(least=1000, most=LONGEST_EXTRA, load_default=None)
    outage = fields.Nested(OutageIn, load_default=None)


class MakeUpIn(ReasonIn):
    opens_at = Moment(required=True)
    closes_at = Moment(required=True)
    participants = _people()
    unit = fields.Nested(ChosenUnit, load_default=None)
    replaces_expired = Truth(
        load_default=False,
        metadata={"description": "Their attempts that the service had to close are void: no turn used, not counted"},
    )


class PlaceIn(Schema):
    participant_id = _person(required=True)
    place = Whole(least=1, most=100_000, required=True)


class PlacesIn(ReasonIn):
    track = Text(least=1, most=60, load_default=None)
    places = fields.List(fields.Nested(PlaceIn), validate=validate.Length(2, MOST_PEOPLE), required=True)


class CrossingOut(Schema):
    participant_id = fields.String(required=True)
    display_name = fields.String(required=True)
    rank_before = fields.Integer(required=True, allow_none=True)
    rank_after = fields.Integer(required=True, allow_none=True)


class BoardEffectOut(Schema):
    board = fields.String(required=True)
    ranks = fields.Integer(required=True, metadata={"description": "People with another rank, off the board included"})
    prize_places = fields.Integer(required=True)
    entering = fields.List(fields.Nested(CrossingOut), required=True)
    leaving = fields.List(fields.Nested(CrossingOut), required=True)


class CutOffOut(Schema):
    attempt_id = fields.String(required=True)
    participant_id = fields.String(required=True)
    display_name = fields.String(required=True)


class EffectOut(Schema):
    """What is changed, as far as it is known live; ranks that wait for sealing may still differ."""

    attempts = fields.Integer(required=True)
    people = fields.Integer(required=True)
    boards = fields.List(fields.Nested(BoardEffectOut), required=True)


class CorrectionOut(Schema):
    number = fields.Integer(required=True, allow_none=True, metadata={"description": "Of the audit row; null: preview"})
    action = fields.String(required=True)
    preview = fields.Boolean(required=True)
    effect = fields.Nested(
        EffectOut,
        required=True,
        allow_none=True,
        metadata={"description": "null while a prediction question is open: any figure would give its answer away"},
    )
    cut_off = fields.List(
        fields.Nested(CutOffOut),
        required=True,
        allow_none=True,
        metadata={"description": "Attempts that the service had to close: for a make-up session. null as `effect`"},
    )


class CorrectionItem(Schema):
    number = fields.Integer(required=True)
    action = fields.String(required=True)
    round_id = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True)
    at = Moment(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["done", "undone"]))
    undone_number = fields.Integer(required=True, allow_none=True)
    before = fields.Dict(required=True, allow_none=True)
    after = fields.Dict(required=True, allow_none=True)


CorrectionPage = page_schema(CorrectionItem)
