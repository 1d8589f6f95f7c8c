"""Right choices by their looks, by signs, in lists and in other files; and what happens when these disagree."""

from __future__ import annotations

import pytest

from quizsvc.banks.files.found import FoundBy
from quizsvc.banks.files.layout import understand
from tests.banks.files.layout.texts import HEADS, bank, brief, codes, document, keys_of

NAMED = {"b": FoundBy.BOLD, "i": FoundBy.ITALIC, "u": FoundBy.UNDERLINE, "red": FoundBy.COLOUR, "hl": FoundBy.HIGHLIGHT}


@pytest.mark.parametrize("mark", NAMED)
@pytest.mark.parametrize(
    "right",
    [
        "<m>B. Hai nghìn</m>",
        "<m>B.</m> Hai nghìn",
        "<m>B</m>. Hai nghìn",
        "B. <m>Hai nghìn</m>",
        "<m>B</m><m>.</m><m> </m><m>Hai</m> nghìn",
        "B. <m>Hai nghì</m>n",
    ],
)
def test_l3_marks_on_line_letter_or_text(mark, right):
    right = right.replace("<m>", f"<{mark}>").replace("</m>", f"</{mark}>")
    if right.endswith(f"Hai</{mark}> nghìn"):
        right = right.replace("Hai", "Hai nghì")
    file = understand(bank(f"A. Một|{right}|C. Ba", f"A. Một|{right}|C. Ba"))
    assert ["".join(each.correct) for each in file.questions] == ["B", "B"]
    assert {each.found_by for each in file.questions} == {NAMED[mark]}
    assert [codes(each) for each in file.questions] == [[], []]


def test_l3_traps_of_bold():
    bold_questions = bank("A. Một|<b>B. Hai</b>|C. Ba", "<b>A. Một</b>|B. Hai|C. Ba", question="<b>Câu {}. {}</b>")
    assert keys_of(bold_questions) == ["B", "A"]
    all_letters_bold = bank(
        "<b>A.</b> Một|<b>B.</b> <b>Hai</b>|<b>C.</b> Ba", "<b>A.</b> <b>Một</b>|<b>B.</b> Hai|<b>C.</b> Ba"
    )
    assert keys_of(all_letters_bold) == ["B", "A"]
    trailing_space = bank("A. Một<b> </b>|<b>B. Hai</b>|C. Ba<b>  </b>", "<b>A. Một</b>|B.<b> </b>Hai|C. Ba")
    assert keys_of(trailing_space) == ["B", "A"]


def test_l3_shades_of_black_are_no_colour_and_a_usual_colour_neither():
    assert keys_of(bank("<grey>A. Một</grey>|<red>B. Hai</red>|C. Ba", "A. Một|<grey>B. Hai</grey>|<red>C. Ba</red>")) == [
        "B",
        "C",
    ]
    blue = bank(
        "<blue>A. Một</blue>|<red>B. Hai</red>|<blue>C. Ba</blue>",
        "<red>A. Một</red>|<blue>B. Hai</blue>|<blue>C. Ba</blue>",
    )
    assert keys_of(blue) == ["B", "A"]


def test_l3_a_word_in_bold_is_emphasis():
    file = understand(bank("A. Quyền <b>không</b> bị hạn chế|B. Hai|C. Ba|Đáp án: B", "A. Một|B. Hai|C. Ba|Đáp án: C"))
    assert [(each.correct, codes(each)) for each in file.questions] == [(("B",), []), (("C",), [])]


def test_l3_the_only_choice_without_the_mark():
    file = understand(
        bank(
            "<b>A. Một</b>|B. Hai|<b>C. Ba</b>",
            "<b>A. Một</b>|<b>B. Hai</b>|C. Ba",
            "A. Một|<b>B. Hai</b>|<b>C. Ba</b>|<b>D. Bốn</b>",
        )
    )
    assert [(each.correct, each.found_by) for each in file.questions] == [((letter,), FoundBy.ABSENCE) for letter in "BCA"]


def test_l3_a_question_that_leaves_the_convention_stops():
    rows = ["A. Một|<b>B. Hai</b>|C. Ba"] * 6
    file = understand(
        bank(
            *rows,
            "A. Một|B. Hai|C. Ba",
            "<b>A. Một</b>|<b>B. Hai</b>|<b>C. Ba</b>",
            "<b>A. Một</b>|<b>B. Hai</b>|C. Ba|D. Bốn",
        )
    )
    assert [each.is_accepted for each in file.questions] == [True] * 6 + [False] * 3
    assert [codes(each, "error") for each in file.questions[6:]] == [
        ["no-key"],
        ["several-keys-found"],
        ["several-keys-found"],
    ]


def test_l3_a_mark_that_hardly_any_question_carries_is_told():
    rows = ["A. Một|B. Hai|C. Ba|Đáp án: A"] * 12
    file = understand(bank(*rows, "A. Một|B. Hai|<i>C. Ba</i>|Đáp án: A", "A. Một|<i>B. Hai</i>|C. Ba"))
    assert (file.questions[12].correct, codes(file.questions[12])) == (("A",), ["stray-mark"])
    assert (file.questions[13].correct, codes(file.questions[13])) == (("B",), ["weak-mark"])


