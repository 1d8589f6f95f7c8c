"""Pain 14: while figures are frozen, no route shows that somebody else has just played.

The same person asks everything again and again while others hand in. ``tests/api/test_visibility_of_everything.py`` proves
more: all endpoints, all roles, bodies and headers, for crowds of any size.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizsvc.contests.lifecycle import GRACE
from tests.organizers.people import give
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers, round_document

PROMPT = {"prompt": "Có bao nhiêu người trả lời đúng hết?"}
BOARDS = ("leaderboard", "leaderboard?limit=1", "leaderboard?unit={unit}", "leaderboard/me", "units", "snapshots")
FIGURES = [f"/{subject}/{board}" for subject in ("rounds/thi.r1", "rounds/thi.r2", "contests/thi") for board in BOARDS]
OTHERS = ["/rounds/thi.r1", "/rounds/thi.r1/attempts", "/contests", "/contests/thi", "/me", "/me/export"]
MANAGE = ["/manage/contests/thi/missing", "/manage/contests/thi/headcounts", "/manage/audit", "/manage/me"]


def everything(person, unit):
    """What is answered at each address."""
    paths = [path.format(unit=unit) for path in (*FIGURES, *OTHERS, *MANAGE)]
    answers = {path: person.get(path) for path in paths}
    return {path: (answer.status_code, without_id(answer.json)) for path, answer in answers.items()}


def without_id(said):
    return {name: value for name, value in said.items() if name != "instance"}


@pytest.mark.parametrize("scope", ["round", "contest"])
def test_nothing_moves_for_anybody_while_others_hand_in(phone, clock, scope):
    hour = timedelta(hours=1)
    asking = round_document(clock.now, prediction=PROMPT | {"scope": scope}, closes_at=(clock.now + hour).isoformat())
    beside = round_document(clock.now, round="r2", closes_at=(clock.now + hour).isoformat())
    make_contest(clock.now, asking, beside)
    an = Player(phone, 1).in_unit(THANH_VINH)
    give(an, "owner")
    for round_id in ("thi.r1", "thi.r2"):
        attempt = an.start(round_id).json
        an.submit(attempt, answers=right_answers(attempt))
    unit = an.get("/me").json["unit"]["id"]
    first = everything(an, unit)
    for number, wrong in enumerate((0, 1, 3), start=2):
        other = Player(phone, number, "Trần Thị Bình").in_unit((THANH_VINH, KIM_LIEN)[number % 2])
        for round_id in ("thi.r1", "thi.r2"):
            attempt = other.start(round_id).json
            other.submit(attempt, answers=right_answers(attempt, wrong=wrong), predicted=None)
            assert everything(an, unit) == first
    clock.now += hour + GRACE
    shown = everything(an.refresh(), unit)
    for path in FIGURES:
        if "snapshots" not in path:
            state, before = shown[path.format(unit=unit)][1]["state"], first[path.format(unit=unit)][1]["state"]
            assert (before, state) == ("sealed", "provisional"), path
    assert shown["/rounds/thi.r1/leaderboard"][1]["total"] == 4
