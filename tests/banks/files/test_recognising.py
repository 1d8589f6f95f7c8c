"""The format of a file is what is in it; what is not accepted is refused by name, with a way out."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizsvc.banks.files.formats import FORMATS
from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.own_yaml import read_yaml
from quizsvc.banks.files.reading import DOCUMENTS, EXCHANGED, read_file
from quizsvc.banks.files.recognising import recognise
from tests.banks.making import BANK_YAML
from tests.registers.making import xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
AIKEN = "Ai ban hành luật?\nA. Quốc hội\nB. Chính phủ\nANSWER: A\n"
GIFT = "Ai ban hành luật? {=Quốc hội ~Chính phủ}\n"
TYPED = "Câu 1. Ai ban hành luật?\nA. Quốc hội\nB. Chính phủ\nĐáp án: A\n"
OPENTDB = json.dumps({"results": [{"question": "?", "correct_answer": "a", "incorrect_answers": ["b"]}]})


def packed(**parts: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return written.getvalue()


def stream(name: str) -> bytes:
    written = name.encode("utf-16-le")
    return OLE + bytes(512) + written.ljust(64, b"\0") + (len(written) + 2).to_bytes(2, "little")


@pytest.mark.parametrize(
    ("data", "format_name"),
    [
        (packed(**{"word__document.xml": "<w/>"}), "docx"),
        (xlsx(["Câu hỏi"]), "xlsx"),
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<x/>"}), "ods"),
        (packed(**{"imsmanifest.xml": "<manifest/>", "q.xml": "<assessmentItem />"}), "qti"),
        (stream("WordDocument"), "doc"),
        (stream("Workbook"), "xls"),
        (b"%PDF-1.7\n", "pdf"),
        (AIKEN.encode(), "aiken"),
        (GIFT.encode(), "gift"),
        (GIFT.encode("utf-16"), "gift"),
        (TYPED.encode(), "txt"),
        (b"<?xml version='1.0'?><quiz></quiz>", "moodle_xml"),
        (b"<questestinterop/>", "qti"),
        (OPENTDB.encode(), "opentdb"),
        (BANK_YAML.encode(), "yaml"),
    ],
)
@pytest.mark.parametrize("name", ["x", "de.docx", "de.xls"])
def test_content_says_the_format_whatever_the_name(data, format_name, name):
    assert recognise(data, name) == format_name


def test_a_name_decides_where_content_cannot():
    table = b"C\xc3\xa2u h\xe1\xbb\x8fi,A,B\n"
    assert (recognise(table, "x.csv"), recognise(table, "x.TSV"), recognise(table, "x.txt")) == ("csv", "csv", "txt")
    assert recognise(b"questions: []", "x.yaml") == "yaml"


def test_the_caller_is_believed_between_texts_only():
    assert recognise(TYPED.encode(), "x.txt", "aiken") == "aiken"
    assert recognise(GIFT.encode(), "x.txt", "txt") == "txt"
    for said in ("docx", "moodle_xml"):
        with pytest.raises(FileRefused) as caught:
            recognise(TYPED.encode(), "x.txt", said)
        assert caught.value.code == "other-format"
    with pytest.raises(FileRefused, match="Không có định dạng"):
        recognise(TYPED.encode(), "x.txt", "word")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "rỗng"),
        (b" \n\t\n", "không có chữ nào"),
        (b"{\\rtf1 Cau 1", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "ảnh PNG"),
        (b"Rar!\x1a\x07", "RAR"),
        (stream("EncryptedPackage"), "mật khẩu"),
        (stream("Contents"), "Hệ thống nhận"),
        (b"<!DOCTYPE html><html><table></table></html>", "trang web"),
        (b"<svg/>", "Hệ thống nhận"),
        (b'{"a": 1}', "Hệ thống nhận"),
        (packed(**{"ppt__presentation.xml": "<p/>"}), "Hệ thống nhận"),
        (packed(**{"xl__workbook.bin": "x"}), "xlsb"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "OpenDocument"),
        (b"PK\x03\x04 broken", "hỏng"),
    ],
)
def test_everything_else_is_refused_with_a_way_out(data, words):
    with pytest.raises(FileRefused, match=words) as caught:
        read_file(data, "de-thi.docx")
    assert "de-thi.docx" in caught.value.sentence


def test_every_format_has_a_reader():
    assert {*DOCUMENTS, *EXCHANGED} == set(FORMATS)


@given(st.binary(max_size=400), st.sampled_from(["a.docx", "a.txt", "a.csv", "a", "a.yaml", "a.xml"]))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused_in_a_sentence(data, name):
    refused = None
    try:
        assert read_file(data, name).name == name
    except FileRefused as error:
        refused = error
    assert refused is None or (refused.code and len(refused.sentence) > 20)


def test_options_that_would_do_nothing_are_refused():
    with pytest.raises(FileRefused, match="không dùng kèm tệp đáp án"):
        read_file(GIFT.encode(), "x.gift", key=(b"1. A", "key.txt"))
    with pytest.raises(FileRefused, match="phương án đầu là đúng"):
        read_file(GIFT.encode(), "x.gift", first_is_right=True)
    with pytest.raises(FileRefused, match="Tệp đáp án"):
        read_file(TYPED.encode(), "x.txt", key=(b"<quiz></quiz>", "key.xml"))


def test_our_own_yaml_gives_the_same_questions():
    found = read_yaml(BANK_YAML.encode(), "hon-nhan.yaml")
    assert [(question.code, question.correct, question.kind) for question in found.questions] == [
        ("hn-001", ("C",), "single"),
        ("hn-002", ("A",), "true_false"),
        ("hn-003", ("A", "C"), "multiple"),
    ]
    first = found.questions[0]
    assert (first.choices[1], first.topic, first.difficulty, str(first.where)) == (
        "19.50",
        "Kết hôn",
        1,
        "hon-nhan.yaml, dòng 6",
    )
    assert first.citation == "điểm a khoản 1 Điều 8 văn bản số 52/2014/QH13"
    assert (found.title, found.remarks) == ("Luật Hôn nhân", ())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("answer: [c, a]", "answer: [a, h]", "key-not-a-choice"),
        ("answer: true", "answer: true\n    choices: {a: Đúng, b: Sai}", "choices-on-true-false"),
    ],
)
def test_what_the_form_of_our_yaml_allows_but_no_question_is_stopped(old, new, code):
    found = read_yaml(BANK_YAML.replace(old, new).encode(), "hon-nhan.yaml")
    stopped = [remark.code for question in found.questions for remark in question.remarks]
    assert stopped == [code]
    assert len(found.accepted) == 2


def test_letters_of_our_yaml_are_places_not_names():
    swapped = BANK_YAML.replace("{a: Nam 20 tuổi, b: Nam 19 tuổi,", "{b: Nam 20 tuổi, a: Nam 19 tuổi,")
    question = read_yaml(swapped.encode(), "x.yaml").questions[2]
    assert (question.choices[:2], question.correct) == (("Nam 20 tuổi", "Nam 19 tuổi"), ("B", "C"))


def test_broken_yaml_is_refused_with_its_line():
    with pytest.raises(FileRefused, match="dòng 2"):
        read_yaml(b"bank: x\nquestions: [", "x.yaml")
    broken = read_yaml(BANK_YAML.replace("difficulty: 2", "difficulty: 7").encode(), "x.yaml")
    assert ([remark.code for remark in broken.remarks], broken.is_refused) == (["not-allowed-value"], True)
