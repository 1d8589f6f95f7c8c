"""Pain 8: what the phone was told is saved is saved, and asking again after a lost reply does no harm."""

import json

import requests

from tests.pains.arena import at_once, some_answers
from tests.pains.lossy import LossyLine, send_and_leave

PEOPLE = 4
SAVES = 6


def test_every_third_reply_is_lost(arena):
    round_id = arena.round(attempts=1)
    with LossyLine(arena.server.port) as line:
        people = [arena.player() for _ in range(PEOPLE)]
        phones = [arena.tab(player, line.url, Connection="close") for player in people]
        told = at_once(PEOPLE, lambda number: play(phones[number], people[number], round_id))
    assert line.lost >= PEOPLE * (SAVES + 2) // 3

    for player, (attempt, submission) in zip(people, told, strict=True):
        assert player.submit(attempt, "nop-mot-lan").data == submission
        shown = player.get(f"/attempts/{attempt['id']}").json
        assert (shown["state"], shown["version"]) == ("submitted", SAVES)
        assert [item["id"] for item in player.get(f"/rounds/{round_id}/attempts").json["items"]] == [attempt["id"]]
    board = people[0].get(f"/rounds/{round_id}/leaderboard/me").json
    assert board["total"] == PEOPLE


def play(phone, onlooker, round_id):
    """Start, save again and again, hand in; after each acknowledgement somebody looks at what is really stored."""
    attempt = persist(lambda: phone.start(round_id)).json
    known = {}
    for version in range(1, SAVES + 1):
        question = attempt["questions"][version % 3]
        given = {question["id"]: [question["choices"][version % len(question["choices"])]["id"]]}
        saved = persist(lambda version=version, given=given: phone.save(attempt, version, given))
        known |= given
        assert (saved.status_code, saved.json["version"]) == (200, version)
        stored = onlooker.get(f"/attempts/{attempt['id']}").json
        assert (stored["version"], stored["answers"]) == (version, known)
    return attempt, persist(lambda: phone.submit(attempt, "nop-mot-lan")).data


def persist(call):
    """What the Mini App does: the very same call again until there is an answer."""
    for _ in range(20):
        try:
            return call()
        except requests.RequestException:
            continue
    raise AssertionError("no answer in twenty tries")


def test_a_phone_that_hangs_up_early_can_ask_again(arena):
    round_id = arena.round()
    player = arena.player()
    attempt = player.start(round_id).json
    base, port = f"/api/v1/attempts/{attempt['id']}", arena.server.port
    save = {"version": 1, "answers": some_answers(attempt)}
    submission = {"request_id": "nop-roi-tat-may"}

    for _ in range(3):
        send_and_leave(port, "PATCH", f"{base}/answers", json.dumps(save).encode(), player.headers)
    assert player.save(attempt, 1, save["answers"]).json["version"] == 1
    for _ in range(3):
        send_and_leave(port, "POST", f"{base}/submission", json.dumps(submission).encode(), player.headers)
    told = player.submit(attempt, "nop-roi-tat-may")

    assert told.status_code == 200
    assert player.submit(attempt, "nop-roi-tat-may").data == told.data
    shown = player.get(f"/attempts/{attempt['id']}").json
    assert (shown["state"], shown["version"], shown["answers"]) == ("submitted", 1, save["answers"])
