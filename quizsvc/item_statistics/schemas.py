"""What organizers see of the statistics of questions."""

from __future__ import annotations

from marshmallow import Schema, fields

from quizsvc.core.fields import Moment, Truth
from quizsvc.item_statistics.alarms import Alarm


class ItemChoiceOut(Schema):
    letter = fields.String(required=True)
    text = fields.String(required=True)
    is_key = Truth(required=True)
    taken = fields.Integer(required=True)
    discrimination = fields.Float(required=True, allow_none=True)


class ItemAlarmOut(Schema):
    alarm = fields.String(required=True, metadata={"enum": [alarm.value for alarm in Alarm]})
    detail = fields.String(required=True)
    letter = fields.String(required=True, allow_none=True)


class ItemOut(Schema):
    question = fields.String(required=True)
    version = fields.Integer(required=True)
    text = fields.String(required=True)
    people = fields.Integer(required=True, metadata={"description": "First attempts that had the question"})
    exposure = fields.Float(required=True, metadata={"description": "Share of all first attempts, from 0 to 1"})
    facility = fields.Float(required=True, allow_none=True, metadata={"description": "Share right, from 0 to 1"})
    difficulty_words = fields.String(required=True)
    discrimination = fields.Float(
        required=True, allow_none=True, metadata={"description": "Point-biserial, the question itself taken out"}
    )
    discrimination_words = fields.String(required=True)
    seconds = fields.Float(
        required=True, allow_none=True, metadata={"description": "Mean time by question of the attempts that had it"}
    )
    blank = fields.Integer(required=True)
    ruling = fields.String(required=True, allow_none=True)
    choices = fields.List(fields.Nested(ItemChoiceOut), required=True)
    alarms = fields.List(fields.Nested(ItemAlarmOut), required=True)


class RoundItemsOut(Schema):
    """Questions with alarms first, then the most met ones."""

    round_id = fields.String(required=True)
    attempts = fields.Integer(required=True, metadata={"description": "First attempts counted so far"})
    counted_at = Moment(required=True, allow_none=True)
    items = fields.List(fields.Nested(ItemOut), required=True)
