"""Excel workbooks: values, looks, what the program made of what was typed, what is hidden, what is refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Marks, RepairKind
from quizsvc.banks.files.sheets.numbers import shown
from tests.banks.files.sheets.making import at, changed, codes, new_sheet, only, part, read, saved, texts

SHEET = "xl/worksheets/sheet1.xml"


def test_places_lines_and_what_is_left_out():
    book, sheet = new_sheet()
    sheet["B2"], sheet["D4"] = "dòng một\ndòng hai", "x"
    sheet["F9"] = "  "
    document = read(saved(book))
    assert document.format == "xlsx"
    assert texts(document) == [["", "dòng một\ndòng hai", "", ""], ["", "", "", "x"]]
    cell = at(document, "B2")
    assert [line.text for line in cell.lines] == ["dòng một", "dòng hai"]
    assert str(cell.where) == "b.xlsx, trang tính «Câu hỏi», ô B2"
    assert not document.remarks


@pytest.mark.parametrize(
    ("value", "code", "text", "is_uncertain"),
    [
        (1.0, "General", "1", False),
        (0.25, "0%", "25%", False),
        (0.125, "0.0%", "12,5%", True),
        (1500000, "#,##0", "1.500.000", False),
        (1500000, '#,##0 "đồng"', "1.500.000 đồng", False),
        (1500000, "#,##0\\ [$₫-42A]", "1.500.000 ₫", False),
        (7, "000", "007", False),
        (-3, "General", "-3", False),
        (1.1, "General", "1,1", True),
        (2.5, "0.00", "2,50", True),
        (12345678901234567890, "General", "1,23456789012346e+19", True),
        (1.5, "# ?/?", "1,5", True),
        (True, "General", "TRUE", False),
    ],
)
def test_numbers_as_displayed(value, code, text, is_uncertain):
    book, sheet = new_sheet()
    sheet["A1"] = value
    sheet["A1"].number_format = code
    cell = at(read(saved(book)), "A1")
    assert (cell.text, cell.is_uncertain) == (text, is_uncertain)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (date(2026, 2, 1), "d-mmm", "1-Feb"),
        (date(2026, 4, 3), "dd/mm/yyyy", "03/04/2026"),
        (date(2026, 4, 3), "mm-dd-yy", "03/04/2026"),
        (date(2026, 4, 3), '"ngày" d "tháng" m "năm" yyyy', "ngày 3 tháng 4 năm 2026"),
        (datetime(2026, 4, 3, 14, 5), "d/m/yyyy h:mm AM/PM", "3/4/2026 2:05 PM"),
        (datetime(2026, 4, 3, 14, 5, 9), "hh:mm:ss", "14:05:09"),
    ],
)
def test_days_are_shown_and_told(value, code, text):
    book, sheet = new_sheet()
    sheet["B2"] = value
    sheet["B2"].number_format = code
    document = read(saved(book))
    assert at(document, "B2").text == text
    assert at(document, "B2").is_uncertain
    (remark,) = document.remarks
    assert (remark.code, remark.level, remark.where.cell) == ("date-cells", Level.WARNING, "B2")
    assert "B2" in remark.sentence


def test_the_epoch_of_old_macs_and_days_that_cannot_be():
    assert shown(1, "dd/mm/yyyy", MAC_EPOCH).text == "02/01/1904"
    assert shown(2, "dd/mm/yyyy", WINDOWS_EPOCH).text == "02/01/1900"
    assert shown(1e12, "dd/mm/yyyy", WINDOWS_EPOCH).kind == "number"


def test_looks_of_cells_and_of_runs():
    book, sheet = new_sheet()
    sheet["A1"] = "cả ô"
    sheet["A1"].font = Font(bold=True, italic=True, underline="single", strike=True, color="FFFF0000")
    sheet["A1"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet["B1"] = CellRichText("thường ", TextBlock(InlineFont(b=True, color="FF00B050"), "đậm"))
    sheet["B1"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet["C1"] = "chữ đen nền trắng"
    sheet["C1"].font = Font(color="FF000000")
    sheet["C1"].fill = PatternFill("solid", fgColor="FFFFFFFF")
    document = read(saved(book))
    (line,) = at(document, "A1").lines
    assert line.runs[0].marks == Marks(True, True, True, True, "FF0000", "FFFF00")
    (line,) = at(document, "B1").lines
    assert [(run.text, run.marks.bold, run.marks.colour, run.marks.highlight) for run in line.runs] == [
        ("thường ", False, None, "FFFF00"),
        ("đậm", True, "00B050", "FFFF00"),
    ]
    assert at(document, "C1").lines[0].runs[0].marks == Marks()


def test_colours_of_the_theme_with_tint():
    from openpyxl.styles.colors import Color

    book, sheet = new_sheet()
    for name, colour in (
        ("A1", Color(theme=1)),
        ("B1", Color(theme=5)),
        ("C1", Color(theme=5, tint=-0.5)),
        ("D1", Color(indexed=10)),
    ):
        sheet[name] = "x"
        sheet[name].font = Font(color=colour)
    document = read(saved(book))
    colours = [at(document, name).lines[0].runs[0].marks.colour for name in ("A1", "B1", "C1", "D1")]
    assert colours[0] is None
    assert colours[1] in ("C0504D", "ED7D31")
    assert int(colours[2][:2], 16) < int(colours[1][:2], 16)
    assert colours[3] == "FF0000"


def test_legacy_fonts_run_by_run():
    book, sheet = new_sheet()
    sheet["A1"] = "C©u hái"
    sheet["A1"].font = Font(name=".VnTime")
    sheet["B1"] = CellRichText("Quốc hội ", TextBlock(InlineFont(rFont=".VnTime"), "§¸p ¸n"))
    document = read(saved(book))
    assert texts(document) == [["Câu hỏi", "Quốc hội Đáp án"]]
    assert [repair.where.cell for repair in document.repairs if repair.kind is RepairKind.TCVN3] == ["A1", "B1"]


def test_merged_areas():
    book, sheet = new_sheet()
    sheet["A1"], sheet["C2"] = "gộp", "x"
    sheet.merge_cells("A1:B2")
    (top, bottom) = only(read(saved(book))).rows
    assert [(cell.text, cell.is_merged_copy) for cell in (*top[:2], *bottom[:2])] == [("gộp", False)] + [("gộp", True)] * 3


def test_formulas_by_their_stored_value_only():
    book, sheet = new_sheet()
    sheet["A1"], sheet["B1"], sheet["C1"], sheet["D1"] = "x", '="B"', "=1/0", "=A1"
    data = saved(book)
    xml = part(data, SHEET).replace(b"<f>A1</f><v></v>", b"<f>A1</f>")
    xml = xml.replace(b'<c r="B1"><f>"B"</f><v></v>', b'<c r="B1" t="str"><f>"B"</f><v>B</v>')
    xml = xml.replace(b'<c r="C1"><f>1/0</f><v></v>', b'<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v>')
    document = read(changed(data, {SHEET: xml}))
    assert texts(document) == [["x", "B", "#DIV/0!", ""]]
    assert [cell.is_formula for cell in only(document).rows[0]] == [False, True, True, True]
    assert codes(document) == {"formula-cells", "formula-without-value", "error-cells"}
    missing = next(remark for remark in document.remarks if remark.code == "formula-without-value")
    assert missing.where.cell == "D1"


def test_text_that_begins_like_a_formula_is_text():
    book, sheet = new_sheet()
    sheet["A1"] = "x"
    sheet["A1"].value, sheet["A1"].data_type = "=HYPERLINK(1)", "s"
    assert texts(read(saved(book))) == [["=HYPERLINK(1)"]]


def test_hidden_parts_are_told():
    book, sheet = new_sheet()
    sheet["A1"], sheet["A2"], sheet["B1"] = "x", "ẩn", "y"
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["B"].hidden = True
    for title, state in (("Một", "hidden"), ("Hai", "veryHidden")):
        other = book.create_sheet(title)
        other["A1"] = "z"
        other.sheet_state = state
    book.create_sheet("Trống").sheet_state = "hidden"
    document = read(saved(book))
    assert texts(document) == [["x", "y"], ["ẩn", ""]]
    told = [(remark.code, remark.where.sheet) for remark in document.remarks]
    assert told == [
        ("hidden-rows", "Câu hỏi"),
        ("hidden-columns", "Câu hỏi"),
        ("hidden-sheet", "Một"),
        ("hidden-sheet", "Hai"),
    ]
    assert "Các hàng: 2." in document.remarks[0].sentence


def test_notes_and_conditional_formats_are_told():
    book, sheet = new_sheet()
    sheet["A1"] = "x"
    sheet["A1"].comment = Comment("ghi chú", "ai")
    sheet.conditional_formatting.add("A1", CellIsRule("equal", ["1"], fill=PatternFill("solid", bgColor="FFFF00")))
    assert codes(read(saved(book))) == {"notes-not-read", "conditional-formatting"}
