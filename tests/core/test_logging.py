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
