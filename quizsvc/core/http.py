"""How an endpoint is declared: guard, limit, what comes in, what goes out, what can go wrong.

One declaration parses the request, dumps the answer and describes both in the OpenAPI document, so the three cannot
differ. An endpoint without a guard does not import.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NoReturn

from flask import Blueprint, Response, current_app, g, request
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.routing import BaseConverter

from quizsvc.core import rate_limits
from quizsvc.core.dumping import dumper
from quizsvc.core.fields import Empty, FileBytes, pointer_errors
from quizsvc.core.problems import Malformed, Problem, TooManyRequests, ValidationFailed

Schemas = type[Schema] | Schema
_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class IdConverter(BaseConverter):
    """An opaque id in a path: what does not look like one is simply not found."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._~-]{0,127}"


@dataclass(frozen=True)
class Guard:
    """Who may call. ``authenticate`` returns the caller or raises a problem; ``anyone`` returns ``None``."""

    name: str
    authenticate: Callable[[], Any]
    problems: tuple[type[Problem], ...] = ()
    security: tuple[str, ...] = ()
    limit_key: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Reply:
    """An answer with another status than the first declared one, or with headers."""

    data: Any
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Download:
    """In the place of an answer's schema: a file of one of these media types; the view returns a ``Response``."""

    media_types: tuple[str, ...]


Answer = Schemas | Download | None


@dataclass(frozen=True)
class Operation:
    """One declared endpoint, as the OpenAPI document and the guard table read it."""

    method: str
    rule: str
    endpoint: str
    guard: Guard
    summary: str
    answers: Mapping[int, Answer]
    body: Schemas | None
    query: Schemas
    problems: tuple[type[Problem], ...]
    limit: str
    tag: str
    files: Schemas | None = None
    most_bytes: int | None = None


