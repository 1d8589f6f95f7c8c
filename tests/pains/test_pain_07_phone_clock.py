"""Pain 7: the phone's clock is wrong by hours, and nothing changes."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from quizsvc.core.clock import system_clock
from tests.pains.arena import some_answers

LIMIT_MS = 600_000
TELLING = (
    "Date",
    "Last-Modified",
    "If-Modified-Since",
    "If-Unmodified-Since",
    "Expires",
    "X-Client-Time",
    "X-Request-Start",
    "X-Timestamp",
)


def headers_of(phone_clock):
    """Everything in which a phone could say what time it believes it is."""
    return dict.fromkeys(TELLING, format_datetime(phone_clock, usegmt=True)) | {"X-Client-Offset": "+14:00"}


@pytest.mark.parametrize("hours", [-3, 0, 3])
def test_a_phone_three_hours_off_plays_by_the_services_clock(arena, hours):
    round_id = arena.round()
    off = headers_of(system_clock() + timedelta(hours=hours))
    player = arena.player(arena.phone(**off))
    shown = player.get(f"/rounds/{round_id}").json
    assert (shown["state"], shown["allowed_ms"]) == ("open", LIMIT_MS)

    before = system_clock()
    attempt = player.start(round_id).json
    after = system_clock()
    started, deadline = moment(attempt["started_at"]), moment(attempt["deadline_at"])
    assert before <= started <= after
    assert deadline - started == timedelta(milliseconds=LIMIT_MS)
    assert attempt["remaining_ms"] == LIMIT_MS

    saved = player.save(attempt, 1, some_answers(attempt)).json
    assert saved["remaining_ms"] == (deadline - moment(saved["server_now"])) / timedelta(milliseconds=1)
    assert started <= moment(saved["saved_at"]) <= system_clock()

    told = player.submit(attempt).json
    submitted = moment(told["submitted_at"])
    assert told["state"] == "submitted"
    assert moment(saved["saved_at"]) <= submitted <= system_clock()
    assert told["duration_ms"] == (submitted - started) / timedelta(milliseconds=1)
    assert player.get(
        f"/attempts/{attempt['id']}",
    ).json["answers"] == some_answers(attempt)


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_time_in_the_body_is_refused_and_changes_nothing(arena, hours):
    round_id = arena.round()
    player = arena.player()
    claimed = (system_clock() + timedelta(hours=hours)).astimezone(UTC).isoformat()
    names = (
        "started_at",
        "deadline_at",
        "server_now",
        "submitted_at",
        "saved_at",
        "client_time",
        "remaining_ms",
        "duration_ms",
    )
    claims = dict.fromkeys(names, claimed)

    assert player.call("POST", f"/rounds/{round_id}/attempts", claims).status_code == 422
    assert player.get(f"/rounds/{round_id}").json["attempts_used"] == 0
    attempt = player.start(round_id).json
    for refused in (player.save(attempt, 1, some_answers(attempt), **claims), player.submit(attempt, **claims)):
        assert refused.status_code == 422
        assert {error["pointer"] for error in refused.json["errors"]} == {f"/{name}" for name in names}
    unchanged = player.get(f"/attempts/{attempt['id']}").json
    assert (unchanged["state"], unchanged["version"], unchanged["answers"]) == ("open", 0, {})
    assert (unchanged["started_at"], unchanged["deadline_at"]) == (attempt["started_at"], attempt["deadline_at"])


def moment(text):
    return datetime.fromisoformat(text)
