"""A time for each question: they come one after the other, and what is over stays as it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.attempts import timing
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.timing import GRACE
from quizsvc.core.db import transaction
from tests.world import Player, make_contest, right_answers, round_document

EACH = timedelta(seconds=20)
EACH_MS = EACH // timedelta(milliseconds=1)
MS = timedelta(milliseconds=1)
START = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


def timed_round(opens_at, **changes):
    document = round_document(opens_at, seconds_per_question=20, **changes)
    del document["time_limit_minutes"]
    return document


@pytest.fixture
def player(phone, clock):
    make_contest(clock.now, timed_round(clock.now))
    return Player(phone)


def first_choice(question) -> dict[str, list[str]]:
    return {question["id"]: [question["choices"][0]["id"]]}


def test_questions_come_in_their_turn(player, clock):
    assert player.get("/rounds/thi.r1").json["question_ms"] == EACH_MS
    attempt = player.start().json
    assert attempt["deadline_at"] == (clock.now + 3 * EACH).isoformat()
    started, seen = clock.now, []
    for after, count, remaining in (
        (0 * MS, 1, EACH),
        (EACH - MS, 1, MS),
        (EACH, 2, EACH),
        (2 * EACH + 7 * MS, 3, EACH - 7 * MS),
        (3 * EACH + MS, 3, 0 * MS),
    ):
        clock.now = started + after
        for shown in (player.get(f"/attempts/{attempt['id']}").json, player.start().json):
            assert len(shown["questions"]) == shown["question_count"] - 3 + count == count
            assert shown["question_ms"] == EACH_MS
            assert shown["question_remaining_ms"] == remaining / MS
            assert [question["id"] for question in shown["questions"]][: len(seen)] == seen
        seen = [question["id"] for question in shown["questions"]]


def test_a_round_with_one_time_for_all_says_nothing_of_questions(phone, clock):
    make_contest(clock.now)
    player = Player(phone)
    attempt = player.start().json
    assert len(attempt["questions"]) == 3
    for shown in (attempt, player.get("/rounds/thi.r1").json):
        assert not {"question_ms", "question_remaining_ms"} & shown.keys()


@pytest.mark.parametrize("hand_in", [False, True], ids=["saving", "handing in"])
def test_an_answer_that_comes_late_changes_nothing_and_says_what_is_stored(player, clock, hand_in):
    attempt = player.start().json
    first = attempt["questions"][0]
    kept = first_choice(first)
    assert player.save(attempt, 1, kept).status_code == 200
    clock.now += EACH + GRACE + MS
    second = player.get(f"/attempts/{attempt['id']}").json["questions"][1]
    changed = {first["id"]: [first["choices"][1]["id"]]} | first_choice(second)
    send = (
        (lambda answers: player.submit(attempt, version=2, answers=answers))
        if hand_in
        else (lambda answers: player.save(attempt, 2, answers))
    )
    for late in (changed, changed | {first["id"]: []}):
        refused = send(late)
        assert (refused.status_code, refused.json["type"]) == (409, "/problems/question-time-over")
        assert refused.json["questions"] == [first["id"]]
        assert (refused.json["stored"]["version"], refused.json["stored"]["answers"]) == (1, kept)
    stored = player.get(f"/attempts/{attempt['id']}").json
    assert (stored["state"], stored["version"], stored["answers"]) == ("open", 1, kept)
    assert send(kept | first_choice(second)).status_code == 200, "what is unchanged is no change"
    assert player.get(f"/attempts/{attempt['id']}").json["answers"] == kept | first_choice(second)


@pytest.mark.parametrize(("after", "status"), [(EACH - MS, 200), (EACH, 200), (EACH + GRACE, 200), (EACH + GRACE + MS, 409)])
def test_what_was_sent_in_time_is_heard_within_the_grace(player, clock, after, status):
    attempt = player.start().json
    clock.now += after
    assert player.save(attempt, 1, first_choice(attempt["questions"][0])).status_code == status


def test_a_question_whose_turn_has_not_come_cannot_be_answered(playground, player, clock):
    attempt = player.start().json
    clock.now += EACH
    second = player.get(f"/attempts/{attempt['id']}").json["questions"][1]
    clock.now -= EACH
    refused = player.save(attempt, 1, first_choice(second))
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, f"/answers/{second['id']}")


def test_who_hands_in_early_never_sees_the_rest(player, clock):
    attempt = player.start().json
    clock.now += EACH
    assert player.submit(attempt).status_code == 200
    clock.now += 2 * EACH
    shown = player.get(f"/attempts/{attempt['id']}").json
    assert (len(shown["questions"]), shown["question_remaining_ms"]) == (2, 0)


def test_the_whole_paper_can_be_answered_in_its_turn(player, clock):
    attempt = player.start().json
    for turn in range(3):
        shown = player.get(f"/attempts/{attempt['id']}").json
        answers = right_answers(shown, wrong=turn)
        assert player.save(attempt, turn + 1, answers).status_code == 200
        clock.now += EACH
    assert player.submit(attempt).json["correct_count"] == 3


def test_extra_time_lengthens_every_question_and_hides_none(player, clock):
    attempt = player.start().json
    clock.now += EACH + GRACE + MS
    assert player.save(attempt, 1, first_choice(attempt["questions"][0])).status_code == 409
    with transaction() as session:
        stored = session.query(Attempt).one()
        stored.extra_ms += EACH_MS
        stored.deadline_at += EACH
    shown = player.get(f"/attempts/{attempt['id']}").json
    assert (len(shown["questions"]), shown["question_remaining_ms"]) == (2, (2 * EACH - GRACE - MS) / MS)
    assert player.save(attempt, 1, first_choice(attempt["questions"][0])).status_code == 200


@given(st.integers(0, 10**7), st.integers(1, 10**5), st.integers(1, 60), st.integers(0, 10**6))
def test_each_question_is_shown_before_it_is_over(elapsed, question_ms, count, extra_ms):
    now = START + elapsed * MS
    begun = timing.questions_begun(now, START, question_ms=question_ms, count=count)
    assert 1 <= begun <= count
    closing = [timing.question_closes_at(START, place, question_ms=question_ms, extra_ms=extra_ms) for place in range(count)]
    assert closing == sorted(closing)
    assert closing[-1] == START + (count * question_ms + extra_ms) * MS
    assert all(moment > now for moment in closing[begun:]), "nothing is over before it was shown"
    if begun < count:
        assert closing[begun - 1] - extra_ms * MS > now, "the newest one still runs"
    for place, moment in enumerate(closing):
        late = timing.is_question_over(now, START, place, question_ms=question_ms, extra_ms=extra_ms)
        assert late == (now > moment + GRACE)
