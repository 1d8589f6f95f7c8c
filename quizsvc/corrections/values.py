"""What goes through a correction: who orders it, what it did, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from quizsvc.core.chance import Chance
from quizsvc.organizers.acting import Actor


@dataclass(frozen=True)
class Order:
    """In whose name, why and when something is corrected."""

    actor: Actor
    reason: str
    now: datetime
    chance: Chance


@dataclass(frozen=True)
class CutOff:
    """An attempt that the service closed when its time ran out, though its person was kept from working."""

    attempt_id: UUID
    participant_id: UUID


@dataclass(frozen=True)
class Done:
    """What a correction has just changed. ``before`` and ``after`` go into the audit log: ids and decisions, no figures
    from which a prediction follows. ``facts`` is what undoing needs. ``moves_boards``: whether ranks may have changed.

    ``attempts`` and ``people``: how many of them were really changed.
    """

    action: str
    subject: str
    contest_id: int
    round_id: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    facts: Mapping[str, Any] = field(default_factory=dict)
    attempts: int = 0
    people: int = 0
    cut_off: tuple[CutOff, ...] = ()


@dataclass(frozen=True)
class Crossing:
    """Someone who enters or leaves the prize zone of a board; a rank is ``None`` off the board."""

    participant_id: UUID
    rank_before: int | None
    rank_after: int | None


@dataclass(frozen=True)
class BoardEffect:
    """What a correction does to one board: how many people get another rank (appearing and vanishing included)."""

    board: str
    ranks: int
    prize_places: int
    entering: tuple[Crossing, ...]
    leaving: tuple[Crossing, ...]


@dataclass(frozen=True)
class Outcome:
    """A correction with its effect; ``number`` is that of its audit row, ``None`` for a preview."""

    number: int | None
    done: Done
    boards: tuple[BoardEffect, ...]
