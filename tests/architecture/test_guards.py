"""Who may call what: the whole table, so that every change of access shows in a diff."""

from __future__ import annotations

import pytest

from quizsvc.auth.guards import anyone
from quizsvc.core.http import Api

TABLE = {
    "GET /healthz": "anyone",
    "GET /readyz": "anyone",
    "GET /api/openapi.json": "anyone",
    "POST /api/v1/auth/zalo": "anyone",
    "POST /api/v1/auth/refresh": "anyone",
    "POST /api/v1/auth/logout": "anyone",
    "GET /api/v1/me": "participant",
    "PATCH /api/v1/me": "participant",
    "DELETE /api/v1/me": "participant",
    "POST /api/v1/me/phone": "participant",
    "GET /api/v1/me/consents": "participant",
    "POST /api/v1/me/consents": "participant",
    "GET /api/v1/me/export": "participant",
    "GET /api/v1/units": "anyone",
    "GET /api/v1/units/{unit_id}": "anyone",
    "GET /api/v1/contests": "anyone",
    "GET /api/v1/contests/{slug}": "anyone",
    "GET /api/v1/contests/{slug}/rules": "anyone",
    "GET /api/v1/contests/{slug}/amendments": "anyone",
    "GET /api/v1/contests/{slug}/stages": "anyone",
    "GET /api/v1/schemas/contest": "anyone",
    "GET /api/v1/rounds/{round_id}": "participant",
    "POST /api/v1/rounds/{round_id}/attempts": "participant",
    "GET /api/v1/rounds/{round_id}/attempts": "participant",
    "GET /api/v1/attempts/{attempt_id}": "participant",
    "PATCH /api/v1/attempts/{attempt_id}/answers": "participant",
    "POST /api/v1/attempts/{attempt_id}/submission": "participant",
    "GET /api/v1/attempts/{attempt_id}/review": "participant",
    "GET /api/v1/rounds/{round_id}/leaderboard": "anyone",
    "GET /api/v1/rounds/{round_id}/leaderboard/me": "participant",
    "GET /api/v1/rounds/{round_id}/units": "anyone",
    "GET /api/v1/contests/{slug}/leaderboard": "anyone",
    "GET /api/v1/contests/{slug}/leaderboard/me": "participant",
    "GET /api/v1/contests/{slug}/units": "anyone",
    "GET /api/v1/rounds/{round_id}/snapshots": "anyone",
    "GET /api/v1/contests/{slug}/snapshots": "anyone",
    "GET /api/v1/rounds/{round_id}/snapshots/{number}/diff": "anyone",
    "GET /api/v1/contests/{slug}/snapshots/{number}/diff": "anyone",
    "POST /api/v1/manage/rounds/{round_id}/seal": "organizer",
    "POST /api/v1/manage/contests/{slug}/seal": "organizer",
    "GET /api/v1/manage/me": "organizer",
    "GET /api/v1/manage/audit": "organizer",
    "GET /api/v1/manage/roles": "organizer",
    "POST /api/v1/manage/roles": "organizer",
    "POST /api/v1/manage/roles/revocations": "organizer",
    "POST /api/v1/manage/contests": "organizer",
    "GET /api/v1/manage/contests": "organizer",
    "GET /api/v1/manage/contests/{slug}": "organizer",
    "POST /api/v1/manage/contests/{slug}/publish": "organizer",
    "POST /api/v1/contests/{slug}/registration": "participant",
    "GET /api/v1/contests/{slug}/registration": "participant",
    "POST /api/v1/manage/contests/{slug}/headcounts": "organizer",
    "GET /api/v1/manage/contests/{slug}/headcounts": "organizer",
    "POST /api/v1/manage/contests/{slug}/headcounts/approvals": "organizer",
    "POST /api/v1/manage/contests/{slug}/lists/{list_code}": "organizer",
    "GET /api/v1/manage/contests/{slug}/missing": "organizer",
    "GET /api/v1/manage/contests/{slug}/corrections": "organizer",
    "POST /api/v1/manage/contests/{slug}/committee-places": "organizer",
    "POST /api/v1/manage/contests/{slug}/disqualifications": "organizer",
    "POST /api/v1/manage/corrections/{number}/undo": "organizer",
    "POST /api/v1/manage/rounds/{round_id}/committee-places": "organizer",
    "POST /api/v1/manage/rounds/{round_id}/disqualifications": "organizer",
    "POST /api/v1/manage/rounds/{round_id}/extension": "organizer",
    "POST /api/v1/manage/rounds/{round_id}/extra-time": "organizer",
    "POST /api/v1/manage/rounds/{round_id}/make-up-sessions": "organizer",
    "POST /api/v1/manage/rounds/{round_id}/questions/{question}/rekey": "organizer",
    "POST /api/v1/manage/rounds/{round_id}/questions/{question}/void": "organizer",
    "GET /api/v1/manage/rounds/{round_id}/questions": "organizer",
    "GET /api/v1/manage/banks": "organizer",
    "POST /api/v1/manage/banks": "organizer",
    "GET /api/v1/manage/banks/{bank}": "organizer",
    "POST /api/v1/manage/banks/{bank}/imports": "organizer",
    "GET /api/v1/manage/banks/{bank}/imports": "organizer",
    "GET /api/v1/manage/banks/{bank}/imports/{batch}": "organizer",
    "POST /api/v1/manage/banks/{bank}/imports/{batch}/undo": "organizer",
    "POST /api/v1/manage/banks/{bank}/marked-copies": "organizer",
    "POST /api/v1/manage/banks/{bank}/exports": "organizer",
    "GET /api/v1/manage/banks/{bank}/exports/losses": "organizer",
    "GET /api/v1/manage/banks/{bank}/questions": "organizer",
    "GET /api/v1/manage/banks/{bank}/questions/{code}": "organizer",
    "POST /api/v1/manage/banks/{bank}/questions/{code}/reviews": "organizer",
    "POST /api/v1/manage/banks/{bank}/questions/{code}/settlement": "organizer",
    "POST /api/v1/manage/banks/{bank}/questions/{code}/retirement": "organizer",
    "POST /api/v1/manage/banks/{bank}/questions/{code}/law-check": "organizer",
    "POST /api/v1/manage/banks/{bank}/questions/{code}/key": "organizer",
    "POST /api/v1/manage/banks/{bank}/questions/{code}/versions": "organizer",
    "POST /api/v1/manage/banks/{bank}/approvals": "organizer",
}
PAGES = {"/api/docs", "/api/docs/start.js", "/api/docs/<name>"}


