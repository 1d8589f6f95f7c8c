"""The plain recomputation: what stored answers amount to, said a second time, sharing no code with grading or boards.

Moments are texts as the database writes them (``2026-11-23 01:00:00.000000``, UTC), so that they compare as they are stored.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from json.encoder import encode_basestring as quoted
from typing import Any, NamedTuple

DAY_2000 = date(2000, 1, 1).toordinal()


class Question(NamedTuple):
    """How a question is marked in a round: ``keys`` are the right sets of letters."""

    points: int
    keys: tuple[frozenset[str], ...]
    accept_all: bool = False
    dropped: bool = False


class Mark(NamedTuple):
    """Points, most points, right answers and questions; of one question or of a whole paper."""

    score: int
    most: int
    correct: int
    questions: int


class Outcome(NamedTuple):
    """A marked attempt, or what someone's attempts amount to on a board."""

    number: int
    score: int
    correct: int
    duration_ms: int
    started: str
    ended: str
    unit_id: int | None
    predicted: int | None
    is_perfect: bool
    attempts: int = 1
    perfect: int = 0
    opened: str | None = None
    registered: str | None = None


def mark_one(question: Question, given: str, partial: str) -> Mark:
    """The mark of one answer, given as letters."""
    if question.dropped:
        return Mark(0, 0, 0, 0)
    chosen = frozenset(given)
    if len(chosen) != len(given):
        raise ValueError("a letter twice")
    if question.accept_all or chosen in question.keys:
        return Mark(question.points, question.points, 1, 1)
    earned = [0]
    for key in question.keys:
        right, wrong = len(chosen & key), len(chosen - key)
        if len(key) > 1 and partial == "no_wrong" and not wrong:
            earned.append(question.points * right // len(key))
        if len(key) > 1 and partial == "right_minus_wrong" and right > wrong:
            earned.append(question.points * (right - wrong) // len(key))
    return Mark(max(earned), question.points, 0, 1)


FIELD = 24
FULL = (1 << FIELD) - 1
MOST_KNOWN = 500_000


class Marker(dict[tuple[str, str], int]):
    """Marks papers of one round; ``questions`` by version as papers write it.

    Remembers the mark of each answer to each question, its four numbers in one, so that a paper is one sum.
    """

    def __init__(self, questions: Mapping[str, Question], partial: str) -> None:
        super().__init__()
        self.questions, self._partial = questions, partial

    def __missing__(self, asked: tuple[str, str]) -> int:
        item, given = asked
        one = mark_one(self.questions[item[: item.index(":")]], given, self._partial)
        together = ((one.score << FIELD | one.most) << FIELD | one.correct) << FIELD | one.questions
        if len(self) < MOST_KNOWN:
            self[asked] = together
        return together

    def mark(self, paper: str, answers: str) -> Mark:
        """Raises ``ValueError`` or ``KeyError`` where paper or answers do not even have their form."""
        total = sum(map(self.__getitem__, zip(paper.split(" "), answers.split(","), strict=True)))
        return Mark(total >> 3 * FIELD, total >> 2 * FIELD & FULL, total >> FIELD & FULL, total & FULL)


@functools.lru_cache(maxsize=100_000)
def _minute(moment: str) -> int:
    day = date.fromisoformat(moment[:10]).toordinal() - DAY_2000
    return ((day * 24 + int(moment[11:13])) * 60 + int(moment[14:16])) * 60_000_000


def microseconds(moment: str) -> int:
    """Since the year 2000, exactly."""
    return _minute(moment[:16]) + int(f"{moment[17:19]}{moment[20:26] or '000000'}")


def milliseconds(moment: str) -> int:
    return microseconds(moment) // 1000


def duration_ms(started: str, ended: str) -> int:
    """Whole milliseconds between two moments, never below zero."""
    return max(0, (microseconds(ended) - microseconds(started)) // 1000)


def receipt_text(
    round_name: str, attempt_id: str, number: int, paper: str, answers: str, predicted: int | None, started: str, ended: str
) -> str:
    """The canonical JSON that a receipt is the hash of; ``round_name`` is the round's public id in quotes already."""
    return (
        f'{{"answers":{quoted(answers)},"attempt_id":"{attempt_id}","ended_at":"{ended[:10]}T{ended[11:23]}+00:00",'
        f'"number":{number},"paper":{quoted(paper)},"predicted":{"null" if predicted is None else predicted},'
        f'"round_id":{round_name},"started_at":"{started[:10]}T{started[11:23]}+00:00"}}'
    )


DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PAIRS = [first + second for first in DIGITS for second in DIGITS]


def receipt_of(text: str) -> tuple[str, str]:
    """Hash and code of a receipt's canonical JSON."""
    digest = hashlib.sha256(text.encode())
    number = int.from_bytes(digest.digest()[:10], "big")
    pairs = [PAIRS[number >> shift & 1023] for shift in (70, 60, 50, 40, 30, 20, 10, 0)]
    return digest.hexdigest(), "-".join(pairs[place] + pairs[place + 1] for place in (0, 2, 4, 6))


Value = Callable[[Outcome], int]
"""The whole number that one key compares."""


def _elapsed(outcome: Outcome) -> int:
    opened = 0 if outcome.opened is None else milliseconds(outcome.opened)
    return max(0, milliseconds(outcome.ended) - opened) // 1000


LIVE: Mapping[str, tuple[int, bool, Value]] = {
    # key: bytes, whether boards count it byte by byte, value
    "score": (4, False, lambda outcome: outcome.score),
    "correct_count": (4, False, lambda outcome: outcome.correct),
    "duration": (5, True, lambda outcome: outcome.duration_ms),
    "submitted_at": (6, True, lambda outcome: milliseconds(outcome.ended)),
    "started_at": (6, True, lambda outcome: milliseconds(outcome.started)),
    "elapsed_seconds": (4, True, _elapsed),
    "registered_at": (6, True, lambda outcome: milliseconds(outcome.registered or outcome.started)),
    "attempts": (3, False, lambda outcome: outcome.attempts),
    "perfect_attempts": (3, False, lambda outcome: outcome.perfect),
}
SEALED = frozenset({"prediction_error", "prediction_side", "draw", "committee"})


class Ranking:
    """How one board orders its entries while it is live; ``keys`` are name and order (``high`` or ``low``)."""

    def __init__(self, keys: Sequence[tuple[str, str]], live: Mapping[str, tuple[int, bool, Value]] = LIVE) -> None:
        self._keys = [(live[name], order == "high", name) for name, order in keys if name not in SEALED]
        self.width = sum(width for (width, _, _), _, _ in self._keys)
        self.uses_registration = any(name == "registered_at" for name, _ in keys)
        self.cuts = tuple(self._cuts())

    def _cuts(self) -> list[int]:
        cuts: list[int] = []
        length = 0
        for (width, is_fine, _), _, _ in self._keys:
            if is_fine:
                return cuts + [length + byte for byte in range(2, width)]
            length += width
            cuts.append(length)
        return cuts

    def key(self, outcome: Outcome) -> bytes:
        """One long number: each key in turn, counted from its best end, the worst end of all kept for "no value"."""
        number = 0
        for (width, _, value), is_high, _ in self._keys:
            values = 1 << 8 * width
            written = values - 2 - value(outcome) if is_high else value(outcome)
            number = number * values + written
        return number.to_bytes(self.width, "big")

    def best(self, outcomes: Sequence[Outcome]) -> Outcome:
        """The first of those that none beats; when someone registered is the same for all of their own."""
        if len(outcomes) == 1:
            return outcomes[0]
        own = [(value, is_high) for (_, _, value), is_high, name in self._keys if name != "registered_at"]
        return min(outcomes, key=lambda outcome: [-value(outcome) if is_high else value(outcome) for value, is_high in own])


def counted(outcomes: Sequence[Outcome], counts: str, whose: str | None, ranking: Ranking) -> Outcome:
    """What someone's attempts in a round, in the order of their numbers, amount to."""
    chosen = ranking.best(outcomes) if counts == "best" else outcomes[-1 if counts == "last" else 0]
    predicted = chosen.predicted
    told = [outcome.predicted for outcome in outcomes if outcome.predicted is not None]
    if told and whose in ("first", "last"):
        predicted = told[0 if whose == "first" else -1]
    perfect = sum(outcome.is_perfect for outcome in outcomes)
    return chosen._replace(attempts=len(outcomes), perfect=perfect, predicted=predicted)


def together(parts: Sequence[Outcome], how: str, opened: str, ranking: Ranking) -> Outcome:
    """What results of rounds, in the order of the rounds, amount to on the board of the contest."""
    parts = [part._replace(opened=opened) for part in parts]
    if how == "best" or len(parts) == 1:
        return ranking.best(parts)
    latest = parts[0]
    for part in parts[1:]:
        if part.ended >= latest.ended:
            latest = part
    return latest._replace(
        score=sum(part.score for part in parts),
        correct=sum(part.correct for part in parts),
        duration_ms=sum(part.duration_ms for part in parts),
        attempts=sum(part.attempts for part in parts),
        perfect=sum(part.perfect for part in parts),
    )


def audit_sha256(fields: Mapping[str, Any], dumps: Callable[..., str]) -> str:
    """The hash of an audit row; ``fields`` as JSON has them."""
    text = dumps(dict(sorted(fields.items())), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
