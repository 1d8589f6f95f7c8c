"""``quizsvc units load``: any province from its CSV file."""

import pytest

HEADER = "code,name,kind,parent_code,valid_from,valid_to,succeeded_by,aliases\n"
HUE = (
    "46,Thành phố Huế,province,,2025-01-01,,,\n"
    "19960,Phường Phong Điền,ward,46,2025-07-01,,,\n"
    "19858,Phường Thuận Hóa,ward,46,2025-07-01,,,\n"
)


@pytest.fixture
def file(tmp_path):
    def write(text: str):
        path = tmp_path / "units.csv"
        path.write_text(HEADER + text, encoding="utf-8")
        return path

    return write


def test_loading_twice_changes_nothing(command, database_url, file):
    path = file(HUE)
    assert command(database_url, "units", "load", path).said == "Đơn vị: thêm 3, sửa 0, giữ nguyên 0.\n"
    path = file(HUE.replace("Thuận Hóa", "Thuận Hoá"))
    assert command(database_url, "units", "load", path).said == "Đơn vị: thêm 0, sửa 1, giữ nguyên 2.\n"
    assert command(database_url, "units", "load", path).said == "Đơn vị: thêm 0, sửa 0, giữ nguyên 3.\n"


def test_a_dry_run_writes_nothing(command, database_url, file):
    path = file(HUE)
    assert command(database_url, "units", "load", path, "--dry-run").said == "Tệp hợp lệ: 3 đơn vị.\n"
    assert "thêm 3" in command(database_url, "units", "load", path).said


def test_every_fault_with_its_line_and_nothing_loaded(command, database_url, file):
    done = command(database_url, "units", "load", file(HUE + "1,X,village,46,2025-07-01,,,\n2,Y,ward,47,soon,,,\n"))
    assert done.status == 1
    assert "Traceback" not in done.complained
    assert "dòng 5, cột kind" in done.complained
    assert "dòng 6, cột valid_from" in done.complained
    assert "thêm 3" in command(database_url, "units", "load", file(HUE)).said


def test_a_unit_that_overlaps_a_stored_one(command, database_url, file):
    command(database_url, "units", "load", file(HUE))
    done = command(database_url, "units", "load", file("46,Tỉnh Thừa Thiên Huế,province,,2000-01-01,,,\n"))
    assert done.status == 1
    assert done.complained.startswith("Error: dòng 2, cột valid_from: Mã 46 đã được lưu")


def test_a_file_that_does_not_exist(command, database_url, tmp_path):
    done = command(database_url, "units", "load", tmp_path / "none.csv")
    assert done.status == 2
    assert "does not exist" in done.complained
