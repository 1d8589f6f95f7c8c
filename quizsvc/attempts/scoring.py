"""Points for an answer and for a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizsvc.contests.rules import Partial


@dataclass(frozen=True)
class Marked:
    """How one question of a paper is marked: any of the ``accepted`` keys (ascending positions) is right and earns
    ``points``. ``accept_all``: right whatever was chosen. ``dropped``: it counts for nothing, for nobody.
    """

    accepted: tuple[tuple[int, ...], ...]
    points: int
    accept_all: bool = False
    dropped: bool = False


@dataclass(frozen=True)
class Score:
    """``points`` of ``max_points``; ``correct`` of ``questions`` were answered entirely right."""

    points: int
    max_points: int
    correct: int
    questions: int


def is_right(given: Sequence[int], key: Sequence[int]) -> bool:
    """A question is right when exactly the keyed choices are chosen."""
    return bool(key) and sorted(given) == sorted(key)


def is_accepted(given: Sequence[int], marked: Marked) -> bool:
    """Whether the answer is entirely right under the keys and rulings in force."""
    return marked.accept_all or any(is_right(given, key) for key in marked.accepted)


def earned(given: Sequence[int], marked: Marked, partial: Partial) -> int:
    """Points for one question. A share of the points is rounded down, so that it never reaches the whole."""
    if is_accepted(given, marked):
        return marked.points
    return max((_share(given, key, marked.points, partial) for key in marked.accepted), default=0)


def _share(given: Sequence[int], key: Sequence[int], points: int, partial: Partial) -> int:
    right = len(set(given) & set(key))
    wrong = len(set(given) - set(key))
    if len(key) < 2 or partial is Partial.NONE or (partial is Partial.NO_WRONG and wrong):
        return 0
    return points * max(0, right - wrong) // len(key)


def score_paper(given: Sequence[Sequence[int]], questions: Sequence[Marked], *, partial: Partial = Partial.NONE) -> Score:
    """Mark a paper: ``given[i]`` are the choices of question ``i``. Raises ``ValueError`` if they differ in number."""
    points = most = correct = counted = 0
    for answer, marked in zip(given, questions, strict=True):
        if marked.dropped:
            continue
        counted += 1
        most += marked.points
        points += earned(answer, marked, partial)
        correct += is_accepted(answer, marked)
    return Score(points, most, correct, counted)
