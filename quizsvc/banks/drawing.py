"""Which questions a person gets, and in which order. One seed means one paper.

Only ``rng.random()`` is used: Python promises its sequence for a seed, but not that of ``sample`` or ``shuffle``.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Infeasible(Exception):
    """Quota number ``quota`` (from 0) cannot get its ``wanted`` questions beside the others; ``found`` is the most."""

    def __init__(self, quota: int, wanted: int, found: int) -> None:
        self.quota = quota
        self.wanted = wanted
        self.found = found
        super().__init__(f"quota {quota}: {wanted} wanted, {found} found")


def draw(pools: Sequence[Sequence[int]], counts: Sequence[int], rng: random.Random) -> list[int]:
    """Draw ``counts[i]`` ids from ``pools[i]`` for each quota ``i``, no id twice; ids stand quota by quota.

    Quotas may overlap. The smallest pool is drawn first, so a quota inside a wider one takes evenly and leaves evenly.
    Raises ``Infeasible`` only when no drawing at all can satisfy all quotas.
    """
    if len(pools) != len(counts) or any(count < 0 for count in counts):
        raise ValueError("each pool needs its count, zero or more")
    ordered = [sorted(set(pool)) for pool in pools]
    owner: dict[int, int] = {}
    for quota in sorted(range(len(pools)), key=lambda quota: len(ordered[quota])):
        free = (each for each in _in_random_order(ordered[quota], rng) if each not in owner)
        for found in range(counts[quota]):
            picked = next(free, None)
            if picked is not None:
                owner[picked] = quota
            elif not _exchange(quota, ordered, owner, rng):
                raise Infeasible(quota, counts[quota], found)
    drawn: list[list[int]] = [[] for _ in pools]
    for picked, quota in owner.items():
        drawn[quota].append(picked)
    return [picked for part in drawn for picked in part]


def feasible(pools: Sequence[Sequence[int]], counts: Sequence[int]) -> bool:
    """Whether ``draw`` can satisfy these quotas; the answer is exact and the same for every seed."""
    try:
        draw(pools, counts, random.Random(0))  # noqa: S311  no secret: only whether it works
    except Infeasible:
        return False
    return True


def shuffled(items: Iterable[Item], rng: random.Random) -> list[Item]:
    """The items in an order where every order is equally likely."""
    return list(_in_random_order(items, rng))


def choice_order(count: int, pinned: bool, rng: random.Random) -> list[int]:
    """The author's positions of ``count`` choices in the order shown; pinned choices stay as written."""
    return list(range(count)) if pinned else shuffled(range(count), rng)


def _in_random_order(items: Iterable[Item], rng: random.Random) -> Iterator[Item]:
    """Fisher and Yates, one step per item taken: a long pool costs no more than what is drawn from it."""
    rest = list(items)
    while rest:
        at = int(rng.random() * len(rest))
        rest[at], rest[-1] = rest[-1], rest[at]
        yield rest.pop()


def _exchange(short: int, pools: Sequence[Sequence[int]], owner: dict[int, int], rng: random.Random) -> bool:
    """Give ``short`` one more id although its pool is used up: others hand ids over along a chain to a free one.

    This is the augmenting path of a maximum flow, found breadth first; without one the quotas cannot be satisfied.
    """
    came_by: dict[int, tuple[int, int]] = {}  # quota: (the quota that takes from it, the id that it hands over)
    waiting = deque([short])
    while waiting:
        quota = waiting.popleft()
        for each in _in_random_order(pools[quota], rng):
            holder = owner.get(each)
            if holder is None:
                _hand_over(each, quota, short, came_by, owner)
                return True
            if holder != short and holder not in came_by:
                came_by[holder] = (quota, each)
                waiting.append(holder)
    return False


def _hand_over(free: int, to: int, short: int, came_by: dict[int, tuple[int, int]], owner: dict[int, int]) -> None:
    owner[free] = to
    while to != short:
        to, given = came_by[to]
        owner[given] = to
