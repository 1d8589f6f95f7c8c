from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from quizsvc.attempts.timing import GRACE
from tests.world import Player, make_contest, round_document

MS = timedelta(milliseconds=1)
PREDICTION = {"prediction": {"prompt": "Có bao nhiêu người dự thi?"}}


@pytest.fixture
def an(phone, clock):
    make_contest(clock.now, round_document(clock.now, **PREDICTION), round_document(clock.now, round="r2"))
    return Player(phone)


def choose(question, *places):
    return {question["id"]: [question["choices"][place]["id"] for place in places]}


def stored(an, attempt):
    now = an.get(f"/attempts/{attempt['id']}").json
    return now["version"], now["answers"], now["predicted"]


def test_answers_are_laid_over_the_stored_ones(an, clock):
    attempt = an.start().json
    first, second, third = attempt["questions"]
    assert an.save(attempt, 1, choose(first, 0) | choose(second, 1)).status_code == 200
    clock.advance(seconds=7)
    saved = an.save(attempt, 5, choose(second, 0) | choose(third, 1)).json
    assert saved == {
        "version": 5,
        "saved_at": clock.now.isoformat(),
        "server_now": clock.now.isoformat(),
        "remaining_ms": 593_000,
    }
    assert stored(an, attempt) == (5, choose(first, 0) | choose(second, 0) | choose(third, 1), None)


def test_an_empty_list_clears_one_answer(an):
    attempt = an.start().json
    first, second, _ = attempt["questions"]
    an.save(attempt, 1, choose(first, 0) | choose(second, 1))
    an.save(attempt, 2, {first["id"]: []})
    assert stored(an, attempt) == (2, choose(second, 1), None)


def test_saving_without_answers_only_moves_the_version(an):
    attempt = an.start().json
    answers = choose(attempt["questions"][0], 0)
    an.save(attempt, 1, answers, predicted=7)
    for body in ({"version": 2}, {"version": 3, "answers": {}}):
        assert an.call("PATCH", f"/attempts/{attempt['id']}/answers", body).status_code == 200
        assert stored(an, attempt) == (body["version"], answers, 7)


def test_an_old_version_with_the_stored_content_is_a_repetition(an, clock):
    attempt = an.start().json
    answers = choose(attempt["questions"][0], 0)
    first = an.save(attempt, 4, answers, predicted=7).json
    clock.advance(seconds=1)
    for version in (4, 3, 1):
        again = an.save(attempt, version, answers, predicted=7)
        assert again.status_code == 200
        assert again.json == first | {"server_now": clock.now.isoformat(), "remaining_ms": 599_000}


def test_an_old_version_with_other_content_is_stale(an, clock):
    attempt = an.start().json
    first, second, _ = attempt["questions"]
    an.save(attempt, 4, choose(first, 0), predicted=7)
    held = {"version": 4, "answers": choose(first, 0), "predicted": 7, "saved_at": clock.now.isoformat()}
    clock.advance(seconds=1)
    others = [
        {"answers": choose(first, 1)},
        {"answers": {first["id"]: []}},
        {"answers": choose(first, 0) | choose(second, 0)},
        {"answers": choose(first, 0), "predicted": 8},
        {"answers": {}, "predicted": None},
    ]
    for version, other in product((4, 3), others):
        for stale in (an.save(attempt, version, **other), an.submit(attempt, version=version, **other)):
            assert (stale.status_code, stale.json["type"]) == (409, "/problems/stale-version")
            assert stale.json["stored"] == held
    assert stored(an, attempt) == (4, choose(first, 0), 7)


def test_a_prediction_is_stored_changed_and_taken_back(an):
    attempt = an.start().json
    assert attempt["prediction"] == PREDICTION["prediction"]
    assert attempt["predicted"] is None
    for version, predicted in enumerate((0, 3195, 1_000_000_000_000, None), start=1):
        assert an.save(attempt, version, {}, predicted=predicted).status_code == 200
        assert stored(an, attempt) == (version, {}, predicted)
    an.submit(attempt, predicted=12)
    assert stored(an, attempt)[2] == 12


def test_a_prediction_is_refused_where_none_is_asked(an):
    attempt = an.start("thi.r2").json
    assert attempt["prediction"] is None
    answers = choose(attempt["questions"][0], 0)
    for refused in (an.save(attempt, 1, answers, predicted=1), an.submit(attempt, answers=answers, predicted=1)):
        assert refused.status_code == 422
        assert [error["pointer"] for error in refused.json["errors"]] == ["/predicted"]
    assert stored(an, attempt) == (0, {}, None)
    assert an.save(attempt, 1, answers, predicted=None).status_code == 200


def test_ids_of_another_paper_are_refused_and_nothing_changes(an, phone):
    mine, other = an.start().json, Player(phone, 2).start().json
    first, second, _ = mine["questions"]
    foreign = other["questions"][0]
    bad = [
        choose(foreign, 0),
        {first["id"]: [foreign["choices"][0]["id"]]},
        {first["id"]: [second["choices"][0]["id"]]},
        {first["id"]: [first["choices"][0]["id"]] * 2},
    ]
    for answers in bad:
        for refused in (an.save(mine, 1, choose(second, 0) | answers), an.submit(mine, answers=answers)):
            assert refused.status_code == 422
            (error,) = refused.json["errors"]
            assert error["pointer"] == f"/answers/{next(iter(answers))}"
    assert stored(an, mine) == (0, {}, None)


def test_two_choices_only_where_several_may_be_right(phone, clock):
    make_contest(clock.now, round_document(clock.now, paper=[{"bank": "bau-cu", "count": 25}]))
    an = Player(phone)
    attempt = an.start().json
    assert {question["kind"] for question in attempt["questions"]} == {"single", "multiple", "true_false"}
    for version, question in enumerate(attempt["questions"], start=1):
        two = an.save(attempt, version, choose(question, 0, 1))
        assert two.status_code == (200 if question["kind"] == "multiple" else 422), question


def test_saving_is_heard_until_the_end_of_the_grace(an, clock):
    attempt = an.start().json
    first = attempt["questions"][0]
    clock.advance(minutes=10)
    clock.now += GRACE
    saved = an.save(attempt, 1, choose(first, 0))
    assert (saved.status_code, saved.json["remaining_ms"]) == (200, 0)
    clock.now += MS
    late = an.save(attempt, 2, choose(first, 1))
    assert (late.status_code, late.json["type"]) == (409, "/problems/attempt-expired")
    ended = an.get(f"/attempts/{attempt['id']}").json
    assert ended["state"] == "expired"
    assert ended["answers"] == choose(first, 0)
    assert late.json["receipt"] == ended["result"]["receipt"]


def test_nothing_is_saved_after_handing_in(an):
    attempt = an.start().json
    handed_in = an.submit(attempt, answers=choose(attempt["questions"][0], 0)).json
    for version in (1, 99):
        refused = an.save(attempt, version, choose(attempt["questions"][0], 1))
        assert (refused.status_code, refused.json["type"]) == (409, "/problems/attempt-closed")
        assert refused.json["receipt"] == handed_in["receipt"]
    assert stored(an, attempt)[1] == choose(attempt["questions"][0], 0)
