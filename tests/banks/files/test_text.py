"""Text files in the encodings that people save, and bytes that are no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.banks.files.documents import RepairKind
from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.guards import LARGEST_FILE
from quizsvc.banks.files.layout import understand
from quizsvc.banks.files.text import read_text

TEXT = "Câu 1. Trẻ em là người dưới bao nhiêu tuổi?\nA. Mười bốn\nB. Mười sáu\nĐáp án: B\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_unicode(encoding, newline):
    document = read_text(TEXT.replace("\n", newline).encode(encoding), "de.txt")
    assert [line.text for line in document.lines] == TEXT.split("\n")
    assert [line.where.line for line in document.lines] == [1, 2, 3, 4, 5]
    (question,) = understand(document).questions
    assert (question.choices, question.correct) == (("Mười bốn", "Mười sáu"), ("B",))


def test_marked_utf16_big_endian():
    assert next(read_text(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "de.txt").lines).text == TEXT.split("\n")[0]


def test_windows_1258():
    # the code page has ê and tone marks apart: ế is ê with an acute accent behind it
    written = "Hi\u00ea\u0301n pha\u0301p na\u0306m 2013 quy đi\u0323nh gi\u0300 vê\u0300 quyê\u0300n con ngươ\u0300i?"
    document = read_text(written.replace("a\u0306", "ă").encode("windows-1258"), "de.txt")
    assert next(document.lines).text == "Hiến pháp năm 2013 quy định gì về quyền con người?"
    assert {repair.kind for repair in document.repairs} == {RepairKind.NFC}


def test_tcvn3_is_found_out_and_told():
    written = "C©u 1: C¬ quan nµo cã thÈm quyÒn ban hµnh luËt?\nA. ChÝnh phñ\nB. Quèc héi"
    for data in (written.encode("latin-1"), written.encode("utf-8")):
        document = read_text(data, "de.txt")
        assert [line.text for line in document.lines] == [
            "Câu 1: Cơ quan nào có thẩm quyền ban hành luật?",
            "A. Chính phủ",
            "B. Quốc hội",
        ]
        assert RepairKind.TCVN3 in {repair.kind for repair in document.repairs}


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 40, codecs.BOM_UTF8 + b"\xff\xfe\xfa", b"abc\x00def" + "é".encode()])
def test_no_text(data):
    with pytest.raises(FileRefused) as refused:
        read_text(data, "de.txt")
    assert refused.value.code == "not-text"
    assert "UTF-8" in refused.value.sentence


def test_too_large_a_file_names_the_limit():
    with pytest.raises(FileRefused, match="20 MB"):
        read_text(b" " * (LARGEST_FILE + 1), "de.txt")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_a_sentence(data):
    told = ""
    try:
        told = understand(read_text(data, "de.txt")).name
    except FileRefused as refused:
        told = refused.sentence
    assert told == "de.txt" or told.endswith(".")


@given(st.text(alphabet="ABab.):/- 12\n\tCâuĐáp án?*“”", min_size=1, max_size=200))
def test_any_text_is_understood_without_a_crash(text):
    file = understand(read_text(text.encode(), "de.txt"))
    assert all(0 <= question.confidence <= 1 for question in file.questions)
