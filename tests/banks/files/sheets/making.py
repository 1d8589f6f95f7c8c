"""Workbooks made for tests: .xlsx from parts, .ods from rows, .xls byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from quizsvc.banks.files.documents import Document, Table
from quizsvc.banks.files.sheets import read_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR = 512


def new_sheet() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Câu hỏi"
    return book, sheet


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The package with some parts replaced, added, or taken out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def read(data: bytes, name: str = "b.xlsx") -> Document:
    return read_workbook(data, name)


def only(document: Document) -> Table:
    (table,) = document.tables
    return table


def texts(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for row in only(document).rows]


def at(document: Document, name: str) -> Any:
    return next(cell for table in document.tables for row in table.rows for cell in row if cell.where.cell == name)


def codes(document: Document) -> set[str]:
    return {remark.code for remark in document.remarks}


def ods(content: str, styles: str = "", *, before: str = "") -> bytes:
    """A spreadsheet of one sheet «S», ``content`` being its rows."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (
            *(("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")),
            ("fo", "xsl-fo-compatible"),
        )
    )
    xml = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet>{before}<table:table table:name="S">{content}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", xml)
    return buffer.getvalue()


def ods_row(*values: str, more: str = "") -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>' for value in values
    )
    return f"<table:table-row {more}>{cells}</table:table-row>"


def xls(sheets: Mapping[str, Sequence[Sequence[str | float | bool]]], hidden: Sequence[str] = ()) -> bytes:
    """Excel 97–2003 ([MS-XLS], [MS-CFB]): one stream «Workbook» in an OLE container."""
    bodies = [_xls_sheet(rows) for rows in sheets.values()]
    bound_size = sum(4 + 8 + 2 * len(name) for name in sheets)
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + _record(0x42, struct.pack("<H", 1200))
    offset = len(start) + bound_size + 4
    bounds = b""
    for name, body in zip(sheets, bodies, strict=True):
        title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
        bounds += _record(0x85, struct.pack("<IBB", offset, int(name in hidden), 0) + title)
        offset += len(body)
    return _ole("Workbook", start + bounds + _record(0x0A, b"") + b"".join(bodies))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _xls_sheet(rows: Sequence[Sequence[str | float | bool]]) -> bytes:
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, bool):
                body += _record(0x205, place + struct.pack("<BB", value, 0))
            elif isinstance(value, str):
                if value:
                    body += _record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
            else:
                body += _record(0x203, place + struct.pack("<d", value))
    return body + _record(0x0A, b"")


def _ole(name: str, stream: bytes) -> bytes:
    stream = stream.ljust(max(len(stream), 4096), b"\0")
    count = -(-len(stream) // SECTOR)
    fats = -(-(count + 2) // 127)
    chain = [0xFFFFFFFD] * fats + [0xFFFFFFFE] + list(range(fats + 2, fats + 1 + count)) + [0xFFFFFFFE]
    header = OLE + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += b"".join(struct.pack("<I", at if at < fats else 0xFFFFFFFF) for at in range(109))
    fat = b"".join(struct.pack("<I", each) for each in chain).ljust(fats * SECTOR, b"\xff")
    root = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    folder = root + _entry(name, 2, fats + 1, len(stream)) + _entry("", 0, 0, 0) * 2
    return header + fat + folder + stream.ljust(count * SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    written = (name + "\0").encode("utf-16-le") if name else b""
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    return head + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + b"\0" * 36 + struct.pack("<IQ", start, size)
