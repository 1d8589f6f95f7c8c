from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.attempts.scoring import Marked, Score, earned, is_right, score_paper
from quizsvc.contests.rules import Partial

chosen = st.lists(st.integers(0, 7), unique=True, max_size=8)
keys = st.lists(st.integers(0, 7), unique=True, min_size=1, max_size=8).map(lambda key: tuple(sorted(key)))


@pytest.mark.parametrize(
    ("given_choices", "key", "right"),
    [
        ([0], [0], True),
        ([1], [0], False),
        ([], [0], False),
        ([0, 2], [0, 2], True),
        ([2, 0], [0, 2], True),
        ([0], [0, 2], False),
        ([0, 1, 2], [0, 2], False),
        ([0, 1], [0, 2], False),
        ([], [], False),
    ],
)
def test_only_exactly_the_keyed_choices_are_right(given_choices, key, right):
    assert is_right(given_choices, key) is right


@given(chosen, keys)
def test_right_means_the_same_set(given_choices, key):
    assert is_right(given_choices, key) == (set(given_choices) == set(key))


@given(st.lists(st.tuples(chosen, keys, st.integers(1, 100)), min_size=1, max_size=30))
def test_a_paper_earns_whole_questions_only(paper):
    score = score_paper([each for each, _, _ in paper], [Marked((key,), points) for _, key, points in paper])
    right = [points for each, key, points in paper if set(each) == set(key)]
    assert score == Score(sum(right), sum(points for _, _, points in paper), len(right), len(paper))


def test_an_answer_sheet_of_another_length_is_not_marked():
    with pytest.raises(ValueError):
        score_paper([[0]], [Marked(((0,),), 1), Marked(((1,),), 1)])


@pytest.mark.parametrize(
    ("given_choices", "points", "none", "no_wrong", "right_minus_wrong"),
    [
        ([0, 1, 2], 10, 10, 10, 10),
        ([0, 1], 10, 0, 6, 6),
        ([0], 10, 0, 3, 3),
        ([], 10, 0, 0, 0),
        ([0, 1, 3], 10, 0, 0, 3),
        ([0, 1, 2, 3], 10, 0, 0, 6),
        ([0, 3], 10, 0, 0, 0),
        ([0, 3, 4], 10, 0, 0, 0),
        ([0, 1], 1, 0, 0, 0),
    ],
)
def test_part_of_several_right_choices(given_choices, points, none, no_wrong, right_minus_wrong):
    marked = Marked(((0, 1, 2),), points)
    assert earned(given_choices, marked, Partial.NONE) == none
    assert earned(given_choices, marked, Partial.NO_WRONG) == no_wrong
    assert earned(given_choices, marked, Partial.RIGHT_MINUS_WRONG) == right_minus_wrong


@given(chosen, st.lists(keys, min_size=1, max_size=3), st.integers(1, 100), st.sampled_from(Partial))
def test_a_share_never_reaches_the_whole_nor_falls_below_nothing(given_choices, accepted, points, partial):
    got = earned(given_choices, Marked(tuple(accepted), points), partial)
    if any(set(given_choices) == set(key) for key in accepted):
        assert got == points
    else:
        assert 0 <= got < points
        shares = [Fraction(len(set(given_choices) & set(key)), len(key)) for key in accepted if len(key) > 1]
        assert got <= max(shares, default=0) * points


def test_one_right_choice_has_no_parts():
    assert earned([0, 1], Marked(((0,),), 10), Partial.RIGHT_MINUS_WRONG) == 0


def test_rulings():
    """A second key that is right too, everybody right, and a question that is not marked."""
    rekeyed, everybody, dropped = Marked(((0,), (1,)), 5), Marked((), 3, accept_all=True), Marked(((0,),), 7, dropped=True)
    paper = [rekeyed, everybody, dropped]
    assert score_paper([[1], [], [0]], paper) == Score(8, 8, 2, 2)
    assert score_paper([[0], [1], []], paper) == Score(8, 8, 2, 2)
    assert score_paper([[2], [1], [0]], paper) == Score(3, 8, 1, 2)
    assert score_paper([[]], [dropped]) == Score(0, 0, 0, 0)
