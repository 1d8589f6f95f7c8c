"""Which pages may read answers: the Mini App's two origins and those of the setting, never with credentials."""

from __future__ import annotations

import pytest

from quizsvc import create_app
from tests.api.endpoints import OPERATIONS
from tests.conftest import settings_for

OURS = ["https://h5.zdn.vn", "zbrowser://h5.zdn.vn"]
EXTRA = "https://thi.example.vn:8443"
OTHERS = [
    "https://h5.zdn.vn.evil",
    "https://h5.zdn.vn.evil.vn",
    "https://evil-h5.zdn.vn",
    "https://x.h5.zdn.vn",
    "https://h5xzdn.vn",
    "https://h5.zdnxvn",
    "http://h5.zdn.vn",
    "zbrowser://h5.zdn.vn.evil",
    "zbrowser://x",
    "https://h5.zdn.vn:8443",
    "https://h5.zdn.vn/",
    "https://h5.zdn.vn, https://evil.vn",
    "https://h5.zdn.vn https://evil.vn",
    "null",
    "*",
    "",
    "https://thi.example.vn",
]
CORS_HEADERS = "Access-Control-"


@pytest.fixture(scope="module")
def phone(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('cors') / 'empty.db'}"
    return create_app(settings_for(url, QUIZSVC_CORS_ORIGINS=EXTRA)).test_client()


def granted(answer):
    return {name: value for name, value in answer.headers.items() if name.startswith(CORS_HEADERS)}


def preflight(phone, path, method, origin):
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    return phone.options(path, headers=asked)


@pytest.mark.parametrize("origin", [*OURS, EXTRA])
def test_our_origins_may_read_answers_and_problems(phone, origin):
    for path in ("/api/openapi.json", "/api/v1/me", "/api/v1/nothing"):
        answer = phone.get(path, headers={"Origin": origin})
        told = granted(answer)
        assert told["Access-Control-Allow-Origin"] == origin
        assert set(told["Access-Control-Expose-Headers"].split(", ")) == {"X-Request-Id", "Retry-After"}
        assert "Access-Control-Allow-Credentials" not in told
        assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize("origin", OTHERS)
def test_other_origins_are_given_nothing(phone, origin):
    for path in ("/api/openapi.json", "/api/v1/me"):
        assert granted(phone.get(path, headers={"Origin": origin})) == {}
    assert granted(preflight(phone, "/api/v1/me", "PATCH", origin)) == {}


def test_without_an_origin_nothing_is_said(phone):
    answer = phone.get("/api/openapi.json")
    assert granted(answer) == {}
    assert "Origin" in answer.headers["Vary"]  # or a shared cache would keep an answer without the header


@pytest.mark.parametrize("origin", OURS)
def test_preflight_of_every_endpoint(phone, origin):
    for path, made in OPERATIONS:
        where = path.replace("<id:", "").replace(">", "")
        if not where.startswith("/api/"):
            continue
        answer = preflight(phone, where, made.method, origin)
        told = granted(answer)
        assert answer.status_code == 200
        assert told["Access-Control-Allow-Origin"] == origin
        assert made.method in told["Access-Control-Allow-Methods"].split(", ")
        assert {name.lower() for name in told["Access-Control-Allow-Headers"].split(", ")} == {
            "authorization",
            "content-type",
        }
        assert told["Access-Control-Max-Age"] == "86400"
        assert "Access-Control-Allow-Credentials" not in told


def test_preflight_allows_no_other_headers(phone):
    asked = {
        "Origin": OURS[0],
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "x-request-id, x-forwarded-for, cookie",
    }
    assert phone.options("/api/v1/me", headers=asked).headers["Access-Control-Allow-Headers"].lower() == "x-request-id"


def test_outside_the_api_nobody_is_granted_anything(phone):
    assert granted(phone.get("/healthz", headers={"Origin": OURS[0]})) == {}
