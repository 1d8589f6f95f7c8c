"""The OpenAPI 3.1 document, written from the same declarations that parse and dump, and a page that shows it."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint, Flask
from marshmallow import Schema
from marshmallow.fields import Dict

from quizsvc.core.http import Answer, Api, Download, Operation
from quizsvc.core.problems import (
    Malformed,
    NotFound,
    Problem,
    TooManyRequests,
    ValidationFailed,
    all_problems,
)

DESCRIPTION = """Dịch vụ thi tìm hiểu pháp luật cho Zalo Mini App. / Law-knowledge contests for a Zalo Mini App.

Errors are RFC 9457 problems; their `type` is the contract. Times are RFC 3339 with an offset, durations end in `_ms`.
`Accept-Language: en` asks for English titles; an `X-Request-Id` of 8 to 64 letters, digits and hyphens is kept.
"""


def _header(description: str, kind: str = "string") -> dict[str, Any]:
    return {"description": description, "required": True, "schema": {"type": kind}}


ERROR_ROW = {
    "type": "object",
    "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
    "required": ["pointer", "detail"],
    "additionalProperties": False,
}
PROBLEM_MEMBERS = {
    "type": {"type": "string"},
    "title": {"type": "string"},
    "status": {"type": "integer"},
    "detail": {"type": "string"},
    "instance": {"type": "string", "description": "The request id"},
}
HEADERS = {"X-Request-Id": _header("The id of this request")}
WAIT = _header("Whole seconds", kind="integer")
MORE_HEADERS = {
    401: {"WWW-Authenticate": _header("Bearer")},
    405: {"Allow": _header("The methods that may be used here")},
    429: {"Retry-After": WAIT},
    503: {"Retry-After": WAIT | {"required": False}},
}


def build(app: Flask) -> dict[str, Any]:
    """The whole document for ``app``."""
    plugin = MarshmallowPlugin(schema_name_resolver=_schema_name)
    spec = APISpec("quizsvc", version("quizsvc") if _installed() else "0", "3.1.0", plugins=[plugin])
    assert plugin.converter is not None
    plugin.converter.add_attribute_function(_mapping_limits)  # type: ignore[no-untyped-call]
    plugin.converter.add_parameter_attribute_function(_never_null)
    spec.options["info"] = {"description": DESCRIPTION}
    spec.components.security_scheme("accessToken", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    for kind in all_problems():
        spec.components.schema(_problem_name(kind), component=_problem_schema(plugin, kind))
    spec.components.schema("PlainProblem", component=_plain_problem())
    for blueprint in app.blueprints.values():
        if isinstance(blueprint, Api):
            for operation in blueprint.operations:
                _add(spec, blueprint, operation)
    return spec.to_dict()


def _mapping_limits(converter: Any, field: Any, *, ret: dict[str, Any]) -> dict[str, Any]:
    """What JSON Schema calls the limits of a mapping; apispec describes its values only."""
    if not isinstance(field, Dict):
        return {}
    names = {"minLength": "minProperties", "maxLength": "maxProperties"}
    limits = {name: ret.pop(old) for old, name in names.items() if old in ret}
    if field.key_field is not None:
        limits["propertyNames"] = converter.field2property(field.key_field)
    return limits


def _never_null(_converter: Any, field: Any, *, ret: dict[str, Any]) -> dict[str, Any]:
    """A parameter that is left out is ``None`` for us, but nobody can write a null into a query string."""
    schema = dict(ret["schema"])
    if field.allow_none:
        schema["type"] = next(kind for kind in schema["type"] if kind != "null")
        if schema.get("default", ...) is None:
            del schema["default"]
        if "enum" in schema:
            schema["enum"] = [value for value in schema["enum"] if value is not None]
    return {"schema": schema}


def _installed() -> bool:
    try:
        return bool(version("quizsvc"))
    except ModuleNotFoundError:
        return False


def _schema_name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return str(kind.__name__)


def _problem_name(kind: type[Problem]) -> str:
    return "Problem" + "".join(part.capitalize() for part in kind.slug.split("-"))


def _problem_schema(plugin: MarshmallowPlugin, kind: type[Problem]) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    if kind is ValidationFailed:
        extra["errors"] = {"type": "array", "items": ERROR_ROW}
    if kind.extra_fields:
        assert plugin.converter is not None
        schema = Schema.from_dict(kind.extra_fields)
        extra |= plugin.converter.fields2jsonschema(schema().fields)["properties"]  # type: ignore[no-untyped-call]
    members = PROBLEM_MEMBERS | {
        "type": {"const": f"/problems/{kind.slug}"},
        "title": {"enum": [kind.title, kind.title_en]},
        "status": {"const": kind.status},
    }
    return {
        "type": "object",
        "properties": members | extra,
        "required": ["type", "title", "status", "instance", *(["errors"] if "errors" in extra else [])],
        "additionalProperties": False,
    }


def _plain_problem() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": PROBLEM_MEMBERS | {"type": {"const": "about:blank"}},
        "required": ["type", "title", "status", "instance"],
        "additionalProperties": False,
    }


def _add(spec: APISpec, blueprint: Blueprint, operation: Operation) -> None:
    path = re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", (blueprint.url_prefix or "") + operation.rule)
    described: dict[str, Any] = {
        "operationId": f"{blueprint.name}.{operation.endpoint}",
        "summary": operation.summary,
        "tags": [operation.tag],
        "parameters": [*_path_parameters(path), {"in": "query", "schema": operation.query}],
        "responses": _responses(operation),
        "security": [{name: []} for name in operation.guard.security],
        "x-guard": operation.guard.name,
    }
    if operation.body is not None:
        schema = operation.body() if isinstance(operation.body, type) else operation.body
        described["requestBody"] = {
            "required": bool(schema.fields),
            "content": {"application/json": {"schema": operation.body}},
        }
    if operation.files is not None:
        described["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": operation.files}}}
    spec.path(path, operations={operation.method.lower(): described})


def _path_parameters(path: str) -> list[dict[str, Any]]:
    schema = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$"}
    return [{"in": "path", "name": name, "required": True, "schema": schema} for name in re.findall(r"{([^}]+)}", path)]


def _responses(operation: Operation) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for status, schema in operation.answers.items():
        answers[str(status)] = {"description": "OK", "headers": HEADERS} | _content(schema)
    kinds: dict[int, list[str]] = {}
    for kind in _possible(operation):
        kinds.setdefault(kind.status, []).append(_problem_name(kind))
    plain = [405, 500, 503] + ([413, 415] if operation.body is not None or operation.files is not None else [])
    for status in plain:
        kinds.setdefault(status, []).append("PlainProblem")
    for status, names in sorted(kinds.items()):
        schemas = [{"$ref": f"#/components/schemas/{name}"} for name in sorted(set(names))]
        schema_of = schemas[0] if len(schemas) == 1 else {"oneOf": schemas}
        usual = answers.get(str(status), {})
        answers[str(status)] = {
            "description": ", ".join(sorted(set(names))),
            "headers": HEADERS | MORE_HEADERS.get(status, {}),
            "content": usual.get("content", {}) | {"application/problem+json": {"schema": schema_of}},
        }
    return answers


def _content(schema: Answer) -> dict[str, Any]:
    if isinstance(schema, Download):
        file = {"schema": {"type": "string", "format": "binary"}}
        return {"content": dict.fromkeys(schema.media_types, file)}
    return {} if schema is None else {"content": {"application/json": {"schema": schema}}}


def _possible(operation: Operation) -> list[type[Problem]]:
    always: list[type[Problem]] = [TooManyRequests, ValidationFailed]
    if operation.body is not None or operation.files is not None:
        always.append(Malformed)
    if "<" in operation.rule:
        always.append(NotFound)
    return [*always, *operation.guard.problems, *operation.problems]
