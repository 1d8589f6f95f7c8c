"""Questions that are nearly the same, across banks: told to people, never decided by a number.

What is compared is text without accents (``core.text.fold``), by rapidfuzz. A file of 1,000 questions is held against
50,000 known ones, so only those are scored that share enough pairs of neighbouring words with one of the file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from quizsvc.core.text import fold

NEAR = 80.0
"""From here on (of 100) a question is shown as nearly the same."""
TEXT_AT_LEAST = 60.0
MOST_SHOWN = 5
SHARED_PAIRS = 0.3
"""The share of the smaller question's pairs of words that two questions must have in common to be scored at all."""
COMMON_PAIR = 50
"""A pair of words in more questions of the file than this («nào sau đây») finds nobody."""
TRUTH = {"dung", "sai"}

Named = TypeVar("Named")


@dataclass(frozen=True)
class Comparable:
    """A question as it is compared."""

    text: str
    choices: str

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring words of everything that is asked."""
        words = f"{self.text} {self.choices}".split()
        return frozenset(pairwise(words))


@dataclass(frozen=True)
class Near(Generic[Named]):
    """A question that is nearly the same; ``score`` goes to 100, which does not mean equal: accents are not compared."""

    question: Named
    score: float


def comparable(text: str, choices: Sequence[str]) -> Comparable:
    """The question folded; «Đúng» and «Sai» as choices say nothing."""
    folded = sorted(fold(choice) for choice in choices)
    return Comparable(fold(text), "" if set(folded) == TRUTH else " ".join(folded))


def score(one: Comparable, other: Comparable) -> float:
    """From 0 to 100: half for the texts, half for all choices; 0 where the texts alone differ too much.

    >>> score(comparable("Nam đủ bao nhiêu tuổi?", ["18", "20"]), comparable("Nữ đủ bao nhiêu tuổi?", ["18", "20"])) > 90
    True
    """
    text = fuzz.ratio(one.text, other.text, score_cutoff=TEXT_AT_LEAST)
    if text == 0.0 or not (one.choices or other.choices):
        return text
    return (text + fuzz.ratio(one.choices, other.choices)) / 2


def near_ones(questions: Sequence[Comparable], known: Iterable[tuple[Named, Comparable]]) -> list[list[Near[Named]]]:
    """For each of ``questions`` those of ``known`` that are nearly the same, best first, at most ``MOST_SHOWN``.

    ``known`` is gone through once and may be a stream.
    """
    index = _Index(questions)
    found: list[list[Near[Named]]] = [[] for _ in questions]
    for name, other in known:
        for place in index.candidates(other):
            reached = score(questions[place], other)
            if reached >= NEAR:
                found[place].append(Near(name, round(reached, 1)))
    return [sorted(near, key=lambda each: -each.score)[:MOST_SHOWN] for near in found]


class _Index:
    """Which questions of the file have a pair of words."""

    def __init__(self, questions: Sequence[Comparable]) -> None:
        having: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, question in enumerate(questions):
            for pair in question.pairs:
                having[pair].append(place)
        self._having = {pair: places for pair, places in having.items() if len(places) <= COMMON_PAIR}
        self._enough = [SHARED_PAIRS * len(question.pairs & self._having.keys()) for question in questions]

    def candidates(self, other: Comparable) -> Iterator[int]:
        pairs = other.pairs
        shared = Counter(chain.from_iterable(self._having[pair] for pair in pairs & self._having.keys()))
        enough = SHARED_PAIRS * len(pairs)
        for place, count in shared.items():
            if count > 1 and (count >= enough or count >= self._enough[place]):
                yield place
