"""Lists of people: from files, with their history; nothing that was there is overwritten."""

import hashlib

import pytest
from sqlalchemy import select

from quizsvc.core.db import reading
from quizsvc.core.keys import Keys
from quizsvc.organizers.models import AuditRow
from quizsvc.registers.models import ListedPerson
from quizsvc.units.models import Unit
from tests.api.problems import assert_problem
from tests.conftest import TEST_KEY
from tests.registers.making import csv_file, xlsx
from tests.registers.test_headcounts import faults_of
from tests.world import KIM_LIEN, THANH_VINH

PATH = "/lists/mandatory"
HEAD = ["TT", "Họ và tên", "Ngày sinh", "Số điện thoại", "Mã đơn vị", "Chức vụ"]
AN = [1, "Nguyễn Văn An", "19/05/1990", "0912345678", THANH_VINH, "Công chức"]
BINH = [2, "Trần Thị Bình", 33012, None, int(KIM_LIEN), None]


def listed():
    """Name, code of the unit, and whether still on the list, in the order of being added."""
    query = select(ListedPerson, Unit.code).outerjoin(Unit, Unit.id == ListedPerson.unit_id).order_by(ListedPerson.id)
    with reading() as session:
        return [(row.display_name, code, row.removed_at is None) for row, code in session.execute(query)]


def test_what_is_kept_of_a_person(province, clock):
    assert province.commit(PATH, xlsx(HEAD, AN)).json["accepted"] == 1
    with reading() as session:
        (row,) = session.scalars(select(ListedPerson))
    assert (row.display_name, row.name_key, row.birth_date.isoformat()) == ("Nguyễn Văn An", "nguyen van an", "1990-05-19")
    assert row.phone_hash == Keys.from_secrets([TEST_KEY]).keyed_hash("+84912345678")
    assert (row.occupation, row.list_code, row.added_at, row.reason) == ("Công chức", "mandatory", clock.now, "Công văn 12")
    assert str(row.added_by) == province.id


def test_the_log_holds_counts_and_no_names(province):
    raw = xlsx(HEAD, AN, BINH)
    province.preview(PATH, raw)
    province.commit(PATH, raw)
    with reading() as session:
        (row,) = session.scalars(select(AuditRow))
    counts = {"added": 2, "removed": 0, "unchanged": 0}
    assert (row.action, row.subject) == ("register.people", "list:thi/mandatory")
    assert row.after == {"file_sha256": hashlib.sha256(raw).hexdigest()} | counts


def test_repairs_are_said(province):
    rows = province.preview(PATH, xlsx(HEAD, [1, *AN[1:3], 912345678, 16681.0, None], BINH)).json["rows"]
    assert [(row["status"], row["codes"]) for row in rows] == [
        ("warning", ["phone-repaired"]),
        ("warning", ["birth-date-repaired"]),
    ]
    assert rows[1]["detail"].startswith("C3 «33012»: số thứ tự ngày của Excel, hiểu là 19/05/1990")


def test_csv(province):
    raw = csv_file("họ tên;ngày sinh;điện thoại;đơn vị", "Nguyễn Văn An;19/05/1990;0912 345 678;Kim Liên", bom=True)
    assert province.commit(PATH, raw).status_code == 200
    assert listed() == [("Nguyễn Văn An", KIM_LIEN, True)]


def test_names_in_two_columns_and_units_over_several_rows(province):
    raw = xlsx(
        ["Đơn vị", "Họ và tên", None, "Ngày sinh"],
        ["Kim Liên", "Nguyễn Văn", "An", "19/05/1990"],
        [None, "Trần Thị", "Bình", "20/05/1990"],
        merge=["B1:C1", "A2:A3"],
    )
    assert province.commit(PATH, raw).status_code == 200
    assert listed() == [("Nguyễn Văn An", KIM_LIEN, True), ("Trần Thị Bình", KIM_LIEN, True)]


