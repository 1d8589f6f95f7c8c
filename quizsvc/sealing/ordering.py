"""The entries of a board in their final order, as a stream: a million of them never stand in memory together."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Text, case, cast, func, literal, null, select, type_coerce
from sqlalchemy.orm import Session

from quizsvc.attempts.models import Attempt
from quizsvc.contests.models import Round
from quizsvc.contests.ranking_keys import Order, RankingKey
from quizsvc.contests.rules import Abandoned, RoundRules, Whose
from quizsvc.leaderboards.models import Entry
from quizsvc.leaderboards.snapshot_models import BLOCK
from quizsvc.sealing.digest import EntryFields
from quizsvc.sealing.drawing_lots import lot
from quizsvc.sealing.external_sort import sorted_records
from quizsvc.sealing.full_keys import full_key, is_live, width
from quizsvc.sealing.prediction import Actual, error_of

AT_ONCE = 5_000
NOTHING = -(2**63)
FIELDS = struct.Struct(">16siiii26sqqii")
Keyed = tuple[bytes, str, int | None, int, int, int, str, int | None, int | None, int, int]
"""Full rank key, participant (hexadecimal), unit, score, correct, duration, moment, prediction, error, attempts, perfect."""


@dataclass(frozen=True)
class BoardToSeal:
    """What the order of a board depends on besides its entries.

    ``rounds``: the rounds whose attempts it counts, with their rules; ``round_id``: public id, if it is the board of one.
    """

    board_id: int
    ranking: tuple[RankingKey, ...]
    rounds: tuple[tuple[Round, RoundRules], ...]
    round_id: str | None
    track: str | None
    actual: Actual | None
    draw_seed: int | None
    committee: dict[str, int]

    def uses(self, name: str) -> bool:
        return any(key.key == name for key in self.ranking)

    @property
    def takes_nearest(self) -> bool:
        return self.actual is not None and any(
            rules.prediction is not None and rules.prediction.whose is Whose.NEAREST for _, rules in self.rounds
        )


def in_order(session: Session, board: BoardToSeal) -> Iterator[list[EntryFields]]:
    """The entries with place and rank, in lots of ``BLOCK`` places; equals share a rank and stand in order of their ids."""
    batch: list[EntryFields] = []
    last, rank = b"", 0
    for place, (key, *fields) in enumerate(_sorted(session, board), start=1):
        if key != last or place == 1:
            last, rank = key, place
        batch.append((place, rank, *fields))  # type: ignore[arg-type]
        if len(batch) == BLOCK:
            yield batch
            batch = []
    if batch:
        yield batch


def _sorted(session: Session, board: BoardToSeal) -> Iterator[Keyed]:
    if is_live(board.ranking):
        yield from _keyed(session, board, ordered=True)
        return
    key_width = width(board.ranking)
    records = map(_packed, _keyed(session, board, ordered=False))
    for record in sorted_records(records, key_width + FIELDS.size):
        yield _unpacked(record, key_width)


def _packed(row: Keyed) -> bytes:
    key, person, unit, score, correct, duration, submitted, predicted, error, attempts, perfect = row
    return key + FIELDS.pack(
        bytes.fromhex(person),
        -1 if unit is None else unit,
        score,
        correct,
        duration,
        submitted.encode(),
        NOTHING if predicted is None else predicted,
        NOTHING if error is None else error,
        attempts,
        perfect,
    )


def _unpacked(record: bytes, key_width: int) -> Keyed:
    person, unit, score, correct, duration, submitted, predicted, error, attempts, perfect = FIELDS.unpack_from(
        record, key_width
    )
    return (
        record[:key_width],
        person.hex(),
        None if unit == -1 else unit,
        score,
        correct,
        duration,
        submitted.decode(),
        None if predicted == NOTHING else predicted,
        None if error == NOTHING else error,
        attempts,
        perfect,
    )


def _keyed(session: Session, board: BoardToSeal, *, ordered: bool) -> Iterator[Keyed]:
    """Every entry with its full key."""
    complete, seed, committee, actual = full_key(board.ranking), board.draw_seed, board.committee, board.actual
    live, draws = is_live(board.ranking), board.uses("draw")
    known: dict[tuple[str | None, str | None], int | None] = {}
    query = _query(session, board, ordered=ordered)
    found = session.connection().execute(query, execution_options={"yield_per": AT_ONCE})
    for key, person, unit, score, correct, duration, submitted, predicted, attempts, perfect, round_id, track in found:
        error = None
        if actual is not None and predicted is not None:
            where = (round_id, track)
            if where not in known:
                known[where] = actual.value_for(round_id, track)
            error = error_of(predicted, known[where])
        if not live:
            drawn = lot(seed, bytes.fromhex(person)) if draws and seed is not None else None
            key = complete(key, error, drawn, committee.get(person))
        yield key, person, unit, score, correct, duration, submitted, predicted, error, attempts, perfect


def _query(session: Session, board: BoardToSeal, *, ordered: bool) -> Select[Any]:
    person, submitted = _as_text(session)
    actual = board.actual
    round_id: ColumnElement[Any] = null() if board.round_id is None else literal(board.round_id)
    track: ColumnElement[Any] = null() if board.track is None else literal(board.track)
    if actual is not None and actual.by_round and board.round_id is None:
        round_id = _of_attempt(board, Round.public_id)
    if actual is not None and actual.by_track and board.track is None:
        track = _of_attempt(board, Attempt.track)
    predicted = Entry.predicted.expression if actual is None or not board.takes_nearest else _nearest(board, actual)
    query = select(
        Entry.rank_key,
        person,
        Entry.unit_id,
        Entry.score,
        Entry.correct_count,
        Entry.duration_ms,
        submitted,
        predicted,
        Entry.attempts,
        Entry.perfect_attempts,
        round_id,
        track,
    ).where(Entry.board_id == board.board_id)
    return query.order_by(Entry.rank_key, Entry.participant_id) if ordered else query


def _as_text(session: Session) -> tuple[ColumnElement[str], ColumnElement[str]]:
    """Participant and moment of submission as the text of ``EntryFields``: made by the database, it costs us nothing."""
    if session.get_bind().dialect.name == "postgresql":
        moment = func.to_char(func.timezone("UTC", Entry.submitted_at), "YYYY-MM-DD HH24:MI:SS.US")
        return func.replace(cast(Entry.participant_id, Text), "-", ""), moment
    return type_coerce(Entry.participant_id, String), type_coerce(Entry.submitted_at, String)


def _of_attempt(board: BoardToSeal, column: Any) -> ColumnElement[Any]:
    """Something about the attempt that an entry stands for."""
    query = select(column).select_from(Attempt).join(Round, Round.id == Attempt.round_id)
    query = query.where(
        Attempt.participant_id == Entry.participant_id,
        Attempt.round_id.in_([found.id for found, _ in board.rounds]),
        Attempt.started_at == Entry.started_at,
        Attempt.graded_at.is_not(None),
    )
    return query.order_by(Attempt.number).limit(1).scalar_subquery()


def _nearest(board: BoardToSeal, actual: Actual) -> ColumnElement[Any]:
    """The prediction that comes nearest, of all that a person made in attempts that count on the board."""
    above_first = any(key == RankingKey("prediction_side", Order.HIGH) for key in board.ranking)
    value = _value_for_attempt(board.rounds, actual)
    side = Attempt.predicted.desc() if above_first else Attempt.predicted
    free = [found.id for found, rules in board.rounds if rules.limits.abandoned is Abandoned.FREE]
    query = select(Attempt.predicted).where(
        Attempt.participant_id == Entry.participant_id,
        Attempt.round_id.in_([found.id for found, _ in board.rounds]),
        Attempt.predicted.is_not(None),
        Attempt.is_ranked,
        Attempt.graded_at.is_not(None),
        (Attempt.state == "submitted") | ((Attempt.state == "expired") & Attempt.round_id.not_in(free)),
    )
    if board.track is not None:
        query = query.where(Attempt.track == board.track)
    return query.order_by(func.abs(Attempt.predicted - value), side).limit(1).scalar_subquery()


def _value_for_attempt(rounds: Sequence[tuple[Round, RoundRules]], actual: Actual) -> ColumnElement[int]:
    ids = {found.public_id: found.id for found, _ in rounds}
    values: ColumnElement[int] = literal(actual.counted[0].value)
    for each in actual.counted[1:]:
        here = [] if each.track is None else [Attempt.track == each.track]
        here += [] if each.round_id is None else [Attempt.round_id == ids[each.round_id]]
        if here:
            condition = here[0] if len(here) == 1 else here[0] & here[1]
            values = case((condition, literal(each.value)), else_=values)
    return values
