"""Headers of every answer: nothing may sniff, frame or keep it, and each has an id."""

from __future__ import annotations

import re

import pytest

from quizsvc.core.security import DOCS_PAGE, HEADERS, NOTHING
from tests.api.endpoints import GOOD_BODIES, OPERATIONS, call, named

on_one_database = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
SERVED_TO_ALL = {"list_units", "show_unit"}


@pytest.mark.parametrize(**named([entry for entry in OPERATIONS if entry[1].endpoint != "delete_me"]))
def test_every_endpoint(lively_stage, path, made):
    answer = call(lively_stage, path, made, json=GOOD_BODIES.get(made.endpoint))
    assert HEADERS.items() <= dict(answer.headers).items()
    assert answer.headers["Content-Security-Policy"] == NOTHING
    kept = "public, max-age=300" if made.endpoint in SERVED_TO_ALL else "no-store"
    assert answer.headers["Cache-Control"] == kept
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-Id"])
    assert "Set-Cookie" not in answer.headers
    assert "Werkzeug" not in str(answer.headers)


@on_one_database
def test_refusals_have_them_too(stage):
    refused = [
        stage.phone.get("/api/v1/me"),
        stage.phone.get("/nothing"),
        stage.phone.put("/api/v1/me"),
        stage.phone.post("/api/v1/auth/zalo", data=b"{", content_type="application/json"),
        stage.phone.options("/api/v1/me"),
    ]
    for answer in refused:
        assert HEADERS.items() <= dict(answer.headers).items()
        assert answer.headers["Content-Security-Policy"] == NOTHING
        assert answer.headers["Cache-Control"] == "no-store"


def test_what_the_headers_say():
    assert HEADERS["X-Content-Type-Options"] == "nosniff"
    assert HEADERS["X-Frame-Options"] == "DENY"
    assert HEADERS["Referrer-Policy"] == "no-referrer"
    assert "max-age" in HEADERS["Strict-Transport-Security"]
    assert NOTHING == "default-src 'none'; frame-ancestors 'none'"


@on_one_database
def test_the_docs_page_needs_no_outside_host(stage):
    page = stage.phone.get("/api/docs")
    assert page.headers["Content-Security-Policy"] == DOCS_PAGE
    assert "script-src 'self';" in DOCS_PAGE
    linked = re.findall(r"(?:src|href)=\"([^\"]+)\"", page.text)
    assert len(linked) == 3
    for link in linked:
        assert stage.phone.get(link).status_code == 200
        assert link.startswith("/api/docs/")
    assert "<script>" not in page.text
    assert "//" not in page.text.replace("</", "")


@on_one_database
def test_a_request_keeps_the_id_it_came_with(stage):
    for given in ("12345678", "a-B-3" * 4, "f" * 64):
        assert stage.phone.get("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"] == given


@on_one_database
def test_an_id_that_could_confuse_a_log_is_replaced(stage):
    for given in ("", "1234567", "f" * 65, "12345678 ", "1234 5678", "1234567é", '12345678"', "12345678/../", "<script>ok"):
        answer = stage.phone.get("/api/v1/nothing", headers={"X-Request-Id": given})
        assert answer.headers["X-Request-Id"] not in (given, given.strip(), "")
        assert answer.json["instance"] == answer.headers["X-Request-Id"]


@on_one_database
def test_two_requests_have_two_ids(stage):
    ids = {stage.phone.get("/healthz").headers["X-Request-Id"] for _ in range(20)}
    assert len(ids) == 20


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        (None, "Không tìm thấy"),
        ("", "Không tìm thấy"),
        ("vi", "Không tìm thấy"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "Không tìm thấy"),
        ("fr", "Không tìm thấy"),
        ("*", "Không tìm thấy"),
        ("en;q=0", "Không tìm thấy"),
        ("en;q=banana,,;;=", "Không tìm thấy"),
        ("en", "Not found"),
        ("en-US,en;q=0.9", "Not found"),
        ("en-GB;q=0.9,vi;q=0.5", "Not found"),
        ("fr,en;q=0.5,vi;q=0.1", "Not found"),
    ],
)
@on_one_database
def test_titles_follow_the_reader(stage, asked, title):
    headers = {} if asked is None else {"Accept-Language": asked}
    answer = stage.phone.get("/api/v1/contests/none", headers=headers)
    assert answer.json["title"] == title
    assert answer.json["type"] == "/problems/not-found"


@on_one_database
def test_problems_of_http_are_told_in_english_too(stage):
    answer = stage.phone.put("/api/v1/me", headers={"Accept-Language": "en"})
    assert answer.json["title"] == "Method Not Allowed"
    answer = stage.phone.post("/api/v1/auth/zalo", data="x", headers={"Accept-Language": "en"})
    assert answer.json["title"] == "Unsupported Media Type"
