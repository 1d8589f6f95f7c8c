"""What answers mean: letters, numbers, texts, lists, truth, looks; and when nothing is decided."""

from __future__ import annotations

import pytest

from quizsvc.banks.files.columns.answers import Answer, answer_of
from quizsvc.banks.files.found import FoundBy
from tests.banks.files.columns.making import HEADER, codes, marked, read

HEAD = HEADER[1:]
RED, YELLOW = {"colour": "FF0000"}, {"highlight": "FFFF00"}


@pytest.mark.parametrize(
    ("written", "letters", "text"),
    [
        ("A", "A", ""),
        ("b.", "B", ""),
        ("(c)", "C", ""),
        ("A, C", "AC", ""),
        ("a; c", "AC", ""),
        ("ABC", "ABC", ""),
        ("A và C", "AC", ""),
        ("Đáp án A", "A", ""),
        ("Đáp án: B", "B", ""),
        ("Phương án đúng là D", "D", ""),
        ("Chọn C.", "C", ""),
        ("B. Khách quan", "B", "Khách quan"),
        ("A hoặc B", "", "A hoặc B"),
        ("A/C", "", "A/C"),
        ("A. C", "", "A. C"),
        ("Đúng", "", "Đúng"),
        ("", "", ""),
    ],
)
def test_answer_of(written, letters, text):
    assert answer_of(written) == Answer(tuple(letters), text)


def keys(*answers, choices=("m", "n", "p", "q")):
    found = read(HEAD, *((f"Câu thứ {at}?", *choices, answer) for at, answer in enumerate(answers)))
    return ["".join(question.correct) for question in found.questions], found.questions


@pytest.mark.parametrize("answer", ["C", "c", "Đáp án C", "p", " P. ", '["C"]', '["p"]', "C. p", "c) P"])
def test_ways_to_write_one_answer(answer):
    assert keys(answer)[0] == ["C"]


@pytest.mark.parametrize("answer", ["AC", "A, C", "A;C", '["A","C"]', "m; p", "m\np", "A và C"])
def test_several_answers_are_looked_at(answer):
    letters, (question,) = keys(answer)
    assert letters == ["AC"]
    assert question.is_multiple
    assert codes(question) == {"several-keys-found"}
    assert question.status == "warning"


def test_numbers_from_one_when_the_last_occurs():
    letters, questions = keys("1", "4", "2")
    assert letters == ["A", "D", "B"]
    assert all(not question.remarks for question in questions)


def test_numbers_from_zero_when_zero_occurs_and_the_count_does_not():
    assert keys("0", "3", "1")[0] == ["A", "D", "B"]


def test_numbers_that_could_count_either_way_are_told_on_every_row():
    letters, questions = keys("1", "2", "3")
    assert letters == ["A", "B", "C"]
    assert all(codes(question) == {"number-base-unsure"} for question in questions)


def test_numbers_that_contradict_stop_every_row():
    letters, questions = keys("0", "4", "2")
    assert letters == ["", "", ""]
    assert all(codes(question) == {"number-base-unclear"} for question in questions)


def test_a_number_that_is_also_the_text_of_another_choice_stops():
    letters, (question,) = keys("2", choices=("2", "1", "3", "4"))
    assert letters == [""]
    assert codes(question) == {"answer-ambiguous"}


def test_a_number_that_is_only_the_text_of_a_choice():
    assert keys("18", choices=("16", "18", "20", "21"))[0] == ["B"]


def test_a_number_among_letters_is_told():
    _, questions = keys("A", "B", "4", "C")
    assert [codes(question) for question in questions] == [set(), set(), {"answer-mixed"}, set()]


def test_all_choices_right_stops_and_so_does_a_choice_that_joins_the_letters():
    assert "several-keys-found" in codes(keys("ABCD")[1][0])
    letters, (question,) = keys("AB", choices=("m", "n", "p", "Cả A và B"))
    assert letters == [""]
    assert question.status == "rejected"


@pytest.mark.parametrize(("answer", "letter"), [("TRUE", "A"), ("Sai", "B"), ("Đúng", "A"), ("FALSE", "B"), ("S", "B")])
def test_true_and_false(answer, letter):
    header = ("STT", "Câu hỏi", "Đáp án")
    (question, _) = read(header, (1, "Luật có hiệu lực.", answer), (2, "A. m\nB. n", "A")).questions
    assert (question.choices, question.correct, question.kind) == (("Đúng", "Sai"), (letter,), "true_false")
    assert codes(question) == {"truth-added"}
    assert keys(answer, choices=("Đúng", "Sai", "", ""))[0] == [letter]


@pytest.mark.parametrize(
    ("look", "found_by"),
    [
        (RED, FoundBy.COLOUR),
        (YELLOW, FoundBy.HIGHLIGHT),
        ({"bold": True}, FoundBy.BOLD),
        ({"underline": True}, FoundBy.UNDERLINE),
    ],
)
def test_looks_where_no_answer_is_written(look, found_by):
    rows = [("Gì?", marked("m", **look), "n", "p", ""), ("Nào?", "m", "n", marked("p", **look), "")]
    found = read(("Câu hỏi", "A", "B", "C", "Đáp án"), *rows).questions
    assert [(q.correct, q.found_by) for q in found] == [(("A",), found_by), (("C",), found_by)]
    assert [q.key_where.cell for q in found] == ["B2", "D3"]


@pytest.mark.parametrize("text", ["*n", "n (đúng)", "n (x)", "✓ n", "n ✓", "[x] n", "*B. n"])
def test_signs_where_no_answer_is_written(text):
    (question,) = read(HEAD, ("Gì?", "m", text, "p", "q", "")).questions
    assert (question.choices[1], question.correct, question.found_by) == ("n", ("B",), FoundBy.SIGN)


def test_looks_inside_one_cell():
    from quizsvc.banks.files.documents import Cell, Line, Marks, Run, Where

    where = Where("x")
    lines = tuple(Line((Run(text, Marks(bold=text.startswith("B"))),), where) for text in ("A. m", "B. n", "C. p"))
    (question,) = read(("Câu hỏi", "Phương án", "Đáp án"), ("Gì?", Cell(lines, where), "")).questions
    assert (question.correct, question.found_by) == (("B",), FoundBy.BOLD)


def test_a_column_of_one_colour_is_no_key():
    rows = [(f"Câu {at}?", marked("m", **YELLOW), "n", "p", "q", "") for at in range(5)]
    assert all(codes(question) == {"no-key"} for question in read(HEAD, *rows).questions)


def test_grey_and_marks_on_all_choices_say_nothing():
    row = ("Gì?", *(marked(text, bold=True) for text in "mnp"), marked("q", colour="333333"), "")
    assert codes(read(HEAD, row).questions[0]) >= {"no-key"} or read(HEAD, row).questions[0].status == "rejected"


def test_two_looks_that_differ_stop():
    row = ("Gì?", marked("m", **RED), marked("n", bold=True), "p", "q", "")
    assert codes(read(HEAD, row).questions[0]) == {"several-keys-found"}


def test_a_mark_that_differs_from_the_column_is_told():
    rows = [("Gì?", marked("m", **RED), "n", "p", "q", "A"), ("Nào?", "m", marked("n", **RED), "p", "q", "C")]
    first, second = read(HEAD, *rows).questions
    assert not first.remarks
    assert (second.correct, codes(second)) == (("C",), {"stray-mark"})
