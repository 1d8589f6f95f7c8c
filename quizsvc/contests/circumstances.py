"""Where a contest stands, read for ``visibility.py``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from quizsvc.contests.queries import rounds_of, rules_of, window_of
from quizsvc.contests.ranking_keys import RankingKey
from quizsvc.contests.visibility import Circumstances, Sitting


def circumstances_of(
    session: Session,
    contest_id: int,
    *,
    ranking: Sequence[RankingKey] = (),
    sealed_at: datetime | None = None,
    final_at: datetime | None = None,
) -> Circumstances:
    """The rounds of a contest, with what the caller knows of the board that is asked about."""
    rounds = rounds_of(session, [contest_id])[contest_id]
    sittings = tuple(Sitting(rules_of(found), window_of(found)) for found in rounds)
    return Circumstances(sittings, ranking, sealed_at, final_at)
