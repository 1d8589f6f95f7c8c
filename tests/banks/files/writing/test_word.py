"""Word files as organizers use them, read again by the project's own reader."""

from __future__ import annotations

import io

import pytest
from docx import Document
from hypothesis import given, settings

from quizsvc.banks.files.docx import read_docx
from quizsvc.banks.files.found import FoundBy, FoundFile
from quizsvc.banks.files.layout import understand
from quizsvc.banks.files.writing.word import Layout, write_docx
from quizsvc.banks.files.writing.written import WrittenBank, WrittenItem
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

CARRIED = {
    Layout.BOLD: {"topic", "code"},
    Layout.ANSWER_LINE: {"topic", "code"},
    Layout.ANSWER_TABLE: {"topic", "code", "explanation", "citation"},
    Layout.TABLE: set(),
}
"""What each layout loses of a usual question."""
FOUND_BY = {
    Layout.BOLD: FoundBy.BOLD,
    Layout.ANSWER_LINE: FoundBy.LETTER_LINE,
    Layout.ANSWER_TABLE: FoundBy.TABLE,
    Layout.TABLE: FoundBy.COLUMN,
}
layouts = pytest.mark.parametrize("layout", list(Layout))


def read(data: bytes) -> FoundFile:
    return understand(read_docx(data, "bo-may.docx"))


@layouts
def test_usual_questions_come_back_equal(layout):
    made = bank()
    exported = write_docx(made, layout)
    found = read(exported.data)
    assert content(found) == written(made)
    assert {question.found_by for question in found.questions} == {FOUND_BY[layout]}
    assert [remark.code for question in found.questions for remark in question.remarks if remark.level != "notice"] == []
    assert {loss.code for loss in exported.losses} == CARRIED[layout]
    assert [question.difficulty for question in found.questions] == [each.difficulty for each in made.items]


@layouts
@pytest.mark.parametrize("count", [2, 3, 8])
def test_choices_from_two_to_eight_and_several_keys(layout, count):
    choices = tuple(f"Trường hợp thứ {number}" for number in range(1, count + 1))
    odd = item(kind="multiple" if count > 2 else "single", choices=choices, correct=(0, 2) if count > 2 else (1,))
    made = among_usual(odd)
    assert content(read(write_docx(made, layout).data)) == written(made)


@layouts
def test_true_or_false_stays_so(layout):
    made = among_usual(
        item(kind="true_false", text="Ngày Pháp luật Việt Nam là ngày 09/11.", choices=("Đúng", "Sai"), correct=(1,))
    )
    found = read(write_docx(made, layout).data)
    assert content(found) == written(made)
    assert found.questions[2].kind == "true_false"


@layouts
def test_nasty_texts_come_back_equal_all_in_one_bank(layout):
    choices = [(NASTY[at], "Phương án khác", NASTY[at - 1]) for at in range(0, len(NASTY), 3)]
    made = bank(*(item(number, choices=three, correct=(number % 3,)) for number, three in enumerate(choices, start=1)))
    exported = write_docx(made, layout)
    different = {
        before[2] for before, after in zip(written(made), content(read(exported.data)), strict=True) if before != after
    }
    assert different == set()


@layouts
@settings(max_examples=20, deadline=None)
@given(odd=odd_items())
def test_whatever_is_read_otherwise_is_told(layout: Layout, odd: WrittenItem) -> None:
    made = among_usual(odd)
    exported = write_docx(made, layout)
    found = [question for question in read(exported.data).questions if question.number == 3]
    assert lost_silently(made.items[2], found, codes(exported, 3)) == []


def test_what_no_layout_carries_is_told():
    exported = write_docx(among_usual(item(pinned=True, pictures=2, is_structured_citation=True, text="Ai\x07 ký?")))
    assert codes(exported, 3) >= {"pinned", "pictures", "citation-as-text", "control-characters"}
    assert exported.totals["pictures"] == 1


def test_the_order_of_choices_that_name_one_another_is_no_loss():
    exported = write_docx(among_usual(item(pinned=True, choices=("Một", "Hai", "Cả A và B"), correct=(2,))))
    assert "pinned" not in codes(exported, 3)


def test_a_line_that_no_reader_takes_is_said_of_the_whole_file():
    exported = write_docx(bank(item(text="Dài " * 6000)))
    assert [loss.number for loss in exported.losses if loss.code == "not-read-back"] == [None]


def test_it_looks_like_an_official_paper():
    document = Document(io.BytesIO(write_docx(bank(), Layout.TABLE).data))
    normal = document.styles["Normal"].font
    assert (normal.name, document.core_properties.title) == ("Times New Roman", "Ngân hàng câu hỏi tìm hiểu pháp luật")
    footer = document.sections[0].footer.paragraphs[0]._p.xml
    assert ("PAGE" in footer, "NUMPAGES" in footer) == (True, True)
    assert document.sections[0].page_width > document.sections[0].page_height
    [table] = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [
        *("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án", "Căn cứ", "Giải thích", "Lĩnh vực", "Mức độ", "Mã câu hỏi")
    ]


def test_numbers_and_letters_are_typed():
    document = Document(io.BytesIO(write_docx(bank(item(1, difficulty=None)), Layout.ANSWER_LINE).data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[2:5] == [f"Câu 1. {item(1).text}", "A. Quốc hội", "B. Chính phủ"]
    assert texts[7].startswith("Đáp án: B. Căn cứ: khoản 2 Điều 15")
    assert all(paragraph._p.pPr.numPr is None for paragraph in document.paragraphs)


def test_a_bank_without_questions_is_a_file_that_says_so():
    exported = write_docx(WrittenBank("trong", "Ngân hàng trống", ()))
    assert Document(io.BytesIO(exported.data)).paragraphs[0].text == "Ngân hàng trống"
    assert exported.losses == ()
