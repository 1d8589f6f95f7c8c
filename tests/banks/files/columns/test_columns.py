"""Questions of tables: headers, choices wherever they stand, sections, and what is told of them."""

from __future__ import annotations

import pytest

from quizsvc.banks.files.found import FoundBy
from tests.banks.files.columns.making import COPY, HEADER, LEFT, codes, read

ROW = (1, "Ai ban hành luật?", "Quốc hội", "Chính phủ", "Toà án", "Bộ", "A")


def test_a_table_bank_as_organizers_write_it():
    found = read(
        ("NGÂN HÀNG CÂU HỎI",),
        ("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án", "Căn cứ (Điều, khoản)", "Lĩnh vực", "Mức độ", "Giải thích", "Mã"),
        (*ROW, "Điều 70 Hiến pháp", "Hiến pháp", "Thông hiểu", "Vì thế", "hp-1"),
    )
    (question,) = found.questions
    assert (question.number, question.text, question.correct) == (1, "Ai ban hành luật?", ("A",))
    assert question.choices == ("Quốc hội", "Chính phủ", "Toà án", "Bộ")
    assert (question.citation, question.topic, question.difficulty) == ("Điều 70 Hiến pháp", "Hiến pháp", 2)
    assert (question.explanation, question.code, question.found_by) == ("Vì thế", "hp-1", FoundBy.COLUMN)
    assert (question.where.cell, question.key_where.cell) == ("B3", "G3")
    assert [where.cell for where in question.options_where] == ["C3", "D3", "E3", "F3"]
    assert question.status == "accepted"
    assert found.title == "NGÂN HÀNG CÂU HỎI"
    assert not found.remarks


@pytest.mark.parametrize(
    "header",
    [
        ("Question", "Option A", "Option B", "Option C", "Option D", "Correct Answer"),
        ("question", "optionA", "optionB", "optionC", "optionD", "answer"),
        ("content", "option_a", "option_b", "option_c", "option_d", "correct"),
        ("questionText", "Option1", "Option2", "Option3", "Option4", "correctAnswer"),
        ("Nội dung câu hỏi", "Đáp án A", "Đáp án B", "Đáp án C", "Đáp án D", "Đáp án đúng"),
        ("NỘI DUNG", "Lựa chọn A", "Lựa chọn B", "Lựa chọn C", "Lựa chọn D", "ĐÁP ÁN"),
        ("Câu hỏi:", "Phương án 1", "Phương án 2", "Phương án 3", "Phương án 4", "Phương án đúng"),
        ("Đề bài", "PA A", "PA B", "PA C", "PA D", "Key"),
        ("Question", "choice1", "choice2", "choice3", "choice4", "Answer"),
        ("Câu dẫn", "a)", "b)", "c)", "d)", "Trả lời"),
    ],
)
def test_header_synonyms(header):
    (question,) = read(header, ("Câu gì?", "m", "n", "p", "q", "C")).questions
    assert question.choices == ("m", "n", "p", "q")
    assert question.correct == ("C",)


def test_kahoot_template():
    header = (
        "",
        "Question - max 120 characters",
        *(f"Answer {number} - max 75 characters" for number in range(1, 5)),
        "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
        "Correct answer(s) - choose at least one",
    )
    (first, second) = read(
        ("", "Quiz template"),
        ("", "Add questions, at least two answer alternatives, time limit and choose correct answers"),
        ("", "Remember: questions have a limit of 120 characters"),
        header,
        (1, "Which?", "a one", "b two", "c three", "d four", 20, "1,3"),
        (2, "Truth?", "Yes", "No", "", "", 20, "2"),
    ).questions
    assert (first.correct, first.is_multiple) == (("A", "C"), True)
    assert (second.choices, second.correct, second.status) == (("Yes", "No"), ("B",), "accepted")


