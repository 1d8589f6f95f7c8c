"""The contest of 2024 as a whole: building it, verifying it, sealing it with its prediction, and what it takes on disk."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import text

from quizsvc.core.db import db, reading
from tests.bench import nghe_an
from tests.bench.measuring import processes_of
from tests.bench.stage import Stage, stage
from tests.bench.targets import Report
from tests.server import ROOT, environment

SIZES_POSTGRESQL = """
    SELECT parts.name, indexes.relname LIKE 'pk_%' OR indexes.relname LIKE '%_pkey' AS is_key, indexes.relname,
           CASE WHEN indexes.oid IS NULL THEN pg_table_size(parts.oid) ELSE pg_relation_size(indexes.oid) END
    FROM (SELECT c.oid, CASE WHEN c.relispartition THEN 'attempts' ELSE c.relname END AS name
          FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace) AS parts
    CROSS JOIN LATERAL (SELECT i.oid, i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
          WHERE x.indrelid = parts.oid UNION ALL SELECT NULL, 'rows') AS indexes"""
SIZES_SQLITE = """
    SELECT coalesce(m.tbl_name, s.name), CASE WHEN m.type = 'table' THEN 'rows' ELSE s.name END, sum(s.pgsize)
    FROM dbstat s LEFT JOIN sqlite_master m ON m.name = s.name GROUP BY 1, 2"""
SHOWN = ("participants", "attempts", "receipts", "leaderboard_entries", "rank_cells", "tallies")


@dataclass(frozen=True)
class Ran:
    """A command that ran to its end: how long, how much processor, and the most memory of all its processes together."""

    seconds: float
    cpu_seconds: float
    megabytes: float


def run(url: str, *arguments: str) -> Ran:
    """``quizsvc …`` as an operator runs it. Raises when it fails."""
    command = [sys.executable, "-m", "quizsvc", *arguments]
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(url), stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        over, peaks = Event(), dict[int, float]()
        watching = Thread(target=_watch, args=(process.pid, over, peaks))
        watching.start()
        _, status, used = os.wait4(process.pid, 0)
        over.set()
        watching.join()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"quizsvc {' '.join(arguments)}: {process.returncode}")
    return Ran(time.perf_counter() - began, used.ru_utime + used.ru_stime, sum(peaks.values()))


def _watch(session: int, over: Event, peaks: dict[int, float]) -> None:
    """Note the high-water mark of each process; the kernel's figure for a child would include its parent's."""
    while not over.wait(0.05):
        for pid in processes_of(session):
            with suppress(OSError):
                lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
                for line in lines:  # one that has just ended has no such line
                    if line.startswith("VmHWM"):
                        peaks[pid] = int(line.split()[1]) / 1024


def bench(kind: str, attempts: int, report: Report) -> None:
    opens_at = datetime.now(UTC).replace(microsecond=0) - timedelta(weeks=nghe_an.WEEKS, days=1)
    is_whole = attempts == nghe_an.ATTEMPTS
    with stage(kind, opens_at) as here:
        began = time.perf_counter()
        people = nghe_an.load(attempts, opens_at=opens_at)
        report.add("built, s", time.perf_counter() - began, said=f"({attempts:,} attempts, {people:,} people)")
        _storage(here, people, attempts, report)
        verified = run(here.url, "verify")
        names = [f"{nghe_an.SLUG}.t{place + 1}" for place in range(nghe_an.WEEKS)]
        sealed = [run(here.url, "contests", "seal", name, "--reason", "Kết thúc") for name in (*names, nghe_an.SLUG)]
        again = run(here.url, "verify")
    _add(report, "verifying, s", verified, attempts, holds=is_whole)
    whole = Ran(
        sum(each.seconds for each in sealed),
        sum(each.cpu_seconds for each in sealed),
        max(each.megabytes for each in sealed),
    )
    _add(report, "sealing, s", whole, attempts, holds=is_whole)
    _add(report, "verifying with the seals, s", again, attempts, holds=is_whole)


def _add(report: Report, name: str, ran: Ran, attempts: int, *, holds: bool) -> None:
    per_million = ran.seconds / attempts * 1_000_000
    said = f"({per_million:.1f} s a million, {ran.cpu_seconds:.1f} s of processor, at most {ran.megabytes:.0f} MB)"
    report.add(name, ran.seconds, said=said, holds=holds)


def _storage(here: Stage, people: int, attempts: int, report: Report) -> None:
    sizes = _sizes(here.kind)
    for table in SHOWN:
        of_table = {name: size for (of, name), size in sizes.items() if of == table}
        per = attempts if table in ("attempts", "receipts") else people
        parts = ", ".join(f"{name} {size / per:.0f}" for name, size in sorted(of_table.items(), key=lambda pair: -pair[1]))
        what = "attempt" if per == attempts else "person"
        report.add(f"{table}, bytes per {what}", sum(of_table.values()) / per, said=f"({parts})")
    boards = sum(size for (table, _), size in sizes.items() if table in SHOWN[3:])
    report.add("database without answers, MB per million people", boards / people)
    report.add("outside the database, MB per million people", 0.0)
    with reading() as session:
        answers, paper = session.execute(text("SELECT avg(length(answers)), avg(length(paper)) FROM attempts")).one()
    report.add("stored answers, bytes per attempt", float(answers), said=f"(and the paper {float(paper):.0f})")


def _sizes(kind: str) -> Mapping[tuple[str, str], int]:
    """Bytes by table and index (or ``rows``); partitions together."""
    found: dict[tuple[str, str], int] = {}
    with db.engine.connect() as connection:
        if kind == "sqlite":
            rows = [tuple(row) for row in connection.execute(text(SIZES_SQLITE))]
        else:
            rows = [(table, name, size) for table, _, name, size in connection.execute(text(SIZES_POSTGRESQL))]
    for table, name, size in rows:
        plain = name.removeprefix("ix_").removeprefix("uq_").removeprefix(f"{table}_")
        if kind == "postgresql" and table == "attempts" and name != "rows":
            plain = "_".join(part for part in name.split("_") if not part.isdigit())
        found[table, plain] = found.get((table, plain), 0) + size
    return found
