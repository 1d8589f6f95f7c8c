"""Sealed orders said a second time: lines, hash, places, ranks, blocks; sharing no code with sealing."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from quizsvc.verification.plain import milliseconds

BLOCK = 2048


class Line(NamedTuple):
    """One line of a sealed order; the person as 32 hexadecimal digits."""

    place: int
    rank: int
    person: str
    unit_id: int | None
    score: int
    correct: int
    duration_ms: int
    submitted: str
    predicted: int | None
    error: int | None
    attempts: int
    perfect: int


Value = Callable[[Line], int | None]
SAID: Mapping[str, Value] = {
    "score": lambda line: line.score,
    "correct_count": lambda line: line.correct,
    "duration": lambda line: line.duration_ms,
    "submitted_at": lambda line: milliseconds(line.submitted),
    "attempts": lambda line: line.attempts,
    "perfect_attempts": lambda line: line.perfect,
    "prediction_error": lambda line: None if line.error is None else abs(line.error),
    "prediction_side": lambda line: None if line.error is None else int(line.error > 0),
}


class SealedOrder:
    """Takes the lines of a snapshot one after the other and says what is wrong with each."""

    def __init__(self, ranking: Sequence[tuple[str, str]], opened: str, seed: int | None, actual: Sequence[int]) -> None:
        said: dict[str, Value] = {
            **SAID,
            "elapsed_seconds": lambda line: max(0, milliseconds(line.submitted) - milliseconds(opened)) // 1000,
            "draw": lambda line: lot(seed, line.person),
        }
        known = next((place for place, (name, _) in enumerate(ranking) if name not in said), len(ranking))
        self._keys = [(said[name], order == "high") for name, order in ranking[:known]]
        self._is_whole = known == len(ranking)
        self._actual = actual
        self._last: Line | None = None
        self._key: list[tuple[int, int]] = []

    def faults(self, line: Line) -> Iterator[tuple[str, object, object]]:
        """What differs, as stored and as worked out again."""
        last, place = self._last, 1 if self._last is None else self._last.place + 1
        if line.place != place:
            yield "chỗ trong danh sách", line.place, place
        key = [self._one(value(line), is_high) for value, is_high in self._keys]
        ranks = {line.place}
        if last is not None and key < self._key:
            yield "thứ tự", f"sau người {last.person}", f"trước người {last.person}"
        elif last is not None and key == self._key:
            ranks = {last.rank} if self._is_whole else {last.rank, line.place}
            if self._is_whole and line.person < last.person:
                yield "thứ tự trong những người bằng nhau", f"sau người {last.person}", f"trước người {last.person}"
        if line.rank not in ranks:
            yield "hạng", line.rank, " hoặc ".join(map(str, sorted(ranks)))
        errors = {None} if line.predicted is None or not self._actual else {line.predicted - one for one in self._actual}
        if line.error not in errors:
            yield "độ lệch dự đoán", line.error, " hoặc ".join(map(str, errors))
        self._last, self._key = line, key

    def _one(self, value: int | None, is_high: bool) -> tuple[int, int]:
        """Ascending order of this is the order of the list; no value stands last."""
        return (1, 0) if value is None else (0, -value if is_high else value)


def lot(seed: int | None, person: str) -> int | None:
    if seed is None:
        return None
    return int.from_bytes(hmac.digest(str(seed).encode(), bytes.fromhex(person), "sha256")[:8], "big") // 2


class SealedText:
    """The text that a snapshot's hash is over."""

    def __init__(self, header: Mapping[str, Any]) -> None:
        self._hash = hashlib.sha256(f"{_json(header)}\n".encode())

    def line(self, line: Line) -> None:
        fields = ["" if field is None else str(field) for field in line]
        fields[7] += "+00:00"
        self._hash.update(("\t".join(fields) + "\n").encode())

    def end(self, totals: Sequence[Sequence[int]], groups: Any) -> str:
        for total in totals:
            self._hash.update(("\t".join(map(str, total)) + "\n").encode())
        self._hash.update(f"{_json(groups)}\n".encode())
        return self._hash.hexdigest()


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class SealedCounts:
    """What a snapshot counts beside its lines: of each unit how many stand up to each block, and totals."""

    def __init__(self, paths: Mapping[int | None, tuple[int, ...]]) -> None:
        self._paths = paths
        self.blocks: dict[tuple[int, int], int] = {}
        self.totals: dict[int, list[int]] = {}

    def add(self, line: Line) -> None:
        block = (line.place - 1) // BLOCK + 1
        for scope in self._paths[line.unit_id]:
            total = self.totals.setdefault(scope, [0, 0, 0])
            total[0] += 1
            total[1] += line.score
            total[2] += line.perfect > 0
            if scope:
                self.blocks[scope, block] = total[0]
