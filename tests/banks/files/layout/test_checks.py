"""What a person must look at: each oddity has its code, its place and a Vietnamese sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Document, Line, Marks, Picture, Run, Where
from quizsvc.banks.files.found import FileRefused, FoundBy, Remark
from quizsvc.banks.files.layout import checks, understand
from quizsvc.banks.files.layout.confidence import confidence_of
from quizsvc.banks.files.layout.evidence import Evidence, Verdict
from tests.banks.files.layout.texts import brief, codes, document

ASK = "Trẻ em là người dưới bao nhiêu tuổi?"


def one(choices: str, question: str = f"Câu 1. {ASK}", answer: str = "Đáp án: A") -> list[str]:
    (found,) = understand(document(f"{question}\n{choices}\n{answer}")).questions
    return codes(found)


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ("A. 14", "too-few-choices"),
        ("A. Một\nB. Hai\nC. Ba\nD. Bốn\nE. Năm\nF. Sáu\nG. Bảy\nH. Tám\nI) Chín", "too-many-choices"),
        ("A. 14\nB. 15\nD. 16", "letters-gap"),
        ("B. 15\nC. 16", "letters-gap"),
        ("A. 14\nC. 16\nB. 15", "letters-order"),
        ("A. 14\nB. 15\nA. 16\nB. 17", "letters-repeated"),
        ("A. 14\nB. 15\nB. 16", "letters-repeated"),
        ("A. 16 tuổi\nB. 16  tuổi.", "equal-choices"),
        ("A. 14\nB.\nC. 16", "empty-choice"),
        ("A. 14\nB. 15\nmột dòng lạ", "option-continued"),
        ("A. 14\nB. 15\nAi bầu Chủ tịch nước?", "text-in-option"),
        ("A. 14\n19/5\nB. 15", "number-line-removed"),
        ("A. 14. B. 15\nB. 16", "glued-option"),
        ("A. 14\nB. 15C. 16", "glued-option"),
        ("A. Phạt tiền.Tìm hiểu pháp luật\nB. 15", "glued-sentence"),
        ("A. Xem tại thuvienphapluat.vn\nB. 15", "junk-in-text"),
        ("A. cơ quan nhà nướ c\nB. 15", "stray-space"),
        ("A. 14\nB. Cả A, B, D", "reference-missing"),
        ("A. Tất cả các phương án trên\nB. 14\nC. 15", "reference-not-last"),
        ("A. " + "Rất dài. " * 120 + "\nB. 15", "long-choice"),
        ("A. ¸p dông c¸c quy ®Þnh cña LuËt §Êt ®ai\nB. 15", "legacy-font"),
        ("A. !\"! #$%&' ()* +,-. /!\" #$%& '()* +,- ./!\nB. 15", "broken-text"),
    ],
)
def test_choices(choices, code):
    assert code in one(choices)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Câu 1.", "empty-question"),
        (f"Câu 1. {ASK}\nTìm hiểu pháp luật tỉnh", "question-continued"),
        (f"Câu 1. {'Tình huống kể mãi. ' * 100}", "long-question"),
        (f"Câu 1. {ASK} [Đáp án: câu khác]", "glued-question"),
    ],
)
def test_questions(question, code):
    assert code in one("A. 14\nB. 16", question)


def test_every_sentence_says_what_to_do_and_every_doubt_has_one():
    for level, sentence in checks.DOUBTS.values():
        assert sentence.endswith(".")
        assert level is Level.NOTICE or "Hãy" in sentence


def bank(numbers: list[int], head: str = "Câu {}. ") -> Document:
    return document("\n".join(f"{head.format(n)}Hỏi điều thứ {n} là gì?\nA. Một\nB. Hai\nĐáp án: A" for n in numbers))


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 2, 3], [[], [], []]),
        ([1, 3, 4], [["number-gap"], ["number-gap"], []]),
        ([1, 2, 2], [[], [], ["number-repeated"]]),
        ([2, 3, 1], [[], [], ["number-backwards"]]),
    ],
)
def test_numbers(numbers, expected):
    file = understand(bank(numbers))
    assert [codes(question) for question in file.questions] == expected
    assert codes(file) == (["first-number"] if numbers[0] > 1 else [])


def test_a_lost_number_is_told_and_its_key_still_found():
    second, third = "Hỏi hai là gì?\nA. Ba\nB. Bốn", "Câu 3. Hỏi ba là gì?\nA. Năm\nB. Sáu"
    text = f"Câu 1. Hỏi một là gì?\nA. Một\nB. Hai\n{second}\n{third}\n1-A 2-B 3-A"
    file = understand(document(text))
    assert brief(file)[1] == (None, "Hỏi hai là gì?", ("Ba", "Bốn"), "B")
    assert codes(file.questions[1]) == ["number-missing", "key-by-order"]
    assert file.questions[1].confidence < file.questions[0].confidence


def test_fewer_and_more_choices_than_usual():
    usual = "A. Một\nB. Hai\nC. Ba\nD. Bốn\nĐáp án: A"
    fewer = usual.replace("\nD. Bốn", "")
    more = usual.replace("D. Bốn", "D. Bốn\nE. Năm")
    rows = [usual] * 20 + [fewer, more]
    file = understand(document("\n".join(f"Câu {n}. Hỏi điều {n} là gì?\n{row}" for n, row in enumerate(rows, 1))))
    assert [codes(question) for question in file.questions[19:]] == [[], ["fewer-choices"], ["more-choices"]]


def test_a_table_that_is_not_understood_stops_its_question():
    rows = [["Năm", "Số vụ"], ["2020", "5"]]
    text = f"Câu 1. {ASK}\n[table]\nA. 14\nB. 16\nĐáp án: B\nCâu 2. Ai xử?\nA. Tòa án\nB. Xã\nĐáp án: A\n[table]"
    first, second = understand(document(text, rows, rows)).questions
    assert codes(first) == ["table-unread"]
    assert (first.is_accepted, second.is_accepted) == (False, True)
    assert codes(second) == ["table-skipped"]


def test_text_of_no_question_is_told_with_its_place():
    text = f"Ban tổ chức gửi các bạn bộ đề\nCâu 1. {ASK}\nA. 14\nB. 16\nĐáp án: B\nHẾT\nMột dòng lạc lõng ở cuối"
    file = understand(document(text))
    assert [(remark.code, remark.where.paragraph) for remark in file.remarks] == [("unread-text", 1), ("unread-text", 7)]
    assert "Một dòng lạc lõng" in file.remarks[1].sentence


def test_a_file_without_questions_is_refused():
    file = understand(document("Kính gửi các đồng chí\nĐây là công văn."))
    assert (file.is_refused, file.questions) == (True, ())
    assert "no-questions" in codes(file, "error")


def test_an_endless_line_is_refused_with_the_limit():
    with pytest.raises(FileRefused, match="20000 ký tự"):
        understand(document("Câu 1. " + "x" * 20_001))


def test_pictures_stay_and_tell_questions_and_choices_apart():
    first, second = Picture("1" * 64, "image/png"), Picture("2" * 64, "image/png")
    blocks = list(document("Câu 1. Biển báo nào sau đây?\n \nA. \nB. \nĐáp án: A").blocks)
    for at, picture in ((1, first), (2, first), (3, second)):
        blocks[at] = replace(blocks[at], pictures=(picture,))
    (question,) = understand(Document("x.docx", "docx", tuple(blocks))).questions
    assert (question.pictures, question.choice_pictures) == ((first,), ((first,), (second,)))
    assert (question.correct, codes(question)) == (("A",), [])
    blocks[3] = replace(blocks[3], pictures=(first,))
    (same,) = understand(Document("x.docx", "docx", tuple(blocks))).questions
    assert codes(same) == ["equal-choices"]


def test_struck_text_is_told():
    blocks = list(document(f"Câu 1. {ASK}\nA. 14\nB. 16\nĐáp án: B").blocks)
    blocks[1] = replace(blocks[1], runs=(Run("A. 14", Marks(strike=True)),))
    (question,) = understand(Document("x.docx", "docx", tuple(blocks))).questions
    assert codes(question) == ["struck-text"]


def test_a_soft_break_inside_a_choice_is_the_choice():
    where = Where("x.docx", paragraph=2)
    lines = [*document(f"Câu 1. {ASK}").blocks, Line((Run("A. 14 tuổi"),), where), Line((Run("tròn"),), where)]
    rest = [Line((Run(text),), Where("x.docx", paragraph=at)) for at, text in ((3, "B. 16"), (4, "Đáp án: B"))]
    (question,) = understand(Document("x.docx", "docx", (*lines, *rest))).questions
    assert (question.choices, codes(question)) == (("14 tuổi tròn", "16"), [])


def test_places_of_question_choices_and_key():
    (question,) = understand(document(f"Câu 1. {ASK}\nA. 14\nB. 16\nĐáp án: B")).questions
    assert (question.where.paragraph, [where.paragraph for where in question.options_where]) == (1, [2, 3])
    assert question.key_where is not None
    assert question.key_where.paragraph == 4


def test_confidence_follows_its_formula():
    where = Where("x")
    line = Evidence(FoundBy.LETTER_LINE, ("A",), where)
    bold = Evidence(FoundBy.BOLD, ("A",), where, ratio=0.5)
    warning, error = (Remark("x", level, "", where) for level in (Level.WARNING, Level.ERROR))
    assert confidence_of(Verdict(("A",), agreeing=(line,)), [], lacks_number=False) == 0.98
    assert confidence_of(Verdict(("A",), agreeing=(bold,)), [], lacks_number=False) == 0.715
    assert confidence_of(Verdict(("A",), agreeing=(line, bold)), [], lacks_number=False) == 0.994
    assert confidence_of(Verdict(("A",), agreeing=(line,)), [warning], lacks_number=False) == 0.833
    assert confidence_of(Verdict(("A",), agreeing=(line,)), [], lacks_number=True) == 0.882
    assert confidence_of(Verdict(("A",), agreeing=(line,)), [error], lacks_number=False) == 0.3
    assert confidence_of(Verdict(), [], lacks_number=False) == 0.0
