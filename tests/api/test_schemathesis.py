"""Schemathesis over the whole API: what the document promises is what the service does, for good input and for bad.

Requests are generated from the document alone. What no document can say is filled in before they are sent: ids of things
that exist, cursors that a list has given, answers of the paper in hand.
"""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation

from tests.api.endpoints import APP, GOOD_BODIES
from tests.api.stage import pick

STAND_IN = "Bearer replaced-before-it-is-sent"
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


class SignedIn:
    """Says which requests carry a token; nobody has one yet when requests are generated."""

    def get(self, _case, _context):
        return STAND_IN

    def set(self, case, token, _context):
        case.headers["Authorization"] = token


def document(examples: int, *, edges: bool):
    """The document as tests; ``edges`` adds one request for each limit that it names."""
    config = SchemathesisConfig()
    config.projects.default.generation.update(max_examples=examples, deterministic=True)
    config.projects.default.phases.coverage.enabled = edges
    loaded = schemathesis.openapi.from_wsgi("/api/openapi.json", APP, config=config)
    loaded.auth()(SignedIn)
    return loaded


thorough = document(8, edges=True)
brief = document(3, edges=False)


@thorough.parametrize()
@UNHURRIED
@pytest.mark.parametrize("lively_stage", ["sqlite"], indirect=True)
def test_every_endpoint_on_sqlite(case, lively_stage):
    fill_in(case, lively_stage)
    case.call_and_validate(app=lively_stage.app)


@brief.parametrize()
@UNHURRIED
@pytest.mark.parametrize("lively_stage", ["postgresql"], indirect=True)
def test_every_endpoint_on_postgresql(case, lively_stage):
    fill_in(case, lively_stage)
    case.call_and_validate(app=lively_stage.app)


def fill_in(case, stage):
    """Put what exists in the place of what was made up, always the same for the same case; faults stay as they are."""
    if case.headers.get("Authorization") == STAND_IN:
        erases = (case.method, case.path) == ("DELETE", "/api/v1/me")
        case.headers["Authorization"] = (stage.spare() if erases else stage.an).headers["Authorization"]
    sent = (dict(case.path_parameters), case.query, case.body)
    for name, value in case.path_parameters.items():
        case.path_parameters[name] = pick([value, *stage.known(name)], sent)
    if not case.meta.is_negative_at(ParameterLocation.QUERY):
        fill_in_query(case, stage)
    if isinstance(case.body, dict) and not case.meta.is_negative_at(ParameterLocation.BODY):
        fill_in_body(case, stage)


def fill_in_query(case, stage):
    query = case.query
    if "cursor" in query:
        query["cursor"] = stage.cursor(case.path)
    for name in {"unit", "parent"} & set(query):
        query[name] = pick([stage.unit, query[name]], query[name])
    if "track" in query and pick([True, False], query["track"]):
        del query["track"]  # no contest of the stage has any


def fill_in_body(case, stage):
    body = case.body
    if (case.method, case.path) == ("POST", "/api/v1/manage/contests"):  # a contest document has a schema of its own
        body.clear()
        body.update(GOOD_BODIES["load_contest"])
    known = stage.tokens(case.path)
    if known.keys() <= body.keys() and pick([True, False], body):
        body.update(known)
    if body.get("participant_id"):
        body["participant_id"] = pick([stage.binh.id, body["participant_id"]], body)
    if body.get("unit"):
        body["unit"]["id"] = stage.unit
    if body.get("birth_date"):
        body["birth_date"] = f"1984-{body['birth_date'][5:]}"  # 29 February too; no schema says when people live
    if "attempt_id" in case.path_parameters:
        fill_in_answers(body, stage.paper(case.path_parameters["attempt_id"]))


def fill_in_answers(body, paper):
    if body.get("version"):
        body["version"] = max(1, paper["version"] + body["version"] % 3)
    if body.get("answers"):
        body["answers"] = {
            question["id"]: [choice["id"] for choice in question["choices"][: min(1, len(chosen))]]
            for question, chosen in zip(paper["questions"], body["answers"].values(), strict=False)
        }
