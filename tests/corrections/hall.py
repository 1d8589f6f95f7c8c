"""Playing and correcting, and everything derived written down so that two moments can be compared."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from quizsvc.attempts.models import Attempt
from quizsvc.attempts.rebuilding import rebuild_boards
from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import contest_by_slug
from quizsvc.core.db import reading, transaction
from quizsvc.leaderboards.models import Entry, RankCell, Tally
from quizsvc.organizers.audit import check_chain
from quizsvc.organizers.models import AuditRow
from tests.api.stage import Unlimited
from tests.conftest import StandingClock
from tests.organizers.people import PROVINCE, give
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, round_document

REASON = "Theo quyết định của ban tổ chức"
PRIZES = [{"prize": "nhat", "title": "Giải nhất", "quantity": 2}]
PAPER = [{"bank": "bau-cu", "count": 6}]


class Hall:
    """``owner`` holds the province. ``round("r1")`` documents are of 6 questions for an hour, ten minutes an attempt."""

    def __init__(self, phone: Any, clock: StandingClock, **changes: Any) -> None:
        self.phone, self.clock = phone, clock
        current_app.extensions["quizsvc.rates"] = Unlimited()
        shown = {"paper": PAPER, "prizes": PRIZES}
        opens = clock.now
        rounds = [
            round_document(opens, **shown),
            round_document(opens, **shown | {"round": "r2", "counts": "last"}),
        ]
        make_contest(opens, *rounds, **{"prizes": PRIZES} | changes)
        self.owner = Player(phone, 1)
        give(self.owner, "owner", PROVINCE)

    def people(self, count: int, first: int = 100) -> list[Player]:
        """Some people, of two communes in turn."""
        made = [Player(self.phone, first + number, f"Người Số {number}") for number in range(count)]
        return [player.in_unit((THANH_VINH, KIM_LIEN)[number % 2]) for number, player in enumerate(made)]

    def play(self, player: Player, rng: random.Random, round_id: str = "thi.r1") -> dict[str, Any]:
        """One attempt with some answers, handed in a little later."""
        attempt = player.start(round_id).json
        self.clock.advance(seconds=rng.randrange(1, 9))
        answers = {
            question["id"]: [rng.choice(question["choices"])["id"]]
            for question in attempt["questions"]
            if rng.random() < 0.9
        }
        answer = player.submit(attempt, answers=answers)
        assert answer.status_code == 200, answer.text
        return attempt

    def correct(self, path: str, body: dict[str, Any] | None = None, *, preview: bool = False, by: Any = None) -> Any:
        """Ask for a correction; the answer as it comes."""
        if by is None:
            self.owner.refresh()
        query = "?preview=true" if preview else ""
        return (by or self.owner).call("POST", f"/manage{path}{query}", {"reason": REASON} | (body or {}))

    def done(self, path: str, body: dict[str, Any] | None = None) -> int:
        """As ``correct``, after a preview that must say the same; the number of the correction."""
        before = snapshot()
        foretold = self.correct(path, body, preview=True)
        assert foretold.status_code == 200, foretold.text
        assert snapshot() == before
        made = self.correct(path, body)
        assert made.status_code == 201, made.text
        assert {**foretold.json, "number": None, "preview": None} == {**made.json, "number": None, "preview": None}
        return made.json["number"]

    def undo(self, number: int) -> Any:
        return self.correct(f"/corrections/{number}/undo")


def snapshot() -> dict[str, Any]:
    """Every attempt, round and derived row; cells and tallies that are zero count as none."""
    with reading() as session:
        boards = {board.id: board.subject for board in session.scalars(select(Board))}
        found: dict[str, Any] = {
            "attempts": {row.id: _columns(row) for row in session.scalars(select(Attempt))},
            "rounds": {row.public_id: (row.opens_at, row.closes_at) for row in session.scalars(select(Round))},
            "contests": {row.slug: (row.opens_at, row.closes_at) for row in session.scalars(select(Contest))},
            "entries": {(boards[row.board_id], row.participant_id): _columns(row) for row in session.scalars(select(Entry))},
        }
        for table in (RankCell, Tally):
            keys = [column.name for column in table.__table__.primary_key]
            rows = {tuple(getattr(row, key) for key in keys): _columns(row) for row in session.scalars(select(table))}
            rest = [column.name for column in table.__table__.columns if not column.primary_key]
            found[table.__tablename__] = {key: row for key, row in rows.items() if any(row[name] for name in rest)}
        return found


def _columns(row: Any) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def rebuilt(slug: str = "thi") -> dict[str, Any]:
    """``snapshot`` as it would be if all boards were made again from the attempts; nothing is changed."""
    with transaction() as session:
        rebuild_boards(session, contest_by_slug(session, slug))
    return snapshot()


def log() -> list[AuditRow]:
    with reading() as session:
        assert check_chain(session) == []
        return list(session.scalars(select(AuditRow).order_by(AuditRow.number)))


def entry_of(player: Player, subject: str = "round:thi.r1") -> Entry | None:
    with reading() as session:
        board_id = session.scalars(select(Board.id).where(Board.subject == subject)).one()
        return session.get(Entry, (board_id, UUID(player.id)))


def later(clock: StandingClock, **gap: float) -> str:
    return (clock.now + timedelta(**gap)).isoformat()
