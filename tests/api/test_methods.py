"""The method of a call: what is not declared is 405 with what is; HEAD and OPTIONS come with it."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.api.endpoints import OPERATIONS, address
from tests.api.problems import assert_problem

pytestmark = [pytest.mark.usefixtures("untouched"), pytest.mark.parametrize("stage", ["sqlite"], indirect=True)]

ALL = {"GET", "POST", "PUT", "PATCH", "DELETE"}
BY_PATH: dict[str, set[str]] = defaultdict(set)
for declared_path, declared in OPERATIONS:
    BY_PATH[declared_path].add(declared.method)


def allowed(answer):
    return {method.strip() for method in answer.headers["Allow"].split(",")}


def expected(methods):
    return methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())


@pytest.mark.parametrize("path", BY_PATH)
def test_other_methods_are_refused_with_the_right_ones(stage, path):
    for method in [*sorted(ALL - BY_PATH[path]), "TRACE", "PROPFIND", "get"]:
        answer = stage.phone.open(address(stage, path), method=method, headers=stage.an.headers)
        if method != "get":  # Werkzeug's client writes it large
            assert_problem(answer, 405)
            assert allowed(answer) == expected(BY_PATH[path])


@pytest.mark.parametrize("path", BY_PATH)
def test_options_tells_the_methods_to_anyone(stage, path):
    answer = stage.phone.options(address(stage, path))
    assert (answer.status_code, answer.data) == (200, b"")
    assert allowed(answer) == expected(BY_PATH[path])


@pytest.mark.parametrize("path", [path for path, methods in BY_PATH.items() if "GET" in methods])
def test_head_is_get_without_its_body(stage, path):
    where = address(stage, path)
    got, asked = (stage.phone.open(where, method=method, headers=stage.an.headers) for method in ("GET", "HEAD"))
    assert (asked.status_code, asked.data) == (got.status_code, b"")
    told = {name: value for name, value in asked.headers.items() if name not in ("X-Request-Id", "Content-Length")}
    assert told.items() <= dict(got.headers).items()


def test_a_guarded_head_asks_for_a_token_too(stage):
    answer = stage.phone.head("/api/v1/me")
    assert (answer.status_code, answer.data) == (401, b"")
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/api",
        "/api/v1",
        "/api/v2/me",
        "/api/v1/nothing",
        "/api/v1/units/a/b",
        "/api/v1/units/%00",
        "/api/v1/units/%2e%2e%2fme",
        "/api/v1/units/" + "a" * 129,
        "/api/v1/units/-1",
        "/api/v1/units/tỉnh",
        "/api/v1/units/%ff",
        "/api/v1/attempts/%20",
        "/api/v1/attempts/1",
        "/api/v1/attempts/00000000-0000-0000-0000-000000000000",
        "/api/v1/rounds/thi.r9",
        "/api/v1/contests/%27%20OR%201=1",
        "/api/v1/units/99999999999999999999",
        "/api/docs/../../etc/passwd",
        "/api/docs/index.html",
        "/static/x",
    ],
)
def test_what_is_not_there(stage, path):
    answer = stage.phone.get(path, headers=stage.an.headers)
    assert_problem(answer, 404, "not-found")
    assert "detail" not in answer.json or path.rpartition("/")[2] not in answer.json["detail"]


def test_a_slash_too_many_is_forgiven(stage):
    assert stage.phone.get("/api/v1/contests/thi/").status_code == 200
