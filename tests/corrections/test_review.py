"""After a ruling the review shows what counts now, not what was printed."""

from __future__ import annotations

from datetime import timedelta

from tests.corrections.hall import Hall
from tests.corrections.test_ruling import drawn_by, key_of
from tests.world import right_answers


def test_the_review_follows_the_rulings(hall: Hall):
    (player,) = hall.people(1)
    paper = player.start().json
    assert player.submit(paper, answers=right_answers(paper, wrong=1)).json["score"] == 5
    first, second, third, *_ = drawn_by(paper["id"])
    old = key_of(second)
    other = next(letter for letter in "ABC" if letter != old)
    hall.done(f"/rounds/thi.r1/questions/{first}/void", {"effect": "accept_all"})
    hall.done(f"/rounds/thi.r1/questions/{second}/rekey", {"keys": [other]})
    hall.done(f"/rounds/thi.r1/questions/{third}/void", {"effect": "drop"})
    hall.clock.now += timedelta(hours=2)

    shown = player.refresh().get(f"/attempts/{paper['id']}/review").json["questions"]
    assert [question["ruling"] for question in shown] == ["accept_all", "rekey", "drop", None, None, None]
    assert [question["is_right"] for question in shown[:2]] == [True, False]
    assert all(question["is_right"] for question in shown[3:])
    assert len(shown[1]["correct"]) == 1
    assert shown[1]["correct"] != shown[1]["answer"], "the new key, which I did not choose"
    result = player.get(f"/attempts/{paper['id']}").json["result"]
    assert (result["score"], result["max_score"]) == (4, 5)
