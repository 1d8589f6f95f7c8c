"""The rules of one round as values: how they are written in a contest document and kept with the round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from quizsvc.contests.eligibility import Eligibility
from quizsvc.contests.lifecycle import State, state_at


class Counts(StrEnum):
    """Which of several attempts is the one that counts."""

    BEST = "best"
    FIRST = "first"
    LAST = "last"


class Shown(StrEnum):
    """When something becomes visible to players."""

    AT_ONCE = "at_once"
    AFTER_ROUND = "after_round"
    NEVER = "never"


@dataclass(frozen=True)
class Quota:
    """``count`` questions from a bank, if given only of this topic and this difficulty."""

    bank: str
    count: int
    topic: str | None = None
    difficulty: int | None = None


@dataclass(frozen=True)
class RoundRules:
    """Everything about a round that is decided before it opens. ``attempts`` is ``None`` when unlimited."""

    time_limit_ms: int
    attempts: int | None
    counts: Counts
    points_per_question: int
    show_result: Shown
    show_review: Shown
    show_board: Shown
    prediction_prompt: str | None
    quotas: tuple[Quota, ...]
    eligibility: Eligibility

    @property
    def question_count(self) -> int:
        return sum(quota.count for quota in self.quotas)

    def to_json(self) -> dict[str, Any]:
        """The form that is kept with the round; ``from_json`` reads it back."""
        return {
            "time_limit_ms": self.time_limit_ms,
            "attempts": self.attempts,
            "counts": self.counts.value,
            "points_per_question": self.points_per_question,
            "show": {
                "result": self.show_result.value,
                "review": self.show_review.value,
                "board": self.show_board.value,
            },
            "prediction_prompt": self.prediction_prompt,
            "quotas": [vars(quota) for quota in self.quotas],
            "eligibility": vars(self.eligibility),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> RoundRules:
        show = kept["show"]
        return cls(
            time_limit_ms=kept["time_limit_ms"],
            attempts=kept["attempts"],
            counts=Counts(kept["counts"]),
            points_per_question=kept["points_per_question"],
            show_result=Shown(show["result"]),
            show_review=Shown(show["review"]),
            show_board=Shown(show["board"]),
            prediction_prompt=kept["prediction_prompt"],
            quotas=tuple(Quota(**quota) for quota in kept["quotas"]),
            eligibility=Eligibility(**kept["eligibility"]),
        )


@dataclass(frozen=True)
class Window:
    """A round's times."""

    opens_at: datetime
    closes_at: datetime

    def state(self, now: datetime) -> State:
        return state_at(now, opens_at=self.opens_at, closes_at=self.closes_at)
