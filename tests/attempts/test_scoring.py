from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.attempts.scoring import Score, is_right, score_paper

chosen = st.lists(st.integers(0, 7), unique=True, max_size=8)
keys = st.lists(st.integers(0, 7), unique=True, min_size=1, max_size=8)


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


@given(st.lists(st.tuples(chosen, keys), min_size=1, max_size=30), st.integers(1, 100))
def test_a_paper_earns_whole_questions_only(paper, points):
    score = score_paper([each for each, _ in paper], [key for _, key in paper], points_per_question=points)
    right = sum(set(each) == set(key) for each, key in paper)
    assert score == Score(points=right * points, max_points=len(paper) * points, correct=right)


def test_an_answer_sheet_of_another_length_is_not_marked():
    with pytest.raises(ValueError):
        score_paper([[0]], [[0], [1]], points_per_question=1)
