"""Which of a person's finished attempts is the one that counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from quizsvc.contests.rules import Counts
from quizsvc.leaderboards.ranking import sort_key


class Finished(Protocol):
    """What the choice looks at, besides the ranking keys."""

    @property
    def number(self) -> int: ...


Kind = TypeVar("Kind", bound=Finished)


def counted(finished: Sequence[Kind], counts: Counts) -> Kind:
    """The attempt that counts; of equally good ones the earlier. ``finished`` must not be empty."""
    if counts is Counts.FIRST:
        return min(finished, key=lambda attempt: attempt.number)
    if counts is Counts.LAST:
        return max(finished, key=lambda attempt: attempt.number)
    return min(finished, key=lambda attempt: (sort_key(attempt), attempt.number))
