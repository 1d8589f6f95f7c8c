"""Who may correct, what is hidden from them, and the list of corrections."""

from __future__ import annotations

import json
import random

import pytest

from tests.corrections.hall import Hall, log
from tests.organizers.people import PROVINCE, give
from tests.world import KIM_LIEN, Player, make_contest, round_document

CALLS = {
    "/rounds/thi.r1/questions/bau-cu.bc-001/void": {"effect": "drop"},
    "/rounds/thi.r1/questions/bau-cu.bc-001/rekey": {"keys": ["A"]},
    "/rounds/thi.r1/disqualifications": {"grounds": "other", "participants": ["ME"]},
    "/contests/thi/disqualifications": {"grounds": "other", "participants": ["ME"]},
    "/rounds/thi.r1/extension": {"closes_at": "2026-11-23T05:00:00Z"},
    "/rounds/thi.r1/extra-time": {"participant_id": "ME", "extra_ms": 60_000},
    "/rounds/thi.r1/make-up-sessions": {
        "opens_at": "2026-11-23T05:00:00Z",
        "closes_at": "2026-11-23T06:00:00Z",
        "participants": ["ME"],
    },
    "/rounds/thi.r1/committee-places": {"places": [{"participant_id": "ME", "place": 1}] * 2},
    "/contests/thi/committee-places": {"places": [{"participant_id": "ME", "place": 1}] * 2},
}


def filled(body, person):
    return json.loads(json.dumps(body).replace("ME", person))


@pytest.mark.parametrize("path", CALLS)
def test_only_organizers_of_the_unit(hall, path):
    nobody, viewer, elsewhere, organizer = (Player(hall.phone, number) for number in range(50, 54))
    give(viewer, "viewer", PROVINCE)
    give(elsewhere, "owner", KIM_LIEN)
    give(organizer, "organizer", PROVINCE)
    organizer.start()
    body = filled(CALLS[path], organizer.id)
    for player in (nobody, viewer, elsewhere):
        assert hall.correct(path, body, by=player).json["type"] == "/problems/forbidden"
        assert hall.correct(path, body, by=player, preview=True).status_code == 403
    assert log() == []
    expected = 409 if "places" in path else 201
    assert hall.correct(path, body, by=organizer).status_code == expected
    unknown = path.replace("thi", "khong")
    assert hall.correct(unknown, body, by=organizer).json["type"] == "/problems/not-found"


@pytest.mark.parametrize("path", CALLS)
def test_a_reason_of_ten_characters(hall, path):
    body = filled(CALLS[path], hall.owner.id)
    for reason in ("", "ngắn quá", "          ", None):
        assert hall.correct(path, body | {"reason": reason}).status_code == 422
    assert hall.owner.call("POST", f"/manage{path}", body).status_code == 422


def test_undoing_needs_the_power_too(hall):
    number = hall.done("/rounds/thi.r1/questions/bau-cu.bc-001/void", {"effect": "drop"})
    other = Player(hall.phone, 50)
    give(other, "owner", KIM_LIEN)
    assert hall.correct(f"/corrections/{number}/undo", by=other).status_code == 403
    for unknown in ("99", "x", "99999999999999999999"):
        assert hall.undo(unknown).json["type"] == "/problems/not-found"
    foretold = hall.correct(f"/corrections/{number}/undo", preview=True)
    assert (foretold.status_code, foretold.json["number"]) == (200, None)
    made = hall.undo(number)
    assert made.json["effect"] == foretold.json["effect"]
    assert hall.undo(made.json["number"]).status_code == 404  # an undoing is no correction


def test_the_list_says_what_was_undone(hall):
    first = hall.done("/rounds/thi.r1/questions/bau-cu.bc-001/void", {"effect": "drop"})
    second = hall.done("/contests/thi/disqualifications", {"grounds": "other", "participants": [hall.owner.id]})
    undone = hall.undo(first).json["number"]
    page = hall.owner.get("/manage/contests/thi/corrections?limit=1").json
    assert [(each["number"], each["state"], each["round_id"]) for each in page["items"]] == [(second, "done", None)]
    rest = hall.owner.get(f"/manage/contests/thi/corrections?cursor={page['next']}").json
    (item,) = rest["items"]
    assert (item["number"], item["state"], item["undone_number"]) == (first, "undone", undone)
    assert (item["round_id"], item["action"]) == ("thi.r1", "question.void")
    assert hall.people(1)[0].get("/manage/contests/thi/corrections").status_code == 403


def test_no_figure_while_a_prediction_is_open(phone, clock, playground):
    prediction = {"prompt": "Bao nhiêu người đúng hết?"}
    hall = Hall(phone, clock)
    make_contest(clock.now, round_document(clock.now, prediction=prediction, same_questions=True), slug="doan")
    rng = random.Random(2)
    for player in hall.people(3):
        hall.play(player, rng, "doan.r1")
    unit = phone.get("/api/v1/units?q=16681").json["items"][0]
    for path, body in (
        ("/rounds/doan.r1/disqualifications", {"grounds": "other", "unit": unit}),
        ("/rounds/doan.r1/extension", {"closes_at": "2026-11-23T05:00:00Z"}),
    ):
        for preview in (True, False):
            shown = hall.correct(path, body, preview=preview).json
            assert (shown["effect"], shown["cut_off"]) == (None, None)
    clock.advance(hours=10)
    shown = hall.correct("/corrections/1/undo", preview=True).json
    assert shown["effect"]["people"] == 2
