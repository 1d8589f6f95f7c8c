"""Input fields that accept exactly what JSON Schema says they accept, and nothing a database cannot store."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate
from marshmallow.types import StrSequenceOrSet

LARGEST_INTEGER = 2**53 - 1  # what every phone's JavaScript still counts exactly
RANGE = "Phải là số từ {min} đến {max}."

# Regular expressions that mean the same in Python and in JSON Schema (ECMA-262); they match a whole text.
UNSHOWABLE = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069"
"""Control characters and direction overrides: what cannot be stored, and what would turn a public board around."""
SHOWABLE = f"[^{UNSHOWABLE}]*"
NOT_BLANK = rf"{SHOWABLE}[^\s\ufeff{UNSHOWABLE}]{SHOWABLE}"
BAD_CHARACTERS = re.compile(rf"[{UNSHOWABLE}\ud800-\udfff]")


class Text(fields.String):
    """A string in Unicode NFC without control characters; lengths are counted after normalising.

    ``pattern`` must match the whole text and exclude control characters itself; it is published as it is.
    """

    def __init__(self, *, least: int = 0, most: int = 200, pattern: str = SHOWABLE, **more: Any) -> None:
        checks = validate.Length(least, most, error="Phải dài từ {min} đến {max} ký tự.")
        metadata = {"pattern": f"^{pattern}$"} | more.pop("metadata", {})
        super().__init__(validate=checks, metadata=metadata, **more)
        self._pattern = re.compile(pattern)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if BAD_CHARACTERS.search(text):
            raise ValidationError("Có ký tự điều khiển không được phép.")
        if not self._pattern.fullmatch(text):
            raise ValidationError("Không đúng dạng.")
        return unicodedata.normalize("NFC", text)


class Whole(fields.Integer):
    """A whole number given as a JSON number: 2 and 2.0, but not 2.5, "2" or true."""

    def __init__(self, *, least: int = -LARGEST_INTEGER, most: int = LARGEST_INTEGER, **more: Any) -> None:
        super().__init__(validate=validate.Range(least, most, error=RANGE), **more)

    def _validated(self, value: Any) -> int:
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not whole:
            raise self.make_error("invalid", input=value)
        return int(value)


class Truth(fields.Boolean):
    """A JSON true or false, no synonyms."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class QueryWhole(fields.Integer):
    """A whole number written in a query string."""

    def __init__(self, *, least: int, most: int, **more: Any) -> None:
        super().__init__(validate=validate.Range(least, most, error=RANGE), **more)

    def _validated(self, value: Any) -> int:
        if not (isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,16}", value)):
            raise self.make_error("invalid", input=value)
        return int(value)


class Moment(fields.AwareDateTime):
    """RFC 3339 with an offset. Input must carry one; output is UTC."""

    def __init__(self, **more: Any) -> None:
        super().__init__(format="iso", **more)


class Day(fields.Date):
    """A calendar day, ``YYYY-MM-DD`` and no other ISO 8601 form, as JSON Schema's ``date`` says."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> date:
        day = super()._deserialize(value, attr, data, **more)
        if day.isoformat() != value:
            raise self.make_error("invalid", input=value)
        return day


class Empty(Schema):
    """A body or query with nothing in it."""


def pointer_errors(messages: Any, prefix: str = "") -> list[dict[str, str]]:
    """Flatten marshmallow's messages into ``{"pointer", "detail"}`` rows (RFC 6901 pointers)."""
    if isinstance(messages, str):
        return [{"pointer": prefix or "", "detail": messages}]
    if isinstance(messages, list):
        return [row for message in messages for row in pointer_errors(message, prefix)]
    rows: list[dict[str, str]] = []
    for key, inner in messages.items():
        step = "" if key == "_schema" else "/" + str(key).replace("~", "~0").replace("/", "~1")
        rows.extend(pointer_errors(inner, prefix + step))
    return rows


VIETNAMESE: dict[type[fields.Field[Any]], dict[str, str]] = {
    fields.Field: {
        "required": "Thiếu trường bắt buộc này.",
        "null": "Không được để null.",
        "validator_failed": "Giá trị không hợp lệ.",
    },
    fields.String: {"invalid": "Phải là một chuỗi ký tự.", "invalid_utf8": "Không phải UTF-8."},
    fields.Integer: {"invalid": "Phải là một số nguyên.", "too_large": "Số quá lớn."},
    fields.Boolean: {"invalid": "Phải là true hoặc false."},
    fields.Mapping: {"invalid": "Phải là một đối tượng JSON."},
    fields.List: {"invalid": "Phải là một danh sách."},
    fields.Nested: {"type": "Phải là một đối tượng JSON."},
    fields.Date: {"invalid": "Phải là một ngày dạng YYYY-MM-DD.", "format": "Phải là một ngày dạng YYYY-MM-DD."},
    fields.AwareDateTime: {"invalid": "Phải là thời điểm RFC 3339 có múi giờ."},
}

# Validators take these words when they are made, that is when schemas are imported, all of them after this module.
validate.OneOf.default_message = "Phải là một trong: {choices}."
validate.Length.message_min = "Cần ít nhất {min}."
validate.Length.message_max = "Nhiều nhất là {max}."
validate.Length.message_all = "Phải có từ {min} đến {max}."


def speak_vietnamese() -> None:
    """Give marshmallow's built-in messages in Vietnamese, once for the process."""
    for kind, messages in VIETNAMESE.items():
        kind.default_error_messages = {**kind.default_error_messages, **messages}
    Schema.error_messages = {"unknown": "Trường này không được dùng ở đây.", "type": "Phải là một đối tượng JSON."}
    validate.Length.message_min = "Cần ít nhất {min} ký tự hoặc phần tử."
    validate.Length.message_max = "Nhiều nhất {max} ký tự hoặc phần tử."
    validate.Length.message_all = "Cần từ {min} đến {max} ký tự hoặc phần tử."
    validate.Length.message_equal = "Cần đúng {equal} ký tự hoặc phần tử."
    validate.Range.message_min = "Phải {min_op} {{min}}."
    validate.Range.message_max = "Phải {max_op} {{max}}."
    validate.Range.message_all = "Phải {min_op} {{min}} và {max_op} {{max}}."
    validate.Range.message_gte = "lớn hơn hoặc bằng"
    validate.Range.message_lte = "nhỏ hơn hoặc bằng"
    validate.OneOf.default_message = "Phải là một trong: {choices}."
    validate.Regexp.default_message = "Không đúng định dạng."


def only(*names: str) -> StrSequenceOrSet:
    """Names of fields, for ``Schema(only=…)``."""
    return names
