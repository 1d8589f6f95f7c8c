"""Workbooks that are large, broken, locked or hostile."""

from __future__ import annotations

import pytest

from quizsvc.banks.files.found import FileRefused
from tests.banks.files.sheets.making import at, changed, codes, new_sheet, part, read, saved, texts
from tests.banks.files.sheets.test_xlsx import SHEET


def test_pictures_stand_in_their_cells():
    import io

    import xlsxwriter

    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf50"
        "0f000384018017b4b2e20000000049454e44ae426082"
    )
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "x")
        sheet.insert_image("B2", "p.png", {"image_data": io.BytesIO(pixel), "description": "biển báo"})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Sheet1!$A$1:$A$2"})
        sheet.insert_chart("D5", chart)
    document = read(buffer.getvalue())
    (picture,) = at(document, "B2").lines[0].pictures
    assert (picture.media_type, picture.alt, len(picture.sha256)) == ("image/png", "biển báo", 64)
    assert codes(document) == {"pictures-not-read"}


def test_inline_strings_missing_references_and_strict_names():
    book, sheet = new_sheet()
    sheet["A1"] = "x"
    data = saved(book)
    xml = (
        '<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData><row>'
        '<c t="inlineStr"><is><r><rPr><b/></rPr><t>đậm</t></r><r><t> nhạt</t></r></is></c><c><v>3</v></c></row>'
        '<row r="5"><c t="d"><v>2026-04-03T00:00:00</v></c></row></sheetData></worksheet>'
    )
    document = read(changed(data, {SHEET: xml.encode()}))
    assert texts(document) == [["đậm nhạt", "3"], ["03/04/2026", ""]]
    assert at(document, "A1").lines[0].runs[0].marks.bold


def test_huge_dimensions_with_two_cells():
    book, sheet = new_sheet()
    sheet["A1"], sheet["XFD1048576"] = "x", "xa"
    data = saved(book)
    xml = part(data, SHEET).replace(
        b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="B2:XFD1048575"/></mergeCells>'
    )
    document = read(changed(data, {SHEET: xml}))
    assert texts(document) == [["x"]]
    (remark,) = document.remarks
    assert remark.code == "far-columns"
    assert "XFD1048576" in remark.sentence


def _refused(data: bytes, name: str = "b.xlsx") -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read(data, name)
    return caught.value


def test_refusals_name_what_to_do():
    book, sheet = new_sheet()
    empty = saved(book)
    sheet["A1"] = "x"
    data = saved(book)
    assert _refused(empty).code == "no-content"
    assert _refused(b"").code == "empty-file"
    assert _refused(changed(data, {"xl/vbaProject.bin": b"x"})).code == "macros"
    assert _refused(changed(data, {"xl/workbook.xml": None, "xl/workbook.bin": b"x"})).code == "unknown-format"
    assert _refused(changed(data, {"xl/workbook.xml": None, "_rels/.rels": None})).code == "not-a-workbook"
    assert _refused(changed(data, {SHEET: b"<worksheet>"})).code == "xml-broken"
    assert _refused(changed(data, {SHEET: b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>"})).code == "xml-doctype"
    assert _refused(data[:200]).code == "zip-broken"
    for cell in (
        b'<c r="A0"><v>1</v></c>',
        b'<c r="ZZZ1"><v>1</v></c>',
        b'<c t="s"><v>99</v></c>',
        b'<c t="s"><v>-1</v></c>',
    ):
        xml = b'<worksheet><sheetData><row r="1">' + cell + b"</row></sheetData></worksheet>"
        assert _refused(changed(data, {SHEET: xml})).code == "sheet-broken"


def test_limits_are_named():
    book, sheet = new_sheet()
    sheet["A1"] = "x"
    data = saved(book)

    def with_rows(rows: str, more: str = "") -> FileRefused:
        xml = f"<worksheet><sheetData>{rows}</sheetData>{more}</worksheet>"
        return _refused(changed(data, {SHEET: xml.encode()}))

    many = with_rows("<row><c><v>1</v></c></row>" * 20_001)
    assert (many.code, "20000" in many.sentence) == ("too-many-rows", True)
    wide = "".join(f'<row r="{row}"><c r="CV{row}"><v>1</v></c></row>' for row in range(1, 5_002))
    assert with_rows(wide).code == "too-many-cells"
    areas = "".join(f'<mergeCell ref="A1:CV{row}"/>' for row in range(2, 80))
    filled = "".join(f'<row r="{row}"><c r="CV{row}"><v>1</v></c></row>' for row in range(1, 101))
    assert with_rows(filled, f"<mergeCells>{areas}</mergeCells>").code == "too-many-merged"
    long = f'<row><c t="inlineStr"><is><t>{"x" * 32_768}</t></is></c></row>'
    assert with_rows(long).code == "cell-too-long"
    for number in range(101):
        book.create_sheet(f"t{number}")
    assert _refused(saved(book)).code == "too-many-sheets"
