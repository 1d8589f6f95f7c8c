"""What is written at once must be what marshmallow writes value by value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from marshmallow import Schema, fields, post_dump

from quizsvc.core.dumping import dumper
from quizsvc.core.fields import Day, Mapping, Moment, Text, Whole

NOW = datetime(2026, 11, 23, 8, 0, 0, 123_000, tzinfo=UTC)


class Colour(Enum):
    RED = "red"


class Leaf(Schema):
    name = fields.String(required=True)
    count = fields.Integer(allow_none=True)


class Loud(Schema):
    name = fields.String()

    @post_dump
    def shout(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        return data | {"name": data["name"].upper()}


class Tree(Schema):
    text = fields.String(data_key="theText")
    number = fields.Integer(attribute="amount")
    as_text = fields.Integer(as_string=True)
    share = fields.Float()
    whole = Whole()
    typed = Text()
    flag = fields.Boolean()
    raw = fields.Raw()
    moment = Moment()
    day = Day()
    at = fields.DateTime(format="%Y")
    colour = fields.Enum(Colour, by_value=True)
    leaf = fields.Nested(Leaf)
    only_name = fields.Nested(Leaf(only=["name"]))
    loud = fields.Nested(Loud)
    leaves = fields.List(fields.Nested(Leaf))
    many = fields.Nested(Leaf, many=True)
    names = fields.List(fields.String())
    answers = Mapping(keys=Text(), values=fields.List(Text()))
    said = fields.String(dump_default="nothing")
    made = fields.List(fields.String(), dump_default=lambda: ["made"])
    inner = fields.String(attribute="leaf.name")
    secret = fields.String(load_only=True)


@dataclass
class Thing:
    """Read by attributes."""

    name: str
    count: int | None = None


FULL = {
    "text": 7,
    "amount": "12",
    "as_text": 2**60,
    "share": Decimal("0.5"),
    "whole": True,
    "typed": b"abc",
    "flag": False,
    "raw": {"a": [1]},
    "moment": NOW,
    "day": date(2026, 11, 23),
    "at": NOW,
    "colour": Colour.RED,
    "leaf": {"name": "a", "count": 1, "never shown": 1},
    "only_name": {"name": "b", "count": 1},
    "loud": {"name": "c"},
    "leaves": [{"name": "d"}, Thing("e", 3)],
    "many": (Thing("f"), {"name": "g", "count": None}),
    "names": ["h", 1, None],
    "answers": {"q": ["a", "b"]},
    "secret": "never shown",
    "unknown": "never shown",
}


@pytest.mark.parametrize("schema", [Tree(), Tree(exclude=["inner"]), Loud(), Leaf()], ids=repr)
@pytest.mark.parametrize(
    "data",
    [FULL, dict.fromkeys(FULL, None), {"leaf": None, "name": "x"}, FULL | {"name": "y", "leaf": Thing("z")}],
    ids=["full", "nothing", "hardly anything", "object"],
)
def test_the_same_as_marshmallow(schema, data):
    if "name" not in data:
        data = data | {"name": "n"}
    try:
        wanted = schema.dump(data)
    except Exception as error:
        with pytest.raises(type(error)):
            dumper(schema)(data)
        return
    dumped = dumper(schema)(data)
    assert dumped == wanted
    assert list(dumped) == list(wanted)
    assert [type(each) for each in dumped.values()] == [type(each) for each in wanted.values()]


def test_many_of_them():
    things = [Thing("a", 1), {"name": "b"}]
    assert dumper(Leaf(many=True))(things) == Leaf(many=True).dump(things) == [{"name": "a", "count": 1}, {"name": "b"}]


@pytest.mark.parametrize(("wrong", "error"), [({"count": "x"}, ValueError), ({"count": []}, TypeError)])
def test_what_cannot_be_written_is_an_error(wrong, error):
    for write in (Leaf().dump, dumper(Leaf())):
        with pytest.raises(error):
            write({"name": "a"} | wrong)
