from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from quizsvc.attempts.models import Attempt
from quizsvc.core.db import transaction
from tests.world import Player, make_contest, right_answers, round_document

MS = timedelta(milliseconds=1)


def show(result: str, review: str) -> dict[str, object]:
    return {"show": {"result": result, "review": review, "board": "after_round"}}


def test_the_review_after_the_round(phone, clock):
    make_contest(clock.now, round_document(clock.now, paper=[{"bank": "bau-cu", "count": 10}]))
    an = Player(phone)
    attempt = an.start().json
    answers = right_answers(attempt, wrong=2)
    wrong, missing = attempt["questions"][:2]
    right = right_answers(attempt)
    answers[wrong["id"]] = [next(c["id"] for c in wrong["choices"] if c["id"] not in right[wrong["id"]])]
    an.submit(attempt, answers=answers)
    clock.advance(hours=1)
    clock.now -= MS
    an.refresh()
    early = an.get(f"/attempts/{attempt['id']}/review")
    assert (early.status_code, early.json["type"]) == (403, "/problems/review-not-open")
    clock.now += MS
    review = an.get(f"/attempts/{attempt['id']}/review").json
    assert review["attempt_id"] == attempt["id"]
    for question, asked in zip(review["questions"], attempt["questions"], strict=True):
        assert {name: question[name] for name in asked} == asked
        assert set(question["answer"]) == set(answers.get(asked["id"], []))
        assert set(question["correct"]) == set(right[asked["id"]])
        assert question["is_right"] is (asked["id"] not in (wrong["id"], missing["id"]))
        assert question["explanation"]
        for basis in question["legal_basis"]:
            assert basis["law"]
            assert f"Điều {basis['article']}" in basis["text"]
        assert question["legal_basis"]


def test_a_review_at_once_opens_with_the_end_of_the_attempt(phone, clock):
    make_contest(clock.now, round_document(clock.now, **show("at_once", "at_once")))
    an, binh = Player(phone, 1), Player(phone, 2)
    attempt, left = an.start().json, binh.start().json
    assert an.get(f"/attempts/{attempt['id']}/review").status_code == 403
    an.submit(attempt)
    assert an.get(f"/attempts/{attempt['id']}/review").status_code == 200
    clock.advance(minutes=10, seconds=5)
    assert binh.get(f"/attempts/{left['id']}/review").status_code == 403
    clock.now += MS
    assert binh.get(f"/attempts/{left['id']}/review").status_code == 200


def test_a_review_that_never_opens(phone, clock):
    make_contest(clock.now, round_document(clock.now, **show("at_once", "never")))
    an = Player(phone)
    attempt = an.start().json
    an.submit(attempt)
    clock.advance(days=20)
    assert an.refresh().get(f"/attempts/{attempt['id']}/review").status_code == 403


def test_a_void_attempt_has_no_review(phone, clock):
    make_contest(clock.now, round_document(clock.now, **show("at_once", "at_once")))
    an = Player(phone)
    attempt = an.start().json
    an.submit(attempt)
    with transaction() as session:
        session.execute(update(Attempt).values(state="void"))
    assert an.get(f"/attempts/{attempt['id']}/review").status_code == 403


def pages(player, path, limit):
    """The items of a list, over all its pages."""
    items, cursor = [], ""
    while cursor is not None:
        page = player.get(f"{path}?limit={limit}{cursor and '&cursor=' + cursor}").json
        assert 0 < len(page["items"]) <= limit
        items += page["items"]
        cursor = page["next"]
    return items


def test_my_attempts_page_by_page(phone, clock):
    make_contest(clock.now, round_document(clock.now), round_document(clock.now, round="r2"))
    an, binh = Player(phone, 1), Player(phone, 2)
    for _ in range(3):
        an.submit(an.start().json)
    last = an.start().json
    an.start("thi.r2")
    binh.start()
    seen = pages(an, "/rounds/thi.r1/attempts", 100)
    assert [(item["number"], item["state"]) for item in seen] == [
        (4, "open"),
        (3, "submitted"),
        (2, "submitted"),
        (1, "submitted"),
    ]
    assert seen[0]["id"] == last["id"]
    assert seen[0]["result"] is None
    assert all("questions" not in item for item in seen)
    for item in seen[1:]:
        assert item["result"] == an.get(f"/attempts/{item['id']}").json["result"]
    assert all(pages(an, "/rounds/thi.r1/attempts", limit) == seen for limit in (1, 2, 3, 4))


def test_no_attempts_is_an_empty_list(phone, clock):
    make_contest(clock.now)
    assert Player(phone).get("/rounds/thi.r1/attempts").json == {"items": [], "next": None}
