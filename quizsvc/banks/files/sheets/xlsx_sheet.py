"""Cells of one sheet of an .xlsx: values with their looks, formulas, merged areas, hidden rows and columns."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from lxml import etree
from openpyxl.utils import column_index_from_string

from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.sheets.grid import Piece, Place, RawSheet, Value
from quizsvc.banks.files.sheets.numbers import Shown, shown, shown_moment
from quizsvc.banks.files.sheets.styles import CellStyle, child, children, with_highlight
from quizsvc.banks.files.sheets.telling import TOLD_OF
from quizsvc.banks.files.sheets.xlsx import Book, SheetPart, flag, pictures_of, sheet_xml, string_of

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_MOST_ROW, _MOST_COLUMN = 1_048_576, 16_384


def read_sheet(book: Book, part: SheetPart) -> RawSheet:
    """One sheet. A part that is missing is an empty sheet."""
    sheet = RawSheet(part.title, is_hidden=part.is_hidden)
    root = sheet_xml(book, part)
    if root is None:
        return sheet
    pictures = pictures_of(book, part, sheet)
    for place, cell in cells_of(child(root, "sheetData"), sheet, book.file):
        value = _value(book, cell, sheet, place)
        sheet.put(place, replace(value, pictures=pictures.pop(place, ())), book.file)
    for place, shown_here in pictures.items():
        sheet.put(place, Value((), pictures=shown_here), book.file)
    sheet.merged = list(_merged(root, sheet, book.file))
    sheet.hidden_columns = [
        (_whole(column.get("min")), _whole(column.get("max")))
        for column in children(child(root, "cols"), "col")
        if flag(column, "hidden")
    ]
    if child(root, "conditionalFormatting") is not None:
        sheet.tell("conditional-formatting")
    return sheet


def cells_of(data: etree._Element | None, sheet: RawSheet, file: str) -> Iterator[tuple[Place, etree._Element]]:
    """Cells with their places; what does not say where it is follows the one before."""
    row = 0
    for written in children(data, "row"):
        row = _whole(written.get("r")) or row + 1
        if flag(written, "hidden"):
            sheet.hidden_rows.append((row, row))
        column = 0
        for cell in children(written, "c"):
            named = cell.get("r")
            place = _place(named) if named is not None else (row, column + 1)
            if place is None or place[0] > _MOST_ROW:
                raise _broken(sheet, file, f"ô «{named}»")
            row, column = place
            yield place, cell


def _place(named: str) -> Place | None:
    found = _CELL.fullmatch(named)
    if found is None or int(found[2]) == 0:
        return None
    column = column_index_from_string(found[1].upper())
    return (int(found[2]), column) if column <= _MOST_COLUMN else None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _broken(sheet: RawSheet, file: str, what: str) -> FileRefused:
    where = sheet.where(file)
    sentence = f"{where}: {what} không đọc được: hãy mở tệp bằng Excel và lưu lại thành .xlsx."
    return FileRefused("sheet-broken", sentence, where)


def _merged(root: etree._Element, sheet: RawSheet, file: str) -> Iterator[tuple[int, int, int, int]]:
    for merge in children(child(root, "mergeCells"), "mergeCell"):
        area = merge.get("ref", "")
        first, _, last = area.partition(":")
        corner, other = _place(first), _place(last or first)
        if corner is None or other is None:
            raise _broken(sheet, file, f"vùng ô gộp «{area}»")
        yield min(corner[0], other[0]), min(corner[1], other[1]), max(corner[0], other[0]), max(corner[1], other[1])


def _value(book: Book, cell: etree._Element, sheet: RawSheet, place: Place) -> Value:
    style = book.styles.of(cell.get("s"))
    kind = cell.get("t", "n")
    is_formula = child(cell, "f") is not None
    stored = child(cell, "v")
    text = "" if stored is None or stored.text is None else stored.text
    if kind == "inlineStr" or (kind == "s" and text):
        return Value(_looks(_string(book, cell, kind, text, sheet), style), is_formula)
    if not text.strip() and not (is_formula and kind == "str" and stored is not None):
        if is_formula:
            sheet.tell("formula-without-value", place)
        return Value((), is_formula)
    if is_formula:
        sheet.tell("formula-cells", place)
    if kind == "e":
        sheet.tell("error-cells", place)
    found = _SHOWN.get(kind, _number)(text, style, book.epoch)
    if found.kind in TOLD_OF:
        sheet.tell(TOLD_OF[found.kind], place)
    return Value((Piece(found.text, style.marks, style.font),), is_formula and bool(found.text), found.kind != "plain")


def _string(book: Book, cell: etree._Element, kind: str, text: str, sheet: RawSheet) -> tuple[tuple[Piece, bool], ...]:
    if kind == "inlineStr":
        inline = child(cell, "is")
        return () if inline is None else string_of(inline, book.styles)
    index = _whole(text.strip()) if text.strip() != "0" else 0
    if index >= len(book.strings) or not text.strip().isdigit():
        raise _broken(sheet, book.file, f"chữ số {text.strip()[:20]} của ô {cell.get('r', '')}")
    return book.strings[index]


def _looks(pieces: tuple[tuple[Piece, bool], ...], style: CellStyle) -> tuple[Piece, ...]:
    """Runs without their own looks take those of the cell; the fill is the cell's in any case."""
    return tuple(
        replace(piece, marks=style.marks, font=style.font)
        if is_as_cell
        else replace(piece, marks=with_highlight(piece.marks, style.marks.highlight), font=piece.font or style.font)
        for piece, is_as_cell in pieces
    )


def _number(text: str, style: CellStyle, epoch: datetime) -> Shown:
    try:
        number = float(text)
    except ValueError:
        return Shown(text)
    if not math.isfinite(number):
        return Shown(text, "number")
    return shown(number, style.number_format, epoch)


def _boolean(text: str, _style: CellStyle, _epoch: datetime) -> Shown:
    return Shown("TRUE" if text.strip() in ("1", "true") else "FALSE")


def _written(text: str, _style: CellStyle, _epoch: datetime) -> Shown:
    return Shown(text)


def _iso_day(text: str, _style: CellStyle, _epoch: datetime) -> Shown:
    try:
        return shown_moment(datetime.fromisoformat(text.strip()))
    except ValueError:
        return Shown(text, "date")


_SHOWN: dict[str, Callable[[str, CellStyle, datetime], Shown]] = {
    "b": _boolean,
    "e": _written,
    "str": _written,
    "d": _iso_day,
    "n": _number,
}
