"""Numbers of staff: from files as they are, all rows or none, with their history."""

import hashlib
import io

import pytest
from sqlalchemy import select

from quizsvc.contests.queries import contest_by_slug
from quizsvc.core.db import reading
from quizsvc.organizers.models import AuditRow
from quizsvc.registers.queries import headcounts_of
from quizsvc.units.models import Unit
from tests.api.problems import assert_faults, assert_problem
from tests.organizers.people import give
from tests.registers.conftest import SLUG
from tests.registers.making import csv_file, xlsx
from tests.world import KIM_LIEN, THANH_VINH, Player

PATH = "/headcounts"
GOOD = xlsx(
    ["Mã đơn vị", "Đơn vị", "Số người"], [THANH_VINH, "Phường Thành Vinh", 120], [int(KIM_LIEN), "Kim Liên", "1.045"]
)


def stored():
    """Approved numbers by code of the unit."""
    with reading() as session:
        numbers = headcounts_of(session, contest_by_slug(session, SLUG).id)
        codes = {unit.id: unit.code for unit in session.scalars(select(Unit).where(Unit.id.in_(numbers)))}
    return {codes[unit_id]: staff for unit_id, staff in numbers.items()}


def audited():
    with reading() as session:
        return [(row.action, row.subject, row.reason, row.after) for row in session.scalars(select(AuditRow))]


def faults_of(answer):
    """Codes and sentences of the rejected rows by place."""
    return {row["where"]: (row["codes"], row["detail"]) for row in answer.json["rows"] if row["status"] == "rejected"}


def test_a_preview_shows_everything_and_writes_nothing(province):
    answer = province.preview(PATH, GOOD)
    assert answer.status_code == 200, answer.text
    assert answer.json["rows"] == [
        {"where": "Sheet1!2", "status": "accepted", "codes": [], "detail": "Phường Thành Vinh (16681): 120 người"},
        {
            "where": "Sheet1!3",
            "status": "warning",
            "codes": ["number-repaired"],
            "detail": "C3 «1.045»: hiểu là 1045; Xã Kim Liên (17971): 1045 người",
        },
    ]
    expected = {"file_sha256": hashlib.sha256(GOOD).hexdigest(), "dry_run": True, "accepted": 2, "rejected": 0}
    assert {name: answer.json[name] for name in expected} == expected
    assert (stored(), audited()) == ({}, [])


def test_a_commit_of_what_was_previewed(province):
    preview = province.preview(PATH, GOOD).json
    answer = province.commit(PATH, GOOD)
    assert answer.json == preview | {"dry_run": False}
    assert stored() == {THANH_VINH: 120, KIM_LIEN: 1045}
    after = {"file_sha256": preview["file_sha256"], "added": 2, "unchanged": 0}
    assert audited() == [("register.headcounts", "contest:thi", "Công văn 12", after)]


def test_a_commit_needs_the_previewed_file_and_a_reason(province):
    other = xlsx(["Mã đơn vị", "Số người"], [THANH_VINH, 1])
    answer = province.upload(PATH, other, file_sha256=hashlib.sha256(GOOD).hexdigest(), reason="Công văn 12")
    assert_problem(answer, 409, "preview-mismatch")
    for form in ({}, {"reason": "Công văn 12"}, {"file_sha256": hashlib.sha256(GOOD).hexdigest()}):
        assert_problem(province.upload(PATH, GOOD, **form), 409, "preview-mismatch")
    assert_faults(province.upload(PATH, GOOD, reason="x", file_sha256="y"), "/file_sha256", "/reason")
    assert stored() == {}


def test_history_stays_and_the_newest_counts(province, clock):
    province.commit(PATH, GOOD)
    clock.advance(minutes=1)
    province.commit(PATH, GOOD)
    province.commit(PATH, csv_file("Mã đơn vị;Số người", f"{THANH_VINH};130", bom=True), reason="Bổ sung biên chế")
    assert stored() == {THANH_VINH: 130, KIM_LIEN: 1045}
    assert len(audited()) == 2  # the same file again changed nothing
    items = province.get(f"/manage/contests/{SLUG}/headcounts").json["items"]
    entries = next(item for item in items if item["unit"]["code"] == THANH_VINH)["entries"]
    assert [(entry["number"], entry["staff"], entry["reason"]) for entry in entries] == [
        (2, 130, "Bổ sung biên chế"),
        (1, 120, "Công văn 12"),
    ]


