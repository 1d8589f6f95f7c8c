"""The prediction question over HTTP: what people type, what is shown, and until when it may be answered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizsvc.contests.lifecycle import GRACE
from tests.api.problems import assert_faults
from tests.world import THANH_VINH, Player, make_contest, round_document

PROMPT = {"prompt": "Có bao nhiêu người trả lời đúng hết?"}
MS = timedelta(milliseconds=1)


@pytest.fixture
def player(phone, clock):
    make_contest(clock.now, round_document(clock.now, prediction=PROMPT))
    return Player(phone).in_unit(THANH_VINH)


@pytest.mark.parametrize(
    "typed", [12345, 12345.0, "12345", "12.345", "12 345", "12\u00a0345", "12345 người", "１２，３４５"]
)
def test_a_number_as_people_type_it_is_shown_as_an_integer(player, typed):
    attempt = player.start().json
    assert player.save(attempt, 1, {}, predicted=typed).status_code == 200
    shown = player.get(f"/attempts/{attempt['id']}").json["predicted"]
    assert (shown, type(shown)) == (12345, int)
    assert player.submit(attempt, predicted=typed).status_code == 200
    assert player.get("/me/export").json["attempts"][0]["predicted"] == 12345


@pytest.mark.parametrize("typed", ["12.34", "1.2345", "-5", "mười", "", "1.000.000.000.001", 10**12 + 1, -1, 1.5, True, [5]])
def test_what_is_not_clear_is_refused_in_words_and_nothing_is_stored(player, typed):
    attempt = player.start().json
    player.save(attempt, 1, {}, predicted=7)
    for refused in (player.save(attempt, 2, {}, predicted=typed), player.submit(attempt, predicted=typed)):
        assert_faults(refused, "/predicted")
        assert "số" in refused.json["errors"][0]["detail"].lower()
    shown = player.get(f"/attempts/{attempt['id']}").json
    assert (shown["predicted"], shown["version"], shown["state"]) == (7, 1, "open")


def test_null_takes_a_prediction_back_and_saying_nothing_keeps_it(player):
    attempt = player.start().json
    player.save(attempt, 1, {}, predicted="1.234")
    player.save(attempt, 2, {})
    assert player.get(f"/attempts/{attempt['id']}").json["predicted"] == 1234
    player.save(attempt, 3, {}, predicted=None)
    assert player.get(f"/attempts/{attempt['id']}").json["predicted"] is None


def test_one_spelling_of_a_number_repeats_another(player):
    attempt = player.start().json
    assert player.save(attempt, 1, {}, predicted="12.345").status_code == 200
    assert player.save(attempt, 1, {}, predicted=12345).status_code == 200
    assert player.save(attempt, 1, {}, predicted="12 346").json["stored"]["predicted"] == 12345


def test_a_round_without_a_prediction_takes_none(phone, clock):
    make_contest(clock.now)
    player = Player(phone)
    attempt = player.start().json
    assert attempt["prediction"] is None
    assert_faults(player.save(attempt, 1, {}, predicted="12"), "/predicted")
    assert player.save(attempt, 1, {}, predicted=None).status_code == 200


def test_the_last_prediction_arrives_before_the_first_figure_is_seen(phone, clock):
    """At each moment a prediction is taken or a figure is shown, never both."""
    make_contest(clock.now, round_document(clock.now - timedelta(minutes=50), prediction=PROMPT))
    player = Player(phone).in_unit(THANH_VINH)
    attempt = player.start().json
    clock.now += timedelta(minutes=10)
    for late in (-MS, GRACE - MS, GRACE):
        clock.now += late
        sealed = player.get("/rounds/thi.r1/leaderboard").json["state"] == "sealed"
        taken = player.save(attempt, 1 + late // MS + 2, {}, predicted=late // MS + 2).status_code == 200
        assert (sealed, taken) == ((late < GRACE,) * 2), late
        clock.now -= late
    clock.now += GRACE
    shown = player.get(f"/attempts/{attempt['id']}").json
    assert (shown["state"], shown["prediction"]) == ("open", None)
    refused = player.submit(attempt, predicted=99)
    assert "đã đóng" in refused.json["errors"][0]["detail"]
    assert player.submit(attempt, predicted=shown["predicted"]).status_code == 200


def test_a_prediction_about_the_contest_is_sealed_until_its_last_round_is_over(phone, clock):
    second = clock.now + timedelta(days=2)
    make_contest(
        clock.now, round_document(clock.now, prediction=PROMPT | {"scope": "contest"}), round_document(second, round="r2")
    )
    player = Player(phone).in_unit(THANH_VINH)
    attempt = player.start().json
    assert player.submit(attempt, predicted=3).json["score"] == 0
    opens = second + timedelta(hours=1) + GRACE
    boards = [f"/{subject}/{what}" for subject in ("rounds/thi.r1", "contests/thi") for what in ("leaderboard", "units")]
    boards.append("/rounds/thi.r2/leaderboard")
    for now, state in ((clock.now + timedelta(days=1), "sealed"), (opens - MS, "sealed"), (opens, "provisional")):
        clock.now = now
        for path in boards:
            answer = player.get(path).json
            assert (answer["state"], answer["visible_from"]) == (state, opens.isoformat()), path
