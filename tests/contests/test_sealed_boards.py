"""While a board is sealed no answer tells who stands where, nor how many take part."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizsvc.contests.lifecycle import GRACE
from tests.world import THANH_VINH, Player, make_contest, right_answers, round_document

HOUR = timedelta(hours=1)
MS = timedelta(milliseconds=1)
PREDICTION = {"prediction": {"prompt": "Có bao nhiêu người dự thi?"}}


def show(board: str) -> dict[str, object]:
    return {"show": {"result": "at_once", "review": "after_round", "board": board}}


def answers_of(player, subject: str) -> tuple[dict, dict, dict]:
    paths = (f"/{subject}/leaderboard", f"/{subject}/leaderboard/me", f"/{subject}/units")
    board, mine, units = (player.get(path) for path in paths)
    assert [board.status_code, mine.status_code, units.status_code] == [200, 200, 200]
    return board.json, mine.json, units.json


def assert_sealed(player, subject: str, visible_from: str | None) -> None:
    board, mine, units = answers_of(player, subject)
    now = board["as_of"]
    head = {"state": "sealed", "visible_from": visible_from, "as_of": now}
    assert board == head | {"total": None, "items": [], "next": None}
    assert mine == head | {"rank": None, "total": None, "entry": None, "neighbours": []}
    assert units == head | {"items": [], "next": None}
    unit = player.get(f"/units?q={THANH_VINH}").json["items"][0]["id"]
    assert player.get(f"/{subject}/leaderboard?unit={unit}").json == board
    assert player.get(f"/{subject}/leaderboard/me?unit={unit}").json == mine


def assert_shown(player, subject: str, state: str) -> None:
    board, mine, units = answers_of(player, subject)
    assert {board["state"], mine["state"], units["state"]} == {state}
    assert (board["total"], len(board["items"])) == (1, 1)
    assert (mine["rank"], mine["total"], mine["entry"]["score"]) == (1, 1, board["items"][0]["score"])
    assert units["items"][0]["participants"] == 1


def play(player, round_id: str) -> None:
    attempt = player.start(round_id).json
    assert player.submit(attempt, f"request-{round_id}", answers=right_answers(attempt)).status_code == 200


@pytest.mark.parametrize(
    ("rule", "length"),
    [(show("after_round"), HOUR), (show("at_once") | PREDICTION, HOUR + GRACE)],
    ids=["after round", "prediction"],
)
def test_sealed_while_the_round_is_open_and_shown_when_it_is_over(phone, clock, rule, length):
    """A prediction may arrive within the grace, so its figures wait for the end of that."""
    closes_at = (clock.now + length).isoformat()
    make_contest(clock.now, round_document(clock.now, **rule))
    an = Player(phone).in_unit(THANH_VINH)
    play(an, "thi.r1")
    for subject in ("rounds/thi.r1", "contests/thi"):
        assert_sealed(an, subject, closes_at)
    clock.now += length - MS
    an.refresh()
    for subject in ("rounds/thi.r1", "contests/thi"):
        assert_sealed(an, subject, closes_at)
    clock.now += MS
    for subject in ("rounds/thi.r1", "contests/thi"):
        assert_shown(an, subject, "provisional")


def test_a_board_that_is_never_shown(phone, clock):
    make_contest(clock.now, round_document(clock.now, **show("never")))
    an = Player(phone).in_unit(THANH_VINH)
    play(an, "thi.r1")
    for _ in range(2):
        for subject in ("rounds/thi.r1", "contests/thi"):
            assert_sealed(an, subject, None)
        clock.advance(days=10)
        an.refresh()


def test_an_open_sealed_round_seals_its_contest_but_not_the_round_before(phone, clock):
    first, second = clock.now, clock.now + HOUR
    make_contest(first, round_document(first), round_document(second, round="r2", **PREDICTION))
    an = Player(phone).in_unit(THANH_VINH)
    upcoming = phone.get("/api/v1/rounds/thi.r2/leaderboard").json
    assert (upcoming["state"], upcoming["total"]) == ("sealed", None)
    play(an, "thi.r1")
    assert_shown(an, "rounds/thi.r1", "live")
    assert_shown(an, "contests/thi", "live")
    clock.now = second
    an.refresh()
    play(an, "thi.r2")
    assert_shown(an, "rounds/thi.r1", "provisional")
    assert_sealed(an, "rounds/thi.r2", (second + HOUR + GRACE).isoformat())
    assert_sealed(an, "contests/thi", (second + HOUR + GRACE).isoformat())
    clock.now += HOUR + GRACE
    an.refresh()
    assert_shown(an, "rounds/thi.r2", "provisional")
    assert_shown(an, "contests/thi", "provisional")


def test_a_board_before_the_opening_is_sealed_until_then(phone, clock):
    opens_at = clock.now + HOUR
    make_contest(clock.now, round_document(opens_at))
    an = Player(phone).in_unit(THANH_VINH)
    for subject in ("rounds/thi.r1", "contests/thi"):
        assert_sealed(an, subject, opens_at.isoformat())
