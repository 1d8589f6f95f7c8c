"""From the rank key of a live board to the one that sealing sorts by: the keys known only now are put in their places.

The bytes are those that ``ranking_keys.rank_key`` would write for the whole standing; live ones are taken over as they
stand, since a million standings would take longer to write than to sort.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from quizsvc.contests.ranking_keys import EPOCH, KINDS, Known, RankingKey, Standing, rank_key

FullKey = Callable[[bytes, int | None, int | None, int | None], bytes]
"""Live rank key, error of the prediction, lot, committee's place → full rank key."""


def is_live(ranking: Sequence[RankingKey]) -> bool:
    """Whether the live rank key says everything."""
    return all(KINDS[key.key].known is Known.LIVE for key in ranking)


def full_key(ranking: Sequence[RankingKey]) -> FullKey:
    """The function that completes live rank keys of a board that ranks like this."""
    runs = _runs(ranking)
    cached = [lru_cache(maxsize=65_536)(_writer(run)) if isinstance(run, tuple) else run for run in runs]

    def write(live: bytes, error: int | None, lot: int | None, committee: int | None) -> bytes:
        return b"".join([live[run] if isinstance(run, slice) else run(error, lot, committee) for run in cached])

    return write


def width(ranking: Sequence[RankingKey]) -> int:
    """How long full rank keys are."""
    return sum(KINDS[key.key].width for key in ranking)


def _runs(ranking: Sequence[RankingKey]) -> list[slice | tuple[RankingKey, ...]]:
    """Neighbouring keys of one sort together: where live ones stand in the live key, or which ones are to be written."""
    runs: list[slice | tuple[RankingKey, ...]] = []
    at = 0
    for key in ranking:
        kind, last = KINDS[key.key], runs[-1] if runs else None
        if kind.known is Known.LIVE:
            begin = last.start if isinstance(last, slice) else at
            at += kind.width
            found: slice | tuple[RankingKey, ...] = slice(begin, at)
        else:
            found = (*last, key) if isinstance(last, tuple) else (key,)
        if last is not None and type(found) is type(last):
            runs.pop()
        runs.append(found)
    return runs


def _writer(run: tuple[RankingKey, ...]) -> Callable[[int | None, int | None, int | None], bytes]:
    def write(error: int | None, lot: int | None, committee: int | None) -> bytes:
        standing = Standing(0, 0, 0, EPOCH, EPOCH, EPOCH, prediction_error=error, draw=lot, committee=committee)
        return rank_key(standing, run)

    return write
