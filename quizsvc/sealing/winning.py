"""Who wins which prize by rank: levels in their order, equals alike, and who may not win twice passes it on.

Prizes that the committee gives (``Prize.by_committee``) are nobody's here. The rules about repeated winners compare the
prizes of rounds; the prizes of the contest as a whole stand beside them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from quizsvc.contests.rules import Prize, RepeatWinners


@dataclass(frozen=True)
class Placed:
    """Someone's place on a sealed board."""

    rank: int
    participant_id: UUID
    unit_id: int | None


@dataclass(frozen=True)
class RoundPrizes:
    """A round's board (or that of one track) with its prizes; ``best`` are its first entries in order, enough of them."""

    code: str
    prizes: tuple[Prize, ...]
    best: tuple[Placed, ...]


@dataclass(frozen=True)
class Win:
    """Someone wins a prize; ``level`` counts the levels from 0."""

    placed: Placed
    prize: Prize
    level: int


def by_rank(prizes: Sequence[Prize]) -> tuple[Prize, ...]:
    """The prizes that are given by rank."""
    return tuple(prize for prize in prizes if not prize.by_committee)


def zone(prizes: Sequence[Prize]) -> int:
    """How many places win something."""
    return sum(prize.quantity for prize in by_rank(prizes))


def winners(prizes: Sequence[Prize], best: Sequence[Placed], out: Collection[UUID] = ()) -> list[Win]:
    """Who wins on one board when those in ``out`` win nothing: a rank is then counted among the others."""
    won: list[Win] = []
    above = same = 0
    last_rank = None
    for placed in best:
        if placed.participant_id in out:
            continue
        if placed.rank != last_rank:
            above, same, last_rank = above + same, 0, placed.rank
        same += 1
        found = level_of(above + 1, prizes)
        if found is None:
            break
        won.append(Win(placed, by_rank(prizes)[found], found))
    return won


def level_of(rank: int, prizes: Sequence[Prize]) -> int | None:
    """The level that a rank reaches: 0 for the first; ``None`` below all of them."""
    given = 0
    for level, prize in enumerate(by_rank(prizes)):
        given += prize.quantity
        if rank <= given:
            return level
    return None


def winners_of_rounds(rounds: Sequence[RoundPrizes], repeat: RepeatWinners) -> list[list[Win]]:
    """Winners for each of ``rounds``, which stand in the order of time.

    Under a rule against repeating, everyone keeps one prize and leaves the others; whoever moves up may then have two in
    turn, until nobody has. Each turn takes somebody off a board for good, so it ends.
    """
    out: list[set[UUID]] = [set() for _ in rounds]
    while True:
        won = [winners(made.prizes, made.best, gone) for made, gone in zip(rounds, out, strict=True)]
        if repeat is RepeatWinners.ALLOWED:
            return won
        if not _leave(won, out, repeat):
            return won


def _leave(won: Sequence[Sequence[Win]], out: Sequence[set[UUID]], repeat: RepeatWinners) -> bool:
    """Take everyone with several prizes off all boards but the one whose prize they keep; whether there was anyone."""
    prizes: dict[UUID, dict[int, Win]] = {}
    for place, wins in enumerate(won):
        for win in wins:
            prizes.setdefault(win.placed.participant_id, {})[place] = win
    several = {person: mine for person, mine in prizes.items() if len(mine) > 1}
    for person, mine in several.items():
        kept = _kept(mine, repeat)
        for place in mine:
            if place != kept:
                out[place].add(person)
    return bool(several)


def _kept(mine: Mapping[int, Win], repeat: RepeatWinners) -> int:
    if repeat is RepeatWinners.FIRST:
        return min(mine)
    return min(mine, key=lambda place: (mine[place].level, place))
