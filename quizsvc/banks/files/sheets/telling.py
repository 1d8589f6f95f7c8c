"""What a reader of workbooks tells of a sheet: one remark for each kind of thing, with the first cells and how many."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Remark
from quizsvc.banks.files.sheets.grid import MOST_COLUMNS, Place, RawSheet, is_inside

NAMED = 12
"""So many cells are named in one remark."""

TOLD_OF = {"date": "date-cells", "number": "number-cells"}
"""What is told of a cell, by the kind of what it shows (``numbers.Shown``)."""
CELLS = {
    "formula-cells": (Level.NOTICE, "ô là công thức, đã đọc theo kết quả lưu trong tệp"),
    "formula-without-value": (
        Level.WARNING,
        "ô là công thức chưa có kết quả nên coi như trống: hãy mở tệp bằng Excel, lưu lại, hoặc dán giá trị",
    ),
    "error-cells": (Level.WARNING, "ô báo lỗi công thức (#REF!, #N/A…): hãy sửa công thức hoặc nhập giá trị"),
    "date-cells": (
        Level.WARNING,
        "ô bị Excel đổi thành ngày hoặc giờ (gõ «1/2» thành 1 tháng 2): hãy xem lại, định dạng ô là Văn bản rồi gõ lại",
    ),
    "number-cells": (
        Level.NOTICE,
        "ô là số lẻ hoặc số rất dài (gõ «1.10» Excel chỉ giữ 1,1): nếu sai, hãy định dạng ô là Văn bản rồi gõ lại",
    ),
    "far-columns": (Level.WARNING, f"ô nằm bên phải cột thứ {MOST_COLUMNS} nên không đọc: hãy dời vào các cột đầu"),
}
SHEETS = {
    "pictures-not-read": (
        Level.WARNING,
        "có hình vẽ, biểu đồ hoặc hộp chữ không đọc được: hãy xem câu hỏi nào cần hình và thêm vào sau khi nhập",
    ),
    "notes-not-read": (Level.NOTICE, "có ghi chú (comment) gắn vào ô, không được đọc"),
    "looks-not-read": (
        Level.NOTICE,
        "tệp .xls kiểu cũ nên chữ đậm, màu, hàng ẩn và công thức không đọc được: nếu cần, hãy mở và lưu lại thành .xlsx",
    ),
    "conditional-formatting": (
        Level.NOTICE,
        "có định dạng có điều kiện: màu do nó tạo ra không được đọc, chỉ màu tô trực tiếp mới được hiểu là dấu đáp án",
    ),
}


def remarks_of(sheet: RawSheet, file: str) -> Iterator[Remark]:
    """Everything to tell of a sheet; of a hidden one only that it was not read."""
    if sheet.is_hidden:
        if sheet.values:
            sentence = f"Trang tính «{sheet.title}» bị ẩn nên không được đọc: nếu có câu hỏi ở đó, hãy bỏ ẩn rồi gửi lại."
            yield Remark("hidden-sheet", Level.WARNING, sentence, sheet.where(file))
        return
    yield from _hidden(sheet, file)
    for code, places in sheet.told.items():
        if code in SHEETS:
            level, sentence = SHEETS[code]
            yield Remark(code, level, f"{sheet.where(file)}: {sentence}.", sheet.where(file))
        else:
            level, sentence = CELLS[code]
            cells = _listed([sheet.where(file, place).cell or "" for place in places])
            first = sheet.where(file, places[0])
            yield Remark(code, level, f"{sheet.where(file)}: {len(places)} {sentence}. Các ô: {cells}.", first)


def _hidden(sheet: RawSheet, file: str) -> Iterator[Remark]:
    rows = sorted({row for row, _ in sheet.values if is_inside(row, sheet.hidden_rows)})
    columns = sorted({column for _, column in sheet.values if is_inside(column, sheet.hidden_columns)})
    advice = "vẫn được đọc: nếu không muốn nhập, hãy xoá hẳn rồi gửi lại"
    if rows:
        where = sheet.where(file, _first(sheet, rows[0], 0))
        named = _listed([str(row) for row in rows])
        sentence = f"{sheet.where(file)}: {len(rows)} hàng bị ẩn có chữ {advice}. Các hàng: {named}."
        yield Remark("hidden-rows", Level.WARNING, sentence, where)
    if columns:
        where = sheet.where(file, _first(sheet, columns[0], 1))
        named = _listed([get_column_letter(column) for column in columns])
        sentence = f"{sheet.where(file)}: {len(columns)} cột bị ẩn có chữ {advice}. Các cột: {named}."
        yield Remark("hidden-columns", Level.WARNING, sentence, where)


def _first(sheet: RawSheet, number: int, axis: int) -> Place:
    return min(place for place in sheet.values if place[axis] == number)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + (f" và {len(names) - NAMED} chỗ nữa" if len(names) > NAMED else "")
