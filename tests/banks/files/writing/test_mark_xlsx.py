"""Workbooks that come back coloured, with notes, reasons and a list, and are otherwise what they were."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.found import FoundFile, Remark
from quizsvc.banks.files.layout import understand
from quizsvc.banks.files.marking import mark_file
from quizsvc.banks.files.sheets import read_workbook
from quizsvc.banks.files.writing.workbook import write_xlsx
from tests.banks.files.docx.making import unzipped, zipped
from tests.banks.files.writing.making import bank, content

NAME = "de.xlsx"
SHEET = "Câu hỏi"


def at(cell: str, row: int | None = None, *, sheet: str = SHEET) -> Where:
    return Where(NAME, sheet=sheet, cell=cell, row=row)


def found(*wheres: Where, level: Level = Level.ERROR) -> FoundFile:
    told = tuple(Remark("thu", level, f"Lời nhắc {number}.", where) for number, where in enumerate(wheres, start=1))
    return FoundFile(NAME, "xlsx", (), told)


def marked(data: bytes, *wheres: Where) -> Any:
    return openpyxl.load_workbook(io.BytesIO(mark_file(data, found(*wheres))[0]))


def usual() -> bytes:
    return write_xlsx(bank()).data


def made(**cells: Any) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for name, value in cells.items():
        sheet[name] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_cell_note_reason_and_list():
    book = marked(usual(), at("C2", 2), at("G2", 2), at("B3", 3))
    sheet, listed = book.worksheets
    assert sheet["C2"].comment.text == "[thu] Lời nhắc 1."
    assert [(sheet[name].fill.patternType, sheet[name].border.left.style) for name in ("C2", "G2", "B3", "C3")] == [
        *[("gray125", "medium")] * 3,
        (None, "thin"),
    ]
    assert sheet["M2"].value == "Lý do: [thu] Lời nhắc 1.\n[thu] Lời nhắc 2."
    assert sheet["C2"].value == "Quốc hội"
    assert listed.title == "Lỗi"
    assert [cell.value for cell in listed[3]] == ["Lỗi", "", f"{NAME}, trang tính «{SHEET}», ô G2", "thu", "Lời nhắc 2."]


def test_a_copy_is_understood_as_the_file_was():
    data = usual()
    copy = mark_file(data, found(*(at(f"{letter}{row}", row) for row in range(2, 7) for letter in "BCDEFG")))[0]
    before, after = (understand(read_workbook(each, NAME)) for each in (data, copy))
    assert content(after) == content(before)
    assert [each.found_by for each in after.questions] == [each.found_by for each in before.questions]


def test_an_empty_cell_a_row_and_a_missing_row_can_be_marked():
    sheet = marked(
        made(A1="STT", C1="Câu hỏi", A4="x"), at("B1", 1), Where(NAME, sheet=SHEET, row=4), at("F3", 3)
    ).worksheets[0]
    assert [sheet[name].comment is not None for name in ("B1", "A4", "F3")] == [True, True, True]
    assert [sheet[name].value for name in ("A1", "C1", "A4")] == ["STT", "Câu hỏi", "x"]
    assert [sheet[f"D{row}"].value for row in (1, 3, 4)] == [f"Lý do: [thu] Lời nhắc {number}." for number in (1, 3, 2)]


def test_a_colour_that_may_mark_the_answer_stays():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet(SHEET).write_string(0, 0, "Đúng", book.add_format({"bg_color": "#FFFF00"}))
    sheet = marked(buffer.getvalue(), at("A1", 1)).worksheets[0]
    assert (sheet["A1"].fill.fgColor.rgb, sheet["A1"].border.top.style) == ("FFFFFF00", "medium")


def test_cells_that_the_file_does_not_name_are_counted_as_the_reader_does():
    parts = unzipped(made(A1="một", B1="hai", C1="ba"))
    sheet = parts["xl/worksheets/sheet1.xml"]
    for name in (b' r="A1"', b' r="B1"', b' r="C1"', b' r="1"'):
        sheet = sheet.replace(name, b"")
    data = zipped(parts | {"xl/worksheets/sheet1.xml": sheet})
    opened = marked(data, at("B1", 1)).worksheets[0]
    assert (opened["B1"].value, opened["B1"].comment.text) == ("hai", "[thu] Lời nhắc 1.")


def test_notes_of_the_author_stay():
    book = openpyxl.load_workbook(io.BytesIO(usual()))
    book.worksheets[0]["B2"].comment = Comment("của tôi", "tôi")
    buffer = io.BytesIO()
    book.save(buffer)
    sheet = marked(buffer.getvalue(), at("B3", 3)).worksheets[0]
    assert (sheet["B2"].comment.text, sheet["B3"].fill.patternType) == ("của tôi", "gray125")
    assert sheet["M3"].value == "Lý do: [thu] Lời nhắc 1."


def test_places_without_a_cell_are_in_the_list():
    book = marked(made(A1="x"), Where(NAME), Where("khac.docx", paragraph=3), Where(NAME, sheet=SHEET))
    assert [row[2].value for row in book.worksheets[1].iter_rows(min_row=2)] == [
        *(NAME, "khac.docx, đoạn 3", f"{NAME}, trang tính «{SHEET}»")
    ]


def test_a_copy_of_a_copy_gets_another_list():
    once = mark_file(usual(), found(at("B2", 2)))[0]
    assert openpyxl.load_workbook(io.BytesIO(mark_file(once, found(at("B3", 3)))[0])).sheetnames == [SHEET, "Lỗi", "Lỗi 2"]


def test_nothing_else_changes():
    parts = unzipped(usual()) | {"xl/media/image1.png": b"PNG"}
    data = zipped(parts)
    after = unzipped(mark_file(data, found(at("B2", 2)))[0])
    changed = {name for name, content in parts.items() if after[name] != content}
    assert changed == {
        *(
            "xl/worksheets/sheet1.xml",
            "xl/styles.xml",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "[Content_Types].xml",
        )
    }
    assert mark_file(data, found(at("B2", 2), level=Level.NOTICE))[0] == data
