import json

import pytest

from quizsvc.banks.files.exchange.detect import exchange_format
from tests.banks.files.exchange.making import item21, manifest, moodle, zipped

AIKEN = "Hỏi?\nA. một\nB. hai\nANSWER: B\n"
OPENTDB = {"response_code": 0, "results": [{"question": "x", "correct_answer": "a", "incorrect_answers": ["b"]}]}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (AIKEN, "aiken"),
        (AIKEN + "\n" + AIKEN.replace("\n", "\r\n"), "aiken"),
        (AIKEN + "\nCâu 2. Hỏi?\na) một\nb) hai\nĐáp án: a\n", None),
        ("PHẦN I\n\n" + AIKEN, None),
        ("Câu 1. Hỏi?\nA. một\nB. hai\nĐáp án: B\n", None),
        ("::Câu 1::Hỏi{=a ~b}\n\nĐất{T}", "gift"),
        ("// ghi chú\n$CATEGORY: Luật\n\nHỏi{\n=a\n~b\n}", "gift"),
        ("Hỏi{=một\n~b", None),
        ("Câu 1. Tập hợp {=a} nào?\nA. một\n\nCâu 2. Hỏi?\nA. một\nB. hai\nĐáp án: B", None),
        ("Câu 1. Hỏi {chọn một}?", None),
        ("Văn bản thường", None),
        (moodle("x").decode(), "moodle_xml"),
        ('<?xml version="1.0"?><!-- a --><!-- <questestinterop> -->\n<quiz/>', "moodle_xml"),
        (item21("x"), "qti"),
        ('<!DOCTYPE questestinterop SYSTEM "x.dtd">\n<questestinterop/>', "qti"),
        ('<q:qti-assessment-item xmlns:q="x"/>', "qti"),
        ("<html><body>x</body></html>", None),
        ("<!---->" * 60 + "x", None),
        (json.dumps(OPENTDB), "opentdb"),
        (json.dumps(OPENTDB["results"]), "opentdb"),
        (json.dumps(OPENTDB)[:-3], "opentdb"),
        ('{"a": 1}', None),
        ("[1, 2]", None),
        ("[" * 100_000, None),
        ("", None),
    ],
)
def test_the_content_says_the_format_whatever_the_name(data: str, expected: str | None) -> None:
    for name in ("a.txt", "a.gift", "a.xml"):
        assert exchange_format(data.encode(), name) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"imsmanifest.xml": manifest(("imsqti_item_xmlv2p1", "a.xml")), "a.xml": item21("x")}, "qti"),
        ({"a.xml": item21("x")}, "qti"),
        ({"imsmanifest.xml": manifest(("webcontent", "a.html")), "a.html": "<p/>"}, None),
        ({"word/document.xml": "<document/>"}, None),
    ],
)
def test_a_package_is_known_by_what_is_in_it(parts: dict[str, str], expected: str | None) -> None:
    assert exchange_format(zipped(parts), "a.zip") == expected


def test_bytes_that_are_no_text_are_nothing() -> None:
    assert exchange_format(b"\xff\x00\xfe\x00", "a.txt") is None
