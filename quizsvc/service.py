"""Endpoints about the service itself: health, readiness, its OpenAPI document and the page that shows it."""

from __future__ import annotations

from pathlib import Path

import flask_swagger_ui
from flask import Flask, Response, current_app, render_template_string
from marshmallow import Schema, fields

from quizsvc.auth.guards import anyone
from quizsvc.core import openapi, rate_limits
from quizsvc.core.db import reading
from quizsvc.core.http import Api, Reply, json_response
from quizsvc.core.problems import NotFound
from quizsvc.migrations import state

api = Api("service", __name__)

VIEWER_FILES = Path(flask_swagger_ui.__file__).parent / "dist"
SHOWN = ("swagger-ui.css", "swagger-ui-bundle.js")
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>quizsvc API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="ui"></div><script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script></body></html>"""
START = """SwaggerUIBundle({url: "/api/openapi.json", dom_id: "#ui", deepLinking: true, validatorUrl: null,
  defaultModelsExpandDepth: 0});"""


class Health(Schema):
    status = fields.String(required=True)


class Readiness(Schema):
    status = fields.String(required=True)
    schema = fields.String(required=True, allow_none=True, metadata={"description": "Migration the database is at"})


@api.operation(
    "GET", "/healthz", guard=anyone, summary="The process is alive", answers={200: Health}, limit=rate_limits.PUBLIC
)
def healthz() -> object:
    return {"status": "ok"}


@api.operation(
    "GET",
    "/readyz",
    guard=anyone,
    summary="The database answers and its schema is current",
    answers={200: Readiness, 503: Readiness},
    limit=rate_limits.PUBLIC,
)
def readyz() -> object:
    with reading() as session:
        at = state.revision_of(session.connection())
    if at != state.head():
        return Reply({"status": "schema is not current", "schema": at}, 503)
    return {"status": "ok", "schema": at}


class Document(Schema):
    """The OpenAPI document; its shape is OpenAPI's own."""

    openapi = fields.String(required=True)


@api.operation("GET", "/api/openapi.json", guard=anyone, summary="This document", answers={200: Document})
def openapi_document() -> object:
    return json_response(document(current_app))


def document(app: Flask) -> dict[str, object]:
    """The document of ``app``, built once."""
    kept: dict[str, object] | None = app.extensions.get("quizsvc.openapi")
    if kept is None:
        kept = app.extensions["quizsvc.openapi"] = openapi.build(app)
    return kept


def register_pages(app: Flask) -> None:
    """The docs page: plain files for a browser, no data, hence outside the API's declarations."""

    @app.get("/api/docs")
    def docs() -> str:
        return render_template_string(PAGE)

    @app.get("/api/docs/start.js")
    def docs_start() -> Response:
        return Response(START, mimetype="text/javascript")

    @app.get("/api/docs/<name>")
    def docs_file(name: str) -> Response:
        if name not in SHOWN:
            raise NotFound
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        return Response((VIEWER_FILES / name).read_bytes(), mimetype=kind, headers={"Cache-Control": "max-age=86400"})
