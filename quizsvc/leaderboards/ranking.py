"""How boards are counted: the keys that are known while they are live, and the cells that rank keys fall into."""

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
