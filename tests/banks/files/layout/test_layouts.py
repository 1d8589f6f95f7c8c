"""The ways of writing question files that organizers really use (L1–L13), read as a person reads them."""

from __future__ import annotations

import pytest

from quizsvc.banks.files.layout import understand
from tests.banks.files.layout.texts import brief, codes, document

Q1 = "Trẻ em là người dưới bao nhiêu tuổi?"
Q2 = "Cơ quan nào bầu ra Chủ tịch nước?"
TWO = [(1, Q1, ("14", "15", "16"), "C"), (2, Q2, ("Chính phủ", "Quốc hội", "Tòa án"), "B")]


@pytest.mark.parametrize(
    "sides",
    [
        "A. 14 B. 15 C. 16",
        "A.14 B.15 C.16",
        "A. 14\tB. 15\tC. 16",
        "A. 14      B. 15      C. 16",
        "A. 14    B. 15\nC. 16",
        "A) 14 B) 15 C) 16",
        "a. 14 b. 15 c. 16",
    ],
)
def test_l7_choices_on_one_line(sides):
    text = f"Câu 1. {Q1}\n{sides}\nĐáp án: C\nCâu 2. {Q2} A. Chính phủ B. Quốc hội C. Tòa án\nĐáp án: B"
    assert brief(understand(document(text))) == TWO


def test_l7_two_columns_are_sorted_and_told():
    file = understand(document(f"Câu 1. {Q1}\nA. 14\tC. 16\nB. 15\tD. 18\nĐáp án: C"))
    assert brief(file) == [(1, Q1, ("14", "15", "16", "18"), "C")]
    assert codes(file.questions[0]) == ["letters-sorted"]


@pytest.mark.parametrize(
    "rows",
    [
        [["A. 14", "B. 15"], ["C. 16", "D. 18"]],
        [["A.", "14", "B.", "15"], ["C.", "16", "D.", "18"]],
        [["{A.} 14", "{B.} 15"], ["{C.} 16", "{D.} 18"]],
        [["A. 14\nB. 15\nC. 16\nD. 18"]],
    ],
)
def test_l7_choices_in_a_table(rows):
    file = understand(document(f"Câu 1. {Q1}\n[table]\nĐáp án: C", rows))
    assert brief(file) == [(1, Q1, ("14", "15", "16", "18"), "C")]
    assert not codes(file.questions[0])


def test_names_with_an_initial_are_no_choices():
    text = "Câu 1. Ông Nguyễn Văn A. kiện bà Trần Thị B. về đất. Ai xử?\nA. Tòa án\nB. Ông A. và bà B. tự xử\nĐáp án: A"
    assert brief(understand(document(text))) == [
        (1, "Ông Nguyễn Văn A. kiện bà Trần Thị B. về đất. Ai xử?", ("Tòa án", "Ông A. và bà B. tự xử"), "A")
    ]


def test_l8_choices_that_name_others_are_pinned():
    text = (
        f"Câu 1. {Q1}\nA. 14\nB. 15\nC. A đúng, B sai\nD. Cả A, B, C\nĐáp án: D\n"
        f"Câu 2. {Q2}\nA. Chính phủ\nB. Quốc hội\nĐáp án: B"
    )
    first, second = understand(document(text)).questions
    assert (first.pinned, second.pinned) == (True, False)
    assert codes(first, "notice") == ["pinned", "pinned"]
    assert first.correct == ("D",)


@pytest.mark.parametrize("written", ["ABC", "A, B, C", "A,B,C", "A; B; C", "A và B và C", "A, B và C", "A+B+C", "A&B&C"])
def test_l9_several_answers(written):
    (question,) = understand(
        document(f"Câu 1. Chọn các đáp án đúng?\nA. Một\nB. Hai\nC. Ba\nD. Bốn\nĐáp án: {written}")
    ).questions
    assert (question.correct, question.is_multiple, question.is_accepted) == (("A", "B", "C"), True, True)
    assert codes(question, "notice") == ["several-keys-found"]


def test_l9_letters_that_may_mean_one_choice_stop():
    (question,) = understand(document("Câu 1. Hỏi gì?\nA. Một\nB. Hai\nC. Cả A, B\nĐáp án: A, B")).questions
    assert not question.is_accepted
    assert "several-keys-found" in codes(question, "error")


def test_l10_sections_and_codes():
    text = f"""
PHẦN THỨ NHẤT: LUẬT TRẺ EM
Câu 1. {Q1}
A. 14
B. 16
Đáp án: B
II. HIẾN PHÁP
Câu 1. {Q2}
A. Chính phủ
B. Quốc hội
Đáp án: B
<09>
Nhóm 3
Câu 2. Ai ban hành luật?
A. Quốc hội
B. Chính phủ
Đáp án: A
"""
    file = understand(document(text))
    assert [(each.number, each.section) for each in file.questions] == [
        (1, "PHẦN THỨ NHẤT: LUẬT TRẺ EM"),
        (1, "II. HIẾN PHÁP"),
        (2, "Nhóm 3"),
    ]
    assert not [code for question in file.questions for code in codes(question)]
    coded = understand(
        document(f"I.1.1a. {Q1} <09>\nA. 14\nB. 16\nĐáp án: B\nI.1.2b. {Q2}\nA. Chính phủ\nB. Quốc hội\nĐáp án: B")
    )
    assert [(each.code, each.text, each.correct) for each in coded.questions] == [
        ("I.1.1a", Q1, ("B",)),
        ("I.1.2b", Q2, ("B",)),
    ]