def test_pages(province):
    province.commit(PATH, GOOD)
    first = province.get(f"/manage/contests/{SLUG}/headcounts?limit=1").json
    second = province.get(f"/manage/contests/{SLUG}/headcounts?limit=1&cursor={first['next']}").json
    codes = {page["items"][0]["unit"]["code"] for page in (first, second)}
    assert (codes, second["next"]) == ({THANH_VINH, KIM_LIEN}, None)


def test_files_as_offices_make_them(province):
    """A title over merged cells, a two-line header, numbering, a total and a sheet that is something else."""
    raw = xlsx(
        ["ỦY BAN MẶT TRẬN TỔ QUỐC", None, None, None],
        ["TỔNG HỢP SỐ LƯỢNG CÁN BỘ", None, None, None],
        [],
        ["STT", "Đơn vị", "Số người\n(có mặt)", "Ghi chú"],
        [None, None, None, None],
        ["(1)", "(2)", "(3)", "(4)"],
        [1, "P. Thành Vinh", 120, None],
        [2, "xã kim liên", "45", "tăng 2"],
        [None, "Tổng cộng", 165, None],
        merge=["A1:D1", "A2:D2", "B4:B5", "C4:C5"],
        more={"Hướng dẫn": [["Điền vào trang đầu"]], "_cũ": [["Đơn vị", "Số người"], ["Kim Liên", 9]]},
    )
    answer = province.preview(PATH, raw).json
    assert (answer["accepted"], answer["rejected"]) == (2, 0)
    shown = [(row["where"], row["status"], row["codes"]) for row in answer["rows"]]
    assert shown == [
        ("Sheet1!7", "accepted", []),
        ("Sheet1!8", "accepted", []),
        ("Sheet1!9", "warning", ["total-row"]),
        ("Hướng dẫn", "warning", ["sheet-skipped"]),
        ("_cũ", "warning", ["sheet-skipped"]),
    ]


def test_every_bad_row_with_its_cells_and_nothing_written(province):
    raw = xlsx(
        ["Mã đơn vị", "Đơn vị", "Số người"],
        [THANH_VINH, None, 120],
        ["16682", None, "12 người"],
        [None, None, 7],
        [THANH_VINH, "Thành Vinh", 121],
        [KIM_LIEN, "Thành Vinh", 0],
        ["412", None, 5],
        [None, "Thành phố Vinh", 5],
    )
    answer = province.preview(PATH, raw)
    found = faults_of(answer)
    assert [codes for codes, _ in found.values()] == [
        ["no-such-unit", "not-a-number"],
        ["unit-missing"],
        ["duplicate-unit"],
        ["code-and-name-differ", "out-of-range"],
        ["unit-abolished"],
        ["no-such-unit"],
    ]
    assert found["Sheet1!3"][1] == (
        "A3 «16682»: không có đơn vị mang mã này; C3 «12 người»: phải là số người, chỉ gồm chữ số, ví dụ 120"
    )
    assert "Sheet1!2" in found["Sheet1!5"][1]
    assert "Phường Thành Vinh (16681)" in found["Sheet1!7"][1]
    assert (answer.json["accepted"], answer.json["rejected"]) == (1, 6)
    assert_problem(province.commit(PATH, raw), 409, "import-refused", rejected=6)
    assert (stored(), audited()) == ({}, [])


def test_a_number_over_merged_cells_is_not_taken_for_each(province):
    raw = xlsx(["Mã", "Số người"], [THANH_VINH, 120], [KIM_LIEN, None], merge=["B2:B3"])
    assert faults_of(province.preview(PATH, raw)) == {
        "Sheet1!3": (["merged-cell"], "B3 «120»: ô gộp: hãy bỏ gộp và ghi giá trị vào từng dòng")
    }


