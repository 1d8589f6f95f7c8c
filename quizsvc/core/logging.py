"""Log lines: one JSON object each, constant event names, ids instead of contents, no secrets."""

from __future__ import annotations

import re
import sys
import time
from typing import Any
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

SECRET_NAMES = re.compile(r"token|secret|authorization|proof|phone|password|code$", re.IGNORECASE)
PROBES = ("/healthz", "/readyz")  # asked every few seconds by machines; a line for each would drown the others
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def hide_secrets(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Replace values whose name says that they are secret or personal."""
    return {key: "[hidden]" if SECRET_NAMES.search(key) else value for key, value in event.items()}


def configure(*, pretty: bool, level: str = "info") -> None:
    """Send every line to stderr: readable while developing, JSON otherwise."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        hide_secrets,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    renderer = structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # the stderr of the moment, not of the start
        cache_logger_on_first_use=False,
    )


def register(app: Flask) -> None:
    """Give each request an id and write one line about it."""
    log = structlog.get_logger("quizsvc.request")

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else uuid4().hex
        g.begun = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.request_id
        if request.path not in PROBES:
            spent = round((time.perf_counter() - g.begun) * 1000, 1)
            rule = request.url_rule.rule if request.url_rule else None
            log.info("request", method=request.method, route=rule, status=response.status_code, spent_ms=spent)
        return response
