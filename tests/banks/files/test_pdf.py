"""PDF: sound text is read line by line, everything else is refused with the reason and the way out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.pdf import MOST_PAGES, read_pdf
from tests.banks.files.pdf_making import locked_pdf, make_pdf

PAGE = [
    "Câu 1. Cơ quan nào có thẩm quyền ban hành luật?",
    "A. Quốc hội",
    "B. Chính phủ nước Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Đáp án: A. Căn cứ Điều 70 của Hiến pháp năm 2013",
]
BROKEN_UP = [
    "Câu 1. Cơ quan nhà nướ c nào củ a trung ương đượ c ban hành luậ t?",
    "A. Quố c hộ i là cơ quan quyề n lự c nhà nướ c cao nhấ t",
]


def refusal(data: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read_pdf(data, "de.pdf")
    assert "de.pdf" in refused.value.sentence
    return refused.value


def test_lines_with_their_pages() -> None:
    document = read_pdf(make_pdf([PAGE, ["Câu 2. Luật đất đai có hiệu lực từ ngày nào?"]]), "de.pdf")
    assert [line.text for line in document.lines] == [*PAGE, "Câu 2. Luật đất đai có hiệu lực từ ngày nào?"]
    assert [str(line.where) for line in document.lines][-2:] == ["de.pdf, trang 1, dòng 4", "de.pdf, trang 2, dòng 1"]
    assert [remark.code for remark in document.remarks] == ["pdf-no-marks"]


def test_pages_and_pictures_that_give_no_question_are_told() -> None:
    document = read_pdf(make_pdf([PAGE, []]), "de.pdf")
    assert [(remark.code, remark.where.page) for remark in document.remarks[1:]] == [("pdf-page-without-text", 2)]
    document = read_pdf(make_pdf([PAGE], picture=True), "de.pdf")
    assert [(remark.code, remark.where.page) for remark in document.remarks[1:]] == [("picture-missing", 1)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"Word", "not-pdf"),
        (b"%PDF-1.7\nbroken", "pdf-broken"),
        (locked_pdf(), "password"),
        (make_pdf([[]]), "pdf-no-text"),
        (make_pdf([PAGE], invisible=True, picture=True), "pdf-scan"),
        (make_pdf([PAGE], shift=None), "pdf-garbled"),
        (make_pdf([PAGE], shift=3), "pdf-garbled"),
        (make_pdf([["!\"! #$%&' ()*+ ,-./ !\"! #$%&' ()*+"]]), "pdf-garbled"),
        (make_pdf([["C©u 1: C¬ quan nµo cã thÈm quyÒn ban hµnh luËt?"]]), "pdf-legacy-encoding"),
        (make_pdf([BROKEN_UP]), "pdf-stray-spaces"),
        (make_pdf([PAGE] * (MOST_PAGES + 1)), "pdf-pages"),
    ],
)
def test_refused_with_the_reason(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_the_refusal_shows_what_was_read() -> None:
    assert "«nhà nướ" in refusal(make_pdf([BROKEN_UP])).sentence or "«nướ c»" in refusal(make_pdf([BROKEN_UP])).sentence
    assert str(MOST_PAGES) in refusal(make_pdf([PAGE] * (MOST_PAGES + 1))).sentence


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_broken_pdfs_end_in_lines_or_a_sentence(at: int, change: bytes) -> None:
    data = bytearray(make_pdf([PAGE]))
    data[at : at + len(change)] = change
    told = "de.pdf"
    try:
        read_pdf(bytes(data), "de.pdf")
    except FileRefused as refused:
        told = refused.sentence
    assert "de.pdf" in told
