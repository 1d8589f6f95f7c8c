"""Streams of plain rows, in the order of people: ids and moments as texts, the same on both databases.

Each row begins with the person, the kind of row and a number within the kind, so that several streams merge into one.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, String, and_, cast, func, literal, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.leaderboards.models import Entry
from quizsvc.participants.models import Participant
from quizsvc.registers.models import Registration

AT_ONCE = 2000
ATTEMPT, ENTRY, REGISTERED = range(3)
"""Kinds of rows."""
Row = tuple[Any, ...]
NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Share:
    """The people with ids from ``low`` up to, not including, ``high``; ``None``: no bound."""

    low: UUID | None = None
    high: UUID | None = None

    def of(self, column: InstrumentedAttribute[UUID]) -> list[ColumnElement[bool]]:
        bounds = [] if self.low is None else [column >= self.low]
        return bounds + ([] if self.high is None else [column < self.high])


EVERYBODY = Share()


class Reader:
    """One consistent view of the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_postgresql = connection.dialect.name == "postgresql"

    def rows(self, query: Select[Any]) -> Iterator[Row]:
        """The rows of any query, a few at a time."""
        for some in self._connection.execution_options(yield_per=AT_ONCE).execute(query).partitions():
            yield from map(tuple, some)

    def stream(self, query: Select[Any]) -> Iterator[Row]:
        """The rows of a query of numbers, texts and bytes, as the driver gives them: there may be millions."""
        dialect = self._connection.dialect
        statement = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        driver: Any = self._connection.connection.driver_connection
        with closing(driver.cursor(f"stream_{next(NUMBERS)}") if self._is_postgresql else driver.cursor()) as cursor:
            cursor.execute(statement)
            while some := cursor.fetchmany(AT_ONCE):
                yield from some

    def mappings(self, query: Select[Any]) -> list[Mapping[str, Any]]:
        """The rows of a query of few rows, by name."""
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def one(self, query: Select[Any]) -> Any:
        """The value of a query with one."""
        return self._connection.execute(query).scalar()

    def text_of(self, column: Any) -> ColumnElement[str]:
        """A UUID as 36 or 32 lower-case characters, in the order of the ids."""
        return cast(column, String) if self._is_postgresql else type_coerce(column, String)

    def moment_of(self, column: Any) -> ColumnElement[str]:
        """A moment as ``2026-11-23 01:00:00.000000``, UTC."""
        if not self._is_postgresql:
            return type_coerce(column, String)
        return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD HH24:MI:SS.US")

    def attempts(self, round_id: int, share: Share) -> Iterator[Row]:
        """Ended attempts of a round with their receipts: person, kind, round, number, and as ``check_attempts`` reads on."""
        query = (
            select(
                self.text_of(Attempt.participant_id),
                literal(ATTEMPT),
                literal(round_id),
                Attempt.number,
                self.text_of(Attempt.id),
                Attempt.state,
                Attempt.graded_at.is_not(None),
                Attempt.is_ranked,
                Attempt.track,
                Attempt.unit_id,
                Attempt.paper,
                Attempt.answers,
                Attempt.predicted,
                self.moment_of(Attempt.started_at),
                self.moment_of(Attempt.ended_at),
                Attempt.duration_ms,
                Attempt.score,
                Attempt.max_score,
                Attempt.correct_count,
                Attempt.question_count,
                Receipt.sha256,
                Receipt.code,
                Receipt.score,
                Receipt.max_score,
                Receipt.correct_count,
                Receipt.question_count,
            )
            .outerjoin(Receipt, and_(Receipt.attempt_id == Attempt.id))
            .where(Attempt.round_id == round_id, Attempt.state.in_(("submitted", "expired")))
            .where(*share.of(Attempt.participant_id))
            .order_by(Attempt.participant_id, Attempt.number)
        )
        return self.stream(query)

    def entries(self, board_id: int, share: Share) -> Iterator[Row]:
        """Entries of a board: person, kind, board, and the columns of ``ENTRY_COLUMNS``."""
        query = (
            select(
                self.text_of(Entry.participant_id),
                literal(ENTRY),
                literal(board_id),
                Entry.rank_key,
                Entry.unit_id,
                Entry.score,
                Entry.correct_count,
                Entry.duration_ms,
                self.moment_of(Entry.started_at),
                self.moment_of(Entry.submitted_at),
                self.moment_of(Entry.registered_at),
                Entry.attempts,
                Entry.perfect_attempts,
                Entry.predicted,
            )
            .where(Entry.board_id == board_id, *share.of(Entry.participant_id))
            .order_by(Entry.participant_id)
        )
        return self.stream(query)

    def registrations(self, contest_id: int, share: Share) -> Iterator[Row]:
        """When people registered for a contest, or first signed in: person, kind, 0, moment."""
        theirs = and_(Registration.participant_id == Participant.id, Registration.contest_id == contest_id)
        moment = func.coalesce(Registration.registered_at, Participant.created_at)
        query = (
            select(self.text_of(Participant.id), literal(REGISTERED), literal(0), self.moment_of(moment))
            .outerjoin(Registration, theirs)
            .where(*share.of(Participant.id))
            .order_by(Participant.id)
        )
        return self.stream(query)


ENTRY_COLUMNS = (
    *("khóa xếp hạng", "đơn vị", "điểm", "số câu đúng", "thời gian làm bài", "lúc bắt đầu", "lúc nộp", "lúc đăng ký"),
    *("số lượt", "số lượt tuyệt đối", "dự đoán"),
)
"""What an entry's columns are called, in the order of ``Reader.entries``."""


def by_person(streams: Iterable[Iterator[Row]]) -> Iterator[tuple[str, Iterator[Row]]]:
    """Each person with all their rows: attempts by round and number, then entries, then the registration."""
    return groupby(heapq.merge(*streams), key=itemgetter(0))
