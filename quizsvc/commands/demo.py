"""``quizsvc demo``: a whole contest from the opening to the boards, on a database that is thrown away."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from random import Random

import click
from rich.console import Console
from sqlalchemy import make_url

from quizsvc import create_app
from quizsvc.banks.service import read_folder
from quizsvc.commands.serve import QUIZZES, prepare_database
from quizsvc.core.settings import Settings
from quizsvc.demo import showing
from quizsvc.demo.citizens import FEWEST
from quizsvc.demo.contest import Course, run_contest
from quizsvc.demo.playing import Pace
from quizsvc.demo.stage import empty_database, environment, interruptible, running_server, temporary_folder
from quizsvc.demo.studying import Studied

FULL, FULL_CITIZENS = Pace(round_seconds=24, limit_seconds=6), 120
QUICK, QUICK_CITIZENS = Pace(round_seconds=4, limit_seconds=2), 30
MOST = 500


@click.command()
@click.option(
    "--citizens",
    type=click.IntRange(FEWEST, MOST),
    help=f"How many people play; {FULL_CITIZENS}, or {QUICK_CITIZENS} with --quick.",
)
@click.option("--seed", default=2026, show_default=True, help="The same seed gives the same people.")
@click.option("--quick", is_flag=True, help="A round of a few seconds with few people.")
@click.option("--keep", is_flag=True, help="Leave the database, and say where it is.")
@click.option("--database-url", help="An empty database, emptied again afterwards, instead of a temporary SQLite file.")
def demo(citizens: int | None, seed: int, quick: bool, keep: bool, database_url: str | None) -> None:
    """Play a whole contest with synthetic citizens over real HTTP, then check every figure."""
    console = Console()
    pace, usual = (QUICK, QUICK_CITIZENS) if quick else (FULL, FULL_CITIZENS)
    with ExitStack() as stack:
        stack.enter_context(interruptible())
        folder = stack.enter_context(temporary_folder(keep=keep and database_url is None))
        url = database_url or f"sqlite:///{folder / 'demo.db'}"
        env = environment(os.environ, database_url=url, secret_key=secrets.token_urlsafe(48))
        stack.enter_context(create_app(Settings.from_env(env)).app_context())
        stack.enter_context(empty_database(keep=keep))
        with console.status("Chuẩn bị cơ sở dữ liệu, ngân hàng câu hỏi và máy chủ…"):
            prepare_database(QUIZZES)
            server = stack.enter_context(running_server(env, folder / "server.log"))
            studied = Studied(read_folder(QUIZZES)[0])
            server.wait_until_ready()
        console.print(f"Máy chủ: {server.base} (thật, trên cơ sở dữ liệu dùng một lần)", highlight=False)
        if keep:
            console.print(f"Cơ sở dữ liệu được giữ lại: {make_url(url)}", soft_wrap=True, highlight=False)
        chance = Random(seed)  # noqa: S311  synthetic people, repeatable on purpose
        course = run_contest(
            console, base=server.base, studied=studied, pace=pace, citizens=citizens or usual, chance=chance
        )
        _show(console, course)
        verdicts = _verify(env, course)
    _conclude(course, verdicts)


def _show(console: Console, course: Course) -> None:
    showing.show_manners(console, course.players)
    showing.show_answers(console, course.tally)
    showing.show_board(console, course.boards)
    showing.show_units(console, course.boards)


@dataclass(frozen=True)
class Verdict:
    """What a ``quizsvc verify`` said."""

    agrees: bool
    said: str


def _verify(env: Mapping[str, str], course: Course) -> list[Verdict]:
    """The real command, as anyone would run it: one receipt, then everything."""
    calls = [["--receipt", course.receipt], []] if course.receipt else [[]]
    verdicts = []
    for arguments in calls:
        done = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-m", "quizsvc", "verify", *arguments], env=dict(env), capture_output=True, text=True
        )
        verdicts.append(Verdict(done.returncode == 0, (done.stdout if done.returncode == 0 else done.stderr).strip()))
    return verdicts


def _conclude(course: Course, verdicts: list[Verdict]) -> None:
    """Say what was not as it must be and fail, or end with what ``verify`` said."""
    for fault in course.faults:
        click.echo(f"KHÔNG NHƯ MONG ĐỢI: {fault}", err=True)
    for verdict in verdicts:
        click.echo(f"quizsvc verify: {verdict.said}", err=not verdict.agrees)
    if course.faults or not all(verdict.agrees for verdict in verdicts):
        raise click.ClickException("Cuộc thi trình diễn không diễn ra như phải có.")
