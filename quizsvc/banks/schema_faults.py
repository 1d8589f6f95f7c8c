"""Says in Vietnamese and in English, with file, line and path, where a document departs from a JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators

from quizsvc.banks.faults import Fault, Source

TYPES = {
    "object": "một nhóm «khóa: giá trị»",
    "array": "một danh sách",
    "string": "chữ (nếu trông giống số hoặc true/false thì đặt trong dấu nháy)",
    "number": "một số",
    "integer": "một số nguyên",
    "boolean": "true hoặc false",
    "null": "để trống",
}


def _type(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    names: list[str] = wanted if isinstance(wanted, list) else [wanted]
    return "phải là " + " hoặc ".join(TYPES.get(name, name) for name in names)


def _form(error: ValidationError) -> str:
    return f"«{error.instance}» không đúng dạng" + _described(error)


def _one_of(error: ValidationError) -> str:
    return "không thuộc dạng nào được phép" + _described(error)


def _described(error: ValidationError) -> str:
    schema = error.schema
    text = schema.get("description") if isinstance(schema, dict) else None
    return f"; mục này là: {text}" if text else ""


def _choice(error: ValidationError) -> str:
    allowed: Any = error.validator_value
    return f"«{error.instance}» không thuộc các giá trị: {', '.join(map(str, allowed))}"


def _limit(sentence: str) -> Callable[[ValidationError], str]:
    return lambda error: sentence.format(error.validator_value)


SENTENCES: dict[str, tuple[str, Callable[[ValidationError], str]]] = {
    "type": ("wrong-type", _type),
    "enum": ("not-allowed-value", _choice),
    "const": ("not-allowed-value", _limit("phải là «{}»")),
    "pattern": ("wrong-form", _form),
    "format": ("wrong-form", _form),
    "oneOf": ("wrong-form", _one_of),
    "anyOf": ("wrong-form", _one_of),
    "minLength": ("too-short", _limit("cần ít nhất {} ký tự")),
    "maxLength": ("too-long", _limit("nhiều nhất {} ký tự")),
    "minItems": ("too-few", _limit("cần ít nhất {} mục")),
    "maxItems": ("too-many", _limit("nhiều nhất {} mục")),
    "minProperties": ("too-few", _limit("cần ít nhất {} mục")),
    "maxProperties": ("too-many", _limit("nhiều nhất {} mục")),
    "minimum": ("too-small", _limit("không được nhỏ hơn {}")),
    "maximum": ("too-large", _limit("không được lớn hơn {}")),
    "exclusiveMinimum": ("too-small", _limit("phải lớn hơn {}")),
    "exclusiveMaximum": ("too-large", _limit("phải nhỏ hơn {}")),
    "uniqueItems": ("repeated-item", _limit("có mục lặp lại")),
}

ENGLISH: dict[str, str] = {
    "type": "must be of type {}",
    "enum": "must be one of {}",
    "const": "must be {}",
    "minLength": "needs at least {} characters",
    "maxLength": "may have at most {} characters",
    "minItems": "needs at least {} items",
    "maxItems": "may have at most {} items",
    "minProperties": "needs at least {} members",
    "maxProperties": "may have at most {} members",
    "minimum": "must not be below {}",
    "maximum": "must not be above {}",
    "exclusiveMinimum": "must be above {}",
    "exclusiveMaximum": "must be below {}",
    "uniqueItems": "repeats an item",
}


def _english(error: ValidationError) -> str:
    value: Any = error.validator_value
    listed = " | ".join(map(str, value)) if isinstance(value, list) else value
    return ENGLISH.get(str(error.validator), "does not have the right form").format(listed)


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """As JSON Schema means it: Python's ``$`` would let a line feed at the end through."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError("")


_Validator: Any = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"pattern": _pattern}
)


def schema_faults(value: Any, source: Source, schema: Path | Mapping[str, Any]) -> list[Fault]:
    """Every departure of ``value`` from the JSON Schema ``schema``, or that in the file ``schema``."""
    rules = json.loads(schema.read_text(encoding="utf-8")) if isinstance(schema, Path) else schema
    checker = _Validator(rules, format_checker=FormatChecker(["date"]))
    return [fault for error in checker.iter_errors(value) for fault in _faults(error, source)]


def _faults(error: ValidationError, source: Source) -> Iterator[Fault]:
    path, instance = tuple(error.absolute_path), cast("Any", error.instance)
    if "propertyNames" in error.absolute_schema_path:
        name = str(instance)
        yield Fault(
            "wrong-form",
            source.at(*path, name),
            f"khóa «{name}» không đúng dạng",
            english=f"the key “{name}” does not have the right form",
        )
    elif error.validator == "required":
        missing = error.message.split("'")[1]
        yield Fault("missing-field", source.at(*path), f"thiếu mục «{missing}»", english=f"“{missing}” is missing")
    elif error.validator == "additionalProperties" and isinstance(error.schema, dict):
        for name in instance:
            if name not in error.schema.get("properties", {}):
                yield Fault(
                    "unknown-field",
                    source.at(*path, name),
                    f"mục «{name}» không được dùng ở đây",
                    english=f"“{name}” is not used here",
                )
    else:
        code, sentence = SENTENCES.get(str(error.validator), ("wrong-form", _form))
        yield Fault(code, source.at(*path), sentence(error), english=_english(error))
