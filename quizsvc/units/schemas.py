"""What a question about units may say, and what a unit looks like in an answer."""

from __future__ import annotations

from marshmallow import Schema, fields

from quizsvc.core.fields import Day, Text
from quizsvc.core.paging import PageQuery, page_schema
from quizsvc.units.kinds import LEVELS


class UnitsQuery(PageQuery):
    parent = Text(least=1, most=128, load_default=None, metadata={"description": "Id of the unit directly above"})
    q = Text(
        most=100, load_default=None, metadata={"description": "Words of the name, or the code; accents may be left out"}
    )
    on = Day(load_default=None, metadata={"description": "Units valid on this day; default: today in Vietnam"})


class UnitBrief(Schema):
    """A unit as other answers name it."""

    id = fields.String(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)


class UnitOut(Schema):
    id = fields.String(required=True)
    code = fields.String(
        required=True, metadata={"description": "Official code; the same code may come back in another era"}
    )
    name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(LEVELS)})
    parent_id = fields.String(required=True, allow_none=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, allow_none=True, metadata={"description": "First day no more; null: still valid"})


class UnitHistoryOut(UnitOut):
    """A unit with what it was made from and what it became."""

    former = fields.List(fields.Nested(UnitOut), required=True)
    successors = fields.List(fields.Nested(UnitOut), required=True)


UnitPage = page_schema(UnitOut)