def test_quizizz_template():
    header = (
        *("Question Text", "Question Type", "Option 1", "Option 2", "Option 3", "Option 4", "Option 5", "Correct Answer"),
        *("Time in seconds", "Image Link", "Answer explanation"),
    )
    one, several, essay = read(
        header,
        ("One?", "Multiple Choice", "m", "n", "p", "", "", 2, 30, "", "why"),
        ("Many?", "Checkbox", "m", "n", "p", "q", "r", "1,5", 30, "https://x.vn/a.png", ""),
        ("Say?", "Open-Ended", "", "", "", "", "", "", 30, "", ""),
    ).questions
    assert (one.correct, one.explanation, one.status) == (("B",), "why", "accepted")
    assert (several.correct, several.is_multiple) == (("A", "E"), True)
    assert "image-link" in codes(several)
    assert "unsupported-type" in codes(essay)
    assert essay.status == "rejected"


def test_header_over_two_rows_with_a_numbering_row():
    found = read(
        ("STT", "Câu hỏi", "Phương án trả lời", LEFT, LEFT, "Đáp án"),
        ("", "", "A", "B", "C", ""),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        (1, "Câu gì?", "m", "n", "p", "B"),
    )
    (question,) = found.questions
    assert (question.choices, question.correct) == (("m", "n", "p"), ("B",))
    assert not found.remarks


@pytest.mark.parametrize(
    "written",
    ["A. m\nB. n\nC. p", "A. m B. n C. p", "A) m\tB) n\tC) p", "a. m\nb. n\nc. p", "A. m  B. n\nC. p", "1. m\n2. n\n3. p"],
)
def test_choices_in_one_cell(written):
    (question,) = read(("STT", "Câu hỏi", "Phương án", "Đáp án"), (1, "Gì?", written, "B")).questions
    assert (question.choices, question.correct, question.status) == (("m", "n", "p"), ("B",), "accepted")


def test_choices_without_letters_in_one_cell():
    lines, signs = read(
        ("Câu hỏi", "Các phương án", "Đáp án"), ("Gì?", "- m\n- n\n- p", "C"), ("Nào?", "m; n; p", "C")
    ).questions
    assert (lines.choices, lines.status) == (("m", "n", "p"), "accepted")
    assert signs.choices == ("m", "n", "p")
    assert "choices-split" in codes(signs)


def test_question_and_choices_in_one_cell():
    (question,) = read(("Câu", "Nội dung", "Đáp án"), (7, "Câu 7: Gì?\nA. m\nB. n", "B. n")).questions
    assert (question.number, question.text, question.choices) == (7, "Gì?", ("m", "n"))


def test_merged_question_with_one_choice_a_row():
    rows = read(
        ("STT", "Câu hỏi", "Phương án", "Đáp án"),
        (1, "Gì?", "A. m", ""),
        (COPY, COPY, "B. n", "x"),
        (COPY, COPY, "C. p", ""),
        (2, "Nào?", "u", "B"),
        (COPY, COPY, "v", COPY),
    ).questions
    assert [(q.choices, q.correct) for q in rows] == [(("m", "n", "p"), ("B",)), (("u", "v"), ("B",))]
    assert rows[0].key_where.cell == "D3"


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [("", "x", ""), ("FALSE", "TRUE", "FALSE"), ("Sai", "Đúng", "Sai"), (0, 1, 0), ("", "✓", "")],
)
def test_choices_in_rows_below_the_question(first, second, third):
    (question,) = read(
        ("STT", "Nội dung", "Đúng"),
        (1, "Gì?", ""),
        ("", "A. m", first),
        ("", "B. n", second),
        ("", "C. p", third),
    ).questions
    assert (question.text, question.choices, question.correct) == ("Gì?", ("m", "n", "p"), ("B",))


def test_letters_in_the_column_of_numbers():
    (question,) = read(("STT", "Câu hỏi", "Đáp án"), (1, "Gì?", "B"), ("A", "m", ""), ("B", "n", "")).questions
    assert (question.choices, question.correct) == (("m", "n"), ("B",))


