"""One door to every kind of workbook."""

from __future__ import annotations

from quizsvc.banks.files.documents import Document, Remark, Repair, Where
from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.guards import OLE, check_size, unpack
from quizsvc.banks.files.sheets.csv_file import read_csv
from quizsvc.banks.files.sheets.grid import RawSheet, table_of
from quizsvc.banks.files.sheets.grid import check_size as check_sheets
from quizsvc.banks.files.sheets.ods import read_ods
from quizsvc.banks.files.sheets.telling import remarks_of
from quizsvc.banks.files.sheets.xls import read_xls
from quizsvc.banks.files.sheets.xlsx import open_book
from quizsvc.banks.files.sheets.xlsx_sheet import read_sheet


def read_workbook(data: bytes, name: str) -> Document:
    """A table for each visible sheet that has text, of an .xlsx, .xls, .ods or .csv by what is in it.

    Empty rows and the columns after the last filled one are left out, ``where`` says what each cell is called. Hidden rows
    and columns are read, hidden sheets are not; both are told in ``remarks``, as are formulas, days and errors. Raises
    ``FileRefused``.
    """
    check_size(data, name)
    format_name, sheets, remarks = _sheets(data, name)
    shown = [sheet for sheet in sheets if not sheet.is_hidden and sheet.values]
    for sheet in sheets:
        remarks += remarks_of(sheet, name)
    if not shown:
        hidden = " trên trang tính không bị ẩn" if any(sheet.values for sheet in sheets) else ""
        raise FileRefused("no-content", f"Tệp «{name}» không có ô nào có chữ{hidden}: hãy xem lại tệp.", Where(name))
    check_sheets(shown, name)
    repairs: list[Repair] = []
    tables = tuple(table_of(sheet, name, repairs) for sheet in shown)
    return Document(name, format_name, tables, tuple(repairs), tuple(remarks))


def _sheets(data: bytes, name: str) -> tuple[str, list[RawSheet], list[Remark]]:
    if data.startswith(OLE):
        return "xls", read_xls(data, name), []
    if data.startswith(b"PK"):
        archive = unpack(data, name)
        if "xl/workbook.bin" in archive:
            raise FileRefused("unknown-format", f"Tệp «{name}» là .xlsb: hãy mở bằng Excel và lưu lại thành .xlsx.")
        if "mimetype" in archive or ("content.xml" in archive and "[Content_Types].xml" not in archive):
            return "ods", read_ods(archive, name), []
        book, parts = open_book(archive, name)
        return "xlsx", [read_sheet(book, part) for part in parts], []
    sheet, remarks = read_csv(data, name)
    return "csv", [sheet], remarks