def test_formulas_without_a_value(province):
    found = faults_of(province.preview(PATH, xlsx(["Mã", "Số người"], [THANH_VINH, "=SUM(1,2)"])))
    assert found["Sheet1!2"][0] == ["formula-without-value"]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (xlsx(["Tên", "Điểm"], ["a", 1]), "Không tìm thấy dòng tiêu đề"),
        (xlsx(["Mã", "Số người", "Số người"], [THANH_VINH, 1, 2]), "Có hai cột cùng nghĩa"),
        (xlsx(["Mã", "Số người"]), "không có dòng dữ liệu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls kiểu cũ"),
    ],
)
def test_files_that_cannot_be_read(province, raw, says):
    assert says in assert_problem(province.preview(PATH, raw), 409, "import-file-refused")["detail"]


def test_what_must_be_sent(province):
    path = f"/api/v1/manage/contests/{SLUG}{PATH}?dry_run=true"
    for data, pointers in (({"file": "not a file"}, ["/file"]), ({"other": "x"}, ["/file", "/other"])):
        sent = {"data": data, "content_type": "multipart/form-data", "headers": province.headers}
        assert_faults(province.client.post(path, **sent), *pointers)
    broken = {"data": b"--x\r\nnothing", "content_type": "multipart/form-data; boundary=y", "headers": province.headers}
    assert_problem(province.client.post(path, **broken), 400, "malformed")
    twice = {"file": [(io.BytesIO(GOOD), "a.xlsx"), (io.BytesIO(GOOD), "b.xlsx")]}
    assert_faults(province.client.post(path, data=twice, headers=province.headers), "/file")
    assert_problem(province.client.post(path, json={}, headers=province.headers), 415)
    assert_problem(province.preview(PATH, b"x" * (6 * 1024 * 1024)), 413)
    assert_faults(province.preview(PATH, GOOD, more="&replace=true"), "/replace")
    assert province.preview(PATH, b"m;n\n" * 200_000).status_code == 409  # larger than any other body may be


def test_who_may(province, commune, phone):
    stranger = Player(phone, 77)
    assert_problem(stranger.get(f"/manage/contests/{SLUG}/headcounts"), 403, "forbidden")
    viewer = type(province)(phone, 78)
    give(viewer, "viewer")
    assert_problem(viewer.preview(PATH, GOOD), 403, "forbidden")
    assert viewer.get(f"/manage/contests/{SLUG}/headcounts").status_code == 200
    found = faults_of(commune.preview(PATH, GOOD))
    assert found["Sheet1!2"] == (["unit-outside"], "A2 «16681»: Phường Thành Vinh nằm ngoài phạm vi đơn vị bạn phụ trách")


def test_a_number_of_a_unit_below_waits_for_approval(province, commune):
    own = xlsx(["Mã", "Số người"], [KIM_LIEN, 50])
    province.commit(PATH, xlsx(["Mã", "Số người"], [KIM_LIEN, 44], [THANH_VINH, 120]))
    assert commune.commit(PATH, own).status_code == 200
    assert stored() == {KIM_LIEN: 44, THANH_VINH: 120}
    (item,) = commune.get(f"/manage/contests/{SLUG}/headcounts").json["items"]
    assert (item["staff"], [entry["approved"] for entry in item["entries"]]) == (44, [False, True])
    approval = {"unit": item["unit"], "number": 2, "reason": "Đã đối chiếu"}
    path = f"/manage/contests/{SLUG}/headcounts/approvals"
    assert_problem(commune.call("POST", path, approval), 403, "forbidden")
    assert_problem(province.call("POST", path, approval | {"number": 3}), 404, "not-found")
    for _ in range(2):
        assert province.call("POST", path, approval).json["approved"] is True
    assert stored() == {KIM_LIEN: 50, THANH_VINH: 120}
    assert [action for action, *_ in audited()] == ["register.headcounts", "register.headcounts", "register.approve"]
