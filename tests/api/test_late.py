"""What arrives after the deadline: refused with the receipt of what was saved in time."""

from __future__ import annotations

from quizsvc.attempts.timing import GRACE
from tests.api.problems import assert_problem
from tests.world import Player, make_contest, right_answers


def test_after_the_deadline_only_what_was_saved_counts(phone, clock):
    make_contest(clock.now)
    an = Player(phone)
    paper = an.start().json
    answers = right_answers(paper)
    (first, right), *others = answers.items()
    assert an.save(paper, 1, {first: right}).status_code == 200
    clock.advance(minutes=10, seconds=GRACE.total_seconds(), milliseconds=1)

    late = an.save(paper, 2, dict(others))
    problem = assert_problem(late, 409, "attempt-expired", receipt=...)
    assert_problem(an.submit(paper, answers=answers), 409, "attempt-expired", receipt=problem["receipt"])
    kept = an.get(f"/attempts/{paper['id']}").json
    assert (kept["state"], kept["version"], kept["answers"]) == ("expired", 1, {first: right})
    assert kept["result"]["receipt"] == problem["receipt"]
    assert kept["result"]["correct_count"] == 1
    assert kept["result"]["duration_ms"] == 600_000


def test_a_stale_version_says_what_is_stored(phone, clock):
    make_contest(clock.now)
    an = Player(phone)
    paper = an.start().json
    (first, right), (second, others), *_ = right_answers(paper).items()
    an.save(paper, 5, {first: right})
    for version in (5, 4, 1):
        stored = {"version": 5, "answers": {first: right}, "predicted": None, "saved_at": clock.now.isoformat()}
        assert_problem(an.save(paper, version, {second: others}), 409, "stale-version", stored=stored)
        assert_problem(an.submit(paper, version=version, answers={second: others}), 409, "stale-version", stored=stored)
    assert an.save(paper, 5, {first: right}).json["version"] == 5  # a repetition
    assert an.get(f"/attempts/{paper['id']}").json["answers"] == {first: right}
