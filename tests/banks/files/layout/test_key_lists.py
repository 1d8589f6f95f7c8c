"""Answers that stand apart: lists, tables, sentences, a second file, and the first choice by agreement."""

from __future__ import annotations

import pytest

from quizsvc.banks.files.found import FoundBy
from quizsvc.banks.files.layout import understand
from tests.banks.files.layout.texts import bank, codes, document, keys_of

PLAIN = ("A. Một|B. Hai|C. Ba",) * 3
LISTS = [
    "1-A 2-B 3-C",
    "1.A  2.B  3.C",
    "1A, 2B, 3C",
    "1a 2b 3c",
    "1. A\n2. B\n3. C",
    "Câu 1: A\nCâu 2: B\nCâu 3: C",
    "1: A; 2: B; 3: C.",
    "1-3: ABC",
    "Câu 1 2 3\nĐáp án A B C",
    "Câu\t1\t2\t3\nĐ/A\tA\tB\tC",
    "Câu 1. Chọn A. Vì luật nói vậy.\nCâu 2. Đáp án B\nCâu 3. C. Ba",
]


@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("head", ["BẢNG ĐÁP ÁN", "Đáp án:", "HẾT\nĐÁP ÁN VÀ HƯỚNG DẪN", "--- HẾT ---\nLời giải", ""])
def test_l5_lists_at_the_end(listed, head):
    lines = "\n".join(line.full_text for line in bank(*PLAIN).lines)
    file = understand(document(f"{lines}\n{head}\n{listed}".replace("\n\n", "\n")))
    assert ["".join(each.correct) for each in file.questions] == ["A", "B", "C"]
    assert [each.choices for each in file.questions] == [("Một", "Hai", "Ba")] * 3
    assert not [code for each in file.questions for code in codes(each)]
    assert not file.remarks


def test_l5_explanations_behind_the_list_find_their_question():
    lines = "\n".join(line.full_text for line in bank(*PLAIN[:2]).lines)
    file = understand(document(f"{lines}\nHẾT\nLỜI GIẢI\nCâu 1. Chọn B.\nVì Điều 5 quy định như vậy.\nCâu 2: A"))
    assert [(each.correct, each.explanation) for each in file.questions] == [
        (("B",), "Vì Điều 5 quy định như vậy."),
        (("A",), ""),
    ]


@pytest.mark.parametrize(
    "rows", [[["Câu", "1", "2", "3"], ["Đáp án", "A", "B", "C"]], [["Câu", "Đáp án"], ["1", "A"], ["2", "B"], ["3", "C"]]]
)
def test_l5_tables_and_key_files(rows):
    own = bank(*PLAIN)
    lines = "\n".join(line.full_text for line in own.lines)
    assert keys_of(document(f"{lines}\nBẢNG ĐÁP ÁN\n[table]", rows)) == ["A", "B", "C"]
    file = understand(own, document("ĐÁP ÁN\n[table]", rows, name="dap-an.docx"))
    assert [each.found_by for each in file.questions] == [FoundBy.KEY_FILE] * 3
    assert ["".join(each.correct) for each in file.questions] == ["A", "B", "C"]


def test_a_marked_copy_as_key_file():
    copy = bank("A. Một|<b>B. Hai</b>|C. Ba", "<b>A. Một</b>|B. Hai|C. Ba", "A. Một|B. Hai|<b>C. Ba</b>")
    file = understand(bank(*PLAIN), copy)
    assert [("".join(each.correct), each.found_by) for each in file.questions] == [
        (letter, FoundBy.KEY_FILE) for letter in "BAC"
    ]


def test_numbers_that_begin_again_need_lists_that_do_so_too():
    questions = "PHẦN I. TRẺ EM\nCâu 1. Hỏi một?\nA. Một\nB. Hai\nPHẦN II. ĐẤT ĐAI\nCâu 1. Hỏi hai?\nA. Một\nB. Hai\n"
    assert keys_of(document(questions + "ĐÁP ÁN PHẦN I\n1-A\nĐÁP ÁN PHẦN II\n1-B")) == ["A", "B"]
    swapped = document(questions + "ĐÁP ÁN PHẦN II\n1-B\nĐÁP ÁN PHẦN I\n1-A")
    assert keys_of(swapped) == ["A", "B"]
    unclear = understand(document(questions + "ĐÁP ÁN\n1-A"))
    assert [codes(each, "error") for each in unclear.questions] == [["no-key"], ["no-key"]]
    assert codes(unclear) == ["key-without-question"]


def test_sentences_elsewhere():
    lines = "\n".join(line.full_text for line in bank(*PLAIN[:2]).lines)
    file = understand(document(f"{lines}\nHẾT\nỞ câu 1, đáp án đúng là B. Còn câu 2 chọn phương án A."))
    assert [("".join(each.correct), each.found_by) for each in file.questions] == [
        ("B", FoundBy.SENTENCE),
        ("A", FoundBy.SENTENCE),
    ]


def test_l6_the_first_choice_only_when_the_caller_says_so():
    own = bank(*PLAIN[:2])
    assert keys_of(own) == ["", ""]
    told = understand(own, first_is_right=True)
    assert [("".join(each.correct), each.found_by) for each in told.questions] == [("A", FoundBy.POSITION)] * 2
    marked = understand(bank("A. Một|<b>B. Hai</b>|C. Ba", "<b>A. Một</b>|B. Hai|C. Ba"), first_is_right=True)
    assert [codes(each, "error") for each in marked.questions] == [["key-conflict"], []]


@pytest.mark.parametrize("pin", ["#!", "#$"])
def test_l6_pins(pin):
    file = understand(bank(f"A. Một|B. Hai|C. Ba {pin}", "A. Một|B. Hai|C. Ba"))
    assert [(each.pinned, each.choices) for each in file.questions] == [
        (True, ("Một", "Hai", "Ba")),
        (False, ("Một", "Hai", "Ba")),
    ]


def test_l14_answers_for_a_table_of_questions_stand_elsewhere():
    rows = [
        ["STT", "Câu hỏi", "A", "B", "C"],
        ["1", "Ai xử án?", "Tòa án", "Xã", "Bộ"],
        ["2", "Ai làm luật?", "Xã", "Quốc hội", "Bộ"],
    ]
    bare = document("[table]", rows)
    file = understand(bare, document("1-A 2-B", name="dap-an.docx"))
    assert [("".join(each.correct), each.found_by) for each in file.questions] == [
        ("A", FoundBy.KEY_FILE),
        ("B", FoundBy.KEY_FILE),
    ]
    assert all(each.is_accepted for each in file.questions)
    assert keys_of(document("[table]\nBẢNG ĐÁP ÁN\n1-A 2-B", rows)) == ["A", "B"]
    assert keys_of(bare, first_is_right=True) == ["A", "A"]
    answered = [[*row, key] for row, key in zip(rows, ("Đáp án", "A", "C"), strict=True)]
    conflict = understand(document("[table]\nBẢNG ĐÁP ÁN\n1-A 2-B", answered))
    assert [codes(each, "error") for each in conflict.questions] == [[], ["key-conflict"]]
    beyond = understand(bare, document("1-A 2-D", name="dap-an.docx"))
    assert [codes(each, "error")[-1:] for each in beyond.questions] == [[], ["key-not-a-choice"]]
