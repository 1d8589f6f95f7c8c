"""Writing many rows at once: COPY on PostgreSQL, prepared batches on SQLite."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizsvc.core.db import Base
from quizsvc.leaderboards.snapshot_models import Snapshot, SnapshotBlock, SnapshotEntry, SnapshotTotal
from quizsvc.sealing.digest import Digest, EntryFields, entry_line
from quizsvc.units.models import Unit
from quizsvc.units.queries import path_ids

AT_ONCE = 5_000


class Sink(Protocol):
    """Where rows go. ``lines``: the same rows as text with tabs, an empty field for nothing."""

    def __call__(self, rows: Sequence[Sequence[Any]], lines: Sequence[str]) -> None: ...


def write_entries(session: Session, snapshot_id: int, batches: Iterable[list[EntryFields]], digest: Digest) -> int:
    """Write the entries and the blocks of a snapshot, and add their lines to its digest; how many there were."""
    paths = {unit_id: path_ids(path) for unit_id, path in session.execute(select(Unit.id, Unit.path))}
    running: Counter[int] = Counter()
    blocks = array("l")
    written = 0
    with _sink(session, SnapshotEntry, snapshot_id) as write:
        for block, batch in enumerate(batches, start=1):
            lines = [entry_line(entry) for entry in batch]
            digest.add_entries(lines)
            write(batch, lines)
            written += len(batch)
            for scope in sorted(_count(batch, paths, running)):
                blocks.extend((scope, block, running[scope]))
    flat = iter(blocks)
    _write_all(session, SnapshotBlock, snapshot_id, zip(flat, flat, flat, strict=True))
    return written


def write_totals(session: Session, snapshot_id: int, totals: Iterable[tuple[int, ...]]) -> None:
    """Write people, attempts, points and perfect results of each scope."""
    _write_all(session, SnapshotTotal, snapshot_id, totals)


def next_snapshot_id(session: Session) -> int:
    """The id for a snapshot whose row is written after its entries, since it holds their hash."""
    if session.get_bind().dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence("snapshots", "id")
        return int(session.scalars(select(func.nextval(sequence))).one())
    return (session.scalar(select(func.max(Snapshot.id))) or 0) + 1


def _count(batch: Sequence[EntryFields], paths: Mapping[int, tuple[int, ...]], running: Counter[int]) -> set[int]:
    """Count the entries of a block for each unit on their path; the scopes that changed."""
    changed: set[int] = set()
    for unit_id, entries in Counter(entry[3] for entry in batch).items():
        for scope in () if unit_id is None else paths[unit_id]:
            running[scope] += entries
            changed.add(scope)
    return changed


def _write_all(session: Session, table: type[Base], snapshot_id: int, rows: Iterable[tuple[int, ...]]) -> None:
    rest = iter(rows)
    with _sink(session, table, snapshot_id) as write:
        while some := list(islice(rest, AT_ONCE)):
            write(some, ["\t".join(map(str, row)) for row in some])


@contextmanager
def _sink(session: Session, table: type[Base], snapshot_id: int) -> Iterator[Sink]:
    """Rows of a table without their first column, which is the snapshot."""
    columns = [column.name for column in table.__table__.columns]
    names = ", ".join(columns)
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        copying = f"COPY {table.__tablename__} ({names}) FROM STDIN WITH (NULL '')"
        with driver.cursor() as cursor, cursor.copy(copying) as copy:
            start = f"{snapshot_id}\t"
            yield lambda rows, lines: copy.write(start + f"\n{start}".join(lines) + "\n")
        return
    insert = f"INSERT INTO {table.__tablename__} ({names}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608  our names

    def write(rows: Sequence[Sequence[Any]], lines: Sequence[str]) -> None:
        connection.exec_driver_sql(insert, [(snapshot_id, *row) for row in rows])

    yield write
