"""``quizsvc audit`` and ``quizsvc audit check``."""

import re

import pytest
from sqlalchemy import text

from quizsvc.core.db import db
from tests.conftest import running
from tests.world import seed


@pytest.fixture
def own_url(own_database_url, clock, chance):
    """A database with units, whose schema may be damaged."""
    for app in running(own_database_url, clock, chance):
        seed(app, clock.now)
        yield own_database_url


def grant(command, url, *zalo_ids):
    for zalo_id in zalo_ids:
        assert (
            command(url, "grant", "viewer", "--zalo-id", zalo_id, "--unit", "40", "--reason", "Theo\ncông văn 12").status
            == 0
        )


def damage(statement):
    with db.engine.begin() as connection:
        if db.engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit_rows DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER append_only_audit_rows_update"))
            connection.execute(text("DROP TRIGGER append_only_audit_rows_delete"))
        connection.execute(text(statement))


def test_an_empty_log(command, database_url):
    for arguments in (("audit",), ("audit", "check")):
        done = command(database_url, *arguments)
        assert (done.status, done.said) == (0, "Nhật ký chưa có dòng nào.\n")


@pytest.mark.usefixtures("playground")
def test_the_newest_rows_one_line_each(command, world_url):
    grant(command, world_url, 1, 2, 3)
    lines = command(world_url, "audit", "--limit", 2).said.splitlines()
    assert [line.split(" · ")[0] for line in lines] == ["3", "2"]
    assert re.fullmatch(
        r"3 · \d\d/\d\d/\d{4} \d\d:\d\d:\d\d · role\.grant · role:[0-9a-f-]{36} · dòng lệnh · đơn vị \d+ "
        r"· Theo công văn 12 · [0-9a-f]{12}",
        lines[0],
    )
    assert command(world_url, "audit", "--limit", 0).status == 2


@pytest.mark.usefixtures("playground")
def test_a_whole_log_and_what_to_keep_of_it(command, world_url):
    grant(command, world_url, 1, 2)
    done = command(world_url, "audit", "check")
    assert done.status == 0
    kept = re.fullmatch(r"Nhật ký nguyên vẹn: 2 dòng\. Hãy giữ ở nơi khác: (2:[0-9a-f]{64})\n", done.said)[1]
    grant(command, world_url, 3)
    assert command(world_url, "audit", "check", "--known", kept).status == 0
    other = command(world_url, "audit", "check", "--known", f"1:{kept[2:]}")
    assert other.status == 1
    assert "SAI: dòng 1: mã băm khác" in other.complained


@pytest.mark.parametrize("known", ["", "2", "2:abc", "x:" + "0" * 64, "-1:" + "0" * 64])
def test_a_row_to_compare_with_that_is_none(command, database_url, known):
    done = command(database_url, "audit", "check", "--known", known)
    assert done.status == 2
    assert "SỐ:SHA256" in done.complained


def test_every_fault_is_named(command, own_url):
    grant(command, own_url, 1, 2, 3, 4)
    damage("UPDATE audit_rows SET reason = 'khác' WHERE number = 2")
    done = command(own_url, "audit", "check")
    assert (done.status, done.said) == (1, "")
    assert done.complained.splitlines() == [
        "SAI: dòng 2: nội dung không khớp mã băm, dòng đã bị sửa sau khi ghi",
        "Error: Nhật ký có 1 chỗ sai.",
    ]