class Api(Blueprint):
    """A blueprint whose endpoints must say who may call them."""

    def __init__(self, name: str, import_name: str, **options: Any) -> None:
        super().__init__(name, import_name, **options)
        self.operations: list[Operation] = []

    def route(self, rule: str, **options: Any) -> NoReturn:
        raise TypeError("declare endpoints with Api.operation(..., guard=...)")

    def operation(
        self,
        method: str,
        rule: str,
        *,
        guard: Guard,
        summary: str,
        answers: Mapping[int, Answer],
        body: Schemas | None = None,
        query: Schemas = Empty,
        problems: tuple[type[Problem], ...] = (),
        limit: str = rate_limits.ORDINARY,
        files: Schemas | None = None,
        most_bytes: int | None = None,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare ``method rule``. The first of ``answers`` is the usual status; ``None`` means an empty answer, a
        ``Download`` a file.

        ``files`` instead of ``body``: the schema of a ``multipart/form-data`` body, with its files as ``fields.FilePart``;
        such a body may have ``most_bytes``.
        """

        def declare(view: Callable[..., Any]) -> Callable[..., Any]:
            words = (method, rule, view.__name__, guard, summary, answers, body, query, problems, limit, self.name)
            declared = Operation(*words, files=files, most_bytes=most_bytes)
            self.operations.append(declared)
            self.add_url_rule(rule, view.__name__, _handler(declared, view), methods=[method])
            return view

        return declare


def _handler(operation: Operation, view: Callable[..., Any]) -> Callable[..., Any]:
    body, query, files = _instance(operation.body), _instance(operation.query), _instance(operation.files)
    answers = {
        status: None if schema is None or isinstance(schema, Download) else dumper(_instance(schema))
        for status, schema in operation.answers.items()
    }
    usual = next(iter(answers))

    @functools.wraps(view)
    def handle(**arguments: Any) -> Any:
        caller = operation.guard.authenticate()
        _check_rate(operation, caller)
        if operation.guard.limit_key is not None:
            arguments["caller"] = caller
        parameters = load_query(query)
        if parameters:
            arguments["query"] = parameters
        if body is not None:
            arguments["body"] = load(body, read_json(may_be_empty=not body.fields))
            if not body.fields:
                del arguments["body"]
        if files is not None:
            arguments["body"] = load(files, read_form(most_bytes=operation.most_bytes))
        result = view(**arguments)
        reply = result if isinstance(result, Reply) else Reply(result, usual)
        if isinstance(reply.data, Response):
            return reply.data
        dump = answers[reply.status]
        if dump is None:
            return "", reply.status, dict(reply.headers)
        return json_response(dump(reply.data), reply.status, reply.headers)

    return handle


def _instance(schema: Schemas | None) -> Any:
    return schema() if isinstance(schema, type) else schema


def _check_rate(operation: Operation, caller: Any) -> None:
    key_of = operation.guard.limit_key
    key = key_of(caller) if key_of else f"address:{request.remote_addr}"
    wait = current_app.extensions["quizsvc.rates"].wait_for(operation.limit, f"{operation.tag}.{operation.endpoint}:{key}")
    if wait is not None:
        raise TooManyRequests(f"Hãy thử lại sau {wait} giây.", headers={"Retry-After": str(wait)})


def json_response(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer in UTF-8, as it is (no escapes)."""
    return Response(_write_json(data), status, dict(headers or {}), mimetype="application/json")


def load(schema: Schema, data: Any) -> dict[str, Any]:
    """Check ``data`` or raise ``ValidationFailed`` with every fault."""
    try:
        loaded: dict[str, Any] = schema.load(data)
    except ValidationError as error:
        raise ValidationFailed(sorted(pointer_errors(error.messages), key=itemgetter("pointer"))) from None
    return loaded


def load_query(schema: Schema) -> dict[str, Any]:
    """The query string through ``schema``; a parameter given twice is a fault."""
    given = request.args.to_dict(flat=False)
    repeated = [name for name, values in given.items() if len(values) > 1]
    if repeated:
        raise ValidationFailed([{"pointer": f"/{name}", "detail": "Chỉ được cho một lần."} for name in repeated])
    return load(schema, {name: values[0] for name, values in given.items()})


def read_json(*, may_be_empty: bool = False) -> Any:
    """The body as JSON. Another content type: 415; not UTF-8, not JSON, NaN or a repeated key: ``Malformed``."""
    raw = request.get_data(cache=True)
    limit = request.max_content_length
    if request.content_length is None and limit is not None and len(raw) >= limit:
        raise RequestEntityTooLarge  # sent in chunks: Werkzeug reads as far as the limit and says nothing
    if not raw and may_be_empty:
        return {}
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Hãy gửi application/json.")
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_no_constants, object_pairs_hook=_no_repeated_keys)
    except json.JSONDecodeError as error:
        raise Malformed(f"Không phải JSON ở dòng {error.lineno}, cột {error.colno}.") from None
    except (ValueError, RecursionError):
        raise Malformed from None


def read_form(*, most_bytes: int | None = None) -> dict[str, Any]:
    """The fields of a ``multipart/form-data`` body as texts, its files as bytes; one given twice is a fault."""
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType("Hãy gửi multipart/form-data.")
    if most_bytes is not None:
        request.max_content_length = most_bytes
    given: list[tuple[str, str | bytes]] = list(request.form.items(multi=True))
    for name, file in request.files.items(multi=True):
        with closing(file):  # a large one lies in a temporary file
            given.append((name, FileBytes.of(file.read(), file.filename)))
    if not given:
        raise Malformed("Không đọc được phần nào của multipart/form-data.")
    repeated = sorted(name for name, times in Counter(name for name, _ in given).items() if times > 1)
    if repeated:
        raise ValidationFailed([{"pointer": f"/{name}", "detail": "Chỉ được cho một lần."} for name in repeated])
    return dict(given)


def _no_constants(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _no_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key is repeated")
    return result


def request_id() -> str:
    """The id of this request, shown in ``X-Request-Id``, in problems and in the log."""
    found: str = g.request_id
    return found
