"""Pain 20: who starts when little of the round is left is told before the start how little, and gets exactly that."""

from datetime import datetime, timedelta

import pytest

from quizsvc.core.clock import system_clock
from tests.world import Player, make_contest, right_answers, round_document

LIMIT_MS = 600_000
HOUR_MS = 3_600_000


@pytest.mark.parametrize(
    ("left_ms", "allowed_ms"),
    [
        (HOUR_MS, LIMIT_MS),
        (LIMIT_MS + 1, LIMIT_MS),
        (LIMIT_MS, LIMIT_MS),
        (LIMIT_MS - 1, LIMIT_MS - 1),
        (240_000, 240_000),
        (1, 1),
    ],
)
def test_what_is_shown_before_the_start_is_what_the_start_gives(playground, phone, clock, left_ms, allowed_ms):
    make_contest(clock.now)
    clock.advance(milliseconds=HOUR_MS - left_ms)
    player = Player(phone)
    shown = player.get("/rounds/thi.r1").json
    attempt = player.start().json
    assert (shown["state"], shown["time_limit_ms"], shown["allowed_ms"]) == ("open", LIMIT_MS, allowed_ms)
    assert attempt["remaining_ms"] == allowed_ms

    clock.advance(milliseconds=allowed_ms / 2)
    saved = player.save(attempt, 1, right_answers(attempt)).json
    assert saved["remaining_ms"] == player.get(f"/attempts/{attempt['id']}").json["remaining_ms"] == allowed_ms // 2
    clock.advance(milliseconds=allowed_ms / 2 + 1)  # within the grace, which nobody gains from
    told = player.submit(attempt).json
    assert (told["submitted_at"], told["duration_ms"]) == (attempt["deadline_at"], allowed_ms)


def test_before_the_opening_the_full_time_is_announced_and_after_the_end_none(playground, phone, clock):
    make_contest(clock.now, round_document(clock.now + timedelta(hours=1)))
    player = Player(phone)
    assert [player.get("/rounds/thi.r1").json[name] for name in ("state", "allowed_ms")] == ["upcoming", LIMIT_MS]
    assert player.start().json["type"] == "/problems/round-not-open"
    clock.advance(hours=2)  # the end itself no longer belongs to the round
    player = Player(phone)
    assert [player.get("/rounds/thi.r1").json[name] for name in ("state", "allowed_ms")] == ["closed", 0]
    assert player.start().json["type"] == "/problems/round-not-open"


def test_four_minutes_before_the_end_on_the_real_service(arena):
    ends = system_clock() + timedelta(minutes=4)
    round_id = arena.round(opened_ago=timedelta(minutes=56), closes_at=ends.isoformat())
    player = arena.player()
    shown, attempt = player.get(f"/rounds/{round_id}").json, player.start(round_id).json
    assert shown["allowed_ms"] == left(shown, ends) < LIMIT_MS
    assert attempt["remaining_ms"] == left(attempt, ends) <= shown["allowed_ms"]
    assert datetime.fromisoformat(attempt["deadline_at"]) == ends
    again = player.get(f"/attempts/{attempt['id']}").json
    assert again["remaining_ms"] == left(again, ends) <= attempt["remaining_ms"]


def left(answer, ends):
    return (ends - datetime.fromisoformat(answer["server_now"])) / timedelta(milliseconds=1)
