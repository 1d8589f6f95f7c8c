"""``quizsvc demo``: a whole contest in real processes, and nothing left behind."""

import signal
import sqlite3
import time
from contextlib import closing
from random import Random

import pytest
import requests
from sqlalchemy import select

from quizsvc.core.db import reading
from quizsvc.demo.citizens import FEWEST, Manner, gather
from quizsvc.participants.models import Participant
from tests.server import run_command, start_command
from tests.world import Player


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where the processes make their temporary folders."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setenv("TMPDIR", str(made))
    return made


def base_in(printed: str) -> str:
    return next(line.split()[2] for line in printed.splitlines() if "http://127.0.0.1:" in line)


def assert_nobody_answers(base: str) -> None:
    with requests.Session() as session, pytest.raises(requests.ConnectionError):
        session.get(f"{base}/healthz", timeout=5)


def test_a_whole_contest(folder, tmp_path):
    printed = run_command(f"sqlite:///{tmp_path}/unused.db", "demo", "--quick", "--keep")
    lines = [line.strip() for line in printed.splitlines()]
    for manner in Manner:
        assert any(line.startswith(f"│ {manner.value.split()[0]}") for line in lines), printed
    for title in ("Bảng xếp hạng (", "Đơn vị (", "Máy chủ đã trả lời"):
        assert any(line.startswith(title) for line in lines), printed
    for answer in ("409 attempt-expired", "409 attempt-closed", "409 stale-version"):
        assert answer in printed
    assert lines[-2].startswith("quizsvc verify: Biên nhận ")
    assert lines[-1].startswith("quizsvc verify: Khớp hoàn toàn: ")
    assert_nobody_answers(base_in(printed))

    (kept,) = folder.glob("*/demo.db")
    with closing(sqlite3.connect(kept)) as database:
        states = dict(database.execute("SELECT state, count(*) FROM attempts GROUP BY state").fetchall())
        people = database.execute("SELECT count(*) FROM participants").fetchone()
    assert states.keys() == {"submitted", "expired"}
    assert f"từ {sum(states.values())} lượt thi" in lines[-1]
    assert people == (30,)
    assert not (tmp_path / "unused.db").exists()


def test_nothing_is_left_behind_when_it_is_interrupted(folder, tmp_path):
    with start_command(f"sqlite:///{tmp_path}/unused.db", "demo") as process:
        base = base_in(process.stdout.readline())
        (path,) = folder.glob("*/demo.db")
        with closing(sqlite3.connect(path)) as database:
            while process.poll() is None and not database.execute("SELECT count(*) FROM attempts").fetchone()[0]:
                time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate(timeout=60)
    assert process.returncode == 1, printed
    assert "Aborted!" in printed
    assert "Traceback" not in printed
    assert list(folder.iterdir()) == []
    assert_nobody_answers(base)


def test_a_database_in_use_is_refused(command, phone, world_url):
    Player(phone, 84001)
    done = command(world_url, "demo", "--quick", "--database-url", world_url)
    assert done.status == 1
    assert "chỉ chạy trên cơ sở dữ liệu trống" in done.complained
    with reading() as session:
        assert session.scalars(select(Participant.zalo_user_id)).all() == ["84001"]


@pytest.mark.parametrize("count", [FEWEST, 120])
def test_the_same_seed_gives_the_same_people_in_every_manner(count):
    units = [{"id": str(number), "code": f"{number}", "name": f"Xã {number}"} for number in range(130)]
    people = gather(count, units, Random(7))
    assert people == gather(count, units, Random(7))
    assert people != gather(count, units, Random(8))
    assert len(people) == len({citizen.zalo_id for citizen in people}) == count
    assert {citizen.manner for citizen in people} == set(Manner)
    assert sum(citizen.manner is Manner.STEADY for citizen in people) > count / 4
    assert len({citizen.unit["id"] for citizen in people}) > 2
