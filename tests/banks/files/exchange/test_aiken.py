import pytest

from quizsvc.banks.files.exchange.aiken import read_aiken
from quizsvc.banks.files.found import FileRefused, FoundBy
from tests.banks.files.exchange.making import codes, lines, only

GOOD = "Luật nào?\nA. Một\nB) Hai\nC.Ba\nANSWER: B\n"


def test_a_question_with_its_choices_and_key() -> None:
    question = only(read_aiken(GOOD.encode(), "a.txt"))

    assert (question.text, question.choices, question.correct) == ("Luật nào?", ("Một", "Hai", "Ba"), ("B",))
    assert (question.found_by, question.confidence, question.status) == (FoundBy.FORMAT, 1.0, "accepted")
    assert question.where.line == 1
    assert question.key_where is not None
    assert question.key_where.line == 5
    assert [where.line for where in question.options_where] == [2, 3, 4]


def test_blank_lines_windows_ends_and_capital_starts_do_not_matter() -> None:
    text = "\ufeffC. Mác sinh năm nào?\r\n\r\nA. 1818\r\nB. 1820\r\n\r\nANSWER: A\r\n" + GOOD.replace("\n", "\r\n")

    found = read_aiken(text.encode(), "a.txt")

    assert [(q.text, q.correct) for q in found.questions] == [("C. Mác sinh năm nào?", ("A",)), ("Luật nào?", ("B",))]
    assert all(question.status == "accepted" for question in found.questions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hỏi\nA. một\nANSWER: A\n", {"too-few-choices": 1}),
        ("Hỏi\nA. một\nB. hai\n", {"no-key": 1}),
        ("Hỏi\nA. một\nB. hai\nANSWER: D\n", {"key-not-a-choice": 4, "no-key": 1}),
        ("Hỏi\nA. một\nB. hai\nANSWER: hai\n", {"key-unreadable": 4, "no-key": 1}),
        ("Hỏi\nA. một\nC. hai\nANSWER: C\n", {"letters-gap": 2}),
        ("A. một\nB. hai\nANSWER: A\n", {"empty-question": 1}),
        ("Hỏi\nA. một\nB. Một.\nANSWER: A\n", {"equal-choices": 3}),
        ("Hỏi\nA. một\nB.\nANSWER: A\n", {"empty-choice": 3}),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, expected: dict[str, int]) -> None:
    question = only(read_aiken(text.encode(), "a.txt"))

    assert lines(question) == expected
    assert not question.is_accepted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Phần một\nHỏi\nA. một\nB. hai\nANSWER: A\n", "several-lines"),
        ("Hỏi\nA. một\nB. hai\ncòn nữa\nANSWER: A\n", "continued-line"),
        ("Hỏi\nA. một\nB. hai\nANSWER: A, B\n", "several-keys"),
    ],
)
def test_what_may_be_meant_otherwise_is_a_warning(text: str, code: str) -> None:
    question = only(read_aiken(text.encode(), "a.txt"))

    assert codes(question) == [code]
    assert question.status == "warning"


def test_a_choice_over_two_lines_keeps_both() -> None:
    question = only(read_aiken("Hỏi\nA. một\ntiếp\nB. hai\nANSWER: A, B".encode(), "a.txt"))

    assert question.choices == ("một\ntiếp", "hai")
    assert (question.correct, question.kind) == (("A", "B"), "multiple")


def test_text_that_belongs_nowhere_is_told() -> None:
    found = read_aiken(f"Đề cương ôn tập\n\n{GOOD}".encode(), "a.txt")

    assert only(found).text == "Luật nào?"
    assert [(remark.code, remark.where.line) for remark in found.remarks] == [("text-without-choices", 1)]


def test_choices_that_name_others_keep_their_order() -> None:
    question = only(read_aiken("Hỏi\nA. một\nB. hai\nC. Cả A và B\nANSWER: C".encode(), "a.txt"))

    assert question.pinned
    assert codes(question) == ["pinned"]
    assert question.status == "accepted"


def test_texts_are_repaired_and_each_repair_is_told() -> None:
    found = read_aiken("Nhà nƣớc nào?\nА. một\nB. hai\nANSWER: A\n".encode(), "a.txt")

    assert only(found).text == "Nhà nước nào?"
    assert only(found).correct == ("A",)
    assert [repair.where.line for repair in found.repairs] == [1, 2]


@pytest.mark.parametrize("data", [b"", b"\n\n ", b"\xff\xfe\x00"])
def test_nothing_to_read_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        read_aiken(data, "a.txt")
