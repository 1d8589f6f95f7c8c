"""Points for an answer and for a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """``points`` of ``max_points``; ``correct`` counts questions answered entirely right."""

    points: int
    max_points: int
    correct: int


def is_right(given: Sequence[int], key: Sequence[int]) -> bool:
    """A question is right when exactly the keyed choices are chosen; part of them earns nothing."""
    return bool(key) and sorted(given) == sorted(key)


def score_paper(given: Sequence[Sequence[int]], keys: Sequence[Sequence[int]], *, points_per_question: int) -> Score:
    """Mark a paper: ``given[i]`` and ``keys[i]`` are choice positions of question ``i``. Raises if they differ in number."""
    correct = sum(is_right(answer, key) for answer, key in zip(given, keys, strict=True))
    return Score(correct * points_per_question, len(keys) * points_per_question, correct)
