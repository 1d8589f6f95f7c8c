"""Pain 9: two tabs of one person; the older one is told so and cannot undo what the newer one saved."""

from collections import Counter

from tests.pains.arena import at_once


def test_two_tabs_interleaved(arena):
    round_id = arena.round()
    player = arena.player()
    attempt = player.start(round_id).json
    one, two = arena.tab(player), arena.tab(player)
    assert two.start(round_id).json["id"] == attempt["id"]
    first, second, third = attempt["questions"]

    def choose(question, which):
        return {question["id"]: [question["choices"][which]["id"]]}

    assert one.save(attempt, 1, choose(first, 0)).json["version"] == 1
    assert two.save(attempt, 2, choose(second, 1)).json["version"] == 2  # merged: it says nothing of the first question

    stale = one.save(attempt, 2, choose(first, 1) | choose(third, 0))
    assert (stale.status_code, stale.json["type"]) == (409, "/problems/stale-version")
    stored = stale.json["stored"]
    assert (stored["version"], stored["answers"]) == (2, choose(first, 0) | choose(second, 1))
    assert player.get(f"/attempts/{attempt['id']}").json["answers"] == stored["answers"]

    # The tab takes over what is stored, and goes on from there.
    assert one.save(attempt, stored["version"] + 1, choose(third, 0)).json["version"] == 3
    late = two.submit(attempt, "tab-hai-nop", version=2, answers=choose(first, 1))
    assert (late.status_code, late.json["type"]) == (409, "/problems/stale-version")
    kept = choose(first, 0) | choose(second, 1) | choose(third, 0)
    assert late.json["stored"]["answers"] == kept
    unchanged = player.get(f"/attempts/{attempt['id']}").json
    assert (unchanged["state"], unchanged["version"], unchanged["answers"]) == ("open", 3, kept)

    assert two.submit(attempt, "tab-hai-nop", version=4, answers=choose(first, 1)).status_code == 200
    closed = one.save(attempt, 5, choose(first, 0))
    assert (closed.status_code, closed.json["type"]) == (409, "/problems/attempt-closed")
    assert player.get(f"/attempts/{attempt['id']}").json["answers"] == kept | choose(first, 1)


def test_of_tabs_saving_the_same_version_at_the_same_moment_one_wins_and_the_others_see_it(arena):
    round_id = arena.round(paper=[{"bank": "dat-dai", "count": 1}], attempts="unlimited")
    player = arena.player()
    attempt = player.start(round_id).json
    question = attempt["questions"][0]
    choices = [choice["id"] for choice in question["choices"]]
    tabs = [arena.tab(player) for _ in choices]
    for version in range(1, 21):

        def save(number, version=version):
            return tabs[number].save(attempt, version, {question["id"]: [choices[number]]})

        answers = at_once(len(tabs), save)

        assert Counter(answer.status_code for answer in answers) == {200: 1, 409: len(tabs) - 1}
        winner = next(number for number, answer in enumerate(answers) if answer.status_code == 200)
        for number, answer in enumerate(answers):
            if number != winner:
                stored = answer.json["stored"]
                assert (stored["version"], stored["answers"]) == (version, {question["id"]: [choices[winner]]})
