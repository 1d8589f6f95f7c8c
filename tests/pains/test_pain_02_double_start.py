"""Pain 2: a double click, or fifty, starts one attempt."""

from collections import Counter

from tests.pains.arena import at_once, lasting


def test_fifty_parallel_starts_give_one_attempt_and_fifty_equal_papers(arena):
    round_id = arena.round(attempts=1)
    player = arena.player()
    tabs = [arena.tab(player) for _ in range(50)]

    answers = at_once(50, lambda number: tabs[number].start(round_id))

    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 49}
    papers = [lasting(answer.json) for answer in answers]
    assert papers[0]["number"] == 1
    assert all(paper == papers[0] for paper in papers)
    assert [item["id"] for item in player.get(f"/rounds/{round_id}/attempts").json["items"]] == [papers[0]["id"]]
    assert player.get(f"/rounds/{round_id}").json["attempts_used"] == 1


def test_fifty_people_at_once_get_a_paper_each(arena):
    round_id = arena.round(attempts=1)
    players = [arena.player() for _ in range(25)]

    answers = at_once(50, lambda number: arena.tab(players[number // 2]).start(round_id))

    assert Counter(answer.status_code for answer in answers) == {201: 25, 200: 25}
    papers = [lasting(answer.json) for answer in answers]
    assert all(papers[number] == papers[number + 1] for number in range(0, 50, 2))
    assert len({paper["id"] for paper in papers}) == 25


def test_starting_again_while_handing_in_never_gives_more_attempts_than_allowed(arena):
    round_id = arena.round(attempts=2)
    player = arena.player()
    first = player.start(round_id).json
    tabs = [arena.tab(player) for _ in range(20)]

    def start_or_submit(number):
        tab = tabs[number]
        return tab.submit(first) if number % 4 == 0 else tab.start(round_id)

    answers = at_once(20, start_or_submit)

    assert {answer.status_code for answer in answers} <= {200, 201}
    numbers = {answer.json["number"] for number, answer in enumerate(answers) if number % 4}
    assert numbers <= {1, 2}
    assert player.get(f"/rounds/{round_id}").json["attempts_used"] == max(numbers)
