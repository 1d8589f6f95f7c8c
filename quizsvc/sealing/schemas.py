"""What goes in and out about sealing."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from quizsvc.core.fields import Truth
from quizsvc.leaderboards.schemas import SnapshotOut
from quizsvc.organizers.schemas import reason
from quizsvc.sealing.kinds import Kind


class SealIn(Schema):
    reason = reason()
    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in Kind]))
    reopen = Truth(load_default=False, metadata={"description": "Seal again although the result is final"})


class SealedBoard(SnapshotOut):
    track = fields.String(required=True, allow_none=True)


class SealedOut(Schema):
    """A snapshot of each board, everybody's last."""

    snapshots = fields.List(fields.Nested(SealedBoard), required=True)
    warnings = fields.List(fields.String(), required=True)