def test_an_answer_in_a_later_row_is_not_lost():
    (question,) = read(("STT", "Câu hỏi", "Đáp án"), (1, "Gì?", "A"), ("A", "m", ""), ("B", "n", "B")).questions
    assert "key-conflict" in codes(question)
    assert not question.correct


def test_a_lone_one_under_the_answers_is_ambiguous():
    (question,) = read(
        ("STT", "Câu hỏi", "Phương án", "Đáp án"), (1, "Gì?", "m", ""), ("", "", "n", "1"), ("", "", "p", "")
    ).questions
    assert question.correct in ((), ("A",))
    assert question.status != "accepted"


def test_sections_empty_rows_and_headers_that_come_again():
    found = read(
        HEADER,
        ("PHẦN I. HIẾN PHÁP", LEFT),
        ROW,
        ("",),
        HEADER,
        (2, *ROW[1:]),
        ("PHẦN II",),
        (1, *ROW[1:]),
    )
    assert [(q.section, q.number) for q in found.questions] == [
        ("PHẦN I. HIẾN PHÁP", 1),
        ("PHẦN I. HIẾN PHÁP", 2),
        ("PHẦN II", 1),
    ]
    assert all(not q.remarks for q in found.questions)


def test_two_tables_in_a_sheet():
    found = read(HEADER, ROW, ("Câu hỏi", "Phương án", "Đáp án"), ("Gì?", "A. m\nB. n", "A"))
    assert [len(q.choices) for q in found.questions] == [4, 2]
    assert len([c for c in found.columns if c.meaning == "text"]) == 2


def test_rows_that_are_no_questions_are_told():
    found = read(HEADER, ROW, ("", "Lưu ý cho giám khảo"), ("Tổng cộng", 1))
    assert len(found.questions) == 1
    assert [remark.code for remark in found.remarks] == ["unread-text"]
    assert "Lưu ý" in found.remarks[0].sentence


def test_question_above_the_header_is_told():
    found = read(("Câu 1. Gì?", "m", "n"), HEADER, ROW)
    assert codes(found) == {"unread-text"}


def test_unknown_columns_are_told():
    assert codes(read((*HEADER, "Lạ"), (*ROW, "x"))) == {"column-unknown"}


def test_two_columns_of_one_meaning_stop_the_file():
    assert "column-repeated" in codes(read((*HEADER, "B"), (*ROW, "x")))


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        ((1, "Gì?", "m", "", "p", "", "A"), "choices-gap", "D2"),
        ((1, "Gì?", "m", "", "", "", "A"), "too-few-choices", "B2"),
        ((1, "Gì?", "m", "M.", "p", "", "A"), "equal-choices", "D2"),
        ((1, "", "m", "n", "p", "", "A"), "empty-question", "A2"),
        ((1, "Gì?", "m", "C. n", "p", "", "A"), "letters-order", "D2"),
        ((1, "Gì?", "m", "#REF!", "p", "", "A"), "error-value", "D2"),
        ((1, "Gì?", "m", "n", "p", "", "D"), "key-not-a-choice", "G2"),
        ((1, "Gì?", "m", "n", "p", "", "Đáp án khác"), "answer-unknown", "G2"),
        ((1, "Gì?", "m", "n", "p", "", "A hoặc B"), "answer-unknown", "G2"),
        ((1, "Gì?", "m", "n", "p", "", "A. n"), "key-conflict", "G2"),
        ((1, "Gì?", "m", "n", "p", "", ""), "no-key", "B2"),
        ((1, "Gì?", "m", "n", "p", "", "ABC"), "several-keys-found", "G2"),
    ],
)
def test_errors_with_their_cells(row, code, place):
    (question,) = read(HEADER, row).questions
    (remark,) = [each for each in question.remarks if each.code == code]
    assert remark.where.cell == place
    assert question.status == "rejected"
