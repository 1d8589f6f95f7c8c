"""Finding the table in a sheet: where its header is, which column says what, and which rows are people or units.

Titles above the header, numbering rows, repeated headers, totals and empty rows are what organizers' files look like;
they are passed over, totals with a word about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizsvc.core.text import fold
from quizsvc.registers.cells import plain
from quizsvc.registers.reporting import Fault
from quizsvc.registers.workbook import Cell, FileRefused, Line, Sheet

HEADER_WITHIN = 30
TOTALS = {"tong", "cong", "tong cong", "tong so", "tong so nguoi"}

UNIT_CODE = ("ma don vi", "ma dv", "ma xa", "ma xa phuong", "ma dvhc", "ma don vi hanh chinh", "ma", "code", "unit code")
UNIT_NAME = ("don vi", "ten don vi", "xa phuong", "ten xa phuong", "xa", "phuong", "dia phuong", "don vi cong tac", "unit")


@dataclass(frozen=True)
class Layout:
    """Which columns a table has: key → folded headers that mean it. ``needs``: of each group at least one."""

    columns: Mapping[str, Sequence[str]]
    needs: Sequence[tuple[str, ...]]
    says: str


HEADCOUNTS = Layout(
    {
        "unit_code": UNIT_CODE,
        "unit_name": UNIT_NAME,
        "staff": (
            *("so nguoi", "so luong", "tong so", "tong so nguoi", "so luong nguoi", "so can bo", "bien che", "quan so"),
            *("so cbccvc", "tong so can bo", "so can bo cong chuc vien chuc", "tong so can bo cong chuc vien chuc"),
            *("si so", "headcount", "staff"),
        ),
    },
    (("staff",), ("unit_code", "unit_name")),
    "«số người» và «mã đơn vị» hoặc «đơn vị»",
)
PEOPLE = Layout(
    {
        "name": ("ho ten", "ho va ten", "ten", "ten day du", "ho ten can bo", "full name", "name"),
        "birth_date": ("ngay sinh", "sinh ngay", "ngay thang nam sinh", "ngay thang nam", "nam sinh", "birth date"),
        "phone": ("dien thoai", "so dien thoai", "sdt", "so dt", "dt", "di dong", "so dien thoai zalo", "phone"),
        "unit_code": UNIT_CODE,
        "unit_name": UNIT_NAME,
        "occupation": ("nghe nghiep", "chuc vu", "doi tuong", "cong viec", "occupation"),
    },
    (("name",), ("birth_date", "phone")),
    "«họ tên» và «ngày sinh» hoặc «điện thoại»",
)
SPREADS = ("name",)
"""Columns that may be written over two: "Họ và tên" above a column of family names and one of given names."""
REACHES_DOWN = ("unit_code", "unit_name")
"""Columns where a merged cell counts for all its rows; in any other it would be one value taken for several."""
MERGED = ("merged-cell", "ô gộp: hãy bỏ gộp và ghi giá trị vào từng dòng")

Columns = dict[str, list[int]]


@dataclass(frozen=True)
class Record:
    """One row of the table; cells by key of the layout."""

    sheet: Sheet
    line: Line
    columns: Columns

    @property
    def where(self) -> str:
        return self.sheet.where(self.line.number)

    def cell(self, key: str) -> Cell:
        """The cell of a column; an empty one where there is no such column. A value without trust has a ``fault``."""
        found = [cell for column in self.columns.get(key, ()) if (cell := self.line.cells.get(column))]
        if not found:
            return Cell()
        faulty = next((cell for cell in found if cell.fault), None)
        if faulty is not None:
            return faulty
        if key not in REACHES_DOWN and any(cell.merged for cell in found):
            own = [cell for cell in found if not cell.merged]
            return own[0] if own else Cell(found[0].value, MERGED)
        return found[0] if len(found) == 1 else Cell(" ".join(plain(cell.value) for cell in found))

    def fault(self, key: str, code: str, detail: str) -> Fault:
        """A fault of this row's cell (of the row, where it has no such column)."""
        columns = self.columns.get(key)
        value = plain(self.cell(key).value)
        place = self.sheet.where(self.line.number, columns[0]) if columns else self.where
        return Fault(
            code, f"{place.rpartition('!')[2]} «{value}»: {detail}" if value else f"{place.rpartition('!')[2]}: {detail}"
        )


@dataclass(frozen=True)
class Passed:
    """A row that was passed over, with a word about it."""

    where: str
    fault: Fault


def records(sheets: Sequence[Sheet], layout: Layout) -> Iterator[Record | Passed]:
    """The rows of all sheets that have such a table, or ``FileRefused`` when none has."""
    tables = [(sheet, *header) for sheet in sheets if not sheet.hidden and (header := _header(sheet, layout)) is not None]
    if not tables:
        raise FileRefused(f"Không tìm thấy dòng tiêu đề: trong {HEADER_WITHIN} dòng đầu phải có các cột {layout.says}.")
    for sheet, start, columns in tables:
        yield from _rows(sheet, start, columns, layout)
    for sheet in sheets:
        if sheet.lines and not any(sheet is known for known, _, _ in tables):
            why = "trang tính bị ẩn" if sheet.hidden else f"không có dòng tiêu đề với {layout.says}"
            yield Passed(f"{sheet.name}", Fault("sheet-skipped", f"Bỏ qua trang tính: {why}."))


def _header(sheet: Sheet, layout: Layout) -> tuple[int, Columns] | None:
    """The index of the header line and its columns."""
    for index, line in enumerate(sheet.lines[:HEADER_WITHIN]):
        columns = _columns(sheet, line, layout)
        if all(any(key in columns for key in group) for group in layout.needs):
            return index, columns
    return None


def _columns(sheet: Sheet, line: Line, layout: Layout) -> Columns:
    found: Columns = {}
    for column, cell in sorted(line.cells.items()):
        header = fold(re.sub(r"\(.*?\)", " ", plain(cell.value)))
        key = next((key for key, names in layout.columns.items() if header in names), None)
        if key is None or (cell.merged and key in found and key not in SPREADS):
            continue
        if key in found and not cell.merged:
            title = plain(cell.value)
            raise FileRefused(f"Có hai cột cùng nghĩa «{title}» ở dòng {sheet.where(line.number)}: hãy xoá một cột.")
        found.setdefault(key, []).append(column)
    return found


def _rows(sheet: Sheet, start: int, columns: Columns, layout: Layout) -> Iterator[Record | Passed]:
    used = {column for found in columns.values() for column in found}
    for line in sheet.lines[start + 1 :]:
        record = Record(sheet, line, columns)
        if not any(column in used and (cell.fault or not cell.merged) for column, cell in line.cells.items()):
            continue
        if line is sheet.lines[start + 1] and _is_numbering(line):
            continue
        if _columns_or_none(sheet, line, layout) == columns:
            continue
        if any(fold(plain(cell.value)) in TOTALS for cell in line.cells.values()):
            yield Passed(record.where, Fault("total-row", "Bỏ qua dòng tổng."))
            continue
        yield record


def _columns_or_none(sheet: Sheet, line: Line, layout: Layout) -> Any:
    try:
        return _columns(sheet, line, layout)
    except FileRefused:
        return None


def _is_numbering(line: Line) -> bool:
    """``(1) (2) (3)`` or ``A B 1 2`` under a header."""
    marks = [plain(cell.value).strip("()") for _, cell in sorted(line.cells.items())]
    numbers = [mark for mark in marks if not re.fullmatch("[A-Z]", mark)]
    return len(marks) > 1 and numbers == [str(place + 1) for place in range(len(numbers))]