def test_l10_a_heading_with_a_letter_is_no_choice():
    text = (
        f"A. PHẦN CHUNG CHO MỌI NGƯỜI\n1. {Q1}\nA. 14\nB. 16\nĐáp án: B\n"
        f"B. PHẦN RIÊNG CHO CÁN BỘ\n2. {Q2}\nA. Chính phủ\nB. Quốc hội\nĐáp án: B"
    )
    file = understand(document(text))
    assert [(each.section, each.choices) for each in file.questions] == [
        ("A. PHẦN CHUNG CHO MỌI NGƯỜI", ("14", "16")),
        ("B. PHẦN RIÊNG CHO CÁN BỘ", ("Chính phủ", "Quốc hội")),
    ]


def test_lessons_are_headings_where_questions_are_called_so():
    text = (
        f"BÀI 1: LUẬT TRẺ EM\nCâu 1. {Q1}\nA. 14\nB. 16\nĐáp án: B\nBÀI 2: HIẾN PHÁP\n"
        f"Câu 2. {Q2}\nA. Chính phủ\nB. Quốc hội\nĐáp án: B"
    )
    assert [(each.number, each.section) for each in understand(document(text)).questions] == [
        (1, "BÀI 1: LUẬT TRẺ EM"),
        (2, "BÀI 2: HIẾN PHÁP"),
    ]


@pytest.mark.parametrize("question", ["Câu {}. ", "{}. ", "{{{}.}} "])
def test_l12_numbers_in_place_of_letters_are_read_and_told(question):
    text = (
        f"{question.format(1)}{Q1}\n1. 14\n2. 15\n3. 16\nĐáp án: 3\n"
        f"{question.format(2)}{Q2}\n1. Chính phủ\n2. Quốc hội\n3. Tòa án\nĐáp án: Quốc hội"
    )
    file = understand(document(text))
    assert brief(file) == TWO
    assert [codes(each) for each in file.questions] == [["digit-options"], ["digit-options"]]


def test_l13_junk():
    text = f"""
Câu 1. {Q1}
A. 14
Trang 3/10
B. Phạt tiền.Tìm hiểu pháp luật Tuyên Quang 2023
C. 16
Đáp án: C
www.timhieuphapluat.vn
- 4 -
Câu 2. {Q2}
A. Chính phủ
B. Quốc hội
Đáp án: B
--- HẾT ---
"""
    file = understand(document(text))
    first, second = file.questions
    assert first.choices == ("14", "Phạt tiền.Tìm hiểu pháp luật Tuyên Quang 2023", "16")
    assert (codes(first), codes(first, "notice")) == (["glued-sentence"], ["junk-removed"])
    assert (second.choices, codes(second), file.remarks) == (("Chính phủ", "Quốc hội"), [], ())


def test_l13_a_page_header_between_questions_again_and_again():
    part = "Câu {}. {}\nA. Đúng một phần\nB. Sai hoàn toàn\nĐáp án: A\nHội thi Tìm hiểu pháp luật tỉnh\n"
    file = understand(document("".join(part.format(n, Q1) for n in range(1, 6))))
    assert [each.citation for each in file.questions] == [""] * 5
    assert [each.explanation for each in file.questions] == [""] * 5


def test_questions_without_numbers():
    text = (
        f"BỘ CÂU HỎI TÌM HIỂU PHÁP LUẬT\n\n{Q1}\nA. 14\nB. 15\nC. 16\nĐáp án: C\n\n{Q2}\n"
        f"a) Chính phủ\nb) Quốc hội\nc) Tòa án\nĐáp án: b"
    )
    file = understand(document(text))
    assert brief(file) == [(None, *rest) for _, *rest in TWO]
    assert file.title == "BỘ CÂU HỎI TÌM HIỂU PHÁP LUẬT"
    assert [codes(each) for each in file.questions] == [[], []]


def test_true_or_false_without_choices():
    text = (
        "Câu 1. Trẻ em có quyền học tập. Đúng hay sai?\nĐáp án: Đúng\n"
        "Câu 2. Công dân không phải nộp thuế.\nA. Đúng\nB. Sai\nĐáp án: Sai"
    )
    file = understand(document(text))
    assert [(each.kind, each.correct) for each in file.questions] == [("true_false", ("A",)), ("true_false", ("B",))]
    assert codes(file.questions[0], "notice") == ["truth-added"]


def test_two_questions_on_one_line_and_an_answer_behind_a_choice():
    text = (
        f"Câu 1. {Q1}\nA. 14\nB. 15\nC. 16. Đáp án: C\nCâu 2. {Q2}\nA. Chính phủ\n"
        f"B. Quốc hội\nC. Tòa án Câu 3. Ai xử án?\nA. Tòa án\nB. Xã\n1-C 2-B 3-A"
    )
    file = understand(document(text))
    assert [(each.number, each.correct) for each in file.questions] == [(1, ("C",)), (2, ("B",)), (3, ("A",))]
    assert [codes(each) for each in file.questions] == [[], ["glued-line"], ["glued-line"]]


def test_l14_a_table_bank_among_lines():
    rows = [
        ["STT", "Câu hỏi", "A", "B", "C", "Đáp án"],
        ["2", Q2, "Chính phủ", "Quốc hội", "Tòa án", "B"],
        ["3", "Ai xử án?", "Tòa án", "Xã", "Quốc hội", "A"],
    ]
    text = f"Câu 1. {Q1}\nA. 14\nB. 15\nC. 16\nĐáp án: C\n[table]\nCâu 4. Ai làm luật?\nA. Xã\nB. Quốc hội\nĐáp án: B"
    file = understand(document(text, rows))
    assert [(each.number, each.correct) for each in file.questions] == [(1, ("C",)), (2, ("B",)), (3, ("A",)), (4, ("B",))]
    assert file.questions[1].choices == ("Chính phủ", "Quốc hội", "Tòa án")
