"""Turns every failure into one ``application/problem+json`` answer; nothing of the inside is shown."""

from __future__ import annotations

import json
from typing import Any

import structlog
from flask import Flask, Response, request
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from quizsvc.core.http import request_id
from quizsvc.core.problems import NotFound, Problem, all_problems

log = structlog.get_logger(__name__)

PHRASES = {
    400: "Yêu cầu không đọc được",
    404: NotFound.title,
    405: "Phương thức này không được dùng ở đây",
    413: "Nội dung gửi lên quá lớn",
    415: "Kiểu nội dung không được hỗ trợ",
    500: "Máy chủ gặp lỗi, chúng tôi đã ghi nhận",
    503: "Dịch vụ tạm thời chưa sẵn sàng",
}


def register(app: Flask) -> None:
    """Install the handlers on ``app``."""
    app.register_error_handler(Problem, _problem)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _integrity)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(PoolTimeout, _database_away)
    app.register_error_handler(Exception, _unexpected)


def prefers_english() -> bool:
    """Whether the caller would rather read English.

    Werkzeug's own choice takes ``vi;q=0.5`` before ``en-GB``: an exact tag always wins there.
    """
    wish = {"vi": 0.0, "en": 0.0}
    for tag, quality in request.accept_languages:
        language = tag.partition("-")[0].lower()
        wish[language] = max(wish.get(language, 0.0), quality)
    return wish["en"] > wish["vi"]


def _answer(members: dict[str, Any], headers: dict[str, str]) -> Response:
    members = {key: value for key, value in members.items() if value is not None} | {"instance": request_id()}
    text = json.dumps(members, ensure_ascii=False, separators=(",", ":"))
    response = Response(text, members["status"], headers, mimetype="application/problem+json")
    response.vary.add("Accept-Language")
    if response.status_code == 401:
        response.headers.setdefault("WWW-Authenticate", "Bearer")
    return response


def _problem(problem: Problem) -> Response:
    title = problem.title_en if prefers_english() else problem.title
    members = {"type": f"/problems/{problem.slug}", "title": title, "status": problem.status, "detail": problem.detail}
    return _answer(members | problem.extra, problem.headers)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None and status < 400:  # a redirect
        return error.response  # type: ignore[return-value]
    if status == 404:
        return _problem(NotFound())
    title = error.name if prefers_english() else PHRASES.get(status, error.name)
    kept = {k: v for k, v in error.get_headers() if k.lower() in ("allow", "retry-after", "www-authenticate")}
    return _answer({"type": "about:blank", "title": title, "status": status}, kept)


def _integrity(error: IntegrityError) -> Response:
    text = str(error.orig)
    for kind in all_problems():
        if kind.constraint is not None and kind.constraint in text:
            return _problem(kind())
    return _unexpected(error)


def _database_away(error: SQLAlchemyError) -> Response:
    log.error("database-unavailable", error=type(getattr(error, "orig", error)).__name__)
    title = "Service Unavailable" if prefers_english() else PHRASES[503]
    return _answer({"type": "about:blank", "title": title, "status": 503}, {"Retry-After": "2"})


def _unexpected(error: Exception) -> Response:
    log.exception("unexpected-error", error=type(error).__name__)
    title = "Internal Server Error" if prefers_english() else PHRASES[500]
    return _answer({"type": "about:blank", "title": title, "status": 500}, {})
