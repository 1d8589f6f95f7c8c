"""The plain recomputation: sets, sorting and sums over what was handed in, sharing no code with grading or boards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Sitting:
    """An ended attempt as it was handed in, and what the service made of it."""

    attempt_id: str
    participant_id: str
    number: int
    unit_path: tuple[int, ...]
    paper: str
    answers: str
    points_per_question: int
    duration_ms: int
    ended_at: datetime
    stored_score: int | None
    stored_correct: int | None


@dataclass(frozen=True)
class Standing:
    """What should stand on a board for one person."""

    score: int
    correct: int
    duration_ms: int
    ended_at: datetime
    unit_path: tuple[int, ...]


def right_answers(paper: str, answers: str, keys: Mapping[int, frozenset[str]]) -> int:
    """How many questions were answered exactly right. ``keys``: question version → letters of its right choices."""
    drawn = [int(part.partition(":")[0]) for part in paper.split()]
    return sum(frozenset(given) == keys[version] for version, given in zip(drawn, answers.split(","), strict=True))


def counted_sitting(sittings: Iterable[tuple[Sitting, int]], counts: str) -> tuple[Sitting, int]:
    """The sitting (with its number of right answers) that counts under ``best``, ``first`` or ``last``."""
    ordered = sorted(sittings, key=lambda pair: pair[0].number)
    if counts == "first":
        return ordered[0]
    if counts == "last":
        return ordered[-1]
    chosen = ordered[0]
    for pair in ordered[1:]:
        points, chosen_points = _points(pair), _points(chosen)
        if points > chosen_points or (points == chosen_points and _speed(pair) < _speed(chosen)):
            chosen = pair
    return chosen


def _points(pair: tuple[Sitting, int]) -> int:
    return pair[1] * pair[0].points_per_question


def _speed(pair: tuple[Sitting, int]) -> tuple[int, datetime]:
    return pair[0].duration_ms, pair[0].ended_at


def standing_of(pair: tuple[Sitting, int]) -> Standing:
    sitting, correct = pair
    return Standing(_points(pair), correct, sitting.duration_ms, sitting.ended_at, sitting.unit_path)
