from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.attempts.ids import attempt_id, round_number

fresh = st.uuids()
rounds = st.integers(0, 2**24 - 1)


@given(fresh, rounds)
def test_an_id_tells_its_round(one, number):
    assert round_number(attempt_id(one, number)) == number


@given(fresh, fresh, rounds, rounds)
def test_what_is_left_keeps_the_order_in_time_and_tells_people_apart(one, other, number, another):
    mine, theirs = attempt_id(one, number), attempt_id(other, another)
    if one.int >> 24 != other.int >> 24:
        assert (mine < theirs) == (one < other)
    assert mine.int >> 24 == one.int >> 24


@given(fresh)
def test_any_other_id_has_a_number_too(one):
    assert 0 <= round_number(one) < 2**24


@pytest.mark.parametrize("number", [-1, 2**24])
def test_a_number_that_does_not_fit(number):
    with pytest.raises(ValueError, match="does not fit"):
        attempt_id(UUID(int=0), number)
