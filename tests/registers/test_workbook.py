"""Uploaded tables: what Excel and CSV hold, and files that must not be opened."""

import zipfile
from datetime import datetime
from io import BytesIO

import pytest

from quizsvc.registers.workbook import MOST_ROWS, FileRefused, read_table
from tests.registers.making import csv_file, rewritten, xlsx

SHEET = "xl/worksheets/sheet1.xml"


def values(sheet):
    return [(line.number, {column: cell.value for column, cell in line.cells.items()}) for line in sheet.lines]


def replacing(old, new):
    return {SHEET: lambda xml: xml.replace(old, new)}


def refused(raw):
    with pytest.raises(FileRefused) as caught:
        read_table(raw)
    return str(caught.value)


def test_values_as_they_are_stored():
    (sheet,) = read_table(xlsx(["Mã", 16681, None, 1.5], [], [None, datetime(1990, 5, 19), "x", True]))
    assert values(sheet) == [(1, {1: "Mã", 2: 16681, 4: 1.5}), (3, {2: datetime(1990, 5, 19), 3: "x", 4: True})]
    assert (sheet.where(3), sheet.where(3, 28)) == ("Sheet1!3", "Sheet1!AB3")


def test_merged_cells_count_for_their_whole_area():
    (sheet,) = read_table(xlsx(["a", "b"], ["c", "d"], [None, "e"], merge=["A2:A3"]))
    cells = sheet.lines[2].cells
    assert (cells[1].value, cells[1].merged, cells[2].merged) == ("c", True, False)
    assert not sheet.lines[1].cells[1].merged


def test_a_merged_area_alone_makes_no_row():
    (sheet,) = read_table(xlsx(["a"], [None], ["b"], merge=["A1:A2"]))
    assert [line.number for line in sheet.lines] == [1, 3]


def test_formulas_count_by_their_stored_value():
    raw = rewritten(
        xlsx(["=1+1", "=A1", 5, "=1/0"]),
        {
            SHEET: lambda xml: (
                xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
                .replace(b'<c r="D1"><f>1/0</f><v></v>', b'<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v>')
                .replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
                .replace(b'<c r="D1"><f>1/0</f><v />', b'<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v>')
            )
        },
    )
    (sheet,) = read_table(raw)
    cells = sheet.lines[0].cells
    assert (cells[1].value, cells[1].fault) == (2, None)
    assert cells[2].fault[0] == "formula-without-value"
    assert (cells[3].value, cells[3].fault) == (5, None)
    assert cells[4].fault[0] == "formula-error"


def test_sheets_in_order_and_hidden_ones_said():
    sheets = read_table(xlsx(["a"], more={"Hai": [["b"]], "_Ba": [["c"]]}))
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Sheet1", False), ("Hai", False), ("_Ba", True)]


@pytest.mark.parametrize(
    "raw",
    [
        csv_file("mã;số", "1;2"),
        csv_file("mã,số", "1,2", bom=True),
        csv_file("mã\tsố", "1\t2"),
        b"m\xc3\xa3;s\xe1\xbb\x91\n\n1;2\n",
    ],
)
def test_csv_with_any_delimiter(raw):
    (sheet,) = read_table(raw)
    assert [cells for _, cells in values(sheet)] == [{1: "mã", 2: "số"}, {1: "1", 2: "2"}]
    assert sheet.where(2, 2) == "B2"


def test_csv_quotes():
    (sheet,) = read_table(csv_file("a;b", '"x; ""y""";z'))
    assert values(sheet)[1] == (2, {1: 'x; "y"', 2: "z"})
    assert "dấu nháy kép" in refused(csv_file("a;b", '"x" y;z'))


def test_files_that_are_no_tables():
    assert "CSV UTF-8" in refused("mã;số".encode("utf-16"))
    assert "không phải văn bản" in refused(b"a\0b")
    assert "không có dữ liệu" in refused(b"")
    assert "không có dữ liệu" in refused(xlsx())
    assert ".xls kiểu cũ" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "lớn hơn 5 MB" in refused(b"a" * (5 * 1024 * 1024 + 1))


def test_too_many_rows():
    assert f"hơn {MOST_ROWS} dòng" in refused(b"a\n" * (MOST_ROWS + 1))
    assert len(read_table(b"a\n" * MOST_ROWS)[0].lines) == MOST_ROWS


def test_a_far_cell_costs_nothing():
    raw = rewritten(
        xlsx(["a"]), replacing(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>')
    )
    (sheet,) = read_table(raw)
    assert values(sheet) == [(1, {1: "a"})]


@pytest.mark.parametrize("area", ["A1:XFD1048576", "A1:A&#49;000000", "nonsense"])
def test_merged_areas_that_would_fill_memory(area):
    merge = b'<mergeCells count="1"><mergeCell ref="%s"/></mergeCells></worksheet>' % area.encode()
    assert "ô gộp" in refused(rewritten(xlsx(["a"]), replacing(b"</worksheet>", merge)))


def test_hyperlinks_over_everything_cost_nothing():
    link = b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks></worksheet>'
    (sheet,) = read_table(rewritten(xlsx(["a"]), replacing(b"</worksheet>", link)))
    assert values(sheet) == [(1, {1: "a"})]


def test_a_zip_bomb():
    assert "quá lớn" in refused(rewritten(xlsx(["a"]), {"xl/media/image1.png": b"\0" * (30 * 1024 * 1024)}))


def test_a_swollen_sheet():
    row = b'<row><c t="str"><v>x</v></c></row>'
    raw = rewritten(xlsx(["a"]), replacing(b"</sheetData>", row * 300_000 + b"</sheetData>"))
    assert "quá" in refused(raw)


def test_macros_and_other_formats():
    assert "macro" in refused(rewritten(xlsx(["a"]), {"xl/vbaProject.bin": b"\1\2"}))
    with zipfile.ZipFile(written := BytesIO(), "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "Không phải tệp Excel" in refused(written.getvalue())


@pytest.mark.parametrize("doctype", [b'<!DOCTYPE x [<!ENTITY a "b">]>', b"<!DOCTYPE x>"])
def test_entities_are_not_expanded(doctype):
    declared = {SHEET: lambda xml: doctype + xml.partition(b"?>")[2] if xml.startswith(b"<?xml") else doctype + xml}
    assert "không an toàn" in refused(rewritten(xlsx(["a"]), declared))


def test_xml_in_another_encoding_is_not_looked_into():
    other = {SHEET: lambda xml: xml.decode().encode("utf-16")}
    assert "không an toàn" in refused(rewritten(xlsx(["a"]), other))


def test_broken_files():
    raw = xlsx(["a"])
    assert "bị hỏng" in refused(raw[: len(raw) // 2])
    assert "bị hỏng" in refused(rewritten(raw, {SHEET: b"<worksheet><sheetData><row"}))
    assert "không có dữ liệu" in refused(rewritten(raw, {"xl/workbook.xml": b"<x/>"}))
