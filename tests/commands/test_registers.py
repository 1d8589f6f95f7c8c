"""``quizsvc registers``: numbers of staff and lists of people from files."""

import pytest
from sqlalchemy import func, select

from quizsvc.core.db import reading
from quizsvc.organizers.models import AuditRow
from quizsvc.registers.models import Headcount, ListedPerson
from tests.registers.making import csv_file, xlsx
from tests.world import KIM_LIEN, THANH_VINH, make_contest


@pytest.fixture
def file(playground, clock, tmp_path):
    make_contest(clock.now)

    def write(raw, name="bang.xlsx"):
        path = tmp_path / name
        path.write_bytes(raw)
        return path

    return write


def count(model):
    with reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_headcounts(command, world_url, file):
    path = file(xlsx(["Mã đơn vị", "Số người"], [THANH_VINH, 120], [KIM_LIEN, "1.045"]))
    checked = command(world_url, "registers", "headcounts", "thi", path, "--dry-run")
    assert (checked.status, count(Headcount)) == (0, 0)
    assert "2 dòng hợp lệ (chưa ghi)" in checked.said
    assert "Sheet1!3 [number-repaired]" in checked.said
    done = command(world_url, "registers", "headcounts", "thi", path, "--reason", "Công văn 12")
    assert "2 dòng đã ghi" in done.said
    assert count(Headcount) == 2
    with reading() as session:
        (row,) = session.scalars(select(AuditRow))
    assert (row.actor_id, row.reason, row.after["added"]) == (None, "Công văn 12", 2)


def test_people(command, world_url, file):
    path = file(csv_file("họ tên;ngày sinh", "Nguyễn Văn An;19/05/1990"), "ds.csv")
    done = command(world_url, "registers", "people", "thi", "mandatory", path, "--reason", "Công văn 12", "--replace")
    assert (done.status, count(ListedPerson)) == (0, 1)


def test_every_bad_row_and_nothing_stored(command, world_url, file):
    path = file(csv_file("mã;số người", f"{THANH_VINH};120", "999;5", f"{KIM_LIEN};x"), "so.csv")
    done = command(world_url, "registers", "headcounts", "thi", path, "--reason", "Công văn 12")
    assert (done.status, count(Headcount)) == (1, 0)
    assert "3 [no-such-unit] A3 «999»: không có đơn vị mang mã này" in done.complained
    assert "4 [not-a-number] B4 «x»" in done.complained
    assert "2 dòng lỗi, chưa ghi dòng nào." in done.complained


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["headcounts", "thi"], "--reason"),
        (["headcounts", "thi", "--reason", " "], "--reason"),
        (["headcounts", "khac", "--dry-run"], "Không có cuộc thi này."),
        (["people", "thi", "khac", "--dry-run"], "không dùng danh sách «khac»"),
        (["people", "thi", "mandatory", "--dry-run"], "Không tìm thấy dòng tiêu đề"),
    ],
)
def test_one_clear_line(command, world_url, file, arguments, says):
    path = file(csv_file("mã;số người", f"{THANH_VINH};120"), "so.csv")
    place = arguments.index("--dry-run") if "--dry-run" in arguments else 2
    done = command(world_url, "registers", *arguments[:place], path, *arguments[place:])
    assert done.status != 0
    assert says in done.complained
    assert "Traceback" not in done.complained
