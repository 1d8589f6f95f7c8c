"""Ranks of entries in order, and how boards are counted: the arithmetic between rank keys and places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizsvc.contests.ranking_keys import KINDS, RankingKey, cell_cuts, live_keys


@dataclass(frozen=True)
class RankPlan:
    """How one board is kept: ``ranking`` in full, ``keys`` as far as they are live, ``cuts`` the counted prefixes."""

    ranking: tuple[RankingKey, ...]
    keys: tuple[RankingKey, ...]
    cuts: tuple[int, ...]
    width: int

    @classmethod
    def of(cls, ranking: Sequence[RankingKey]) -> RankPlan:
        keys = live_keys(ranking)
        return cls(tuple(ranking), keys, cell_cuts(keys), sum(KINDS[key.key].width for key in keys))

    def uses(self, *names: str) -> bool:
        return any(key.key in names for key in self.ranking)

    def prefixes(self, rank_key: bytes) -> Iterator[tuple[int, bytes]]:
        """The cells that count an entry: level and prefix."""
        for level, cut in enumerate(self.cuts):
            yield level, rank_key[:cut]

    def is_crowded(self, level: int) -> bool:
        """Whether many entries may share one cell of this level: any but the last one inside a fine key."""
        is_fine = any(KINDS[key.key].fine for key in self.keys)
        return not is_fine or level < len(self.cuts) - 1


def competition_ranks(keys: Sequence[bytes]) -> list[int]:
    """Ranks of entries already in ranking order, by their rank keys; equal ones share a rank: 1, 2, 2, 4."""
    ranks: list[int] = []
    for place, key in enumerate(keys, start=1):
        same = bool(ranks) and key == keys[place - 2]
        ranks.append(ranks[-1] if same else place)
    return ranks
