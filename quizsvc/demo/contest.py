"""The course of the demo: people come and play, the sweeper finishes, everybody looks back."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from quizsvc.attempts.sweeper import EVERY_SECONDS
from quizsvc.attempts.timing import GRACE
from quizsvc.core.runtime import runtime
from quizsvc.demo import checking
from quizsvc.demo.checking import LOOK, Boards
from quizsvc.demo.citizens import gather
from quizsvc.demo.manners import BEHAVIOUR
from quizsvc.demo.phone import Phone, Tally
from quizsvc.demo.playing import Game, Pace, Player
from quizsvc.demo.stage import ORGANIZER, Opened, open_contest, unfinished
from quizsvc.demo.studying import Studied

SWEPT_WITHIN = GRACE.total_seconds() + EVERY_SECONDS + 30
LOOKERS = 8


@dataclass
class Course:
    """What happened. ``faults`` names everything that should not have."""

    players: list[Player]
    tally: Tally
    boards: Boards
    faults: list[str] = field(default_factory=list)

    @property
    def receipt(self) -> str | None:
        """The code of some citizen's receipt."""
        kept = (sitting.submission for player in self.players for sitting in player.sittings if sitting.submission)
        return next((submission["receipt"]["code"] for submission in kept), None)


def run_contest(console: Console, *, base: str, studied: Studied, pace: Pace, citizens: int, chance: Random) -> Course:
    """Open a round on the current application's database, let ``citizens`` play it at ``base``, and check everything."""
    tally, stopped = Tally(), threading.Event()
    phone = Phone(base, tally)
    people = gather(citizens, _communes(phone), chance)
    opened = open_contest(pace)
    game = Game(base, opened.round_id, pace, studied, tally, opened.at, stopped)
    players = [Player(citizen, game) for citizen in people]
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console) as progress:
        _play(progress, players, stopped)
        faults = _wait_for_sweeper(progress, opened)
        _look_back(progress, players)
    boards = checking.look_at_boards(phone, opened.round_id)
    phone.put_down()
    for player in players:
        faults += player.faults
    faults += checking.time_faults(players, pace.limit_seconds)
    faults += checking.board_faults(boards, players)
    return Course(players, tally, boards, faults)


def _communes(phone: Phone) -> list[dict[str, Any]]:
    province = next(unit for unit in phone.pages(LOOK, "/units", q=ORGANIZER) if unit["code"] == ORGANIZER)
    return list(phone.pages(LOOK, "/units", parent=province["id"]))


def _play(progress: Progress, players: list[Player], stopped: threading.Event) -> None:
    """Everybody on a thread of their own; when this is interrupted, they all go home at once."""
    task = progress.add_task(f"{len(players)} công dân dự thi", total=len(players))
    pool = ThreadPoolExecutor(len(players))
    try:
        for playing in as_completed([pool.submit(player.play, BEHAVIOUR[player.citizen.manner]) for player in players]):
            playing.result()
            progress.advance(task)
    finally:
        stopped.set()
        pool.shutdown(cancel_futures=True)


def _wait_for_sweeper(progress: Progress, opened: Opened) -> list[str]:
    """Until the round has closed and every attempt is closed and graded; nobody of us helps."""
    left = waiting = unfinished()
    task = progress.add_task("Máy chủ đóng và chấm lượt bỏ dở", total=waiting)
    until = time.monotonic() + _seconds_to(opened.closes_at) + SWEPT_WITHIN
    while left or _seconds_to(opened.closes_at) > 0:
        if time.monotonic() > until:
            return [f"còn {left} lượt chưa đóng hoặc chưa chấm sau khi vòng thi kết thúc {SWEPT_WITHIN:.0f} giây"]
        time.sleep(0.1)
        left = unfinished()
        progress.update(task, completed=waiting - left)
    return []


def _seconds_to(moment: datetime) -> float:
    return (moment - runtime().clock()).total_seconds()


def _look_back(progress: Progress, players: list[Player]) -> None:
    task = progress.add_task("Công dân xem lại bài đã lưu", total=len(players))
    with ThreadPoolExecutor(LOOKERS) as pool:
        for _ in pool.map(checking.check_player, players):
            progress.advance(task)