def test_every_bad_row(province):
    raw = xlsx(
        HEAD,
        AN,
        [2, "Bình", "1990", None, None, None],
        [3, "Lê Văn Cường", None, None, None, None],
        [4, "Nguyễn Văn An", "19/05/1990", None, THANH_VINH, None],
        [5, "Phạm Thị Dung", None, "0912.345.678", None, None],
        [6, None, "19/05/1990", "12", "999", None],
        [7, "Nguyễn Văn An", "19/05/1990", "0987654321", THANH_VINH, None],
        [8, "Nguyễn Văn An", "19/05/1990", None, KIM_LIEN, None],
    )
    answer = province.preview(PATH, raw)
    found = faults_of(answer)
    assert {where: codes for where, (codes, _) in found.items()} == {
        "Sheet1!3": ["not-a-full-name", "year-only"],
        "Sheet1!4": ["cannot-be-found"],
        "Sheet1!5": ["duplicate-person"],
        "Sheet1!6": ["duplicate-person"],
        "Sheet1!7": ["no-such-unit", "not-a-name", "not-a-phone"],
    }
    assert "Sheet1!2" in found["Sheet1!5"][1]
    assert "Sheet1!2" in found["Sheet1!6"][1]
    assert answer.json["accepted"] == 3
    assert_problem(province.commit(PATH, raw), 409, "import-refused", rejected=5)
    assert listed() == []


def test_the_same_again_changes_nothing(province):
    for _ in range(2):
        province.commit(PATH, xlsx(HEAD, AN, BINH))
    assert listed() == [("Nguyễn Văn An", THANH_VINH, True), ("Trần Thị Bình", KIM_LIEN, True)]


def test_a_correction_is_a_removal_and_a_new_row(province):
    province.commit(PATH, xlsx(HEAD, AN, BINH))
    province.commit(PATH, xlsx(HEAD, [1, "Nguyễn Văn Anh", *AN[2:4], KIM_LIEN, None]), reason="Sửa tên")
    assert listed() == [
        ("Nguyễn Văn An", THANH_VINH, False),
        ("Trần Thị Bình", KIM_LIEN, True),
        ("Nguyễn Văn Anh", KIM_LIEN, True),
    ]
    with reading() as session:
        gone = session.scalars(select(ListedPerson).where(ListedPerson.removed_at.is_not(None))).one()
    assert (gone.reason, gone.removed_because, str(gone.removed_by)) == ("Công văn 12", "Sửa tên", province.id)


def test_replacing_takes_off_who_is_not_in_the_file(province):
    province.commit(PATH, xlsx(HEAD, AN, BINH))
    province.commit(PATH, xlsx(HEAD, BINH), more="&replace=true")
    assert listed() == [("Nguyễn Văn An", THANH_VINH, False), ("Trần Thị Bình", KIM_LIEN, True)]


def test_an_officer_of_a_commune_changes_that_communes_people_only(province, commune):
    province.commit(PATH, xlsx(HEAD, AN, BINH))
    assert (
        commune.commit(PATH, xlsx(HEAD[:4], [1, "Hồ Thị Em", "01/02/1985", None]), more="&replace=true").status_code == 200
    )
    assert listed() == [
        ("Nguyễn Văn An", THANH_VINH, True),
        ("Trần Thị Bình", KIM_LIEN, False),
        ("Hồ Thị Em", KIM_LIEN, True),
    ]


@pytest.mark.parametrize(("list_code", "status", "slug"), [("ban-to-chuc", 403, "forbidden"), ("khac", 404, "not-found")])
def test_lists_that_an_officer_below_may_not_write(province, commune, list_code, status, slug):
    raw = xlsx(HEAD[:4], [1, "Hồ Thị Em", "01/02/1985", None])
    assert_problem(commune.preview(f"/lists/{list_code}", raw), status, slug)
    if status == 403:
        assert province.preview(f"/lists/{list_code}", raw).status_code == 200
