"""Who enters and leaves the prize zone, by hand."""

from __future__ import annotations

from tests.corrections.test_ruling import drawn_by, key_of
from tests.world import make_contest, right_answers, round_document

PRIZES = [{"prize": "nhat", "title": "Giải nhất", "quantity": 1}]


def test_a_new_key_turns_the_first_two_round(hall):
    paper = {"paper": [{"bank": "bau-cu", "count": 4}], "same_questions": True, "prizes": PRIZES}
    make_contest(hall.clock.now, round_document(hall.clock.now, **paper), slug="giai")
    first, second, third = hall.people(3)
    sheets = [player.start("giai.r1").json for player in (first, second, third)]
    texts = [question["text"] for question in sheets[0]["questions"]]
    question = drawn_by(sheets[0]["id"])[0]
    hall.clock.advance(seconds=10)
    assert first.submit(sheets[0], answers=right_answers(sheets[0])).json["score"] == 4
    hall.clock.advance(seconds=10)
    wrong = next(asked for asked in sheets[1]["questions"] if asked["text"] == texts[0])
    answers = right_answers(sheets[1])
    chosen = next(choice["id"] for choice in wrong["choices"] if [choice["id"]] != answers[wrong["id"]])
    assert second.submit(sheets[1], answers=answers | {wrong["id"]: [chosen]}).json["score"] == 3
    assert third.submit(sheets[2]).json["score"] == 0
    letter = letter_of(hall, second, question, sheets[1], wrong["id"], chosen)
    assert letter != key_of(question)
    made = hall.correct(f"/rounds/giai.r1/questions/{question}/rekey", {"keys": [letter]}, preview=True).json
    assert (made["effect"]["attempts"], made["effect"]["people"]) == (2, 2)
    board, total = made["effect"]["boards"]
    assert (board["board"], board["ranks"], board["prize_places"]) == ("round:giai.r1", 2, 1)
    (entering,), (leaving,) = board["entering"], board["leaving"]
    assert (entering["participant_id"], entering["rank_before"], entering["rank_after"]) == (second.id, 2, 1)
    assert (leaving["participant_id"], leaving["rank_before"], leaving["rank_after"]) == (first.id, 1, 2)
    assert (total["board"], total["prize_places"], total["entering"]) == ("contest:giai", 0, [])


def letter_of(hall, player, question, sheet, question_id, choice_id):
    """The author's letter of a choice, found by asking each letter: the one that would give the player a full score."""
    for letter in "ABCD":
        body = {"keys": [letter]}
        number = hall.correct(f"/rounds/giai.r1/questions/{question}/rekey", body).json["number"]
        score = player.get(f"/attempts/{sheet['id']}").json["result"]["score"]
        assert hall.undo(number).status_code == 201
        if score == 4:
            return letter
    raise AssertionError(f"no letter stands for {choice_id} of {question_id}")
