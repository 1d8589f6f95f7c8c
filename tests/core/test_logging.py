"""Log lines hide what is secret and carry the request's id."""

from __future__ import annotations

import json

import pytest
import structlog

from quizsvc.core import logging
from quizsvc.core.logging import hide_secrets


@pytest.mark.parametrize(
    "name", ["access_token", "refresh_token", "secret_key", "Authorization", "phone", "appsecret_proof"]
)
def test_a_value_whose_name_is_secret_is_hidden(name):
    assert hide_secrets(None, "info", {name: "x", "status": 200}) == {name: "[hidden]", "status": 200}


def test_a_line_is_one_json_object(capsys):
    logging.configure(pretty=False)
    try:
        structlog.get_logger().info("round-opened", round_id="thi.r1", access_token="abc")
        line = json.loads(capsys.readouterr().err)
    finally:
        logging.configure(pretty=False, level="error")
    assert line["event"] == "round-opened"
    assert line["access_token"] == "[hidden]"
    assert line["timestamp"].endswith("Z")


def test_the_request_id_is_shown_and_taken_over_when_sane(client):
    given = "abcdef12-3456"
    assert client.get("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"] == given
    made = client.get("/healthz", headers={"X-Request-Id": "x\ty"}).headers["X-Request-Id"]
    assert len(made) == 32
    refused = client.get("/api/v1/me", headers={"X-Request-Id": given})
    assert refused.json["instance"] == given


def test_one_line_for_each_request_without_what_was_asked_for(client, log_lines):
    client.get("/api/v1/units?q=vinh&cursor=x")
    client.get("/api/v1/contests/secret-slug")
    client.post("/api/v1/auth/zalo", json={"access_token": "sandbox:1:An"})
    client.get("/no/such/place")
    lines = [line for line in log_lines() if line["event"] == "request"]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("GET", "/api/v1/units", 422),
        ("GET", "/api/v1/contests/<id:slug>", 404),
        ("POST", "/api/v1/auth/zalo", 200),
        ("GET", None, 404),
    ]
    assert len({line["request_id"] for line in lines}) == 4
    assert all(line["spent_ms"] >= 0 for line in lines)
    written = str(lines)
    for asked in ("vinh", "secret-slug", "sandbox", "place"):
        assert asked not in written


def test_probes_leave_no_lines(client, log_lines):
    client.get("/healthz")
    client.get("/readyz")
    assert log_lines() == []


def test_nothing_of_one_request_is_said_of_the_next(client, log_lines):
    structlog.contextvars.bind_contextvars(left_over="x")
    client.get("/api/v1/contests")
    assert "left_over" not in log_lines()[-1]
