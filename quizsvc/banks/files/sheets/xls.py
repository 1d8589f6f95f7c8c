"""Reads .xls of Excel 97–2003 through calamine: values only; it knows neither looks nor formulas nor hidden rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.utils.datetime import WINDOWS_EPOCH
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.guards import check_size, ole_content
from quizsvc.banks.files.sheets.grid import MOST_SHEETS, Piece, RawSheet, Value
from quizsvc.banks.files.sheets.numbers import Shown, shown, shown_moment
from quizsvc.banks.files.sheets.telling import TOLD_OF

MACRO_STORAGE = "_VBA_PROJECT_CUR".encode("utf-16-le")


def read_xls(data: bytes, name: str) -> list[RawSheet]:
    """The sheets of a workbook. Raises ``FileRefused``."""
    check_size(data, name)
    if ole_content(data) == "encrypted":
        raise FileRefused("password", f"Tệp «{name}» có mật khẩu: hãy bỏ mật khẩu rồi gửi lại.")
    if MACRO_STORAGE in data:
        raise FileRefused("macros", f"Tệp «{name}» có macro, không được nhận: hãy lưu lại thành .xlsx.")
    try:
        return list(_sheets(data, name))
    except FileRefused:
        raise
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # calamine's panics are no Exception
        if "password" in str(error).lower():
            raise FileRefused("password", f"Tệp «{name}» có mật khẩu: hãy bỏ mật khẩu rồi gửi lại.") from error
        sentence = f"Tệp «{name}» bị hỏng, không đọc được: hãy mở bằng Excel và lưu lại thành .xlsx."
        raise FileRefused("xls-broken", sentence) from error


def _sheets(data: bytes, name: str) -> Iterator[RawSheet]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [found for found in book.sheets_metadata if found.typ == SheetTypeEnum.WorkSheet]
    if len(sheets) > MOST_SHEETS:
        raise FileRefused("too-many-sheets", f"Tệp «{name}» có hơn {MOST_SHEETS} trang tính: hãy chia thành nhiều tệp.")
    for found in sheets:
        sheet = RawSheet(found.name, is_hidden=found.visible != SheetVisibleEnum.Visible)
        written = book.get_sheet_by_name(found.name)
        top, left = written.start or (0, 0)
        for row, cells in enumerate(written.iter_rows(), start=top + 1):
            for column, value in enumerate(cells, start=left + 1):
                if value != "":
                    _put(sheet, (row, column), value, name)
        sheet.merged = [
            (first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in written.merged_cell_ranges or ()
        ]
        sheet.tell("looks-not-read")
        yield sheet


def _put(sheet: RawSheet, place: tuple[int, int], value: Any, name: str) -> None:
    found = _shown(value)
    if found.kind in TOLD_OF:
        sheet.tell(TOLD_OF[found.kind], place)
    if found.text.startswith("#") and found.text.endswith(("!", "?", "/A")):
        sheet.tell("error-cells", place)
    sheet.put(place, Value((Piece(found.text),), is_uncertain=found.kind != "plain"), name)


def _shown(value: Any) -> Shown:
    if isinstance(value, bool):
        return Shown("TRUE" if value else "FALSE")
    if isinstance(value, (int, float)):
        return shown(value, "General", WINDOWS_EPOCH)
    if isinstance(value, (datetime, date, time, timedelta)):
        return shown_moment(value)
    return Shown(str(value))
