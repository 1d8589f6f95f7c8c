from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from structlog.testing import capture_logs

from quizsvc.attempts.closing import close
from quizsvc.attempts.gate import own_boards
from quizsvc.attempts.grading import lock_person
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.paper import read_answers
from quizsvc.attempts.timing import GRACE
from quizsvc.contests.models import Round
from quizsvc.core.db import reading, transaction
from quizsvc.units.models import Unit
from quizsvc.verification.service import receipt_by_code
from tests.world import THANH_VINH, Player, make_contest, right_answers, round_document

MS = timedelta(milliseconds=1)
HIDDEN = {"show": {"result": "after_round", "review": "after_round", "board": "after_round"}}


def test_handing_in_once(phone, clock):
    make_contest(clock.now)
    an = Player(phone)
    attempt = an.start().json
    clock.advance(seconds=81, milliseconds=234)
    handed_in = an.submit(attempt, answers=right_answers(attempt, wrong=1))
    assert handed_in.status_code == 200
    receipt = handed_in.json["receipt"]
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", receipt["code"])
    assert re.fullmatch(r"[0-9a-f]{64}", receipt["sha256"])
    assert handed_in.json == {
        "attempt_id": attempt["id"],
        "state": "submitted",
        "submitted_at": clock.now.isoformat(),
        "duration_ms": 81_234,
        "score": 2,
        "max_score": 3,
        "correct_count": 2,
        "question_count": 3,
        "result_visible": True,
        "receipt": receipt,
    }
    clock.advance(days=3)
    an.refresh()
    assert an.submit(attempt).json == handed_in.json
    assert an.submit(attempt, version=99, answers={"x": []}, predicted=5).json == handed_in.json
    assert an.get(f"/attempts/{attempt['id']}").json["result"] == handed_in.json


def test_another_request_after_the_end_gets_the_receipt(phone, clock):
    make_contest(clock.now)
    an = Player(phone)
    attempt = an.start().json
    handed_in = an.submit(attempt, "request-1").json
    for request_id in ("request-2", "REQUEST-1"):
        refused = an.submit(attempt, request_id, answers=right_answers(attempt))
        assert (refused.status_code, refused.json["type"]) == (409, "/problems/attempt-closed")
        assert refused.json["receipt"] == handed_in["receipt"]
    assert an.submit(attempt, "request-1").json == handed_in


def test_last_answers_are_laid_over_the_saved_ones(phone, clock):
    make_contest(clock.now)
    an = Player(phone)
    attempt = an.start().json
    right = right_answers(attempt)
    first, second, third = (question["id"] for question in attempt["questions"])
    an.save(attempt, 3, {first: right[first], third: right[third]})
    handed_in = an.submit(attempt, version=4, answers={second: right[second], third: []}).json
    assert handed_in["score"] == 2
    now = an.get(f"/attempts/{attempt['id']}").json
    assert (now["version"], now["answers"]) == (4, {first: right[first], second: right[second]})


def test_handing_in_without_answers_keeps_the_saved_ones(phone, clock):
    make_contest(clock.now)
    an = Player(phone)
    for body in ({}, {"version": 1}, {"version": 4}, {"version": 9}):
        attempt = an.start().json
        an.save(attempt, 4, right_answers(attempt))
        assert an.submit(attempt, **body).json["score"] == 3
        assert an.get(f"/attempts/{attempt['id']}").json["version"] == max(4, body.get("version", 4))


def test_a_submission_within_the_grace_counts_as_at_the_deadline(phone, clock):
    make_contest(clock.now)
    an, binh = Player(phone, 1), Player(phone, 2)
    on_time, late = an.start().json, binh.start().json
    binh.save(late, 1, right_answers(late, wrong=2))
    clock.advance(minutes=10)
    clock.now += GRACE
    handed_in = an.submit(on_time, answers=right_answers(on_time)).json
    assert (handed_in["state"], handed_in["score"]) == ("submitted", 3)
    assert (handed_in["submitted_at"], handed_in["duration_ms"]) == (on_time["deadline_at"], 600_000)
    clock.now += MS
    refused = binh.submit(late, answers=right_answers(late))
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/attempt-expired")
    ended = binh.get(f"/attempts/{late['id']}").json
    assert (ended["state"], ended["result"]["score"]) == ("expired", 1)
    assert ended["result"]["submitted_at"] == late["deadline_at"]
    assert refused.json["receipt"] == ended["result"]["receipt"]
    assert binh.submit(late, "request-2").json["receipt"] == ended["result"]["receipt"]


def test_hidden_results_stay_as_they_were_told_and_show_when_the_round_is_over(phone, clock):
    make_contest(clock.now, round_document(clock.now, **HIDDEN))
    an = Player(phone)
    attempt = an.start().json
    told = an.submit(attempt, answers=right_answers(attempt)).json
    assert (told["score"], told["correct_count"], told["result_visible"]) == (None, None, False)
    assert (told["max_score"], told["question_count"], told["state"]) == (3, 3, "submitted")
    assert an.get(f"/attempts/{attempt['id']}").json["result"] == told
    assert an.get("/rounds/thi.r1/attempts").json["items"][0]["result"] == told

    clock.advance(hours=1)
    clock.now -= MS
    an.refresh()
    assert an.get(f"/attempts/{attempt['id']}").json["result"]["score"] is None
    clock.now += MS
    assert an.submit(attempt).json == told
    shown = told | {"score": 3, "correct_count": 3, "result_visible": True}
    assert an.get(f"/attempts/{attempt['id']}").json["result"] == shown
    assert an.get("/rounds/thi.r1/attempts").json["items"][0]["result"] == shown


