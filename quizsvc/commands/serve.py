"""``quizsvc serve``: everything a first start needs, then gunicorn."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from quizsvc.banks.commands import load_folder
from quizsvc.commands.contests import load_contests
from quizsvc.core.db import db, transaction
from quizsvc.core.runtime import runtime
from quizsvc.migrations import state
from quizsvc.units.csv_file import read_units
from quizsvc.units.service import NGHE_AN, load_units

QUIZZES = Path("quizzes")
PLAYABLE = "luyen-tap-phap-luat.hang-ngay"
READ = "python3 -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])'"
JSON = "-H 'Content-Type: application/json'"
GREETING = f"""
Mở trình duyệt:  BASE/api/docs
Bảng xếp hạng:   BASE/api/v1/rounds/ROUND/leaderboard

Chơi thử bằng ba dòng (đăng nhập, vào thi, nộp bài):
  TOKEN=$(curl -s BASE/api/v1/auth/zalo {JSON} -d '{{"access_token":"sandbox:84001:Nguyễn Thị Hoa"}}' | {READ} access_token)
  ATTEMPT=$(curl -s -X POST BASE/api/v1/rounds/ROUND/attempts -H "Authorization: Bearer $TOKEN" | {READ} id)
  curl -s BASE/api/v1/attempts/$ATTEMPT/submission -H "Authorization: Bearer $TOKEN" {JSON} -d '{{"request_id":"nop-bai-1"}}'
"""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--prepare/--no-prepare", default=True, help="Migrate and load units, banks and contests first.")
def serve(host: str, port: int, prepare: bool) -> None:
    """Bring the database up to date, load quizzes/, and serve."""
    if prepare:
        for line in prepare_database(QUIZZES):
            click.echo(line)
    db.engine.dispose()
    click.echo(_greeting(host, port))
    sys.stdout.flush()
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "-b", address])  # noqa: S606


def prepare_database(quizzes: Path) -> list[str]:
    """Migrate, then load our province, the question banks and the contests; a line about each."""
    state.migrate(db.engine)
    with transaction() as session:
        report = load_units(session, read_units(NGHE_AN.read_bytes()))
    lines = [f"Đơn vị: thêm {report.added}, sửa {report.changed}, giữ nguyên {report.unchanged}."]
    lines += load_folder(quizzes)
    lines += load_contests(quizzes / "contests")
    return lines


def _greeting(host: str, port: int) -> str:
    base = f"http://{host}:{port}"
    if runtime().settings.zalo.mode != "sandbox":
        return f"quizsvc: {base}"
    return GREETING.replace("BASE", base).replace("ROUND", PLAYABLE)
