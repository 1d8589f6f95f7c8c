"""What a paper does not take: other people's, other papers', too much, too late. Each by name, and nothing changes."""

from __future__ import annotations

import pytest

from tests.api.problems import assert_faults, assert_problem

pytestmark = pytest.mark.usefixtures("untouched")

FOREIGN = "aaaaaaaaaaaaaaaa"


@pytest.fixture
def paper(stage):
    return stage.open_attempt()


@pytest.fixture
def theirs(stage):
    """The paper of another person who sits in the same round."""
    return stage.binh.get(f"/attempts/{stage.others}").json


def single_of(paper):
    return next(question for question in paper["questions"] if question["kind"] != "multiple")


def test_somebody_elses_attempt_does_not_exist(stage, theirs):
    path = f"/attempts/{theirs['id']}"
    assert_problem(stage.an.get(path), 404, "not-found")
    assert_problem(stage.an.get(f"{path}/review"), 404, "not-found")
    assert_problem(stage.an.save(theirs, 1, {}), 404, "not-found")
    assert_problem(stage.an.submit(theirs), 404, "not-found")
    nobodys = {"id": "00000000-0000-4000-8000-000000000000"}
    assert stage.an.submit(theirs).json | {"instance": ""} == stage.an.submit(nobodys).json | {"instance": ""}
    assert theirs["id"] not in stage.an.get("/rounds/thi.r1/attempts").text


def test_ids_of_another_paper(stage, paper, theirs):
    mine, other = paper["questions"][0], theirs["questions"][0]
    earlier = stage.an.get(f"/attempts/{stage.ended['id']}").json["questions"][0]
    for question in (other, earlier, {"id": FOREIGN, "choices": [{"id": FOREIGN}]}):
        choice = question["choices"][0]["id"]
        assert_faults(stage.an.save(paper, 1, {question["id"]: [choice]}), f"/answers/{question['id']}")
        assert_faults(stage.an.save(paper, 1, {mine["id"]: [choice]}), f"/answers/{mine['id']}")
        assert_faults(stage.an.submit(paper, answers={question["id"]: []}), f"/answers/{question['id']}")


def test_a_choice_of_another_question_of_the_same_paper(stage, paper):
    first, second = paper["questions"][:2]
    assert_faults(stage.an.save(paper, 1, {first["id"]: [second["choices"][0]["id"]]}), f"/answers/{first['id']}")


def test_ids_are_taken_letter_by_letter(stage, paper):
    question = paper["questions"][0]
    name, choice = question["id"], question["choices"][0]["id"]
    assert_faults(stage.an.save(paper, 1, {name.upper(): [choice]}), f"/answers/{name.upper()}")
    assert_faults(stage.an.save(paper, 1, {f" {name}": [choice]}), f"/answers/ {name}")
    assert_faults(stage.an.save(paper, 1, {name: [choice.upper()]}), f"/answers/{name}")


def test_two_choices_where_one_is_asked_for(stage, paper):
    question = single_of(paper)
    two = [choice["id"] for choice in question["choices"][:2]]
    assert_faults(stage.an.save(paper, 1, {question["id"]: two}), f"/answers/{question['id']}")
    assert_faults(stage.an.submit(paper, answers={question["id"]: two}), f"/answers/{question['id']}")
    assert_faults(stage.an.save(paper, 1, {question["id"]: two[:1] * 2}), f"/answers/{question['id']}")


def test_one_fault_spoils_the_whole_save(stage, paper):
    question = paper["questions"][0]
    answers = {question["id"]: [question["choices"][0]["id"]], FOREIGN: []}
    assert_faults(stage.an.save(paper, 1, answers, predicted=5), f"/answers/{FOREIGN}")
    assert stage.an.get(f"/attempts/{paper['id']}").json["answers"] == {}


def test_after_the_end_nothing_is_taken(stage):
    receipt = stage.an.get(f"/attempts/{stage.ended['id']}").json["result"]["receipt"]
    for version in (1, 2**53 - 1):
        assert_problem(stage.an.save(stage.ended, version, {}), 409, "attempt-closed", receipt=receipt)
    assert_problem(stage.an.submit(stage.ended, "request-2"), 409, "attempt-closed", receipt=receipt)


def test_rounds_that_are_not_open(stage):
    for name in ("cu.r1", "sap.r1"):
        problem = assert_problem(stage.an.start(name), 409, "round-not-open", opens_at=..., closes_at=..., server_now=...)
        assert problem["opens_at"] < problem["closes_at"]


def test_a_review_before_its_time(stage, paper):
    assert_problem(stage.an.get(f"/attempts/{paper['id']}/review"), 403, "review-not-open", visible_from=...)
