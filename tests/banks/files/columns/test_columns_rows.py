"""Tables of questions: rows that belong together, and what stops them."""

from __future__ import annotations

import pytest

from quizsvc.banks.files.columns import questions_of_table
from quizsvc.banks.files.documents import Cell, Line, Picture, Where
from tests.banks.files.columns.making import HEADER, codes, marked, read, table
from tests.banks.files.columns.test_columns import ROW


def test_a_row_without_question_that_fills_choices_again_stops():
    (question,) = read(HEADER, ROW, ("", "", "x", "y", "", "", "")).questions
    assert "row-continued" in codes(question)


def test_an_option_that_excel_made_a_day_is_a_warning():
    (question,) = read(HEADER, (1, "Gì?", "m", _uncertain("1-Feb"), "p", "q", "A")).questions
    assert (codes(question), question.status) == ({"changed-by-excel"}, "warning")
    (question,) = read(HEADER, (1, "Gì?", "m", "n", "p", "q", _uncertain("1-Feb"))).questions
    assert codes(question) == {"answer-changed"}


def _uncertain(text):
    made = marked(text)
    return Cell(made.lines, made.where, is_uncertain=True)


def test_formulas_without_a_value_stop():
    empty = Cell((), Where("x"), is_formula=True)
    (question,) = read(HEADER, (1, "Gì?", "m", empty, "p", "q", "A")).questions
    assert "formula-without-value" in codes(question)
    assert question.status == "rejected"


def test_references_pin_and_pictures_stay():
    picture = Picture("ab", "image/png")
    drawn = Cell((Line((), Where("x"), pictures=(picture,)),), Where("x"))
    (question,) = read(HEADER, (1, drawn, "m", "n", "Cả A và B", drawn, "C")).questions
    assert question.pinned
    assert question.pictures == (picture,)
    assert question.choice_pictures[3] == (picture,)
    assert question.status == "accepted"


def test_number_twice_and_unknown_difficulty():
    rows = read((*HEADER, "Mức độ"), (*ROW, "khủng"), (*ROW, "VDC")).questions
    assert codes(rows[0]) == {"difficulty-unknown"}
    assert (codes(rows[1]), rows[1].difficulty) == ({"number-repeated"}, 3)


@pytest.mark.parametrize(
    "rows",
    [
        (("Họ tên", "Ngày sinh"), ("A", "B")),
        (("Câu", "Đáp án"), (1, "A"), (2, "B")),
        (("Câu hỏi", "Trả lời"), ("Vì sao?", "Vì luật định như thế")),
    ],
)
def test_other_tables_are_no_question_tables(rows):
    assert questions_of_table(table(*rows)) is None


def test_a_point_of_a_law_in_one_choice_keeps_its_letter():
    (question,) = read(HEADER, (1, "Gì?", "khoản 1", "b) khoản 2", "C. Toà", "q", "A")).questions
    assert question.choices == ("khoản 1", "b) khoản 2", "C. Toà", "q")
    (question,) = read(HEADER, (1, "Gì?", "A. m", "b) n", "C. p", "D. q", "A")).questions
    assert question.choices == ("m", "n", "p", "q")


def test_a_choice_in_capitals_is_no_section():
    rows = ((1, "AI BAN HÀNH LUẬT?", ""), ("", "A. QUỐC HỘI", "x"), ("", "B. 2013 UBND", ""))
    (question,) = read(("STT", "Nội dung", "Đúng"), *rows).questions
    assert question.choices == ("QUỐC HỘI", "2013 UBND")


def test_a_question_that_begins_like_a_section_is_none():
    found = read(
        ("Câu hỏi", "Phương án", "Đáp án"), ("Mục đích của Luật là gì", "", ""), ("", "A. m", "x"), ("", "B. n", "")
    )
    assert [(q.text, q.correct) for q in found.questions] == [("Mục đích của Luật là gì", ("A",))]


def test_a_question_spread_over_rows_is_never_silently_cut():
    first, second = read(
        HEADER,
        (1, "Cho các ý:", "", "", "", "", ""),
        ("", "(1) ý một", "", "", "", "", ""),
        ("", "", *ROW[2:]),
        (2, *ROW[1:]),
    ).questions[:2]
    assert first.status == "rejected"
    assert second.status != "accepted"


def test_a_mark_where_others_write_the_answer_is_told():
    _, second = read(HEADER, ROW, (2, "Gì?", "m", marked("n", bold=True), "p", "q", "")).questions
    assert (second.correct, codes(second)) == (("B",), {"weak-mark"})
