"""Numbers of questions, letters of choices and answer lines in every spelling that people use."""

from __future__ import annotations

import pytest

from quizsvc.banks.files.found import FoundBy
from quizsvc.banks.files.layout import understand
from tests.banks.files.layout.texts import brief, codes, document

Q1 = "Trẻ em là người dưới bao nhiêu tuổi?"
Q2 = "Cơ quan nào bầu ra Chủ tịch nước?"
TWO = [(1, Q1, ("14", "15", "16"), "C"), (2, Q2, ("Chính phủ", "Quốc hội", "Tòa án"), "B")]


def two(first: str = "Câu 1. ", second: str = "Câu 2. ", letters: str = "A. |B. |C. ", answer: str = "Đáp án: {}") -> str:
    a, b, c = letters.split("|")
    return (
        f"{first}{Q1}\n{a}14\n{b}15\n{c}16\n{answer.format('C')}\n"
        f"{second}{Q2}\n{a}Chính phủ\n{b}Quốc hội\n{c}Tòa án\n{answer.format('B')}"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Câu 1. ", "Câu 2. "),
        ("Câu 1: ", "Câu 2: "),
        ("CÂU 1:", "CÂU 2:"),
        ("Câu 1 : ", "Câu 2 : "),
        ("Câu hỏi 1: ", "Câu hỏi 2: "),
        ("Câu hỏi số 1. ", "Câu hỏi số 2. "),
        ("Câu số 1) ", "Câu số 2) "),
        ("Câu 1 ", "Câu 2 "),
        ("Câu 1\n", "Câu 2\n"),
        ("Câu1/ ", "Câu2/ "),
        ("Câu 01 - ", "Câu 02 – "),
        ("Câu 1 (0,5 điểm): ", "Câu 2 (1 điểm): "),
        ("Câu 1. (0.25 điểm) ", "Câu 2. (0.25 điểm) "),
        ("Question 1: ", "Question 2: "),
        ("Bài 1. ", "Bài 2. "),
        ("1. ", "2. "),
        ("1.", "2."),
        ("1) ", "2) "),
        ("1/ ", "2/ "),
        ("1 - ", "2 - "),
        ("{Câu 1.} ", "{Câu 2.} "),
        ("{1.} ", "{2.} "),
        ("{1} ", "{2} "),
        ("{1.} Câu 1: ", "{2.} Câu 2: "),
        ("* Câu 1: ", "* Câu 2: "),
    ],
)
def test_numbers_of_questions(first, second):
    if first == "{1} ":
        first, second = "{1.} ", "{2.} "
    file = understand(document(two(first, second)))
    assert brief(file) == TWO
    assert [codes(question) for question in file.questions] == [[], []]


@pytest.mark.parametrize(
    "letters",
    [
        "A. |B. |C. ",
        "A.|B.|C.",
        "A) |B) |C) ",
        "A/ |B/ |C/ ",
        "A: |B: |C: ",
        "A - |B - |C - ",
        "A – |B – |C – ",
        "(A) |(B) |(C) ",
        "[A] |[B] |[C] ",
        "A\t|B\t|C\t",
        "a) |b) |c) ",
        "a. |b. |c. ",
        "a/ |b/ |c/ ",
        "(a) |(b) |(c) ",
        "- A. |- B. |- C. ",
        "  A. |  B. |  C. ",
        "{A.} |{B.} |{C.} ",
        "{a)} |{b)} |{c)} ",
        "{-} A. |{-} B. |{-} C. ",
        "☐ A. |☐ B. |☐ C. ",
        "Phương án A: |Phương án B: |Phương án C: ",
    ],
)
def test_letters_of_choices(letters):
    file = understand(document(two(letters=letters)))
    assert brief(file) == TWO
    assert [codes(question) for question in file.questions] == [[], []]


@pytest.mark.parametrize("sign", ["- ", "• ", "~ ", "> ", "+ ", "{•} ", "{-} ", "\uf0b7 "])
def test_bullets_in_place_of_letters(sign):
    text = (
        two(letters=f"{sign}|{sign}|{sign}", answer="")
        .replace("16\n", "16\nĐáp án: 16\n")
        .replace("Tòa án", "Tòa án\nĐáp án: Quốc hội")
    )
    assert brief(understand(document(text))) == TWO


@pytest.mark.parametrize(
    "answer",
    [
        "Đáp án: {}",
        "Đáp án {}",
        "Đáp án {}.",
        "ĐÁP ÁN: {}",
        "Đáp án đúng: {}",
        "Đáp án đúng là {}",
        "Đáp án đúng là: {}.",
        "Đáp án: Câu {}",
        "Đáp án: phương án {}",
        "Phương án đúng: {}",
        "Câu trả lời đúng: {}",
        "Trả lời: {}",
        "Đ/a: {}",
        "ĐA: {}",
        "=> {}",
        "→ {}",
        "=> Chọn {}",
        "Chọn {}",
        "Chọn đáp án {}.",
        "(Đáp án: {})",
        "[Đáp án {}]",
        "* Đáp án: {}",
        "Đáp án: {}. Căn cứ Điều 4 Luật này.",
        "Đáp án: {} (khoản 1 Điều 4)",
        "Đáp án: {} vì luật quy định như vậy",
        "Đáp án:\n{}",
        "Đáp án đúng:\n{}.",
        "Answer: {}",
        "Lời giải\nChọn {}\nVì luật quy định như vậy.",
    ],
)
def test_answer_lines(answer):
    file = understand(document(two(answer=answer)))
    assert brief(file) == TWO
    assert {question.found_by for question in file.questions} == {FoundBy.LETTER_LINE}
    assert [codes(question) for question in file.questions] == [[], []]


def test_lower_case_answer():
    assert brief(understand(document(two(letters="a) |b) |c) ").replace("án: C", "án: c").replace("án: B", "án: b")))) == TWO


def test_difficulty_beside_the_number():
    file = understand(document(two("Câu 1 (NB): ", "Câu 2 [Vận dụng cao]. ")))
    assert [each.difficulty for each in file.questions] == [1, 3]
    assert brief(file) == TWO
    headed = understand(document(two("Câu 1. Mức độ dễ: ", "Câu 2 (Luật Trẻ em): ")))
    assert [each.difficulty for each in headed.questions] == [1, None]
    assert brief(headed) == TWO
