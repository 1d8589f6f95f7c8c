"""What a cell of an organizer's table means: codes, numbers, phones, dates and names as people and Excel write them.

Excel makes numbers of codes and phones (the leading zero is gone, 912345678.0, 9.12E+08) and serial numbers of dates.
What can mean one thing only is repaired, and the repair is said; anything else is refused, with what to write instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Any

from quizsvc.core.text import fold

LARGEST_STAFF = 10_000_000
EARLIEST_BIRTH = date(1900, 1, 1)
EXCEL_EPOCH = date(1899, 12, 30)
MAC_EPOCH = date(1904, 1, 1)
THOUSANDS = re.compile(r"[0-9]{1,3}([.,\s][0-9]{3})+")
SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")
DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{2,4})")
YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
LONGEST_NAME = 200
FORBIDDEN = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Bad:
    """A value that cannot be taken: a stable code and a sentence that says what to do."""

    code: str
    detail: str


@dataclass(frozen=True)
class Good:
    """What a value means; ``repair`` says what was mended, if anything."""

    value: Any
    repair: str | None = None


Meaning = Good | Bad


def plain(value: Any) -> str:
    """The value as a person would read it in the cell, in one line; nothing for an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, (datetime, date)):
        return value.strftime("%d/%m/%Y")
    return " ".join(FORBIDDEN.sub(" ", str(value)).split())


def whole_number(value: Any) -> Meaning:
    """A number of people, from 1: 120, 120.0, ``"120"``, ``"1.234"`` (repaired)."""
    text = plain(value)
    repair = None
    if isinstance(value, str) and THOUSANDS.fullmatch(text):
        text = re.sub(r"[.,\s]", "", text)
        repair = f"hiểu là {text}"
    # As a number 1.234 is one and a bit; whether a thousand was meant cannot be known.
    if isinstance(value, (bool, datetime, date)) or not re.fullmatch(r"[0-9]{1,8}", text, re.ASCII):
        return Bad("not-a-number", "phải là số người, chỉ gồm chữ số, ví dụ 120")
    number = int(text)
    if not 1 <= number <= LARGEST_STAFF:
        return Bad("out-of-range", f"số người phải từ 1 đến {LARGEST_STAFF}")
    return Good(number, repair)


def unit_code(value: Any) -> Meaning:
    """The code as text; a whole number is its digits. Zeros that Excel dropped are put back by who knows the codes."""
    text = plain(value)
    if isinstance(value, (bool, float, datetime, date)) and not text.isdigit():
        return Bad("not-a-code", "không phải mã đơn vị; hãy định dạng cột này là Văn bản (Text) rồi nhập lại mã")
    if len(text) > 20:
        return Bad("not-a-code", "mã đơn vị dài quá 20 ký tự")
    return Good(text)


def phone(value: Any) -> Meaning:
    """A Vietnamese number as ``+84…``: 0912 345 678, 84912345678, +84.912.345.678; also without its zero (repaired)."""
    text = plain(value)
    repair = None
    if SCIENTIFIC.fullmatch(text):
        mantissa, _, exponent = text.lower().replace(",", ".").partition("e")
        if len(mantissa.replace(".", "")) - 1 < int(exponent):
            detail = (
                "Excel đã rút gọn số điện thoại và làm mất các chữ số cuối; hãy nhập lại, định dạng cột là Văn bản (Text)"
            )
            return Bad("phone-cut", detail)
        text = str(int(mantissa.replace(".", "")) * 10 ** (int(exponent) - len(mantissa.partition(".")[2])))
        repair = "đổi từ dạng số của Excel"
    digits = re.sub(r"[\s.()\-]", "", text)
    national = re.fullmatch(r"(\+84|0084|84|0)?0?([1-9][0-9]{8,9})", digits, re.ASCII)
    if national is None or (national[1] is None and len(national[2]) != 9):
        return Bad("not-a-phone", "không phải số điện thoại Việt Nam, ví dụ 0912345678")
    if national[1] is None:
        repair = "thêm số 0 ở đầu mà Excel đã bỏ"
    return Good(f"+84{national[2]}", repair)


def birth_date(value: Any, *, today: date, mac_epoch: bool = False) -> Meaning:
    """A day from 1900 to today: a date cell, a serial number of Excel (repaired), or dd/mm/yyyy and yyyy-mm-dd as text."""
    if isinstance(value, datetime):
        found: Meaning = Good(value.date())
    elif isinstance(value, date):
        found = Good(value)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        found = _serial(value, mac_epoch)
    else:
        found = _written_day(plain(value))
    if isinstance(found, Good) and not EARLIEST_BIRTH <= found.value <= today:
        return Bad("birth-date-out-of-range", f"ngày sinh phải từ 01/01/1900 đến {today:%d/%m/%Y}")
    return found


def _serial(value: float, mac_epoch: bool) -> Meaning:
    if not isfinite(value) or value != int(value) or 1900 <= value <= 2100:
        return Bad("year-only", "chỉ có năm hoặc không phải ngày; hãy ghi đủ ngày/tháng/năm, ví dụ 19/05/1990")
    if not 1 <= value <= 80_000:
        return Bad("not-a-date", "không phải ngày; hãy ghi ngày/tháng/năm, ví dụ 19/05/1990")
    day = (MAC_EPOCH if mac_epoch else EXCEL_EPOCH) + timedelta(days=int(value))
    return Good(day, f"số thứ tự ngày của Excel, hiểu là {day:%d/%m/%Y}")


def _written_day(text: str) -> Meaning:
    if re.fullmatch(r"(19|20)[0-9]{2}", text, re.ASCII):
        return Bad("year-only", "chỉ có năm; hãy ghi đủ ngày/tháng/năm, ví dụ 19/05/1990")
    day_first, year_first = DAY_FIRST.fullmatch(text), YEAR_FIRST.fullmatch(text)
    if day_first is not None:
        day, month, year = (int(part) for part in day_first.groups())
        if year < 100 or len(day_first[3]) == 3:
            return Bad("short-year", "năm phải đủ bốn chữ số, ví dụ 19/05/1990")
    elif year_first is not None:
        year, month, day = (int(part) for part in year_first.groups())
    else:
        return Bad("not-a-date", "không phải ngày; hãy ghi ngày/tháng/năm, ví dụ 19/05/1990")
    try:
        return Good(date(year, month, day))
    except ValueError:
        swapped = " (tháng đứng trước ngày?)" if month > 12 >= day else ""
        return Bad("no-such-day", f"không có ngày này{swapped}; hãy ghi ngày/tháng/năm, ví dụ 19/05/1990")


def full_name(value: Any) -> Meaning:
    """A person's name: letters, at least two words."""
    text = plain(value)
    if not isinstance(value, str) or not fold(text) or re.search(r"[0-9@/\\<>=]", text):
        return Bad("not-a-name", "không phải họ tên")
    if len(text) > LONGEST_NAME:
        return Bad("not-a-name", f"họ tên dài quá {LONGEST_NAME} ký tự")
    if " " not in text:
        return Bad("not-a-full-name", "hãy ghi đủ họ và tên")
    return Good(text)
