"""Lists by key, not by offset: a cursor names the last row that was shown."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Any

from marshmallow import Schema, fields

from quizsvc.core.fields import QueryWhole, Text
from quizsvc.core.problems import ValidationFailed

DEFAULT_LIMIT = 20
LARGEST_LIMIT = 100


class PageQuery(Schema):
    """``?limit=`` and ``?cursor=`` of every list."""

    limit = QueryWhole(least=1, most=LARGEST_LIMIT, load_default=DEFAULT_LIMIT)
    cursor = Text(least=1, most=500, load_default=None)


def page_schema(item: type[Schema]) -> type[Schema]:
    """``{"items": [item], "next": cursor | null}``."""
    name = item.__name__.removesuffix("Out") + "Page"
    return type(
        name,
        (Schema,),
        {
            "items": fields.List(fields.Nested(item), required=True),
            "next": fields.String(required=True, allow_none=True),
        },
    )


def encode_cursor(key: Sequence[Any]) -> str:
    """An opaque text for the key of the last row shown; the key holds texts and whole numbers."""
    raw = json.dumps(list(key), separators=(",", ":"), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode_cursor(text: str | None, kinds: Sequence[type]) -> list[Any] | None:
    """The key inside a cursor; ``ValidationFailed`` unless it holds exactly values of ``kinds``."""
    if text is None:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        key = None
    fits = isinstance(key, list) and len(key) == len(kinds)
    if not fits or not all(type(value) is kind and _storable(value) for value, kind in zip(key, kinds, strict=True)):
        raise ValidationFailed([{"pointer": "/cursor", "detail": "Con trỏ trang không hợp lệ."}])
    return list(key)


def _storable(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" not in value and value.isprintable()
    return not isinstance(value, int) or abs(value) < 2**63


def page(rows: Sequence[Any], limit: int, key: Callable[[Any], Sequence[Any]]) -> dict[str, Any]:
    """A page from ``limit + 1`` fetched ``rows``: the extra one only tells that there is more."""
    shown = list(rows[:limit])
    more = len(rows) > limit
    return {"items": shown, "next": encode_cursor(key(shown[-1])) if more else None}
