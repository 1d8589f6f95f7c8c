"""Reads .ods: what cells show as text (days and numbers as displayed), their looks, merged areas, hidden parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from quizsvc.banks.files.documents import PLAIN, Marks, Where
from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.guards import Archive, parse_xml
from quizsvc.banks.files.sheets.grid import MOST_CELLS, MOST_COLUMNS, MOST_SHEETS, Piece, RawSheet, Value
from quizsvc.banks.files.sheets.styles import USUAL_INK, USUAL_PAPER, CellStyle, child, children, local
from quizsvc.banks.files.sheets.telling import TOLD_OF

_COLOUR = re.compile(r"#([0-9A-Fa-f]{6})")
ERROR = re.compile(r"#(?:REF|N/A|VALUE|DIV/0|NAME|NULL|NUM)[!?]?|Err:\d+")
UNCERTAIN = {"date": "date", "time": "date", "float": "number"}


@dataclass(frozen=True)
class _Book:
    file: str
    looks: Mapping[str, CellStyle]
    hidden_sheets: frozenset[str]


def read_ods(archive: Archive, file: str) -> list[RawSheet]:
    """The sheets of a spreadsheet. Raises ``FileRefused``."""
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise FileRefused("password", f"Tệp «{file}» có mật khẩu: hãy bỏ mật khẩu rồi gửi lại.")
    root = parse_xml(archive.read("content.xml"), Where(file)) if "content.xml" in archive else None
    spreadsheet = child(child(root, "body"), "spreadsheet")
    if root is None or spreadsheet is None:
        raise FileRefused("not-a-workbook", f"Tệp «{file}» không phải bảng tính: hãy lưu lại thành .xlsx.")
    tables = list(children(spreadsheet, "table"))
    if len(tables) > MOST_SHEETS:
        raise FileRefused("too-many-sheets", f"Tệp «{file}» có hơn {MOST_SHEETS} trang tính: hãy chia thành nhiều tệp.")
    styles = list(children(child(root, "automatic-styles"), "style"))
    looks = {_get(style, "name"): _look(style) for style in styles}
    hidden = frozenset(
        _get(style, "name") for style in styles if _get(child(style, "table-properties"), "display") == "false"
    )
    book = _Book(file, looks, hidden)
    return [_sheet(book, table) for table in tables]


def _get(element: etree._Element | None, name: str) -> str:
    """An attribute by its name without the namespace."""
    attributes = [] if element is None else element.attrib.items()
    return next((str(value) for key, value in attributes if str(key).rpartition("}")[2] == name), "")


def _look(style: etree._Element) -> CellStyle:
    text, cell = child(style, "text-properties"), child(style, "table-cell-properties")
    ink, paper = _colour(_get(text, "color"), USUAL_INK), _colour(_get(cell, "background-color"), USUAL_PAPER)
    paper = paper or _colour(_get(text, "background-color"), USUAL_PAPER)
    marks = Marks(
        bold=_get(text, "font-weight") in ("bold", "600", "700", "800", "900"),
        italic=_get(text, "font-style") == "italic",
        underline=_get(text, "text-underline-style") not in ("", "none"),
        strike=_get(text, "text-line-through-style") not in ("", "none"),
        colour=ink,
        highlight=paper,
    )
    return CellStyle(marks, _get(text, "font-name") or _get(text, "font-family") or None)


def _colour(written: str, usual: str) -> str | None:
    found = _COLOUR.fullmatch(written)
    return found[1].upper() if found and found[1].upper() != usual else None


def _sheet(book: _Book, table: etree._Element) -> RawSheet:
    sheet = RawSheet(_get(table, "name"), is_hidden=_get(table, "style-name") in book.hidden_sheets)
    column = 1
    for written in _within(table, "table-column"):
        times = _times(written, "number-columns-repeated")
        if _get(written, "visibility") in ("collapse", "filter"):
            sheet.hidden_columns.append((column, column + times - 1))
        column += times
    row = 1
    for written in _within(table, "table-row"):
        times = _times(written, "number-rows-repeated")
        if _get(written, "visibility") in ("collapse", "filter"):
            sheet.hidden_rows.append((row, row + times - 1))
        _row(book, sheet, written, row, times)
        row += times
    if next((found for found in table.iter() if local(found) in ("frame", "shapes")), None) is not None:
        sheet.tell("pictures-not-read")
    return sheet


def _within(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows or columns, also in groups and headers."""
    for found in element:
        if local(found) == name:
            yield found
        elif local(found) in (f"{name}s", f"{name}-group", f"table-header-{name.removeprefix('table-')}s"):
            yield from _within(found, name)