def test_l3_different_authors_mark_differently():
    rows = ["A. Một|<b>B. Hai</b>|C. Ba"] * 5 + ["A. Một|B. Hai|<red>C. Ba</red>"] * 3 + ["<hl>A. Một</hl>|B. Hai|C. Ba"] * 2
    assert keys_of(bank(*rows)) == ["B"] * 5 + ["C"] * 3 + ["A"] * 2


def test_l9_files_with_several_marked_choices():
    rows = [
        "<b>A. Một</b>|<b>B. Hai</b>|C. Ba|D. Bốn",
        "A. Một|<b>B. Hai</b>|C. Ba|<b>D. Bốn</b>",
        "<b>A. Một</b>|B. Hai|C. Ba|D. Bốn",
    ]
    file = understand(bank(*rows))
    assert ["".join(each.correct) for each in file.questions] == ["AB", "BD", "A"]
    assert [codes(each) for each in file.questions] == [["several-keys-found"], ["several-keys-found"], []]


@pytest.mark.parametrize(
    "right",
    [
        "*B. Hai",
        "* B. Hai",
        "B*. Hai",
        "B. Hai (đúng)",
        "B. Hai [đúng]",
        "B. Hai (x)",
        "B. Hai *",
        "B. Hai ✓",
        "✓ B. Hai",
        "(x) B. Hai",
    ],
)
def test_l4_signs(right):
    file = understand(bank(f"A. Một|{right}|C. Ba", f"A. Một|{right}|C. Ba"))
    assert [(each.choices, each.correct, each.found_by) for each in file.questions] == [
        (("Một", "Hai", "Ba"), ("B",), FoundBy.SIGN)
    ] * 2


def test_l4_right_and_wrong_behind_every_choice():
    file = understand(bank("A. Một (sai)|B. Hai (đúng)|C. Ba (sai)"))
    assert brief(file) == [(1, HEADS[0], ("Một", "Hai", "Ba"), "B")]


def test_evidence_that_disagrees_stops_and_names_both_places():
    file = understand(
        bank(
            "<b>A. Một</b>|B. Hai|Đáp án: B",
            "A. Một|<b>B. Hai</b>|Đáp án: B",
            "A. Một|<b>B. Hai</b>|Đáp án: B",
            "A. Một|<b>B. Hai</b>|Đáp án: B",
        )
    )
    first, *others = file.questions
    assert (first.correct, codes(first, "error")) == ((), ["key-conflict"])
    sentence = next(remark.sentence for remark in first.remarks if remark.code == "key-conflict")
    assert "dòng đáp án cho B (bo-cau-hoi.docx, đoạn 4)" in sentence
    assert "chữ đậm cho A (bo-cau-hoi.docx, đoạn 2)" in sentence
    assert [codes(each) for each in others] == [[], [], []]
    assert others[0].confidence > 0.99


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("Đáp án: D", "key-not-a-choice"),
        ("Đáp án A. Người từ đủ 18 tuổi trở lên", "key-conflict"),
        ("Đáp án A. Người từ đủ 18 tuổi trở lên thì", "key-conflict"),
        ("Đáp án: A\nĐáp án: B", "key-conflict"),
        ("Đáp án: A hoặc B", "no-key"),
        ("Đáp án: chưa rõ", "no-key"),
        ("", "no-key"),
    ],
)
def test_answers_that_stop(answer, code):
    (question,) = understand(
        document(f"Câu 1. Ai có quyền bầu cử?\nA. Trẻ em dưới 16 tuổi\nB. Người từ đủ 18 tuổi trở lên\n{answer}")
    ).questions
    assert question.confidence <= 0.3
    assert not question.is_accepted
    assert code in codes(question, "error")


def test_lists_that_contradict_themselves_or_answer_nothing():
    lines = "\n".join(line.full_text for line in bank(*["A. Một|B. Hai|C. Ba"] * 2).lines)
    file = understand(document(f"{lines}\nBẢNG ĐÁP ÁN\n1-A 2-B 1-C 7-D"))
    assert codes(file.questions[0], "error") == ["key-repeated"]
    assert file.questions[1].correct == ("B",)
    assert codes(file) == ["key-without-question"]


def test_a_list_for_questions_without_numbers_goes_by_order_and_is_told():
    file = understand(document("Ai xử án?\nA. Tòa án\nB. Xã\nAi làm luật?\nA. Xã\nB. Quốc hội\nBẢNG ĐÁP ÁN\n1-A 2-B"))
    assert [("".join(each.correct), codes(each)) for each in file.questions] == [
        ("A", ["key-by-order"]),
        ("B", ["key-by-order"]),
    ]


def test_keys_that_are_always_the_same_letter_are_told():
    file = understand(bank(*["<b>A. Một</b>|B. Hai|C. Ba"] * 10))
    assert codes(file) == ["same-letter"]
