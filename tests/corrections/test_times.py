"""Later ends, extra time, make-up sessions."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from quizsvc.attempts.sweeping import sweep
from quizsvc.core.runtime import runtime
from tests.corrections.hall import entry_of, later, log, rebuilt, snapshot
from tests.world import THANH_VINH, Player, make_contest, right_answers, round_document

MINUTE_MS = 60_000


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_an_extension_gives_those_cut_short_their_full_time(hall):
    early, late = hall.people(2)
    start = hall.clock.now
    hall.clock.advance(minutes=52)
    for player in (early, late):
        player.refresh()
    whole = early.start().json  # 8 of 10 minutes
    hall.clock.advance(minutes=4)
    short = late.start().json  # 4 of 10 minutes
    end = start + timedelta(minutes=63)
    before = snapshot()
    number = hall.done("/rounds/thi.r1/extension", {"closes_at": end.isoformat()})
    assert moment(early.get(f"/attempts/{whole['id']}").json["deadline_at"]) == start + timedelta(minutes=62)
    assert moment(late.get(f"/attempts/{short['id']}").json["deadline_at"]) == end
    assert moment(hall.phone.get("/api/v1/contests/thi").json["closes_at"]) == end
    amendments = hall.phone.get("/api/v1/contests/thi/amendments").json["items"]
    assert [made["changes"][0]["path"] for made in amendments] == ["/rounds/r1/closes_at"]
    assert hall.undo(number).status_code == 201
    assert snapshot() == before
    again = hall.done("/rounds/thi.r1/extension", {"closes_at": end.isoformat()})
    hall.clock.advance(minutes=5)  # the old end has passed
    assert Player(hall.phone, 900).start().status_code == 201
    refused = hall.undo(again)
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/cannot-undo")


def test_the_later_of_two_extensions_is_undone_first(hall):
    first = hall.done("/rounds/thi.r1/extension", {"closes_at": later(hall.clock, hours=2)})
    second = hall.done("/rounds/thi.r1/extension", {"closes_at": later(hall.clock, hours=3)})
    assert hall.undo(first).status_code == 409
    assert hall.undo(second).status_code == hall.undo(first).status_code == 201


def test_loading_the_same_document_again_keeps_the_extension(hall):
    make_contest(hall.clock.now, slug="khac")
    hall.done("/rounds/khac.r1/extension", {"closes_at": later(hall.clock, hours=5)})
    make_contest(hall.clock.now, slug="khac")
    found = hall.phone.get("/api/v1/contests/khac").json
    assert moment(found["closes_at"]) == hall.clock.now + timedelta(hours=5)


@pytest.mark.parametrize("gap", [{"minutes": 60}, {"minutes": 59}, {"hours": -1}])
def test_an_end_that_is_not_later_is_refused(hall, gap):
    answer = hall.correct("/rounds/thi.r1/extension", {"closes_at": later(hall.clock, **gap)})
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/correction-refused")


def test_a_closed_round_opens_again_only_while_nobody_has_seen_the_keys(hall):
    hidden = {"show": {"result": "never", "review": "never", "board": "never"}}
    make_contest(hall.clock.now, round_document(hall.clock.now, **hidden), slug="kin")
    make_contest(hall.clock.now, round_document(hall.clock.now), slug="mo")
    hall.clock.advance(hours=2)
    body = {"closes_at": later(hall.clock, hours=1)}
    assert hall.correct("/rounds/mo.r1/extension", body).status_code == 409
    assert hall.correct("/rounds/kin.r1/extension", body).status_code == 201
    assert Player(hall.phone, 900).start("kin.r1").status_code == 201


def test_an_outage_is_made_good_by_what_each_lost(hall):
    start = hall.clock.now
    before_it, during, cut_off, handed_in = hall.people(4)
    lost = cut_off.start().json
    hall.clock.advance(minutes=3)
    first = before_it.start().json
    handed_in.submit(handed_in.start().json)
    hall.clock.advance(minutes=4)  # 7: the outage begins
    hall.clock.advance(minutes=2)
    second = during.start().json
    hall.clock.advance(minutes=2)  # 11: it ends; one attempt ran out at 10 and is closed
    sweep(runtime().clock)
    outage = {"start": (start + timedelta(minutes=7)).isoformat(), "end": (start + timedelta(minutes=11)).isoformat()}
    before = snapshot()
    made = hall.correct("/rounds/thi.r1/extra-time", {"outage": outage}, preview=True).json
    assert (made["effect"]["attempts"], [each["attempt_id"] for each in made["cut_off"]]) == (2, [lost["id"]])
    number = hall.done("/rounds/thi.r1/extra-time", {"outage": outage})
    seats = ((before_it, first), (during, second))
    deadlines = [player.get(f"/attempts/{paper['id']}").json["deadline_at"] for player, paper in seats]
    assert [moment(each) - start for each in deadlines] == [timedelta(minutes=13 + 4), timedelta(minutes=19 + 2)]
    assert hall.correct("/rounds/thi.r1/extra-time", {"outage": outage}).status_code == 409  # once only
    assert str(lost["id"]) not in str(log()[0].after)
    assert hall.undo(number).status_code == 201
    assert snapshot() == before


def test_extra_time_reaches_beyond_the_end_and_cannot_be_taken_from_who_uses_it(hall):
    (player,) = hall.people(1)
    hall.clock.advance(minutes=55)
    attempt = player.refresh().start().json  # five minutes are left
    body = {"participant_id": player.id, "extra_ms": 2 * MINUTE_MS}
    hall.done("/rounds/thi.r1/extra-time", body)
    number = hall.done("/rounds/thi.r1/extra-time", {"attempt_id": attempt["id"], "extra_ms": MINUTE_MS})
    hall.clock.advance(minutes=7, seconds=30)
    refused = hall.undo(number)
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/cannot-undo")
    told = player.submit(attempt, answers=right_answers(attempt)).json
    assert told["duration_ms"] == 7.5 * MINUTE_MS
    assert hall.correct("/rounds/thi.r1/extra-time", body).status_code == 409
    assert snapshot() == rebuilt()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 409),
        ({"extra_ms": 60_000}, 409),
        ({"extra_ms": 60_000, "attempt_id": "x"}, 404),
        ({"extra_ms": 60_000, "participant_id": "00000000-0000-0000-0000-000000000000"}, 404),
        ({"extra_ms": 10, "attempt_id": "x"}, 422),
        ({"outage": {"start": "2026-11-23T00:00:00Z", "end": "2026-11-23T00:00:00Z"}}, 409),
        ({"outage": {"start": "2026-11-23T00:00:00Z", "end": "2099-11-23T00:00:00Z"}}, 409),
        ({"outage": {"start": "2026-11-23T00:00:00Z", "end": "2026-11-23T00:10:00Z"}}, 409),
        ({"outage": {"start": "0001-01-01T00:00:00+14:00", "end": "2026-11-23T00:10:00Z"}}, 409),
        ({"outage": {"start": "2026-11-23T00:00:00Z"}}, 422),
    ],
)
def test_extra_time_that_means_nothing(hall, body, status):
    assert hall.correct("/rounds/thi.r1/extra-time", body).status_code == status
    assert log() == []


def test_a_make_up_session_lets_some_people_in_and_replaces_what_ran_out(hall):
    rng = random.Random(1)
    one = {"attempts": 1, "counts": "only"}
    make_contest(hall.clock.now, round_document(hall.clock.now, **one), slug="mot")
    lost, other, played = hall.people(3)
    lost.start("mot.r1")
    hall.play(played, rng, "mot.r1")
    hall.clock.advance(hours=3)
    sweep(runtime().clock)
    before = snapshot()
    window = {"opens_at": later(hall.clock), "closes_at": later(hall.clock, hours=1)}
    body = window | {"participants": [lost.id, played.id], "replaces_expired": True}
    number = hall.done("/rounds/mot.r1/make-up-sessions", body)
    assert entry_of(lost, "round:mot.r1") is None
    assert entry_of(played, "round:mot.r1") is not None
    assert hall.undo(number).status_code == 201
    assert snapshot() == before
    assert lost.refresh().start("mot.r1").json["type"] == "/problems/round-not-open"

    number = hall.done("/rounds/mot.r1/make-up-sessions", body)
    assert other.refresh().start("mot.r1").json["type"] == "/problems/round-not-open"
    assert played.refresh().start("mot.r1").json["type"] == "/problems/no-attempts-left"
    hall.play(lost, rng, "mot.r1")
    assert entry_of(lost, "round:mot.r1").attempts == 1
    assert snapshot() == rebuilt("mot")
    refused = hall.undo(number)
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/cannot-undo")


def test_a_make_up_session_for_a_unit(hall):
    there, elsewhere = hall.people(2)
    hall.clock.advance(hours=3)
    unit = hall.phone.get(f"/api/v1/units?q={THANH_VINH}").json["items"][0]
    window = {"opens_at": later(hall.clock), "closes_at": later(hall.clock, minutes=5)}
    number = hall.done("/rounds/thi.r1/make-up-sessions", window | {"unit": unit})
    assert elsewhere.refresh().start().status_code == 409
    assert there.refresh().start().json["remaining_ms"] == 5 * MINUTE_MS
    assert hall.undo(number).status_code == 409


@pytest.mark.parametrize(
    ("opens", "closes", "whom", "status"),
    [
        ({"hours": 2}, {"hours": 1}, True, 409),
        ({"hours": -2}, {"hours": 1}, True, 409),
        ({"hours": 0}, {"hours": 0}, True, 409),
        ({"hours": 1}, {"hours": 2}, False, 409),
    ],
)
def test_a_make_up_session_that_cannot_be(hall, opens, closes, whom, status):
    body = {"opens_at": later(hall.clock, **opens), "closes_at": later(hall.clock, **closes)}
    named = {"participants": [hall.owner.id]} if whom else {}
    assert hall.correct("/rounds/thi.r1/make-up-sessions", body | named).status_code == status
