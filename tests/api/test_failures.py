"""What goes wrong inside: the caller learns that it did, and nothing of what."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from quizsvc import create_app
from quizsvc.core.db import transaction
from tests.api.problems import assert_problem
from tests.conftest import settings_for

INSIDE = "quizsvc-secret /work/quizsvc/core.py SELECT key FROM question_versions WHERE id = 7"


def broken(error):
    def view():
        raise error

    return view


@pytest.fixture
def made(tmp_path):
    """An application that has no database and some endpoints that fail."""
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'none' / 'empty.db'}"))
    (tmp_path / "none").rmdir()
    failures = {
        "unexpected": RuntimeError(INSIDE),
        "assertion": AssertionError(INSIDE),
        "data": DataError(INSIDE, {"id": INSIDE}, psycopg.DataError(INSIDE)),
        "constraint": IntegrityError(INSIDE, {"id": INSIDE}, sqlite3.IntegrityError(INSIDE)),
        "away": OperationalError(INSIDE, {"id": INSIDE}, psycopg.OperationalError(INSIDE)),
        "deadlock": OperationalError(INSIDE, {}, psycopg.errors.DeadlockDetected(INSIDE)),
        "crowded": PoolTimeout(INSIDE),
    }
    for name, error in failures.items():
        app.add_url_rule(f"/fails/{name}", name, broken(error))
    return app.test_client()


@pytest.mark.parametrize("name", ["unexpected", "assertion", "data", "constraint"])
def test_an_error_inside_shows_nothing_of_it(made, name):
    answer = made.get(f"/fails/{name}")
    assert_problem(answer, 500)
    assert "secret" not in answer.text + str(answer.headers)
    english = made.get(f"/fails/{name}", headers={"Accept-Language": "en"})
    assert english.json["title"] == "Internal Server Error"


@pytest.mark.parametrize("name", ["away", "deadlock", "crowded"])
def test_a_database_that_does_not_answer_is_worth_another_try(made, name):
    answer = made.get(f"/fails/{name}")
    assert_problem(answer, 503)
    assert answer.headers["Retry-After"] == "2"
    assert "secret" not in answer.text + str(answer.headers)


def test_without_its_database_the_service_is_alive_and_not_ready(made):
    assert made.get("/healthz").status_code == 200
    for path in ("/readyz", "/api/v1/units", "/api/v1/contests"):
        answer = made.get(path)
        assert_problem(answer, 503)
        assert "empty.db" not in answer.text
    assert made.get("/api/openapi.json").status_code == 200


def test_no_postgresql_there():
    app = create_app(settings_for("postgresql://quizsvc:secret-password@127.0.0.1:9/quizsvc"))
    answer = app.test_client().get("/readyz")
    assert_problem(answer, 503)
    assert "secret" not in answer.text


def test_a_schema_that_is_not_current_is_not_ready(app, client):
    with app.app_context(), transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"status": "schema is not current", "schema": "0000"}


def test_the_log_has_what_the_answer_hides(made, log_lines):
    answer = made.get("/fails/unexpected")
    (line,) = [line for line in log_lines() if line["event"] == "unexpected-error"]
    assert line["request_id"] == answer.json["instance"]
    assert INSIDE in line["exception"]
