"""The OpenAPI document: valid, complete, and saying of each endpoint what it does."""

from __future__ import annotations

import re

import pytest
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from quizsvc.core.http import Download
from quizsvc.service import SHOWN, document
from tests.api.endpoints import APP, OPERATIONS, WITH_BODY, named

PAGES = {"/api/docs", "/api/docs/start.js", "/api/docs/<name>"}
PARAMETER = re.compile(r"<(?:[^:>]+:)?([^>]+)>")


@pytest.fixture(scope="module")
def described():
    return document(APP)


def operations(described):
    return [
        (path, method, operation) for path, methods in described["paths"].items() for method, operation in methods.items()
    ]


def references(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def resolved(described, reference):
    found = described
    for step in reference.removeprefix("#/").split("/"):
        found = found[step.replace("~1", "/").replace("~0", "~")]
    return found


def test_it_is_openapi_3_1(described):
    assert described["openapi"] == "3.1.0"
    faults = [f"{error.instance_path}: {error.message}" for error in OPENAPI_31_VALIDATOR.iter_errors(described)]
    assert faults == []


def test_every_schema_is_json_schema(described):
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in references(described):
        assert resolved(described, reference), reference


def test_every_route_is_described_but_the_pages(described):
    routes = {
        (PARAMETER.sub(r"{\1}", rule.rule), method.lower())
        for rule in APP.url_map.iter_rules()
        if rule.rule not in PAGES
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routes == {(path, method) for path, method, _ in operations(described)}
    assert set(SHOWN) == {"swagger-ui.css", "swagger-ui-bundle.js"}


def test_every_operation_says_what_who_and_what_can_go_wrong(described):
    ids = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(set(ids)) == len(ids)
    for path, method, operation in operations(described):
        assert operation["summary"], path
        assert operation["tags"], path
        assert operation["security"] == ([] if operation["x-guard"] == "anyone" else [{"accessToken": []}])
        statuses = set(operation["responses"])
        assert {"405", "422", "429", "500"} <= statuses, path
        assert ("401" in statuses) >= bool(operation["security"]), path
        assert ("404" in statuses) >= ("{" in path), path
        assert ("requestBody" in operation) == ({"400", "413", "415"} <= statuses), path
        assert any(status.startswith("2") for status in statuses), path
        for status, answer in operation["responses"].items():
            assert answer["description"], (path, method, status)
            assert answer["headers"]["X-Request-Id"]["required"]


def test_every_failure_is_a_problem(described):
    for path, _, operation in operations(described):
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert "application/problem+json" in answer["content"], (path, status)


def test_nothing_is_defined_that_no_operation_tells(described):
    told = {reference.rpartition("/")[2] for reference in references(described)}
    assert set(described["components"]["schemas"]) - told == set()


@pytest.mark.parametrize(**named(OPERATIONS))
def test_the_answers_that_are_declared_are_described(described, path, made):
    operation = described["paths"][PARAMETER.sub(r"{\1}", path)][made.method.lower()]
    for status, schema in made.answers.items():
        told = set(operation["responses"][str(status)].get("content", {})) - {"application/problem+json"}
        usual = set() if schema is None else {"application/json"}
        assert told == (set(schema.media_types) if isinstance(schema, Download) else usual)
    for kind in (*made.problems, *made.guard.problems):
        name = "Problem" + kind.slug.replace("-", " ").title().replace(" ", "")
        assert f"#/components/schemas/{name}" in set(references(operation["responses"][str(kind.status)]))


@pytest.mark.parametrize(**named(WITH_BODY))
def test_bodies_take_no_other_fields(described, path, made):
    content = described["paths"][PARAMETER.sub(r"{\1}", path)][made.method.lower()]["requestBody"]["content"]
    assert list(content) == ["application/json"]
    schema = resolved(described, content["application/json"]["schema"]["$ref"])
    assert schema["additionalProperties"] is (made.endpoint == "load_contest")  # a contest document has a schema of its own
    assert set(schema["properties"]) == set(made.body().fields)


def test_the_limits_of_a_mapping_are_published(described):
    answers = described["components"]["schemas"]["SaveIn"]["properties"]["answers"]
    assert answers["maxProperties"] == 200
    assert (answers["propertyNames"]["minLength"], answers["propertyNames"]["maxLength"]) == (1, 40)
    assert (answers["additionalProperties"]["maxItems"], answers["additionalProperties"]["items"]["maxLength"]) == (8, 40)
    assert "maxLength" not in answers


def test_no_parameter_is_null(described):
    for path, _, operation in operations(described):
        for parameter in operation["parameters"]:
            assert isinstance(parameter["schema"]["type"], str), path
            assert None not in parameter["schema"].get("enum", []), path


def test_it_is_served_to_anyone(described):
    answer = APP.test_client().get("/api/openapi.json")
    assert answer.mimetype == "application/json"
    assert answer.json == described
