from __future__ import annotations

import pytest

from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers, round_document

WRONG_BY_TURN = (1, 0, 2, 0)  # wrong answers in a person's four attempts, each slower than the one before


def play(player, clock, wrong: int, seconds: int, round_id: str = "thi.r1"):
    attempt = player.start(round_id).json
    clock.advance(seconds=seconds)
    answer = player.submit(attempt, answers=right_answers(attempt, wrong=wrong))
    assert answer.json["score"] == 3 - wrong
    return answer.json


def board(phone, subject: str = "rounds/thi.r1"):
    shown = phone.get(f"/api/v1/{subject}/leaderboard").json
    return shown["total"], [(row["rank"], row["score"], row["duration_ms"]) for row in shown["items"]]


def unit_table(phone, subject: str):
    """The rows of a unit table by unit code, over all pages."""
    rows, cursor = [], ""
    while cursor is not None:
        page = phone.get(f"/api/v1/{subject}/units?limit=100{cursor and '&cursor=' + cursor}").json
        rows, cursor = rows + page["items"], page["next"]
    return {row["unit"]["code"]: row for row in rows}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ("best", [(2, 10_000), (3, 20_000), (3, 20_000), (3, 20_000)]),
        ("first", [(2, 10_000), (2, 10_000), (2, 10_000), (2, 10_000)]),
        ("last", [(2, 10_000), (3, 20_000), (1, 30_000), (3, 40_000)]),
    ],
)
def test_the_attempt_that_counts_stands_on_the_board(phone, clock, counts, expected):
    make_contest(clock.now, round_document(clock.now, counts=counts))
    an = Player(phone).in_unit(THANH_VINH)
    for turn, (score, duration_ms) in enumerate(expected):
        play(an, clock, WRONG_BY_TURN[turn], 10 * (turn + 1))
        for subject in ("rounds/thi.r1", "contests/thi"):
            assert board(phone, subject) == (1, [(1, score, duration_ms)])
            mine = an.get(f"/{subject}/leaderboard/me").json
            assert (mine["rank"], mine["total"], mine["entry"]["score"]) == (1, 1, score)
            unit = phone.get(f"/api/v1/{subject}/units").json["items"][0]
            assert (unit["participants"], unit["attempts"], unit["score"]) == (1, turn + 1, score)


def test_a_better_attempt_in_another_unit_moves_the_entry_there(phone, clock):
    make_contest(clock.now)
    an = Player(phone).in_unit(THANH_VINH)
    play(an, clock, 1, 10)
    an.in_unit(KIM_LIEN)
    for wrong, people in ((2, {THANH_VINH: 1, KIM_LIEN: 0}), (0, {THANH_VINH: 0, KIM_LIEN: 1})):
        play(an, clock, wrong, 10)
        for subject in ("rounds/thi.r1", "contests/thi"):
            table = unit_table(phone, subject)
            assert {code: table[code]["participants"] for code in people} == people
            for code, count in people.items():
                shown = phone.get(f"/api/v1/{subject}/leaderboard?unit={table[code]['unit']['id']}").json
                assert (shown["total"], len(shown["items"])) == (count, count)
    assert (table[THANH_VINH]["attempts"], table[KIM_LIEN]["attempts"]) == (1, 2)  # where each was played


def test_the_unit_is_the_one_at_the_start(phone, clock):
    make_contest(clock.now)
    an = Player(phone).in_unit(THANH_VINH)
    attempt = an.start().json
    an.in_unit(KIM_LIEN)
    an.submit(attempt)
    assert phone.get("/api/v1/rounds/thi.r1/units").json["items"][0]["unit"]["code"] == THANH_VINH


def test_a_contest_adds_up_its_rounds(phone, clock):
    make_contest(clock.now, round_document(clock.now), round_document(clock.now, round="r2"))
    an, binh, chi = (Player(phone, number).in_unit(THANH_VINH) for number in (1, 2, 3))
    play(an, clock, 0, 30)
    play(binh, clock, 1, 10)
    assert board(phone, "contests/thi") == (2, [(1, 3, 30_000), (2, 2, 10_000)])
    play(binh, clock, 1, 15, "thi.r2")
    play(chi, clock, 0, 5, "thi.r2")
    assert board(phone, "contests/thi") == (3, [(1, 4, 25_000), (2, 3, 5_000), (3, 3, 30_000)])
    play(an, clock, 2, 5, "thi.r2")
    latest = clock.now.isoformat()
    play(binh, clock, 2, 60)  # not the best of its round: nothing changes but the number of attempts
    assert board(phone, "contests/thi") == (3, [(1, 4, 25_000), (2, 4, 35_000), (3, 3, 5_000)])
    entry = an.get("/contests/thi/leaderboard/me").json["entry"]
    assert (entry["correct_count"], entry["submitted_at"]) == (4, latest)
    unit = phone.get("/api/v1/contests/thi/units").json["items"][0]
    assert (unit["participants"], unit["attempts"], unit["score"]) == (3, 6, 11)
    assert board(phone)[0] == 2
