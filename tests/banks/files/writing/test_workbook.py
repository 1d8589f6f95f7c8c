"""Excel files: what is text stays text, and comes back equal."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings

from quizsvc.banks.files.found import FoundFile
from quizsvc.banks.files.layout import understand
from quizsvc.banks.files.sheets import read_workbook
from quizsvc.banks.files.writing.workbook import write_xlsx
from quizsvc.banks.files.writing.written import WrittenItem
from tests.banks.files.writing.making import (
    NASTY,
    among_usual,
    bank,
    codes,
    content,
    item,
    lost_silently,
    odd_items,
    written,
)


def read(data: bytes) -> FoundFile:
    return understand(read_workbook(data, "bo-may.xlsx"))


def opened(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def test_usual_questions_come_back_whole():
    made = bank()
    exported = write_xlsx(made)
    found = read(exported.data)
    assert (content(found), exported.losses) == (written(made), ())
    kept = [(each.topic, each.difficulty, each.citation, each.explanation, each.code) for each in found.questions]
    assert kept == [(each.topic, each.difficulty, each.citation, each.explanation, each.code) for each in made.items]


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_choice_is_a_string_and_comes_back(text):
    made = among_usual(item(choices=("Có", text, "Không"), correct=(1,)))
    data = write_xlsx(made).data
    cell = opened(data)["D4"]
    assert (cell.data_type, cell.value.endswith(text), cell.number_format, cell.quotePrefix) == ("s", True, "@", True)
    assert content(read(data)) == written(made)


@settings(max_examples=20, deadline=None)
@given(odd=odd_items())
def test_whatever_is_read_otherwise_is_told(odd: WrittenItem) -> None:
    made = among_usual(odd)
    exported = write_xlsx(made)
    found = [question for question in read(exported.data).questions if question.number == 3]
    assert lost_silently(made.items[2], found, codes(exported, 3)) == []


def test_it_helps_whoever_fills_it_in():
    sheet = opened(write_xlsx(among_usual(item(kind="multiple", correct=(0, 1)))).data)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:L6")
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists["G2"] == '"A,B,C,D"'
    assert "G4" not in lists, "several letters may stand there"
    assert lists["K2:K6"] == '"Dễ,Trung bình,Khó"'


def test_what_no_question_has_gets_no_column():
    sheet = opened(write_xlsx(bank(item(1, topic="", difficulty=None, explanation="", citation="", code=""))).data)
    assert [cell.value for cell in sheet[1]] == ["STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án"]


def test_a_text_too_long_for_a_cell_is_told():
    exported = write_xlsx(among_usual(item(explanation="Dài dòng. " * 4000)))
    assert "explanation" in codes(exported, 3)
