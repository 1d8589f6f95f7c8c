"""What people and Excel write in cells, and what it means."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.registers.cells import Bad, Good, birth_date, full_name, phone, plain, unit_code, whole_number

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("value", [120, 120.0, "120", " 120 ", "0120"])
def test_a_number_of_people(value):
    assert whole_number(value) == Good(120)


@pytest.mark.parametrize(("value", "number"), [("1.234", 1234), ("1,234", 1234), ("1 234 567", 1_234_567)])
def test_thousands_are_repaired(value, number):
    assert whole_number(value) == Good(number, f"hiểu là {number}")


@pytest.mark.parametrize(
    "value", ["120 người", "", None, 1.234, "12.5", "1.23", "-3", True, "một trăm", "١٢٠", datetime(2026, 1, 1), "1e3"]
)
def test_not_a_number_of_people(value):
    assert whole_number(value).code == "not-a-number"


@pytest.mark.parametrize("value", [0, "0", 10_000_001, -0.0])
def test_a_number_out_of_range(value):
    assert whole_number(value).code == "out-of-range"


@pytest.mark.parametrize(("value", "code"), [(16681, "16681"), (16681.0, "16681"), ("00016 ", "00016"), ("TW-1", "TW-1")])
def test_unit_codes(value, code):
    assert unit_code(value) == Good(code)


@pytest.mark.parametrize("value", [16681.5, True, datetime(2026, 1, 1), "x" * 21])
def test_not_a_unit_code(value):
    assert unit_code(value).code == "not-a-code"


@pytest.mark.parametrize(
    "value",
    ["0912345678", "0912 345 678", "0912.345.678", "+84912345678", "84912345678", "0084 912-345-678", "+84 (0)912345678"],
)
def test_phones_as_people_write_them(value):
    assert phone(value) == Good("+84912345678")


@pytest.mark.parametrize("value", [912345678, 912345678.0, "912345678"])
def test_a_lost_zero_is_put_back(value):
    assert phone(value) == Good("+84912345678", "thêm số 0 ở đầu mà Excel đã bỏ")


def test_a_phone_that_excel_shortened():
    assert phone("9.12345678E+08").value == "+84912345678"
    assert phone("9,12345678e8").value == "+84912345678"
    assert phone("9.12E+08").code == "phone-cut"
    assert phone("8.4912345678E+10").value == "+84912345678"


@pytest.mark.parametrize(
    "value", ["", None, "091234567", "09123456789012", 12345, "0000000000", "không có", True, "1912345678"]
)
def test_not_a_phone(value):
    assert phone(value).code == "not-a-phone"


@pytest.mark.parametrize(
    "value",
    [datetime(1990, 5, 19), date(1990, 5, 19), "19/05/1990", "19/5/1990", "19-05-1990", "19.5.1990", "1990-05-19"],
)
def test_birth_dates(value):
    assert birth_date(value, today=TODAY) == Good(date(1990, 5, 19))


def test_serial_numbers_of_both_epochs():
    assert birth_date(33012, today=TODAY).value == date(1990, 5, 19)
    assert birth_date(33012.0, today=TODAY).repair == "số thứ tự ngày của Excel, hiểu là 19/05/1990"
    assert birth_date(31550, today=TODAY, mac_epoch=True).value == date(1990, 5, 19)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1990, "year-only"),
        ("1990", "year-only"),
        (33012.5, "year-only"),
        ("19/05/90", "short-year"),
        ("05/19/1990", "no-such-day"),
        ("31/02/1990", "no-such-day"),
        ("hôm qua", "not-a-date"),
        ("", "not-a-date"),
        (True, "not-a-date"),
        (999_999, "not-a-date"),
        (float("inf"), "year-only"),
        (float("nan"), "year-only"),
        ("24/11/2026", "birth-date-out-of-range"),
        (datetime(1899, 12, 31), "birth-date-out-of-range"),
    ],
)
def test_not_a_birth_date(value, code):
    assert birth_date(value, today=TODAY).code == code


def test_a_month_before_the_day_is_suspected():
    assert "tháng đứng trước ngày?" in birth_date("05/19/1990", today=TODAY).detail


@pytest.mark.parametrize(("value", "name"), [("  Nguyễn  Văn\nAn ", "Nguyễn Văn An"), ("H'Hen Niê", "H'Hen Niê")])
def test_names(value, name):
    assert full_name(value) == Good(name)


@pytest.mark.parametrize(
    ("value", "code"),
    [("An", "not-a-full-name"), ("", "not-a-name"), (12, "not-a-name"), ("a b1", "not-a-name"), ("李 明", "not-a-name")],
)
def test_not_a_name(value, code):
    assert full_name(value).code == code


@given(st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.datetimes())
def test_every_value_has_a_meaning_or_a_fault(value):
    for meaning in (whole_number(value), unit_code(value), phone(value), birth_date(value, today=TODAY), full_name(value)):
        assert isinstance(meaning, (Good, Bad))
    assert "\n" not in plain(value)


@given(st.integers(100_000_000, 999_999_999))
def test_all_ways_to_write_a_phone_are_one_number(number):
    written = [f"0{number}", f"84{number}", f"+84{number}", number, float(number), str(number)]
    assert {phone(way).value for way in written} == {f"+84{number}"}
