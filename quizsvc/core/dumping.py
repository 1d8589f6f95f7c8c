"""What ``Schema.dump`` does, prepared once for each schema.

marshmallow finds out anew for each value of each item how it is read and written, which for a paper or a board cost more
than to find what is in it. Here each field becomes one function when an endpoint is declared; what is unusual is left to it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema, fields, missing, utils

Write = Callable[[Any], Any]


def dumper(schema: Schema) -> Write:
    """A function with the results of ``schema.dump``."""
    if any(hooks for tag, hooks in schema._hooks.items() if tag.endswith("_dump")) or not _reads_plainly(schema):
        return schema.dump
    parts = [
        (field.attribute or name, name if field.data_key is None else field.data_key, _writer(field), field.dump_default)
        for name, field in schema.dump_fields.items()
    ]

    def dump_one(item: Any) -> dict[str, Any]:
        is_plain = type(item) is dict
        dumped: dict[str, Any] = {}
        for attribute, key, write, default in parts:
            value = item.get(attribute, missing) if is_plain else utils.get_value(item, attribute)
            if value is missing:
                value = default() if callable(default) else default
                if value is missing:
                    continue
            dumped[key] = value if value is None else write(value)
        return dumped

    return (lambda items: [dump_one(item) for item in items]) if schema.many else dump_one


def _reads_plainly(schema: Schema) -> bool:
    """Whether each value is an item of a mapping or an attribute, and ``None`` is written as ``None``."""
    return type(schema).get_attribute is Schema.get_attribute and all(
        field._CHECK_ATTRIBUTE and "." not in (field.attribute or "") for field in schema.dump_fields.values()
    )


def _writer(field: fields.Field[Any]) -> Write:
    """How one value is written that is not ``None``; a field without a way of its own is asked each time."""
    way: Any = type(field)._serialize
    if way is fields.String._serialize:
        return utils.ensure_text_type
    if isinstance(field, fields.Number) and way is fields.Number._serialize and not field.as_string:
        return field.num_type
    if isinstance(field, fields.AwareDateTime) and way is fields.AwareDateTime._serialize and field.format == "iso":
        return datetime.isoformat
    if way is fields.Field._serialize:
        return _itself
    if isinstance(field, fields.Nested) and way is fields.Nested._serialize and not field.many:
        return dumper(field.schema)
    if isinstance(field, fields.List) and way is fields.List._serialize:
        inner = _or_none(_writer(field.inner))
        return lambda values: [inner(value) for value in values]
    return lambda value: field._serialize(value, None, None)


def _or_none(write: Write) -> Write:
    return lambda value: None if value is None else write(value)


def _itself(value: Any) -> Any:
    return value
