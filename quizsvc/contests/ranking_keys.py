"""Every kind of key that a contest may rank by: its name, its usual end, how it is written in bytes, how it is said.

A board's rank key is the bytes of its keys one after the other, written so that a smaller text of bytes stands higher.
Two entries with the same bytes are equal, and databases compare bytes exactly as Python does. To add a kind of key, add
one ``KeyKind`` here (and its test): documents, boards, sealing and the published rules take it from this list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Order(StrEnum):
    """Which end stands first."""

    HIGH = "high"
    LOW = "low"


class Known(StrEnum):
    """Since when a key has a value: with the submission, or only when the board is sealed."""

    LIVE = "live"
    SEALED = "sealed"


@dataclass(frozen=True)
class Standing:
    """What is ranked: someone's counted result on a board. Moments are UTC, durations whole milliseconds.

    On a board over rounds, ``score``, ``correct_count``, ``duration_ms``, ``attempts`` and ``perfect_attempts`` are sums.
    ``prediction_error`` is predicted − actual, known since sealing; ``draw`` and ``committee`` are places given at sealing
    by the recorded draw and by the committee's decision.
    """

    score: int
    correct_count: int
    duration_ms: int
    started_at: datetime
    submitted_at: datetime
    registered_at: datetime
    attempts: int = 1
    perfect_attempts: int = 0
    opened_at: datetime | None = None
    prediction_error: int | None = None
    draw: int | None = None
    committee: int | None = None


@dataclass(frozen=True)
class KeyKind:
    """One kind of key. ``value`` is a whole number from 0 to 256**width − 2, or ``None``: no value stands last.

    ``fine``: nearly everybody has another value (moments, durations), so boards count it byte by byte.
    """

    name: str
    usual: Order
    width: int
    value: Callable[[Standing], int | None]
    high_says: str
    low_says: str
    fine: bool = False
    known: Known = Known.LIVE


@dataclass(frozen=True)
class RankingKey:
    """A kind of key as a contest uses it."""

    key: str
    order: Order


EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def _ms(moment: datetime) -> int:
    gap = moment - EPOCH
    return (gap.days * 86_400 + gap.seconds) * 1000 + gap.microseconds // 1000


def _elapsed_seconds(standing: Standing) -> int:
    start = EPOCH if standing.opened_at is None else standing.opened_at
    return max(0, _ms(standing.submitted_at) - _ms(start)) // 1000


def _side(standing: Standing) -> int | None:
    """0: not above the actual value, 1: above it."""
    return None if standing.prediction_error is None else int(standing.prediction_error > 0)


def _error(standing: Standing) -> int | None:
    return None if standing.prediction_error is None else abs(standing.prediction_error)


KINDS: Mapping[str, KeyKind] = {
    kind.name: kind
    for kind in (
        KeyKind("score", Order.HIGH, 4, lambda s: s.score, "điểm cao hơn đứng trước", "điểm thấp hơn đứng trước"),
        KeyKind(
            "correct_count",
            Order.HIGH,
            4,
            lambda s: s.correct_count,
            "nhiều câu đúng hơn đứng trước",
            "ít câu đúng hơn đứng trước",
        ),
        KeyKind(
            "prediction_error",
            Order.LOW,
            8,
            _error,
            "dự đoán xa số thực tế hơn đứng trước",
            "dự đoán gần số thực tế nhất đứng trước (không kể hơn hay kém)",
            known=Known.SEALED,
        ),
        KeyKind(
            "prediction_side",
            Order.LOW,
            1,
            _side,
            "cùng độ lệch thì dự đoán cao hơn số thực tế đứng trước",
            "cùng độ lệch thì dự đoán không vượt số thực tế đứng trước",
            known=Known.SEALED,
        ),
        KeyKind(
            "duration",
            Order.LOW,
            5,
            lambda s: s.duration_ms,
            "thời gian làm bài dài hơn đứng trước",
            "thời gian làm bài ít hơn đứng trước",
            fine=True,
        ),
        KeyKind(
            "submitted_at",
            Order.LOW,
            6,
            lambda s: _ms(s.submitted_at),
            "người nộp muộn hơn đứng trước",
            "người nộp sớm hơn đứng trước",
            fine=True,
        ),
        KeyKind(
            "started_at",
            Order.LOW,
            6,
            lambda s: _ms(s.started_at),
            "người bắt đầu muộn hơn đứng trước",
            "người bắt đầu sớm hơn đứng trước",
            fine=True,
        ),
        KeyKind(
            "elapsed_seconds",
            Order.LOW,
            4,
            _elapsed_seconds,
            "nộp muộn hơn, tính bằng giây từ lúc mở vòng, đứng trước",
            "nộp sớm hơn, tính bằng giây từ lúc mở vòng, đứng trước",
            fine=True,
        ),
        KeyKind(
            "registered_at",
            Order.LOW,
            6,
            lambda s: _ms(s.registered_at),
            "người đăng ký muộn hơn đứng trước",
            "người đăng ký sớm hơn đứng trước",
            fine=True,
        ),
        KeyKind(
            "attempts",
            Order.LOW,
            3,
            lambda s: s.attempts,
            "dùng nhiều lượt thi hơn đứng trước",
            "dùng ít lượt thi hơn đứng trước",
        ),
        KeyKind(
            "perfect_attempts",
            Order.HIGH,
            3,
            lambda s: s.perfect_attempts,
            "nhiều lượt đạt điểm tuyệt đối hơn đứng trước",
            "ít lượt đạt điểm tuyệt đối hơn đứng trước",
        ),
        KeyKind(
            "draw",
            Order.LOW,
            8,
            lambda s: s.draw,
            "bốc thăm ngẫu nhiên có ghi lại hạt giống",
            "bốc thăm ngẫu nhiên có ghi lại hạt giống",
            known=Known.SEALED,
        ),
        KeyKind(
            "committee",
            Order.LOW,
            4,
            lambda s: s.committee,
            "theo quyết định của ban tổ chức",
            "theo quyết định của ban tổ chức",
            known=Known.SEALED,
        ),
    )
}

USUAL_RANKING = (
    RankingKey("score", Order.HIGH),
    RankingKey("duration", Order.LOW),
    RankingKey("submitted_at", Order.LOW),
)
"""What holds when a contest says nothing: more points, then less time, then the earlier submission."""


def live_keys(ranking: Sequence[RankingKey]) -> tuple[RankingKey, ...]:
    """The keys that have values before sealing."""
    return tuple(key for key in ranking if KINDS[key.key].known is Known.LIVE)


def needs_prediction(ranking: Sequence[RankingKey]) -> bool:
    """Whether the order cannot be told before the actual value is known."""
    return any(key.key.startswith("prediction_") for key in ranking)


def rank_key(standing: Standing, ranking: Sequence[RankingKey]) -> bytes:
    """The bytes whose ascending order is the ranking order. Raises ``ValueError`` for a value that does not fit."""
    return b"".join(_written(KINDS[key.key], key.order, standing) for key in ranking)


def _written(kind: KeyKind, order: Order, standing: Standing) -> bytes:
    """One key: the value counted from the best end; a key without a value is written as the worst possible one."""
    largest: int = 256**kind.width - 1
    value = kind.value(standing)
    if value is None:
        return largest.to_bytes(kind.width, "big")
    if not 0 <= value < largest:
        raise ValueError(f"{kind.name} {value} does not fit into {kind.width} bytes")
    return (value if order is Order.LOW else largest - 1 - value).to_bytes(kind.width, "big")


def cell_cuts(ranking: Sequence[RankingKey]) -> tuple[int, ...]:
    """Lengths of the prefixes of a rank key by which boards count their entries, shortest first.

    After each coarse key, and inside the first fine one after each byte but the first and the last: then no count runs
    over more than some hundreds of cells, and few entries share the longest prefix.
    """
    cuts: list[int] = []
    length = 0
    for key in ranking:
        kind = KINDS[key.key]
        if kind.fine:
            cuts.extend(length + place for place in range(2, kind.width))
            return tuple(cuts)
        length += kind.width
        cuts.append(length)
    return tuple(cuts)
