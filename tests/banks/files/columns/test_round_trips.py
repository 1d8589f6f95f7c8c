"""Random questions written as real workbooks in random layouts are read back as they were, or a person is asked to look."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from quizsvc.banks.files.columns import questions_of_table
from quizsvc.banks.files.found import LETTERS, FoundQuestion
from quizsvc.banks.files.sheets import read_workbook

WORDS = ["cơ quan", "ban hành", "luật", "công dân", "quyền", "nghĩa vụ", "tuổi", "kết hôn", "hộ tịch", "18", "2013"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=2, max_size=8).map(" ".join)


@dataclass(frozen=True)
class Written:
    text: str
    choices: tuple[str, ...]
    correct: tuple[int, ...]


@st.composite
def written_questions(draw: Any) -> Written:
    choices = draw(st.lists(TEXTS, min_size=2, max_size=5, unique_by=str.casefold))
    correct = draw(st.sets(st.integers(0, len(choices) - 1), min_size=1, max_size=1))
    if len(choices) > 2 and draw(st.integers(0, 5)) == 0:
        correct = draw(st.sets(st.integers(0, len(choices) - 1), min_size=2, max_size=len(choices) - 1))
    return Written(f"{draw(TEXTS)}?", tuple(choices), tuple(sorted(correct)))


BANKS = st.lists(written_questions(), min_size=1, max_size=6)
ANSWERS = ("letters", "lower", "numbers", "text", "json", "phrase", "bold", "red", "fill", "sign")
LAYOUTS = ("columns", "cell", "line", "merged", "rows")


def _answer(style: str, question: Written) -> str:
    letters = [LETTERS[place] for place in question.correct]
    return {
        "letters": ", ".join(letters),
        "lower": ";".join(letters).lower(),
        "numbers": ", ".join(str(place + 1) for place in question.correct),
        "text": "; ".join(question.choices[place] for place in question.correct),
        "json": json.dumps(letters),
        "phrase": f"Đáp án {' và '.join(letters)}",
    }.get(style, "")


def _workbook(bank: list[Written], layout: str, style: str, above: int) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        looks = {
            "bold": book.add_format({"bold": True}),
            "red": book.add_format({"font_color": "#FF0000"}),
            "fill": book.add_format({"bg_color": "#FFFF00"}),
        }
        for row in range(above):
            sheet.write(row, 0, "NGÂN HÀNG CÂU HỎI")
        row = above
        options = ["A", "B", "C", "D", "E"] if layout == "columns" else ["Phương án trả lời"]
        header = ["STT", "Nội dung", "Đúng"] if layout == "rows" else ["STT", "Câu hỏi", *options, "Đáp án"]
        sheet.write_row(row, 0, header)
        for number, question in enumerate(bank, start=1):
            row = _put(sheet, row + 1, number, question, (layout, style), looks, len(header) - 1)
    return buffer.getvalue()


def _put(sheet: Any, row: int, number: int, question: Written, how: tuple[str, str], looks: Any, last: int) -> int:
    layout, style = how
    texts = [f"*{text}" if style == "sign" and at in question.correct else text for at, text in enumerate(question.choices)]
    lettered = [f"{LETTERS[at]}. {text}" for at, text in enumerate(texts)]
    formats = [looks.get(style) if at in question.correct else None for at in range(len(texts))]
    sheet.write(row, 0, number)
    sheet.write(row, 1, question.text)
    if layout == "rows":
        for at, text in enumerate(lettered, start=1):
            sheet.write(row + at, 1, text, formats[at - 1])
            if style not in (*looks, "sign") and at - 1 in question.correct:
                sheet.write(row + at, 2, "x")
        return row + len(texts)
    sheet.write(row, last, _answer(style, question))
    if layout == "columns":
        for at, text in enumerate(texts):
            sheet.write(row, 2 + at, text, formats[at])
    elif layout == "merged":
        for at, text in enumerate(lettered):
            sheet.write(row + at, 2, text, formats[at])
        for column, value in ((0, number), (1, question.text), (last, _answer(style, question))):
            sheet.merge_range(row, column, row + len(texts) - 1, column, value)
        return row + len(texts) - 1
    else:
        sheet.write(row, 2, ("\n" if layout == "cell" else "  ").join(lettered))
    return row


def _same(found: FoundQuestion, question: Written) -> bool:
    letters = tuple(LETTERS[place] for place in question.correct)
    return (found.text, found.choices, found.correct) == (question.text, question.choices, letters)


@settings(max_examples=120, deadline=None)
@given(BANKS, st.sampled_from(LAYOUTS), st.sampled_from(ANSWERS), st.integers(0, 3))
def test_nothing_is_silently_wrong(bank, layout, style, above):
    (table,) = read_workbook(_workbook(bank, layout, style, above), "b.xlsx").tables
    read = questions_of_table(table)
    assert read is not None
    assert len(read.questions) == len(bank)
    for found, question in zip(read.questions, bank, strict=True):
        assert (found.text, found.choices) == (question.text, question.choices)
        assert _same(found, question) or found.status == "rejected"


@settings(max_examples=60, deadline=None)
@given(BANKS, st.sampled_from(("columns", "cell", "line", "merged")), st.sampled_from(ANSWERS[:6]))
def test_written_answers_are_read_and_accepted(bank, layout, style):
    (table,) = read_workbook(_workbook(bank, layout, style, 1), "b.xlsx").tables
    read = questions_of_table(table)
    assert read is not None
    for found, question in zip(read.questions, bank, strict=True):
        assert _same(found, question)
        assert found.is_accepted
