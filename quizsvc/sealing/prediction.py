"""The arithmetic of the prediction: what it is held against, and by how much somebody missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Counted:
    """An actual number. ``round_id`` and ``track`` say for whose predictions it is; ``None``: for everybody's."""

    value: int
    round_id: str | None = None
    track: str | None = None


@dataclass(frozen=True)
class Actual:
    """What was predicted: the number of ``target`` over ``scope``, and how it came out."""

    target: str
    scope: str
    counts_voided: bool
    counted: tuple[Counted, ...]

    def value_for(self, round_id: str | None, track: str | None) -> int | None:
        """The number that a prediction made in this round and track is held against."""
        for each in self.counted:
            if each.round_id in (None, round_id) and each.track in (None, track):
                return each.value
        return None

    @property
    def by_round(self) -> bool:
        return any(each.round_id is not None for each in self.counted)

    @property
    def by_track(self) -> bool:
        return any(each.track is not None for each in self.counted)

    def to_json(self) -> dict[str, Any]:
        """The form that is kept with a snapshot and published."""
        return {
            "target": self.target,
            "scope": self.scope,
            "counts_voided": self.counts_voided,
            "values": [{"round": each.round_id, "track": each.track, "value": each.value} for each in self.counted],
        }


def error_of(predicted: int | None, actual: int | None) -> int | None:
    """Predicted − actual; ``None`` when nothing was predicted, which stands last."""
    return None if predicted is None or actual is None else predicted - actual


def nearest(told: Sequence[int], actual: int, *, prefer_above: bool = False) -> int | None:
    """The prediction that comes nearest; of two as near on either side the one not above, unless told otherwise."""
    return min(told, key=lambda each: (abs(each - actual), -each if prefer_above else each), default=None)
