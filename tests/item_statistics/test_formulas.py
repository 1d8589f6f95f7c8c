"""The formulas against a published example and against plain definitions."""

from __future__ import annotations

import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.item_statistics.formulas import Chosen, Sums, discrimination, facility, proportions, total, welch

# LSAT section 6: the answer patterns of 1,000 people to five items (Bock & Lieberman 1970, table 1), as counts of the
# patterns 00000, 00001, … 11111 where 1 is right and the first digit belongs to the first item.
LSAT6 = [3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298]
# The share right and the point-biserial correlation with the rest, as printed by the R package ltm for these data
# (Rizopoulos 2006, J. Stat. Software 17(5): ``descript(LSAT)``).
FACILITY = [0.924, 0.709, 0.553, 0.763, 0.870]
CORRECTED = [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]
RIGHT = Chosen({0})


def counted(item: int) -> dict[Chosen, Sums]:
    """The patterns as counters of one item: choice 0 is right, choice 1 wrong; rests in thousandths of four items."""
    found: dict[Chosen, Sums] = {}
    for pattern, people in enumerate(LSAT6):
        answers = [int(digit) for digit in f"{pattern:05b}"]
        rest = (sum(answers) - answers[item]) * 250
        chosen = RIGHT if answers[item] else Chosen({1})
        found[chosen] = found.get(chosen, Sums()) + Sums(people, people * rest, people * rest**2)
    return found


@pytest.mark.parametrize("item", range(5))
def test_the_published_example(item: int) -> None:
    assert sum(LSAT6) == 1000
    assert facility(counted(item), RIGHT) == pytest.approx(FACILITY[item])
    assert discrimination(counted(item), RIGHT) == pytest.approx(CORRECTED[item], abs=6e-5)


PEOPLE = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1000), st.integers(1, 600)), min_size=1, max_size=60)


def sums_of(people: list[tuple[int, int, int]]) -> dict[Chosen, Sums]:
    found: dict[Chosen, Sums] = {}
    for position, rest, pace in people:
        one = Sums(1, rest, rest**2, pace, pace**2)
        found[Chosen({position})] = found.get(Chosen({position}), Sums()) + one
    return found


@given(PEOPLE)
def test_discrimination_is_the_correlation(people: list[tuple[int, int, int]]) -> None:
    mine = discrimination(sums_of(people), RIGHT)

    right = [float(position == 0) for position, _, _ in people]
    rests = [float(rest) for _, rest, _ in people]
    if len(set(right)) == 1 or len(set(rests)) == 1:
        assert mine is None
    else:
        assert mine == pytest.approx(statistics.correlation(right, rests), abs=1e-9)


@given(PEOPLE, PEOPLE)
def test_sums_of_parts_are_the_sums_of_all(first: list[tuple[int, int, int]], second: list[tuple[int, int, int]]) -> None:
    parts, whole = [sums_of(first), sums_of(second)], sums_of(first + second)

    assert {chosen: total(part.get(chosen, Sums()) for part in parts) for chosen in whole} == whole


def test_large_sums_lose_nothing() -> None:
    """Two and a half million people whose rests differ by a thousandth."""
    answers = {
        RIGHT: Sums(1_250_000, 1_250_000 * 999, 1_250_000 * 999**2),
        Chosen({1}): Sums(1_250_000, 1_250_000 * 998, 1_250_000 * 998**2),
    }

    assert discrimination(answers, RIGHT) == pytest.approx(1.0)


def test_welch_is_the_gap_in_standard_errors() -> None:
    chance = random.Random(4)
    first, second = ([chance.randrange(1000) for _ in range(count)] for count in (50, 80))

    error = math.sqrt(statistics.variance(first) / 50 + statistics.variance(second) / 80)
    expected = (statistics.mean(first) - statistics.mean(second)) / error
    given_sums = ((len(values), sum(values), sum(value**2 for value in values)) for values in (first, second))
    assert welch(*given_sums) == pytest.approx(expected)


def test_two_shares() -> None:
    """Agresti, Categorical Data Analysis (2nd ed.), table 2.1: 189 of 11,034 against 104 of 11,037 gives z = 5.0."""
    assert proportions(189, 11_034, 104, 11_037) == pytest.approx(5.0, abs=0.01)
