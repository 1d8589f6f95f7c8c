from __future__ import annotations

import random
from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.banks.drawing import Infeasible, choice_order, draw, feasible, shuffled

POOLS = st.lists(st.lists(st.integers(1, 12), max_size=8), min_size=1, max_size=4)


@st.composite
def quotas(draw_from) -> tuple[list[list[int]], list[int]]:
    pools = draw_from(POOLS)
    return pools, [draw_from(st.integers(0, len(set(pool)) + 1)) for pool in pools]


def hall(pools: list[list[int]], counts: list[int]) -> bool:
    """Every group of quotas has together at least as many ids as it wants."""
    groups = [group for size in range(1, len(pools) + 1) for group in combinations(range(len(pools)), size)]
    return all(
        len(set().union(*(pools[quota] for quota in group))) >= sum(counts[quota] for quota in group) for group in groups
    )


def parts(drawn: list[int], counts: list[int]) -> list[list[int]]:
    ends = [sum(counts[:end]) for end in range(len(counts) + 1)]
    return [drawn[start:end] for start, end in pairwise(ends)]


@given(quotas())
def test_feasible_is_exact(given_quotas):
    pools, counts = given_quotas
    assert feasible(pools, counts) == hall(pools, counts)


@given(quotas(), st.integers())
def test_draws_what_the_quotas_say_and_never_twice(given_quotas, seed):
    pools, counts = given_quotas
    if not feasible(pools, counts):
        with pytest.raises(Infeasible) as raised:
            draw(pools, counts, random.Random(seed))
        assert raised.value.found < raised.value.wanted == counts[raised.value.quota]
        return
    drawn = draw(pools, counts, random.Random(seed))
    assert len(drawn) == sum(counts) == len(set(drawn))
    for pool, part, count in zip(pools, parts(drawn, counts), counts, strict=True):
        assert len(part) == count
        assert set(part) <= set(pool)


@given(quotas(), st.integers(), st.randoms(use_true_random=False))
def test_one_seed_means_one_paper_whatever_the_order_of_the_pools(given_quotas, seed, mixer):
    pools, counts = given_quotas
    if feasible(pools, counts):
        mixed = [mixer.sample(pool, len(pool)) for pool in pools]
        assert draw(pools, counts, random.Random(seed)) == draw(mixed, counts, random.Random(seed))


def test_a_seed_keeps_its_paper_for_ever():
    rng = random.Random(2026)
    drawn = draw([range(1, 31), range(21, 61)], [3, 4], rng)
    assert drawn == [4, 15, 29, 55, 25, 43, 41]
    assert shuffled(drawn, rng) == [43, 55, 41, 25, 29, 15, 4]
    assert choice_order(4, False, rng) == [2, 0, 1, 3]


def frequencies(pools, counts, papers=4000) -> Counter[int]:
    return Counter(each for seed in range(papers) for each in draw(pools, counts, random.Random(seed)))


def assert_even(seen: Counter[int], ids, expected: float) -> None:
    for each in ids:
        assert seen[each] == pytest.approx(expected, rel=0.12), each


def test_every_question_of_a_pool_is_drawn_about_equally_often():
    seen = frequencies([range(20), range(100, 130)], [5, 10])
    assert_even(seen, range(20), 4000 * 5 / 20)
    assert_even(seen, range(100, 130), 4000 * 10 / 30)


@pytest.mark.parametrize("inner_first", [True, False])
def test_a_quota_inside_a_wider_one_is_even_too(inner_first):
    inner, wide = range(10), range(30)
    seen = frequencies([inner, wide] if inner_first else [wide, inner], [4, 13] if inner_first else [13, 4])
    assert_even(seen, range(10), 4000 * (4 / 10 + 6 / 10 * 13 / 26))
    assert_even(seen, range(10, 30), 4000 * 13 / 26)


def test_exchanges_are_even_as_well():
    seen = frequencies([[1, 2, 3, 4], [1, 2, 3, 4, 5]], [2, 3])
    assert seen == dict.fromkeys(range(1, 6), 4000)
    both = Counter(tuple(sorted(draw([[1, 2, 3, 4], [3, 4, 5, 6]], [2, 2], random.Random(s))[:2])) for s in range(6000))
    assert len(both) == 6
    assert min(both.values()) > 500


@pytest.mark.parametrize(
    ("pools", "counts", "quota"),
    [([[1, 2], [3]], [1, 2], 1), ([[], [3]], [1, 1], 0), ([[1, 2], [1, 2]], [1, 2], 1)],
)
def test_what_cannot_be_drawn_is_named(pools, counts, quota):
    assert not feasible(pools, counts)
    with pytest.raises(Infeasible) as raised:
        draw(pools, counts, random.Random(1))
    assert raised.value.quota == quota


def test_counts_must_fit_the_pools():
    for pools, counts in (([[1]], []), ([[1]], [-1])):
        with pytest.raises(ValueError, match="count"):
            draw(pools, counts, random.Random(1))


@given(st.integers(0, 8), st.integers())
def test_pinned_choices_stay_and_others_are_permuted(count, seed):
    assert choice_order(count, True, random.Random(seed)) == list(range(count))
    assert sorted(choice_order(count, False, random.Random(seed))) == list(range(count))


def test_every_order_of_choices_is_about_equally_likely():
    rng = random.Random(1)
    seen = Counter(tuple(choice_order(3, False, rng)) for _ in range(6000))
    assert len(seen) == 6
    assert all(count == pytest.approx(1000, rel=0.12) for count in seen.values())
