"""What a board costs as it grows: entries and counters written at once, for nobody has to play ten million attempts."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import cycle
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, func, select, text
from sqlalchemy.orm import Session

from quizsvc.contests.models import Board
from quizsvc.contests.queries import ranking_of
from quizsvc.contests.ranking_keys import Standing
from quizsvc.core.db import db, reading
from quizsvc.leaderboards import queries, service
from quizsvc.leaderboards.boards import BoardView, round_board
from quizsvc.leaderboards.models import Entry
from quizsvc.leaderboards.queries import Part, Row
from quizsvc.leaderboards.ranking import RankPlan
from quizsvc.leaderboards.recording import Counted, Kept, entry_values
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit
from tests.bench.bulk import count_board, hurrying, make_scopes, settle, write
from tests.bench.measuring import Calls, Times, measure
from tests.bench.stage import Stage, stage
from tests.bench.targets import Report
from tests.conftest import NOW
from tests.world import make_contest, round_document

AT_ONCE = 20_000
PERFECT = 0.2203


def bench(kind: str, sizes: Sequence[int], report: Report) -> None:
    with stage(kind) as here:
        make_contest(NOW, *(round_document(NOW, round=_code(size)) for size in sizes), overall={"counts": "none"})
        units = _fill(sizes)
        times = Times()
        with reading() as session:
            measure(_calls(here, session, sizes, units), times)
        _add(report, times, sizes)


def _code(size: int) -> str:
    return f"n{size}"


def _fill(sizes: Sequence[int]) -> list[Unit]:
    """The same people on a board of each size, the largest holding all; returns the units that they belong to."""
    chance = random.Random(1)
    with reading() as session:
        units = list(session.scalars(select(Unit).where(Unit.kind.in_(("commune", "ward")), Unit.valid_to.is_(None))))
        boards = [Kept(row.id, RankPlan.of(ranking_of(row))) for row in session.scalars(select(Board).order_by(Board.id))]
    with hurrying(db.engine) as connection:
        for first in range(0, max(sizes), AT_ONCE):
            people = [UUID(int=number + 1) for number in range(first, min(first + AT_ONCE, max(sizes)))]
            write(connection, cast("Table", Participant.__table__), [_person(person) for person in people])
            results = [_result(chance, units) for _ in people]
            for size, kept in zip(sizes, boards, strict=True):
                rows = [_entry(kept, *pair) for pair in zip(people, results, strict=True) if pair[0].int <= size]
                write(connection, cast("Table", Entry.__table__), rows)
        make_scopes(connection)
        for kept in boards:
            count_board(connection, kept.board_id, kept.plan)
    settle(db.engine)
    return units


PERSON = tuple(column.name for column in Participant.__table__.columns)
COLUMNS = tuple(column.name for column in Entry.__table__.columns)


def _person(person: UUID) -> Sequence[Any]:
    values = {"id": person, "created_at": NOW, "nickname": f"Người {person.int}"}
    return tuple(map(values.get, PERSON))


def _result(chance: random.Random, units: Sequence[Unit]) -> Counted:
    score = 20 if chance.random() < PERFECT else 20 - int(chance.random() * chance.random() * 21)
    lasted = 40_000 + int(chance.expovariate(1 / 200_000))
    ended = NOW + timedelta(milliseconds=chance.randrange(600_000_000))
    standing = Standing(score, score, lasted, ended, ended, ended, perfect_attempts=int(score == 20))
    unit = units[int(chance.random() ** 2 * len(units))]  # some units are large
    return Counted(standing, None, unit.id, ())


def _entry(kept: Kept, person: UUID, counted: Counted) -> Sequence[Any]:
    values = entry_values(kept, counted) | {"board_id": kept.board_id, "participant_id": person}
    return tuple(map(values.get, COLUMNS))


def _calls(here: Stage, session: Session, sizes: Sequence[int], units: Sequence[Unit]) -> Calls:
    calls: Calls = {}
    large = units[0]
    for size in sizes:
        view = round_board(session, f"thi.{_code(size)}", None, here.clock())
        all_of_it, of_unit = Part(view.board_id), queries.part_of(session, view.board_id, large.id)
        for name, part in (("rank", all_of_it), ("rank in a unit", of_unit)):
            calls[f"{name} {size}"] = (_each(session, part, size, lambda s, p, row, v=view: _rank(s, p, v, row)), 40)
        calls[f"neighbours {size}"] = (_each(session, all_of_it, size, _around), 20)
        deep = next(_drawn(session, all_of_it, size))
        pages: Mapping[str, tuple[str | None, Row | None]] = {
            "top 100": (None, None),
            "page in the middle": (None, deep),
            "page of a unit": (str(large.id), None),
        }
        for name, (unit, after) in pages.items():
            calls[f"{name} {size}"] = (_page(session, view, unit, after), 10)
        calls[f"COUNT(*) {size}"] = (_each(session, all_of_it, size, _count), 3)
    calls["window"] = (_each(session, Part(_board(session, sizes)), min(sizes), _window), 1)
    return calls


def _board(session: Session, sizes: Sequence[int]) -> int:
    return round_board(session, f"thi.{_code(min(sizes))}", None, NOW).board_id


Read = Callable[[Session, Part, Row], object]


def _each(session: Session, part: Part, size: int, read: Read) -> Callable[[], object]:
    turns = _drawn(session, part, size)
    return lambda: read(session, part, next(turns))


def _drawn(session: Session, part: Part, size: int) -> Iterator[Row]:
    """Entries of people drawn at random, over and over."""
    chance = random.Random(2)
    people = (UUID(int=chance.randrange(1, size + 1)) for _ in range(2_000))
    found = (queries.own_entry(session, part, person) for person in people)
    kept = [row for row in found if row is not None][:300]
    return cycle(kept)


def _rank(session: Session, part: Part, view: BoardView, row: Row) -> object:
    return queries.rank_of(session, part, view.plan, row.rank_key)


def _around(session: Session, part: Part, row: Row) -> object:
    return queries.rows_before(session, part, row, 5), queries.rows_after(session, part, row, 5)


def _page(session: Session, view: BoardView, unit: str | None, after: Row | None) -> Callable[[], object]:
    return lambda: service.board_page(session, view, unit=unit, after=after, limit=100)


def _count(session: Session, part: Part, row: Row) -> object:
    above = select(func.count()).where(Entry.board_id == part.board_id, Entry.rank_key < row.rank_key)
    return session.scalar(above)


WINDOW = text(
    "SELECT place FROM (SELECT participant_id, rank() OVER (ORDER BY rank_key) AS place"
    " FROM leaderboard_entries WHERE board_id = :board) AS ranked WHERE participant_id = :person"
)


def _window(session: Session, part: Part, row: Row) -> object:
    person = row.participant_id.hex if db.engine.dialect.name == "sqlite" else row.participant_id
    return session.scalar(WINDOW, {"board": part.board_id, "person": person})


def _add(report: Report, times: Times, sizes: Sequence[int]) -> None:
    least, most = min(sizes), max(sizes)
    is_whole = most >= 10_000_000
    for name in ("rank", "rank in a unit", "neighbours", "top 100", "page in the middle", "page of a unit"):
        said = "; ".join(
            f"{size:,}: {times.p50(f'{name} {size}'):.2f} / {times.p99(f'{name} {size}'):.2f}" for size in sizes
        )
        growth = times.p50(f"{name} {most}") / times.p50(f"{name} {least}")
        report.add(f"{name} p50, largest / smallest board", growth, said=f"(p50 / p99 ms: {said})", holds=is_whole)
    growth = times.p99(f"rank {most}") / times.p99(f"rank {least}")
    report.add("rank p99, largest / smallest board", growth, holds=is_whole)
    counted = times.p50(f"COUNT(*) {most}")
    faster = counted / times.p50(f"rank {most}")
    report.add("COUNT(*) on the index / rank, largest board", faster, said=f"({counted:.1f} ms)", holds=is_whole)
    windowed = times.p50("window")
    report.add("window query / rank, smallest board", windowed / times.p50(f"rank {least}"), said=f"({windowed:.1f} ms)")
