"""Pain 3: handing in twice, or a hundred times, is handing in once."""

from collections import Counter

from tests.pains.arena import at_once, some_answers
from tests.world import Player, make_contest, right_answers, round_document


def test_one_hundred_repetitions_give_one_body_byte_for_byte(arena):
    round_id = arena.round()
    player = arena.player()
    attempt = player.start(round_id).json
    tabs = [arena.tab(player) for _ in range(40)]
    answers = right_answers(attempt, wrong=1)

    first = at_once(40, lambda number: tabs[number].submit(attempt, "mot-lan-bam", version=1, answers=answers))
    later = [player.submit(attempt, "mot-lan-bam", version=1, answers=answers) for _ in range(60)]

    assert {answer.status_code for answer in [*first, *later]} == {200}
    assert len({answer.data for answer in [*first, *later]}) == 1
    assert first[0].json["score"] == 2
    board = player.get(f"/rounds/{round_id}/leaderboard/me").json
    assert (board["total"], board["entry"]["score"]) == (1, first[0].json["score"])
    assert arena.verified() >= 1


def test_of_many_different_submissions_exactly_one_counts_and_the_others_are_shown_its_receipt(arena):
    round_id = arena.round()
    player = arena.player()
    attempt = player.start(round_id).json
    tabs = [arena.tab(player) for _ in range(20)]

    answers = at_once(
        20, lambda number: tabs[number].submit(attempt, f"lan-bam-{number}", answers=some_answers(attempt, number))
    )

    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 19}
    winner = next(number for number, answer in enumerate(answers) if answer.status_code == 200)
    receipt = answers[winner].json["receipt"]
    for number, answer in enumerate(answers):
        if number != winner:
            assert (answer.json["type"], answer.json["receipt"]) == ("/problems/attempt-closed", receipt)
    stored = player.get(f"/attempts/{attempt['id']}").json
    assert stored["answers"] == some_answers(attempt, winner)
    assert player.submit(attempt, f"lan-bam-{winner}").data == answers[winner].data


def test_what_was_said_at_the_submission_is_said_for_ever(playground, phone, clock):
    make_contest(clock.now, round_document(clock.now, show={"result": "after_round", "review": "never", "board": "never"}))
    player = Player(phone)
    attempt = player.start().json
    told = player.submit(attempt, answers=right_answers(attempt))
    assert (told.json["score"], told.json["result_visible"]) == (None, False)

    clock.advance(days=400)
    again = Player(phone)
    assert again.get(f"/attempts/{attempt['id']}").json["result"]["score"] == 3
    assert again.submit(attempt).data == told.data
    # Other content under the same request_id is still the same request.
    assert again.submit(attempt, version=7, answers={}).data == told.data
