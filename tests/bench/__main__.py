"""``python -m tests.bench``: what must not grow with the number of participants, and what playing costs.

Only the ratios within one run mean something; the milliseconds say more about the machine than about the code.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from flask import Flask
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from quizsvc import create_app
from quizsvc.contests.models import Round
from quizsvc.core.db import db, reading, transaction
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.recording import Changes, Counted
from tests.bench.boards import SIZES, page_calls, rank_calls
from tests.bench.measuring import Times, measure
from tests.bench.playing import playing_calls
from tests.bench.synthetic import EIGHT_ROUNDS, ONE_ROUND, fill
from tests.conftest import NOW, StandingClock, settings_for
from tests.databases import make_template, postgresql_answers
from tests.world import Player, make_contest, round_document, seed

console = Console(width=120)


@contextmanager
def service(kind: str) -> Iterator[Flask]:
    """The service on a new database of this kind, with a round for each board and one to play."""
    with TemporaryDirectory() as folder:
        template = make_template(kind, Path(folder))
        try:
            app = create_app(settings_for(template.url), clock=StandingClock(NOW))
            seed(app, NOW)
            with app.app_context():
                codes = [f"{letter}{size.lower()}" for letter in "rc" for size in SIZES]
                make_contest(NOW, *(round_document(NOW, round=code) for code in (*codes, "play")))
                yield app
                db.engine.dispose()
        finally:
            template.drop()


def board_ids(letter: str) -> dict[str, int]:
    """The boards of this kind (``r``: of a round, ``c``: as of a contest of eight rounds) by size."""
    with reading() as session:
        found = dict(session.execute(select(Round.public_id, Round.board_id)).tuples().all())
    return {size: found[f"thi.{letter}{size.lower()}"] for size in SIZES}


def bench(kind: str) -> None:
    with service(kind) as app:
        began = time.monotonic()
        rounds, contests = board_ids("r"), board_ids("c")
        by_people = [{SIZES[size]: board for size, board in boards.items()} for boards in (rounds, contests)]
        fill(db.engine, {ONE_ROUND: by_people[0], EIGHT_ROUNDS: by_people[1]})
        filled = time.monotonic() - began
        times, client = Times(), app.test_client()
        with reading() as session:
            measure(rank_calls(session, rounds, contests), times)
        player = Player(client)
        for board in rounds.values():
            stand_in_the_middle(board, UUID(player.id))
        measure(page_calls(client, player), times)
        measure(playing_calls(client), times)
        show(f"{kind} (filled in {filled:.0f} s, measured in {time.monotonic() - began - filled:.0f} s)", times)


def stand_in_the_middle(board_id: int, person: UUID) -> None:
    """Give this person a result on a board."""
    counted = Counted(15, 15, 180_000, NOW, None, ())
    with transaction() as session:
        changes = Changes()
        recording.put_entry(session, changes, board_id=board_id, participant_id=person, counted=counted)
        recording.apply(session, changes)


def show(title: str, times: Times) -> None:
    growth = Table(title=title, title_justify="left")
    for column in ("p50 / p99, ms", *SIZES, "p50: 1M / 10k"):
        growth.add_column(column, justify="right")
    for name in ("rank", "rank over 8 rounds", "neighbours", "page", "next page", "me", "unit table"):
        figures = [f"{times.p50(f'{name} {size}'):.2f} / {times.p99(f'{name} {size}'):.2f}" for size in SIZES]
        growth.add_row(name, *figures, f"{times.p50(f'{name} 1M') / times.p50(f'{name} 10k'):.2f}")
    console.print(growth)
    slower = times.p50("COUNT(*) 1M") / times.p50("rank 1M")
    console.print(f"COUNT(*) on the ranking index at 1M: {times.p50('COUNT(*) 1M'):.1f} ms, {slower:.0f} times our rank")
    bare = times.p50("bare view")
    calls = ", ".join(f"{name} {times.p50(name) / bare:.1f}" for name in ("start", "save", "submit"))
    console.print(f"Times a bare Flask view ({bare:.2f} ms): {calls}\n")


if __name__ == "__main__":
    bench("sqlite")
    if postgresql_answers():
        bench("postgresql")
    else:
        console.print("PostgreSQL does not answer here (TEST_DATABASE_URL): measured on SQLite only.")
