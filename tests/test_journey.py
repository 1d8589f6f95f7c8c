"""A contest as people live it: sign in, play, hand in, look at the board."""

from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers


def test_a_citizen_plays_a_round(phone, clock):
    make_contest(clock.now)
    an, binh = Player(phone, 1).in_unit(THANH_VINH), Player(phone, 2, "Trần Thị Bình").in_unit(KIM_LIEN)
    started = an.start()
    assert started.status_code == 201
    attempt = started.json
    assert attempt["remaining_ms"] == 600_000
    assert an.start().status_code == 200
    clock.advance(seconds=30)
    saved = an.save(attempt, 1, right_answers(attempt, wrong=1))
    assert saved.json["remaining_ms"] == 570_000
    clock.advance(seconds=30)
    handed_in = an.submit(attempt, answers=right_answers(attempt))
    assert handed_in.json["score"] == 3
    assert handed_in.json["duration_ms"] == 60_000
    assert an.submit(attempt).json == handed_in.json

    other = binh.start().json
    clock.advance(seconds=20)
    assert binh.submit(other, answers=right_answers(other, wrong=1)).json["score"] == 2
    board = phone.get("/api/v1/rounds/thi.r1/leaderboard").json
    assert [(row["rank"], row["display_name"], row["score"]) for row in board["items"]] == [
        (1, "Nguyễn V. A.", 3),
        (2, "Trần T. B.", 2),
    ]
    mine = binh.get("/rounds/thi.r1/leaderboard/me").json
    assert (mine["rank"], mine["total"]) == (2, 2)
    units = phone.get("/api/v1/rounds/thi.r1/units").json["items"]
    assert [(row["unit"]["code"], row["participants"], row["attempts"]) for row in units[:3]] == [
        (THANH_VINH, 1, 1),
        (KIM_LIEN, 1, 1),
        (units[2]["unit"]["code"], 0, 0),
    ]
    assert an.get(f"/attempts/{attempt['id']}/review").status_code == 403
    clock.advance(hours=1)
    an.tokens = Player(phone, 1).tokens
    review = an.get(f"/attempts/{attempt['id']}/review")
    assert all(question["is_right"] for question in review.json["questions"])
