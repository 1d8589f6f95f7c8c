"""The plain path said against what it repeats: receipts, rank keys, marks, counted attempts are the same by both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.attempts.counting import Finished, overall, result_of
from quizsvc.attempts.receipts import HandedIn, receipt_code, receipt_sha256
from quizsvc.attempts.scoring import Marked, score_paper
from quizsvc.contests.ranking_keys import KINDS, Known, rank_key
from quizsvc.contests.rules import Counts, Overall, Partial, Whose
from quizsvc.core.clock import milliseconds_between
from quizsvc.leaderboards.ranking import RankPlan
from quizsvc.verification import plain
from quizsvc.verification.plain import Marker, Outcome, Question, Ranking
from tests.leaderboards.arena import DAY, rankings, results

LETTERS = "abcdefgh"
moments = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))
texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=30)
guesses = st.none() | st.integers(-5, 2**62)


def stored(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


@given(st.uuids(), texts, st.integers(0, 2**31), texts, texts, guesses, moments, moments)
def test_a_receipt_put_together_by_hand_is_the_canonical_one(attempt, name, number, paper, answers, predicted, start, end):
    """Whatever stands in a damaged row."""
    handed_in = HandedIn(str(attempt), name, number, paper, answers, predicted, start, end)
    text = plain.receipt_text(
        plain.quoted(name), str(attempt), number, paper, answers, predicted, stored(start), stored(end)
    )
    sha256 = receipt_sha256(handed_in)
    assert plain.receipt_of(text) == (sha256, receipt_code(sha256))


@given(moments, moments)
def test_durations(start, end):
    assert plain.duration_ms(stored(start), stored(end)) == max(0, milliseconds_between(start, end))


def outcome(number: int, counted, predicted=None, *, is_perfect=False, unit_id=None) -> Outcome:
    made = counted.standing
    return Outcome(
        number=number,
        score=made.score,
        correct=made.correct_count,
        duration_ms=made.duration_ms,
        started=stored(made.started_at),
        ended=stored(made.submitted_at),
        unit_id=unit_id,
        predicted=predicted,
        is_perfect=is_perfect,
        attempts=made.attempts,
        perfect=made.perfect_attempts,
        opened=None if made.opened_at is None else stored(made.opened_at),
        registered=stored(made.registered_at),
    )


def plainly(ranking) -> Ranking:
    return Ranking([(key.key, key.order.value) for key in ranking])


@given(results, rankings)
def test_rank_keys_and_what_boards_count_by(counted, ranking):
    plan = RankPlan.of(ranking)
    assert plainly(ranking).key(outcome(1, counted)) == rank_key(counted.standing, plan.keys)
    assert plainly(ranking).cuts == plan.cuts


def test_every_kind_of_key_is_said_twice():
    assert set(plain.LIVE) == {name for name, kind in KINDS.items() if kind.known is Known.LIVE}
    assert set(KINDS) - set(plain.LIVE) == plain.SEALED


attempts = st.lists(st.tuples(results, guesses, st.booleans()), min_size=1, max_size=5)


@given(attempts, rankings, st.sampled_from(Counts), st.sampled_from(Whose))
def test_what_attempts_amount_to(drawn, ranking, counts, whose):
    finished = [
        Finished(number, each.standing, is_perfect, predicted, number)
        for number, (each, predicted, is_perfect) in enumerate(drawn, start=1)
    ]
    outcomes = [
        outcome(number, each, predicted, is_perfect=is_perfect, unit_id=number)
        for number, (each, predicted, is_perfect) in enumerate(drawn, start=1)
    ]
    one = result_of(finished, counts, whose, ranking)
    other = plain.counted(outcomes, counts.value, whose.value, plainly(ranking))
    assert (one.number, one.predicted, one.unit_id) == (other.number, other.predicted, other.unit_id)
    assert (one.standing.attempts, one.standing.perfect_attempts) == (other.attempts, other.perfect)
    keys = RankPlan.of(ranking).keys
    assert rank_key(one.standing, keys) == plainly(ranking).key(other)


@given(attempts, rankings, st.sampled_from((Overall.SUM, Overall.BEST)))
def test_what_rounds_amount_to(drawn, ranking, how):
    opened = DAY - timedelta(days=2)
    rounds = [Finished(1, each.standing, False, predicted, place) for place, (each, predicted, _) in enumerate(drawn)]
    outcomes = [outcome(1, each, predicted, unit_id=place) for place, (each, predicted, _) in enumerate(drawn)]
    one = overall(rounds, how, ranking, opened)
    other = plain.together(outcomes, how.value, stored(opened), plainly(ranking))
    assert (one.unit_id, one.predicted) == (other.unit_id, other.predicted)
    assert rank_key(one.standing, RankPlan.of(ranking).keys) == plainly(ranking).key(other)


letters = st.lists(st.sampled_from(LETTERS[:4]), unique=True, max_size=4).map(sorted).map("".join)
questions = st.tuples(
    letters, st.lists(letters.filter(bool), min_size=1, max_size=2), st.integers(1, 30), st.sampled_from(("", "all", "drop"))
)


@given(st.lists(questions, min_size=1, max_size=6), st.sampled_from(Partial))
def test_marks(drawn, partial):
    marked = [
        Marked(tuple(tuple(map(LETTERS.index, key)) for key in keys), points, how == "all", how == "drop")
        for _, keys, points, how in drawn
    ]
    answers = [tuple(map(LETTERS.index, given_letters)) for given_letters, *_ in drawn]
    asked = {
        str(place): Question(points, tuple(map(frozenset, keys)), how == "all", how == "drop")
        for place, (_, keys, points, how) in enumerate(drawn)
    }
    marker = Marker(asked, partial.value)
    paper = " ".join(f"{place}:abcd" for place in range(len(drawn)))
    text = ",".join(given_letters for given_letters, *_ in drawn)
    score = score_paper(answers, marked, partial=partial)
    for _ in range(2):  # the second time from what is remembered
        assert marker.mark(paper, text) == (score.points, score.max_points, score.correct, score.questions)


@pytest.mark.parametrize(("paper", "answers"), [("1:ab", "a,b"), ("9:ab", "a"), ("1", "a"), ("1:ab", "aa"), ("", "")])
def test_what_has_no_form_is_not_marked(paper, answers):
    marker = Marker({"1": Question(1, (frozenset("a"),))}, "none")
    with pytest.raises((ValueError, KeyError)):
        marker.mark(paper, answers)


def test_a_known_receipt():
    """Worked out once by hand: the text is what anyone can write down from the rules."""
    text = plain.receipt_text(
        '"thi.r1"', str(UUID(int=1)), 2, "7:ab", "a", None, "2026-11-23 01:00:00.000000", "2026-11-23 01:00:09.250000"
    )
    assert text == (
        '{"answers":"a","attempt_id":"00000000-0000-0000-0000-000000000001","ended_at":"2026-11-23T01:00:09.250+00:00",'
        '"number":2,"paper":"7:ab","predicted":null,"round_id":"thi.r1","started_at":"2026-11-23T01:00:00.000+00:00"}'
    )
