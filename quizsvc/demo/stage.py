"""What the demo plays on: a throw-away folder and database, a contest that opens now, and the real server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from types import FrameType

import click
import requests
from sqlalchemy import delete, func, inspect, or_, select

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.contests.document import ContestDocument, understand
from quizsvc.contests.loading import load_contest
from quizsvc.core.db import db, reading, transaction
from quizsvc.core.runtime import runtime
from quizsvc.demo.playing import Pace
from quizsvc.migrations import state

ORGANIZER = "40"
PAPER = ("mat-tran-to-quoc", "bau-cu", "dan-chu-co-so", "hon-nhan-gia-dinh", "tre-em")
EACH = 2
BOOT_SECONDS = 30
STOP_SECONDS = 25
OURS = ("QUIZSVC_", "ZALO_", "REDIS_URL", "DATABASE_URL", "SECRET_KEY")


def environment(around: Mapping[str, str], *, database_url: str, secret_key: str) -> dict[str, str]:
    """The environment of the server: the one around us, with settings of its own only."""
    kept = {name: value for name, value in around.items() if not name.startswith(OURS)}
    return kept | {"DATABASE_URL": database_url, "SECRET_KEY": secret_key, "ZALO_MODE": "sandbox"}


@contextmanager
def interruptible() -> Iterator[None]:
    """Being told to end, or losing the terminal, cleans up as Ctrl-C does."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def temporary_folder(*, keep: bool) -> Iterator[Path]:
    """A folder that lives as long as the block, or for ever."""
    folder = Path(mkdtemp(prefix="quizsvc-demo-"))
    try:
        yield folder
    finally:
        if not keep:
            rmtree(folder)


@contextmanager
def empty_database(*, keep: bool) -> Iterator[None]:
    """The current application's database, which must be empty and is so again after the block, unless it is kept."""
    try:
        if set(inspect(db.engine).get_table_names()) - {"alembic_version"}:
            raise click.ClickException("Cơ sở dữ liệu này đã có bảng; quizsvc demo chỉ chạy trên cơ sở dữ liệu trống.")
        try:
            yield
        finally:
            if not keep:
                _forget_what_was_played()
                state.migrate(db.engine, "base")
    finally:
        db.engine.dispose()


def _forget_what_was_played() -> None:
    """A downgrade refuses to drop attempts; those of made-up people may go."""
    with transaction() as session:
        session.execute(delete(Receipt))
        session.execute(delete(Attempt))


@dataclass(frozen=True)
class Opened:
    """The contest of the demo. ``at`` is ``time.monotonic()`` at its opening."""

    slug: str
    round_id: str
    closes_at: datetime
    at: float


def open_contest(pace: Pace) -> Opened:
    """Load a contest whose only round opens at this moment."""
    now, at = runtime().clock(), time.monotonic()
    closes_at = now + timedelta(seconds=pace.round_seconds)
    document = {
        "contest": "trinh-dien",
        "title": "Cuộc thi trình diễn",
        "organizer": ORGANIZER,
        "eligibility": {"needs_unit": True},
        "rounds": [
            {
                "round": "vong-1",
                "title": "Vòng 1",
                "opens_at": now.isoformat(),
                "closes_at": closes_at.isoformat(),
                "time_limit_minutes": pace.limit_seconds / 60,
                "attempts": 2,
                "counts": "best",
                "show": {"result": "at_once", "review": "after_round", "board": "after_round"},
                "paper": [{"bank": bank, "count": EACH} for bank in PAPER],
            }
        ],
    }
    understood = understand(document)
    assert isinstance(understood, ContestDocument), understood
    with transaction() as session:
        load_contest(session, understood, now=now)
    return Opened(understood.slug, f"{understood.slug}.vong-1", closes_at, at)


def unfinished() -> int:
    """How many attempts are still open or not graded."""
    with reading() as session:
        query = select(func.count()).select_from(Attempt).where(or_(Attempt.state == "open", Attempt.graded_at.is_(None)))
        return session.scalars(query).one()


class Server:
    """The real server process, its log in a file."""

    def __init__(self, env: Mapping[str, str], log: Path) -> None:
        self._log = log
        with socket.create_server(("127.0.0.1", 0)) as listener, log.open("wb") as output:
            self.base = f"http://127.0.0.1:{listener.getsockname()[1]}"
            number = listener.fileno()
            # A session of its own: Ctrl-C reaches only us, and we stop it in order.
            self._process = subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "-b", f"fd://{number}"],
                env=dict(env),
                pass_fds=[number],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Return when it answers; ``ClickException`` with the end of its log when it does not."""
        until = time.monotonic() + BOOT_SECONDS
        with requests.Session() as session:
            session.trust_env = False
            while time.monotonic() < until and self._process.poll() is None:
                try:
                    if session.get(f"{self.base}/readyz", timeout=2).status_code == 200:
                        return
                except requests.RequestException:
                    time.sleep(0.1)
        tail = self._log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise click.ClickException(f"Máy chủ không khởi động được:\n{tail}")

    def stop(self) -> None:
        """Stop it in order; kill it if it does not."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


@contextmanager
def running_server(env: Mapping[str, str], log: Path) -> Iterator[Server]:
    """The server on a free port, stopped after the block."""
    server = Server(env, log)
    try:
        yield server
    finally:
        server.stop()
