"""Reads .csv and .tsv: any usual encoding, the delimiter by content, records numbered as Excel numbers rows."""

from __future__ import annotations

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Remark, Where
from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.repair import suspected_encoding
from quizsvc.banks.files.sheets.grid import MOST_ROWS, Piece, RawSheet, Value
from quizsvc.banks.files.text import FONTS, LOOKED_AT, MARKED, decoded
from quizsvc.core.delimited import Malformed, delimited, records


def read_csv(data: bytes, name: str) -> tuple[RawSheet, list[Remark]]:
    """The one sheet of a CSV file; what Windows-1258, TCVN3 or VNI had to be taken for is told."""
    text = decoded(data, name)
    kind = suspected_encoding(text[:LOOKED_AT])
    font = None if kind is None else FONTS[kind]
    sheet = RawSheet(None)
    filled = 0
    try:
        for number, _, cells in records(delimited(text)):
            for column, written in enumerate(cells, start=1):
                sheet.put((number, column), Value((Piece(written, font=font),)), name)
            filled += any(cells)
            if filled > MOST_ROWS:
                break
    except Malformed as error:
        where = Where(name, line=error.line)
        sentence = f"{where}: dấu nháy kép không khớp ({error.reason}): hãy sửa dòng này, hoặc gửi tệp .xlsx."
        raise FileRefused("csv-broken", sentence, where) from error
    return sheet, [] if _is_unicode(data) and kind is None else [_guessed(name)]


def _is_unicode(data: bytes) -> bool:
    if any(data.startswith(mark) for mark, _ in MARKED):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guessed(name: str) -> Remark:
    sentence = (
        f"Tệp «{name}» không ghi bằng Unicode (UTF-8); bảng mã đã được đoán theo chữ Việt đọc được: hãy xem kỹ dấu,"
        " hoặc lưu lại thành «CSV UTF-8»."
    )
    return Remark("encoding-guessed", Level.WARNING, sentence, Where(name))