def test_the_guard_table(some_app):
    document = some_app.test_client().get("/api/openapi.json").json
    found = {
        f"{method.upper()} {path}": operation["x-guard"]
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert found == TABLE


def test_no_route_escapes_the_table(some_app):
    declared = {
        (blueprint.url_prefix or "") + operation.rule
        for blueprint in some_app.blueprints.values()
        if isinstance(blueprint, Api)
        for operation in blueprint.operations
    }
    assert {rule.rule for rule in some_app.url_map.iter_rules()} == declared | PAGES


def test_every_guarded_route_refuses_strangers(some_app):
    client = some_app.test_client()
    for line, guard in TABLE.items():
        method, path = line.split(" ")
        if guard == "anyone":
            continue
        names = ("round_id", "attempt_id", "slug", "list_code", "unit_id", "number", "question", "batch", "bank", "code")
        for name in names:
            path = path.replace(f"{{{name}}}", "x")
        for headers in ({}, {"Authorization": "Bearer x.y.z"}, {"Authorization": "Basic eDp5"}):
            answer = client.open(path, method=method, headers=headers, json={})
            assert answer.status_code == 401, line
            assert answer.json["type"] == "/problems/token-invalid"


def test_an_endpoint_without_a_guard_does_not_import():
    api = Api("bare", __name__)
    with pytest.raises(TypeError):
        api.operation("GET", "/x", summary="", answers={200: None})
    with pytest.raises(TypeError):
        api.route("/x")
    assert api.operation("GET", "/x", guard=anyone, summary="", answers={200: None})
