"""Which of a person's finished attempts is the one that counts, and what they stand for together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from quizsvc.contests.ranking_keys import RankingKey, Standing, live_keys, rank_key
from quizsvc.contests.rules import Counts, Overall, Whose


@dataclass(frozen=True)
class Finished:
    """A graded attempt as counting sees it."""

    number: int
    standing: Standing
    is_perfect: bool
    predicted: int | None
    unit_id: int | None


def counted(finished: Sequence[Finished], counts: Counts, ranking: Sequence[RankingKey]) -> Finished:
    """The attempt that counts; of equally good ones the earlier. ``finished`` must not be empty.

    ``best`` is by the keys of the board's ranking that are known when an attempt ends.
    """
    if counts is Counts.LAST:
        return max(finished, key=lambda attempt: attempt.number)
    if counts is Counts.BEST:
        keys = _own_keys(ranking)
        return min(finished, key=lambda attempt: (rank_key(attempt.standing, keys), attempt.number))
    return min(finished, key=lambda attempt: attempt.number)


def _own_keys(ranking: Sequence[RankingKey]) -> list[RankingKey]:
    """The keys that can tell a person's own results apart. When they registered is one moment for all of them, and it is
    not filled in yet where results are chosen."""
    return [key for key in live_keys(ranking) if key.key != "registered_at"]


def result_of(finished: Sequence[Finished], counts: Counts, whose: Whose, ranking: Sequence[RankingKey]) -> Finished:
    """What a person's attempts in a round amount to: the counted one, with how many there were and which prediction counts.

    ``Whose.NEAREST`` cannot be told before sealing; until then the counted attempt's prediction stands in.
    """
    chosen = counted(finished, counts, ranking)
    in_order = sorted(finished, key=lambda attempt: attempt.number)
    told = [attempt.predicted for attempt in in_order if attempt.predicted is not None]
    predicted = chosen.predicted
    if told and whose in (Whose.FIRST, Whose.LAST):
        predicted = told[0] if whose is Whose.FIRST else told[-1]
    standing = replace(
        chosen.standing, attempts=len(finished), perfect_attempts=sum(attempt.is_perfect for attempt in finished)
    )
    return replace(chosen, standing=standing, predicted=predicted)


def overall(rounds: Sequence[Finished], how: Overall, ranking: Sequence[RankingKey], opened_at: datetime) -> Finished:
    """The result on the board of a contest from those of its rounds, in their order; there must be one at least.

    Added up are points, right answers, time and attempts; moments, unit and prediction are those of the latest submission,
    of equal ones of the later round. ``Overall.BEST``: the best round by the ranking stands for all.
    """
    if how is Overall.BEST:
        keys = _own_keys(ranking)
        best = min(rounds, key=lambda result: rank_key(replace(result.standing, opened_at=opened_at), keys))
        return replace(best, standing=replace(best.standing, opened_at=opened_at))
    _, latest = max(enumerate(rounds), key=lambda placed: (placed[1].standing.submitted_at, placed[0]))
    standings = [result.standing for result in rounds]
    summed = replace(
        latest.standing,
        score=sum(standing.score for standing in standings),
        correct_count=sum(standing.correct_count for standing in standings),
        duration_ms=sum(standing.duration_ms for standing in standings),
        attempts=sum(standing.attempts for standing in standings),
        perfect_attempts=sum(standing.perfect_attempts for standing in standings),
        opened_at=opened_at,
    )
    return replace(latest, standing=summed)
