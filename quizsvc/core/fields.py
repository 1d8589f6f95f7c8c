"""Input fields that accept exactly what JSON Schema says they accept, and nothing a database cannot store."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

LARGEST_INTEGER = 2**53 - 1  # what every phone's JavaScript still counts exactly
LONGEST_FILE_NAME = 200
RANGE = "Phải là số từ {min} đến {max}."

# Regular expressions that mean the same in Python and in JSON Schema (ECMA-262); they match a whole text.
UNSHOWABLE = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069"
"""Control characters and direction overrides: what cannot be stored, and what would turn a public board around."""
SHOWABLE = f"[^{UNSHOWABLE}]*"
NOT_BLANK = rf"{SHOWABLE}[^\s\ufeff{UNSHOWABLE}]{SHOWABLE}"
CONTROL_CHARACTERS = re.compile(rf"[{UNSHOWABLE}\ud800-\udfff]")


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
        if CONTROL_CHARACTERS.search(text):
            raise ValidationError("Có ký tự điều khiển không được phép.")
        if not self._pattern.fullmatch(text):
            raise ValidationError("Không đúng dạng.")
        return unicodedata.normalize("NFC", text)


class Mapping(fields.Dict):
    """A JSON object with free keys; a fault points at its key, as it stands in what was sent."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        try:
            return super()._deserialize(value, attr, data, **more)  # type: ignore[no-untyped-call]
        except ValidationError as error:
            if not isinstance(error.messages, dict):
                raise
            faults = {key: [*fault.get("key", []), fault.get("value", [])] for key, fault in error.messages.items()}
            raise ValidationError(faults) from None


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


class FileBytes(bytes):
    """The bytes of an uploaded file; ``name`` is what its sender calls it: no path, nothing that cannot be shown."""

    name: str = ""

    @classmethod
    def of(cls, data: bytes, name: str | None) -> FileBytes:
        made = cls(data)
        last = re.split(r"[/\\]", name or "")[-1]
        made.name = unicodedata.normalize("NFC", CONTROL_CHARACTERS.sub("", last)).strip()[-LONGEST_FILE_NAME:]
        return made


class FilePart(fields.Field[bytes]):
    """A file in a ``multipart/form-data`` body, as ``FileBytes``."""

    def __init__(self, **more: Any) -> None:
        super().__init__(metadata={"type": "string", "format": "binary"} | more.pop("metadata", {}), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> bytes:
        if not isinstance(value, bytes):
            raise ValidationError("Phải là một tệp (có tên tệp).")
        return value


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

# Schemas, fields and validators take their words when they are made, that is when a module with schemas is imported; all
# of those import this one first.
for kind, messages in VIETNAMESE.items():
    kind.default_error_messages = {**kind.default_error_messages, **messages}
Schema.error_messages = {"unknown": "Trường này không được dùng ở đây.", "type": "Phải là một đối tượng JSON."}
validate.OneOf.default_message = "Phải là một trong: {choices}."
validate.Length.message_min = "Cần ít nhất {min}."
validate.Length.message_max = "Nhiều nhất là {max}."
validate.Length.message_all = "Phải có từ {min} đến {max}."