def test_results_that_are_never_shown(phone, clock):
    never = {"show": {"result": "never", "review": "never", "board": "never"}}
    make_contest(clock.now, round_document(clock.now, **never))
    an = Player(phone)
    attempt = an.start().json
    told = an.submit(attempt, answers=right_answers(attempt)).json
    clock.advance(days=20)
    assert an.refresh().get(f"/attempts/{attempt['id']}").json["result"] == told
    assert told["score"] is None


def test_points_per_question(phone, clock):
    make_contest(clock.now, round_document(clock.now, points_per_question=5))
    an = Player(phone)
    attempt = an.start().json
    result = an.submit(attempt, answers=right_answers(attempt, wrong=1)).json
    assert (result["score"], result["max_score"], result["correct_count"]) == (10, 15, 2)


def test_a_receipt_vouches_for_what_is_stored(phone, clock):
    make_contest(clock.now)
    an = Player(phone)
    attempt = an.start().json
    receipt = an.submit(attempt, answers=right_answers(attempt)).json["receipt"]
    with transaction() as session:
        stored = session.scalars(select(Attempt)).one()
        assert receipt_by_code(session, receipt["code"]) == (stored.id, True)
        assert receipt_by_code(session, "0000-0000-0000-0000") is None
        (chosen, *_) = read_answers(stored.answers)
        stored.answers = stored.answers.replace("abcd"[chosen[0]], "abcd"[chosen[0] - 1], 1)
        session.flush()
        assert receipt_by_code(session, receipt["code"]) == (stored.id, False)


@pytest.mark.parametrize("request_id", ["request-1", "request-2"])
def test_a_crash_between_handing_in_and_grading_is_made_good_by_the_next_call(phone, clock, request_id):
    make_contest(clock.now)
    an = Player(phone)
    attempt = an.start().json
    an.save(attempt, 1, right_answers(attempt))
    with transaction() as session:
        close(session, session.scalars(select(Attempt)).one(), state="submitted", now=clock.now, request_id="request-1")
    answer = an.submit(attempt, request_id).json
    result = an.get(f"/attempts/{attempt['id']}").json["result"]
    assert result["score"] == 3
    assert answer == result if request_id == "request-1" else answer["receipt"] == result["receipt"]
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Receipt)) == 1


def test_a_fault_in_grading_does_not_cost_the_submission(phone, clock):
    """A damaged unit stands for any fault: the submission is stored without a grade, and graded when all is well again."""
    make_contest(clock.now)
    an = Player(phone).in_unit(THANH_VINH)
    attempt = an.start().json
    with transaction() as session:
        unit = session.scalars(select(Unit).join(Attempt, Attempt.unit_id == Unit.id)).one()
        sound, unit.path = unit.path, "not a path"
    with capture_logs() as logs:
        assert an.submit(attempt, "request-1", answers=right_answers(attempt)).status_code == 500
    assert [log["event"] for log in logs if log["log_level"] == "error"] == ["graded-apart", "unexpected-error"]
    with reading() as session:
        stored = session.scalars(select(Attempt)).one()
        assert (stored.state, stored.ended_at, stored.graded_at) == ("submitted", clock.now, None)
        assert session.scalar(select(func.count()).select_from(Receipt)) == 0
    with transaction() as session:
        session.execute(update(Unit).where(Unit.id == unit.id).values(path=sound))
    clock.advance(hours=1)
    an.refresh()
    answer = an.submit(attempt, "request-1")
    assert (answer.status_code, answer.json["score"]) == (200, 3)
    assert answer.json["submitted_at"] == stored.ended_at.isoformat()


@pytest.mark.parametrize("world_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("held", ["the boards", "the person"])
def test_a_submission_is_stored_before_it_waits_for_others(playground, clock, held):
    """A correction has the boards, or a start has the person: grading waits for them, handing in does not."""
    make_contest(clock.now)
    an = Player(playground.test_client())
    attempt = an.start().json
    with ThreadPoolExecutor(1) as pool:
        with transaction() as session:
            contest_id, person = session.execute(
                select(Round.contest_id, Attempt.participant_id).join_from(Attempt, Round)
            ).one()
            if held == "the boards":
                own_boards(session, contest_id)
            else:
                lock_person(session, person)
            answer = pool.submit(an.submit, attempt, "request-1", answers=right_answers(attempt))
            deadline = time.monotonic() + 20
            while _state() != "submitted":
                assert time.monotonic() < deadline, "it waits before it is stored"
                time.sleep(0.02)
            assert not answer.done()
        assert answer.result().json["score"] == 3


def _state() -> str:
    with reading() as session:
        return session.scalars(select(Attempt.state)).one()
