"""What a board costs when ten thousand, a hundred thousand and a million people stand on it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from itertools import cycle
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from quizsvc.leaderboards import queries
from quizsvc.leaderboards.models import EVERYONE, Entry
from quizsvc.leaderboards.queries import Row
from quizsvc.leaderboards.ranking import better_than
from tests.bench.measuring import Calls
from tests.world import Player

SIZES = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000}


def rank_calls(session: Session, rounds: Mapping[str, int], contests: Mapping[str, int]) -> Calls:
    """The rank of people drawn at random: ours at each size, and by counting the ranking index at the largest."""
    calls: Calls = {}
    for size in SIZES:
        calls[f"rank {size}"] = (_each(session, rounds[size], size, _rank), 40)
        calls[f"rank over 8 rounds {size}"] = (_each(session, contests[size], size, _rank), 40)
        calls[f"neighbours {size}"] = (_each(session, rounds[size], size, _around), 20)
    calls["COUNT(*) 1M"] = (_each(session, rounds["1M"], "1M", _count), 5)
    return calls


Read = Callable[[Session, int, Row], object]


def _each(session: Session, board_id: int, size: str, read: Read) -> Callable[[], object]:
    chance = random.Random(1)
    drawn = [UUID(int=chance.randrange(1, SIZES[size] + 1)) for _ in range(300)]
    entries = [queries.own_entry(session, board_id, EVERYONE, person) for person in drawn]
    turns = cycle(entry for entry in entries if entry is not None)
    return lambda: read(session, board_id, next(turns))


def _rank(session: Session, board_id: int, row: Row) -> object:
    return queries.rank_of(session, board_id, EVERYONE, row)


def _around(session: Session, board_id: int, row: Row) -> object:
    place = (session, board_id, EVERYONE, row, 5)
    return queries.rows_before(*place), queries.rows_after(*place)


def _count(session: Session, board_id: int, row: Row) -> object:
    above = or_(*(and_(*rung) for rung in better_than(Entry, row)))
    on_board = and_(Entry.board_id == board_id, Entry.scope_id == EVERYONE)
    return 1 + (session.scalar(select(func.count()).select_from(Entry).where(on_board, above)) or 0)


def page_calls(client: FlaskClient, player: Player) -> Calls:
    """What phones ask for, through the whole service."""
    calls: Calls = {}
    for size in SIZES:
        board = f"/rounds/thi.r{size.lower()}/leaderboard"
        cursor = client.get(f"/api/v1{board}?limit=100").json["next"]
        paths = {"page": board, "next page": f"{board}?cursor={cursor}", "me": f"{board}/me"}
        paths["unit table"] = f"/rounds/thi.r{size.lower()}/units"
        for name, path in paths.items():
            calls[f"{name} {size}"] = (lambda path=path: _ok(player.get(path)), 5)
    return calls


def _ok(answer: object) -> None:
    assert answer.status_code == 200, answer.text  # type: ignore[attr-defined]
