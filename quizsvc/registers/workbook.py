"""Reading a table that someone uploads: Excel (.xlsx) or CSV, as sheets of rows of cells, within limits.

An uploaded workbook is a zip of XML written by anybody. Its sizes are looked at before anything is unpacked, and it is
read row by row; merged areas are taken from the XML, since filling them in cell by cell is how such a file eats memory.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from quizsvc.core.delimited import Malformed, delimited, records

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
LARGEST_RATIO = 200
MOST_ROWS = 20_000
MOST_COLUMNS = 50
MOST_CELLS = 500_000
MOST_MERGED = 100_000
MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s+ref\s*=\s*[\"']([^\"']*)[\"']")
AREA = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]{1,7}(:\$?[A-Z]{1,3}\$?[0-9]{1,7})?")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileRefused(Exception):
    """The file cannot be read as a table at all; the message says why and what to do."""


@dataclass(frozen=True)
class Cell:
    """A value as it is stored. ``fault``: a code and a sentence when there is no value to trust. ``merged``: the value
    stands in another cell of a merged area."""

    value: Any = None
    fault: tuple[str, str] | None = None
    merged: bool = False


@dataclass(frozen=True)
class Line:
    """A row with something in it; cells by column number from 1."""

    number: int
    cells: dict[int, Cell]


@dataclass(frozen=True)
class Sheet:
    """``name`` is ``None`` for CSV."""

    name: str | None
    lines: list[Line]
    hidden: bool = False
    mac_epoch: bool = False

    def where(self, line: int, column: int | None = None) -> str:
        """``Sheet1!B7``, for CSV ``B7``; without a column the row: ``Sheet1!7``."""
        cell = f"{get_column_letter(column) if column else ''}{line}"
        return cell if self.name is None else f"{self.name}!{cell}"


NO_VALUE = ("formula-without-value", "ô là công thức chưa có kết quả; hãy mở tệp bằng Excel, lưu lại, hoặc dán giá trị")
ERROR_VALUE = ("formula-error", "ô báo lỗi công thức; hãy sửa công thức hoặc nhập giá trị")


def read_table(raw: bytes) -> list[Sheet]:
    """The sheets of an .xlsx or CSV file, or ``FileRefused``."""
    if len(raw) > LARGEST_FILE:
        raise FileRefused(f"Tệp lớn hơn {LARGEST_FILE // 1024 // 1024} MB.")
    if raw.startswith(OLD_EXCEL):
        raise FileRefused("Tệp .xls kiểu cũ hoặc có mật khẩu: hãy mở bằng Excel và lưu lại thành .xlsx không mật khẩu.")
    sheets = list(_read_excel(raw)) if raw.startswith(b"PK") else [_read_csv(raw)]
    if sum(len(sheet.lines) for sheet in sheets) > MOST_ROWS:
        raise FileRefused(f"Tệp có hơn {MOST_ROWS} dòng: hãy chia thành nhiều tệp.")
    if not any(sheet.lines for sheet in sheets):
        raise FileRefused("Tệp không có dữ liệu.")
    return sheets


@dataclass
class _Parts:
    """What the XML says before openpyxl sees it: merged areas by sheet file, and whether there are formulas."""

    merged: dict[str, list[tuple[int, int, int, int]]] = field(default_factory=dict)
    formulas: bool = False


def _read_excel(raw: bytes) -> Iterator[Sheet]:
    parts = _checked_parts(raw)
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        formulas = load_workbook(io.BytesIO(raw), read_only=True) if parts.formulas else None
        sheets: list[Any] = book.worksheets
        for sheet in sheets:
            written = None if formulas is None else formulas[sheet.title]
            lines = list(_lines(sheet, written, parts.merged.get(sheet._worksheet_path.lstrip("/"), [])))
            yield Sheet(sheet.title, lines, sheet.sheet_state != "visible", book.epoch == CALENDAR_MAC_1904)
    except FileRefused:
        raise
    except Exception as error:  # openpyxl says a broken file with whatever exception its parts raise
        raise FileRefused("Tệp Excel bị hỏng: hãy mở bằng Excel và lưu lại thành .xlsx.") from error


def _checked_parts(raw: bytes) -> _Parts:
    parts = _Parts()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check_sizes(archive.infolist())
            names = {name.lower() for name in archive.namelist()}
            if any(name.endswith("vbaproject.bin") for name in names):
                raise FileRefused("Tệp có macro (.xlsm): hãy lưu lại thành .xlsx.")
            if "xl/workbook.xml" not in names:
                raise FileRefused(
                    "Không phải tệp Excel .xlsx: hãy mở bằng Excel và lưu lại thành .xlsx, hoặc gửi CSV (UTF-8)."
                )
            for info in archive.infolist():
                if info.filename.lower().endswith((".xml", ".rels")):
                    _look_at(info.filename.lstrip("/"), archive.read(info), parts)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise FileRefused("Tệp Excel bị hỏng hoặc có mật khẩu: hãy lưu lại thành .xlsx không mật khẩu.") from error
    return parts


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > 1024 * 1024 and entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if len(entries) > 1000 or unpacked > LARGEST_UNPACKED or swollen:
        raise FileRefused("Tệp Excel giải nén ra quá lớn: hãy chép riêng phần dữ liệu sang một tệp mới.")


def _look_at(name: str, xml: bytes, parts: _Parts) -> None:
    if xml.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")) or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise FileRefused("Tệp Excel có phần XML không an toàn: hãy mở bằng Excel và lưu lại thành .xlsx.")
    if "worksheets/" not in name:
        return
    if xml.count(b"<c ") + xml.count(b":c ") > MOST_CELLS or xml.count(b"row ") > MOST_CELLS // 2:
        raise FileRefused("Trang tính có quá nhiều ô hoặc dòng được định dạng: hãy xoá các dòng, cột thừa.")
    parts.formulas |= FORMULA.search(xml) is not None
    areas = [found.decode("ascii", "replace") for found in MERGE.findall(xml)]
    if not all(AREA.fullmatch(area) for area in areas):
        raise FileRefused("Tệp Excel có vùng ô gộp không đọc được: hãy bỏ gộp ô.")
    bounds: list[Any] = [range_boundaries(area) for area in areas]
    parts.merged[name] = bounds
    filled = sum((right - left + 1) * (low - top + 1) for left, top, right, low in bounds)
    if filled > MOST_MERGED:
        raise FileRefused("Trang tính có vùng ô gộp quá rộng: hãy bỏ gộp ô.")


def _lines(sheet: Any, written: Any, merged: list[tuple[int, int, int, int]]) -> Iterator[Line]:
    origin = {
        (row, column): (top, left)
        for left, top, right, low in merged
        for row in range(top, low + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    anchors = set(origin.values())
    kept: dict[tuple[int, int], Cell] = {}
    marked = {row for row, _ in origin}
    found = 0
    for number, (values, formulas) in enumerate(_rows(sheet, written), start=1):
        if number not in marked and formulas is None and not any(cell.value is not None for cell in values):
            continue
        cells: dict[int, Cell] = {}
        for column in range(1, MOST_COLUMNS + 1):
            place = (number, column)
            cell = _cell(values, formulas, column)
            if place in anchors:
                kept[place] = cell
            if place in origin and origin[place] in kept:
                above = kept[origin[place]]
                cell = Cell(above.value, above.fault, merged=True)
            if cell.value not in (None, "") or cell.fault:
                cells[column] = cell
        if any(not cell.merged for cell in cells.values()):
            found += 1
            yield Line(number, cells)
        if found > MOST_ROWS:
            return


def _rows(sheet: Any, written: Any) -> Iterator[tuple[Any, Any]]:
    """Rows with their values and, where there are formulas, the same rows as they are written."""
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, max_row=1_048_576)
    formulas = None if written is None else written.iter_rows(max_col=MOST_COLUMNS, max_row=1_048_576)
    for values in rows:
        yield values, None if formulas is None else next(formulas, None)


def _cell(values: Any, formulas: Any, column: int) -> Cell:
    value = values[column - 1].value if len(values) >= column else None
    if formulas is not None and len(formulas) >= column and formulas[column - 1].data_type == "f" and value is None:
        return Cell(fault=NO_VALUE)
    if len(values) >= column and values[column - 1].data_type == "e":
        return Cell(value, fault=ERROR_VALUE)
    return Cell(value)


def _read_csv(raw: bytes) -> Sheet:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("Không phải tệp .xlsx, cũng không phải CSV mã UTF-8: trong Excel hãy chọn «CSV UTF-8».") from None
    if "\0" in text:
        raise FileRefused("Tệp không phải văn bản.")
    lines = []
    try:
        for _, number, row in records(delimited(text)):
            cells = {column: Cell(value) for column, value in enumerate(row[:MOST_COLUMNS], start=1) if value.strip()}
            if cells:
                lines.append(Line(number, cells))
            if len(lines) > MOST_ROWS:
                break
    except Malformed as error:
        raise FileRefused(f"CSV sai từ dòng {error.line}: kiểm tra dấu nháy kép. ({error.reason})") from None
    return Sheet(None, lines)