def _times(element: etree._Element, name: str) -> int:
    written = _get(element, name)
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 9 else 1


def _row(book: _Book, sheet: RawSheet, written: etree._Element, row: int, times: int) -> None:
    column = 1
    for cell in written:
        if local(cell) not in ("table-cell", "covered-table-cell"):
            continue
        repeated = _times(cell, "number-columns-repeated")
        value = _value(book, cell) if local(cell) == "table-cell" else Value(())
        if value.text.strip() or value.is_formula:
            _put(book, sheet, cell, value, (row, times, column, repeated))
        across, down = _times(cell, "number-columns-spanned"), _times(cell, "number-rows-spanned")
        if across > 1 or down > 1:
            sheet.merged.append((row, column, row + down - 1, column + across - 1))
        column += repeated


def _put(book: _Book, sheet: RawSheet, cell: etree._Element, value: Value, area: tuple[int, int, int, int]) -> None:
    row, times, column, repeated = area
    if times * repeated + len(sheet.values) > MOST_CELLS:
        where = sheet.where(book.file)
        raise FileRefused("too-many-cells", f"{where}: có hơn {MOST_CELLS} ô có chữ: hãy chia thành nhiều tệp.", where)
    codes = [TOLD_OF[UNCERTAIN[_get(cell, "value-type")]]] if value.is_uncertain else []
    if value.is_formula:
        codes.append("formula-cells" if value.text.strip() else "formula-without-value")
    if ERROR.fullmatch(value.text.strip()):
        codes.append("error-cells")
    for each_row in range(row, row + times):
        for each_column in range(column, min(column + repeated, MOST_COLUMNS + 2)):
            sheet.put((each_row, each_column), value, book.file)
            for code in codes:
                sheet.tell(code, (each_row, each_column))


def _value(book: _Book, cell: etree._Element) -> Value:
    style = book.looks.get(_get(cell, "style-name"), CellStyle())
    pieces: list[Piece] = []
    for paragraph in children(cell, "p"):
        pieces += [Piece("\n", style.marks, style.font)] if pieces else []
        pieces += _pieces(book, paragraph, style)
    kind = UNCERTAIN.get(_get(cell, "value-type"))
    is_uncertain = kind == "date" or (kind == "number" and "." in _get(cell, "value"))
    return Value(tuple(pieces), bool(_get(cell, "formula")), is_uncertain)


def _pieces(book: _Book, element: etree._Element, style: CellStyle) -> Iterator[Piece]:
    """Text with its spans; a span's looks are laid over those of the cell."""
    if element.text:
        yield Piece(" ".join(element.text.split("\n")), style.marks, style.font)
    for part in element:
        if local(part) == "s":
            yield Piece(" " * min(_times(part, "c"), 1000), style.marks, style.font)
        elif local(part) in ("tab", "line-break"):
            yield Piece("\t" if local(part) == "tab" else "\n", style.marks, style.font)
        elif local(part) == "span":
            yield from _pieces(book, part, _over(style, book.looks.get(_get(part, "style-name"))))
        elif local(part) == "a":
            yield from _pieces(book, part, style)
        if part.tail:
            yield Piece(" ".join(part.tail.split("\n")), style.marks, style.font)


def _over(style: CellStyle, own: CellStyle | None) -> CellStyle:
    if own is None:
        return style
    below, above = style.marks, own.marks if own else PLAIN
    marks = Marks(
        bold=below.bold or above.bold,
        italic=below.italic or above.italic,
        underline=below.underline or above.underline,
        strike=below.strike or above.strike,
        colour=above.colour or below.colour,
        highlight=above.highlight or below.highlight,
    )
    return replace(style, marks=marks, font=own.font or style.font)
