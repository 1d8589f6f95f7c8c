"""Tables of answers in every arrangement."""

from __future__ import annotations

import os
from pathlib import Path

import docx
import pytest

from quizsvc.banks.files.columns import key_of_table
from tests.banks.files.columns.making import LEFT, table

SAMPLES = os.environ.get("QUIZSVC_SAMPLES")


def keys(*rows):
    found = key_of_table(table(*rows))
    return None if found is None else [(key.number, "".join(key.letters) or key.text) for key in found]


@pytest.mark.parametrize(
    "rows",
    [
        (("Câu", 1, 2, 3), ("Đáp án", "A", "c", "A, B")),
        (("BẢNG ĐÁP ÁN", "", ""), ("Câu", "Đáp án", ""), (1, "A", ""), (2, "C", ""), (3, "AB", "")),
        (("Câu", "Đáp án", "", "Câu", "Đáp án"), (1, "A", "", 3, "AB"), (2, "C", "", "", "")),
        (("1-A", "2.c"), ("3: A,B", "")),
        ((1, 2, 3), ("A", "C", "AB")),
        ((1, "A"), (2, "C"), (3, "AB")),
        (("STT", "Câu hỏi", "Đáp án"), (1, "Gì?", "A"), (2, "Nào?", "C"), (3, "Ai?", "A và B")),
        (("Câu số", "Phương án đúng", "Giải thích"), ("Câu 1.", "A", "vì"), ("Câu 2", "C", "vì"), ("3.0", "A;B", "")),
    ],
)
def test_arrangements(rows):
    assert keys(*rows) == [(1, "A"), (2, "C"), (3, "AB")]


def test_several_blocks_of_lines():
    assert keys(("Câu", 1, 2), ("Đáp án", "A", "B"), ("Câu", 3, ""), ("Đáp án", "C", "")) == [(1, "A"), (2, "B"), (3, "C")]


def test_sections_where_numbers_begin_again():
    found = key_of_table(table(("Câu", "Đáp án"), ("PHẦN I", LEFT), (1, "A"), ("PHẦN II", LEFT), (1, "B"))) or []
    assert [(key.section, key.number, key.letters) for key in found] == [("PHẦN I", 1, ("A",)), ("PHẦN II", 1, ("B",))]


def test_the_place_of_each_answer():
    (key, *_) = key_of_table(table(("Câu", "Đáp án"), (1, "Đúng"), (2, "B. Khách quan"))) or []
    assert (key.where.cell, key.letters, key.text) == ("B2", (), "Đúng")


def test_a_number_without_answer_stays_without_letters():
    found = key_of_table(table(("Câu", "Đáp án"), (1, "A"), (2, ""), (3, "C"))) or []
    assert [(key.number, key.letters, key.text) for key in found] == [(1, ("A",), ""), (2, (), ""), (3, ("C",), "")]


@pytest.mark.parametrize(
    "rows",
    [
        (("Câu", "Đáp án", "Đáp án"), (1, "A", "B")),
        (("STT", "Câu hỏi", "A", "B", "Đáp án"), (1, "Gì?", "m", "n", "A")),
        (("Họ tên", "Điểm"), ("An", 9)),
        (("A", "B"), ("C", "D")),
        ((1, 2), (3, 4)),
        (("",),),
    ],
)
def test_what_is_no_key(rows):
    assert keys(*rows) is None


def test_the_sample_of_another_author():
    if SAMPLES is None:
        return  # the samples are not part of the project
    document = docx.Document(str(next((Path(SAMPLES) / "anm2018").glob("02*.docx"))))
    found = key_of_table(table(*([cell.text for cell in row.cells] for row in document.tables[0].rows))) or []
    assert sorted(key.number for key in found) == list(range(1, 98))
    assert all(len(key.letters) == 1 for key in found)
