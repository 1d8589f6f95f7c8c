"""Lists by key, not by offset: a cursor names the last row that was shown."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from quizsvc.core.fields import QueryWhole, Text
from quizsvc.core.problems import ValidationFailed

DEFAULT_LIMIT = 20
LARGEST_LIMIT = 100


class PageQuery(Schema):
    """``?limit=`` and ``?cursor=`` of every list."""

    limit = QueryWhole(least=1, most=LARGEST_LIMIT, load_default=DEFAULT_LIMIT)
    cursor = Text(
        least=1,
        most=500,
        pattern="[A-Za-z0-9_-]*",
        load_default=None,
        metadata={"description": "`next` of the page before"},
    )


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
    """An opaque text for the key of the last row shown; the key holds whole numbers, moments, UUIDs, bytes."""
    raw = json.dumps(list(key), separators=(",", ":"), default=_said).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _said(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def decode_cursor(text: str | None, kinds: Sequence[type]) -> list[Any] | None:
    """The key inside a cursor; ``ValidationFailed`` unless it holds exactly values of ``kinds`` that can be compared."""
    if text is None:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)))
        return [READERS[kind](value) for kind, value in zip(kinds, key, strict=True)]
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        raise ValidationFailed([{"pointer": "/cursor", "detail": "Con trỏ trang không hợp lệ."}]) from None


def _number(value: Any) -> int:
    if type(value) is not int or abs(value) >= 2**31:
        raise ValueError("not a number that our columns can hold")
    return value


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC)  # may leave the years that exist


READERS: dict[type, Callable[[Any], Any]] = {int: _number, datetime: _moment, UUID: UUID, bytes: bytes.fromhex}


def page(rows: Sequence[Any], limit: int, key: Callable[[Any], Sequence[Any]]) -> dict[str, Any]:
    """A page from ``limit + 1`` fetched ``rows``: the extra one only tells that there is more."""
    shown = list(rows[:limit])
    more = len(rows) > limit
    return {"items": shown, "next": encode_cursor(key(shown[-1])) if more else None}
