from __future__ import annotations

from datetime import timedelta
from itertools import product

from sqlalchemy import update

from quizsvc.attempts.models import Attempt
from quizsvc.attempts.timing import GRACE
from quizsvc.core.db import transaction
from tests.world import Player, make_contest, right_answers, round_document

MS = timedelta(milliseconds=1)


def test_a_round_gives_so_many_attempts_and_numbers_them(phone, clock):
    make_contest(clock.now, round_document(clock.now, attempts=2))
    an, binh = Player(phone, 1), Player(phone, 2)
    for number in (1, 2):
        assert an.get("/rounds/thi.r1").json["attempts_used"] == number - 1
        attempt = an.start().json
        assert attempt["number"] == number
        assert an.get("/rounds/thi.r1").json["attempts_used"] == number  # a started attempt is a used one
        an.submit(attempt)
    refused = an.start()
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/no-attempts-left")
    assert binh.start().json["number"] == 1


def test_the_open_attempt_comes_back_to_the_letter(phone, clock):
    make_contest(clock.now)
    an = Player(phone)
    first = an.start().json
    clock.advance(seconds=1)
    assert an.start().json == first | {"server_now": "2026-11-23T01:00:01+00:00", "remaining_ms": 599_000}
    answers = right_answers(first)
    an.save(first, 4, answers)
    again = an.start()
    assert again.status_code == 200
    assert (again.json["version"], again.json["answers"]) == (4, answers)
    assert again.json["questions"] == first["questions"]
    assert again.json == an.get(f"/attempts/{first['id']}").json


def test_two_people_share_no_id(phone, clock):
    make_contest(clock.now)
    papers = [Player(phone, number).start().json for number in range(1, 6)]
    ids = [
        each
        for paper in papers
        for question in paper["questions"]
        for each in (question["id"], *(choice["id"] for choice in question["choices"]))
    ]
    assert len(ids) == len(set(ids))


def test_after_an_expired_attempt_comes_a_new_one(phone, clock):
    make_contest(clock.now, round_document(clock.now, attempts=2))
    an = Player(phone)
    first = an.start().json
    an.save(first, 1, right_answers(first, wrong=1))
    clock.advance(minutes=10)
    clock.now += GRACE
    still = an.start()
    assert (still.status_code, still.json["id"], still.json["remaining_ms"]) == (200, first["id"], 0)
    clock.now += MS
    second = an.start()
    assert (second.status_code, second.json["number"]) == (201, 2)
    assert second.json["id"] != first["id"]
    ended = an.get(f"/attempts/{first['id']}").json
    assert (ended["state"], ended["remaining_ms"]) == ("expired", 0)
    assert ended["result"]["submitted_at"] == first["deadline_at"]
    assert (ended["result"]["duration_ms"], ended["result"]["score"]) == (600_000, 2)
    clock.advance(minutes=11)
    refused = an.refresh().start()
    assert refused.json["type"] == "/problems/no-attempts-left"


def test_a_void_attempt_is_not_a_used_one_but_keeps_its_number(phone, clock):
    make_contest(clock.now, round_document(clock.now, attempts=1))
    an = Player(phone)
    first = an.start().json
    with transaction() as session:
        session.execute(update(Attempt).values(state="void", ended_at=clock.now))
    assert an.get("/rounds/thi.r1").json["attempts_used"] == 0
    second = an.start()
    assert (second.status_code, second.json["number"]) == (201, 2)
    assert an.get(f"/attempts/{first['id']}").json["state"] == "void"
    assert an.get(f"/attempts/{first['id']}").json["result"] is None


def test_a_round_is_open_from_its_first_to_before_its_last_moment(phone, clock):
    opens_at = clock.now
    closes_at = opens_at + timedelta(hours=1)
    make_contest(opens_at)
    clock.now = opens_at - MS
    an, binh = Player(phone, 1), Player(phone, 2)
    assert an.get("/rounds/thi.r1").json["allowed_ms"] == 600_000
    early = an.start()
    assert (early.status_code, early.json["type"]) == (409, "/problems/round-not-open")
    assert early.json["opens_at"] == opens_at.isoformat()
    clock.now = opens_at
    assert an.start().status_code == 201

    clock.now = closes_at - MS
    binh.refresh()
    assert binh.get("/rounds/thi.r1").json["allowed_ms"] == 1
    last = binh.start()
    assert (last.status_code, last.json["remaining_ms"]) == (201, 1)
    assert last.json["deadline_at"] == closes_at.isoformat()
    clock.now = closes_at
    assert binh.get("/rounds/thi.r1").json["allowed_ms"] == 0
    late = Player(phone, 3).start()
    assert (late.status_code, late.json["type"]) == (409, "/problems/round-not-open")
    assert late.json["closes_at"] == closes_at.isoformat()
    assert binh.start().json["id"] == last.json["id"]  # within the grace the phone may still hand in


def test_another_persons_attempt_does_not_exist(phone, clock):
    make_contest(clock.now)
    attempt = Player(phone, 1).start().json
    thief = Player(phone, 2)
    calls = [
        ("GET", "", None),
        ("GET", "/review", None),
        ("PATCH", "/answers", {"version": 1, "answers": {}}),
        ("POST", "/submission", {"request_id": "request-1"}),
    ]
    ids = (attempt["id"], attempt["id"].upper(), "00000000-0000-4000-8000-000000000000", "x")
    for (method, rest, body), attempt_id in product(calls, ids):
        answer = thief.call(method, f"/attempts/{attempt_id}{rest}", body)
        assert (answer.status_code, answer.json["type"]) == (404, "/problems/not-found")
    assert Player(phone, 1).start().json["state"] == "open"


def test_an_unknown_round_is_not_found(phone, clock):
    an = Player(phone)
    for call in (an.start("thi.r9"), an.get("/rounds/thi.r9"), an.get("/rounds/thi.r9/attempts")):
        assert (call.status_code, call.json["type"]) == (404, "/problems/not-found")
