"""Corrections while people hand in: nothing is lost, nothing is counted under an old key."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from tests.corrections.hall import REASON, rebuilt, snapshot
from tests.corrections.test_any_order import marks_by_hand, stored_marks
from tests.organizers.people import PROVINCE, give
from tests.pains.arena import at_once, some_answers
from tests.world import Player, make_contest, round_document

PEOPLE = 20


def test_a_correction_while_twenty_people_hand_in(playground, clock):
    paper = {"paper": [{"bank": "bau-cu", "count": 6}], "same_questions": True}
    make_contest(clock.now, round_document(clock.now, **paper))
    owner = Player(playground.test_client(), 1)
    give(owner, "owner", PROVINCE)
    rng = random.Random(4)
    players = [Player(playground.test_client(), 100 + number) for number in range(PEOPLE)]
    seats = [(player, player.start().json) for player in players]
    questions = questions_of(seats[0][1])

    def act(number: int) -> Any:
        if number < PEOPLE:
            player, attempt = seats[number]
            return player.submit(attempt, answers=some_answers(attempt, number))
        path = f"/manage/rounds/thi.r1/questions/{questions[number % 6]}/void"
        effect = "drop" if number % 2 else "accept_all"
        preview = "?preview=true" if number % 3 == 0 else ""
        return owner_tab(owner, playground).call("POST", path + preview, {"effect": effect, "reason": REASON})

    answers = at_once(PEOPLE + 4, act)
    assert {answer.status_code for answer in answers} <= {200, 201}, [answer.text for answer in answers]
    out = owner.call(
        "POST",
        "/manage/rounds/thi.r1/disqualifications",
        {"grounds": "other", "participants": [rng.choice(players).id], "reason": REASON},
    )
    assert out.status_code == 201
    assert stored_marks() == marks_by_hand()
    found = snapshot()
    assert len([key for key in found["entries"] if key[0] == "round:thi.r1"]) == PEOPLE - 1
    assert found == rebuilt()


def test_disqualified_while_handing_in(playground, clock):
    make_contest(clock.now, round_document(clock.now))
    owner = Player(playground.test_client(), 1)
    give(owner, "owner", PROVINCE)
    players = [Player(playground.test_client(), 100 + number) for number in range(8)]
    seats = [(player, player.start().json) for player in players]

    def act(number: int) -> Any:
        if number < 8:
            player, attempt = seats[number]
            return player.submit(attempt, answers=some_answers(attempt))
        body = {"grounds": "other", "participants": [players[number - 8].id], "reason": REASON}
        return owner_tab(owner, playground).call("POST", "/manage/contests/thi/disqualifications", body)

    answers = at_once(12, act)
    assert {answer.status_code for answer in answers} <= {200, 201}, [answer.text for answer in answers]
    found = snapshot()
    assert len([key for key in found["entries"] if key[0] == "round:thi.r1"]) == 4
    assert found == rebuilt()


def test_those_who_start_while_the_round_is_extended_get_the_new_end(playground, clock):
    make_contest(clock.now, round_document(clock.now))
    owner = Player(playground.test_client(), 1)
    give(owner, "owner", PROVINCE)
    clock.advance(minutes=55)
    owner.refresh()
    players = [Player(playground.test_client(), 100 + number) for number in range(12)]
    body = {"closes_at": (clock.now + timedelta(hours=1)).isoformat(), "reason": REASON}

    def act(number: int) -> Any:
        if number < 12:
            return players[number].start()
        return owner.call("POST", "/manage/rounds/thi.r1/extension", body)

    answers = at_once(13, act)
    assert {answer.status_code for answer in answers} == {201}
    deadlines = {row["deadline_at"] for row in snapshot()["attempts"].values()}
    assert deadlines == {clock.now + timedelta(minutes=10)}


def owner_tab(owner: Player, app: Any) -> Player:
    """The same person over a connection of its own."""
    twin = object.__new__(Player)
    twin.__dict__ |= vars(owner) | {"client": app.test_client()}
    return twin


def questions_of(attempt: dict[str, Any]) -> list[str]:
    from tests.corrections.test_ruling import drawn_by

    return drawn_by(attempt["id"])
