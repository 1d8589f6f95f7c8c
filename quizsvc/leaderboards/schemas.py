"""What the API shows of boards."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from quizsvc.contests.lifecycle import Stage
from quizsvc.contests.rules import Scope, Target
from quizsvc.core.fields import Moment, Text
from quizsvc.core.paging import PageQuery
from quizsvc.leaderboards.boards import BoardState
from quizsvc.units.schemas import UnitBrief

STATES = [state.value for state in BoardState]


class BoardQuery(PageQuery):
    unit = Text(least=1, most=20, load_default=None, metadata={"description": "Only this unit and those below it"})
    track = Text(least=1, most=60, load_default=None, metadata={"description": "One of the contest's tracks"})


class PlaceQuery(Schema):
    unit = Text(least=1, most=20, load_default=None, metadata={"description": "Only this unit and those below it"})
    track = Text(least=1, most=60, load_default=None, metadata={"description": "One of the contest's tracks"})


class TrackQuery(Schema):
    track = Text(least=1, most=60, load_default=None, metadata={"description": "One of the contest's tracks"})


class EntryOut(Schema):
    rank = fields.Integer(required=True)
    display_name = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    score = fields.Integer(required=True)
    correct_count = fields.Integer(required=True)
    duration_ms = fields.Integer(required=True)
    submitted_at = Moment(required=True)


class BoardHead(Schema):
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    visible_from = Moment(required=True, allow_none=True)
    as_of = Moment(required=True)


class BoardOut(BoardHead):
    total = fields.Integer(required=True, allow_none=True)
    items = fields.List(fields.Nested(EntryOut), required=True)
    next = fields.String(required=True, allow_none=True)


class PlaceOut(BoardHead):
    rank = fields.Integer(required=True, allow_none=True)
    total = fields.Integer(required=True, allow_none=True)
    entry = fields.Nested(EntryOut, required=True, allow_none=True)
    neighbours = fields.List(fields.Nested(EntryOut), required=True)


class UnitsQuery(PageQuery):
    group = Text(
        least=1, most=60, load_default=None, metadata={"description": "One of the contest's boards of units, by its code"}
    )


class UnitEntryOut(Schema):
    """``rank`` is null, with ``reasons``, when a gate of the group keeps the unit out. ``metrics``: what it looks at."""

    rank = fields.Integer(required=True, allow_none=True)
    unit = fields.Nested(UnitBrief, required=True)
    participants = fields.Integer(required=True, metadata={"description": "Người"})
    attempts = fields.Integer(required=True, metadata={"description": "Lượt"})
    headcount = fields.Integer(required=True, allow_none=True)
    rate = fields.Float(required=True, allow_none=True)
    score = fields.Integer(required=True)
    metrics = fields.Dict(keys=fields.String(), values=fields.Float(allow_none=True), required=True, allow_none=True)
    reasons = fields.List(fields.String(), required=True)


class UnitTableOut(BoardHead):
    items = fields.List(fields.Nested(UnitEntryOut), required=True)
    next = fields.String(required=True, allow_none=True)


class ActualValue(Schema):
    """A number that was predicted; ``round`` and ``track`` say whose predictions it is for, null: everybody's."""

    round = fields.String(required=True, allow_none=True)
    track = fields.String(required=True, allow_none=True)
    value = fields.Integer(required=True)


class ActualOut(Schema):
    target = fields.String(required=True, validate=validate.OneOf([each.value for each in Target]))
    scope = fields.String(required=True, validate=validate.OneOf([each.value for each in Scope]))
    counts_voided = fields.Boolean(required=True, metadata={"description": "Disqualified people counted too"})
    values = fields.List(fields.Nested(ActualValue), required=True)


class SnapshotOut(Schema):
    """A sealed order."""

    number = fields.Integer(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["provisional", "final"]))
    made_at = Moment(required=True)
    reason = fields.String(required=True)
    sha256 = fields.String(required=True)
    previous_sha256 = fields.String(required=True, allow_none=True)
    entries = fields.Integer(required=True)
    prize_zone = fields.Integer(required=True, metadata={"description": "Up to which rank there are prizes"})
    draw_seed = fields.String(required=True, allow_none=True, metadata={"description": "What lots were drawn with"})
    actual = fields.Nested(ActualOut, required=True, allow_none=True)


class SnapshotsOut(BoardHead):
    items = fields.List(fields.Nested(SnapshotOut), required=True)


class MoverOut(Schema):
    display_name = fields.String(required=True)
    rank = fields.Integer(required=True, allow_none=True)
    previous_rank = fields.Integer(required=True, allow_none=True)


class DifferenceOut(Schema):
    """A sealed order against the one before; ``against`` is null for the first."""

    number = fields.Integer(required=True)
    against = fields.Integer(required=True, allow_none=True)
    prize_zone = fields.Integer(required=True)
    joined = fields.Integer(required=True)
    left = fields.Integer(required=True)
    moved = fields.Integer(required=True, metadata={"description": "How many stand at another rank"})
    entrants = fields.List(fields.Nested(MoverOut), required=True)
    leavers = fields.List(fields.Nested(MoverOut), required=True)


class StageOut(Schema):
    stage = fields.String(required=True, validate=validate.OneOf([stage.value for stage in Stage]))
    begins_at = Moment(required=True)
    ends_at = Moment(required=True)


class CourseOut(Schema):
    stage = fields.String(
        required=True,
        validate=validate.OneOf([stage.value for stage in Stage]),
        metadata={"description": "What the contest as a whole is doing now"},
    )
    items = fields.List(fields.Nested(StageOut), required=True)
    server_now = Moment(required=True)
