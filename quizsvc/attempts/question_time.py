"""Where each question of an attempt has its own time: which ones are put before the person, and which are over."""

from __future__ import annotations

from datetime import datetime

from quizsvc.attempts import timing
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.paper import Answers, question_id, read_answers, read_paper


def shown_count(attempt: Attempt, question_ms: int | None, now: datetime) -> int:
    """How many questions of the paper, from the first, the person has seen: all, or those whose turn came before the end."""
    count = len(read_paper(attempt.paper))
    if question_ms is None:
        return count
    until = now if attempt.ended_at is None else min(now, attempt.ended_at)
    return timing.questions_begun(until, attempt.started_at, question_ms=question_ms, count=count)


def remaining_ms(attempt: Attempt, question_ms: int, now: datetime) -> int:
    """What is left for the newest of the questions shown; nothing once the attempt has ended."""
    if attempt.state != "open":
        return 0
    place = shown_count(attempt, question_ms, now) - 1
    closes_at = timing.question_closes_at(attempt.started_at, place, question_ms=question_ms, extra_ms=attempt.extra_ms)
    return timing.remaining_ms(now, min(closes_at, attempt.deadline_at))


def to_come(attempt: Attempt, question_ms: int | None, now: datetime) -> list[str]:
    """Ids of the questions whose turn has not come."""
    if question_ms is None:
        return []
    places = range(shown_count(attempt, question_ms, now), len(read_paper(attempt.paper)))
    return [question_id(attempt.seed, place) for place in places]


def late_changes(attempt: Attempt, wanted: Answers, question_ms: int | None, now: datetime) -> list[str]:
    """Ids of the questions whose answers would change although their time, with the grace after it, is over."""
    if question_ms is None:
        return []
    return [
        question_id(attempt.seed, place)
        for place, (before, after) in enumerate(zip(read_answers(attempt.answers), wanted, strict=True))
        if before != after
        and timing.is_question_over(now, attempt.started_at, place, question_ms=question_ms, extra_ms=attempt.extra_ms)
    ]
