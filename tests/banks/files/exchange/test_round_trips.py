"""What a writer writes, its reader reads to equal questions, whatever signs they hold."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from quizsvc.banks.faults import Level
from quizsvc.banks.files.exchange import (
    exchange_format,
    read_gift,
    read_moodle_xml,
    read_qti,
    write_gift,
    write_moodle_xml,
    write_qti21,
)
from quizsvc.banks.files.exchange.write_qti21 import PACKAGING, QTI
from quizsvc.banks.files.found import FoundFile, FoundQuestion, letters_of
from quizsvc.banks.files.writing.written import WrittenBank, WrittenItem, losses_in_words
from quizsvc.banks.letter_references import choice_refers

NASTY = st.sampled_from(
    [
        *"~=#{}:\\<&>%[]\"'/$_-.,;?!0Aaz",
        *("]]>", "<b>", "</p>", "&amp;", "&#60;", "\\n", "//", "::", "####", "%50%", "[html]", "->", "<!--", "<![CDATA["),
        *("=SUM(A1)", "@cmd", "+1", "Điều ", "ướ", "Ậ", " ", " và ", "x²", "$CATEGORY: x", "TRUE", "{=a ~b}", "ANSWER: A"),
    ]
)


def texts() -> st.SearchStrategy[str]:
    """One to three lines without outer spaces; nothing in them is to be repaired."""
    line = st.lists(NASTY, min_size=1, max_size=6).map(lambda parts: " ".join(("a" + "".join(parts)).split()))
    return st.lists(line, min_size=1, max_size=3).map("\n".join)


@st.composite
def items(draw: st.DrawFn) -> WrittenItem:
    kind = draw(st.sampled_from(["single", "multiple", "true_false"]))
    choices: tuple[str, ...] = ("Đúng", "Sai")
    if kind != "true_false":
        drawn = draw(st.lists(texts(), min_size=2, max_size=8))
        choices = tuple(f"{number}) {text}" for number, text in enumerate(drawn))
    most = len(choices) if kind == "multiple" else 1
    right = draw(st.sets(st.integers(0, len(choices) - 1), min_size=1, max_size=most))
    return WrittenItem(
        number=1,
        code=draw(st.sampled_from(["", "q-1", "a-b-2"])),
        kind=kind,
        text=draw(texts()),
        choices=choices,
        correct=tuple(sorted(right)),
        topic=draw(st.sampled_from(["", "Luật An ninh mạng", "Chương I/II", "a & b < c"])),
        difficulty=draw(st.sampled_from([None, 1, 2, 3])),
        pinned=draw(st.booleans()) and kind != "true_false",
        explanation=draw(st.one_of(st.just(""), texts())),
        citation=draw(st.one_of(st.just(""), st.just("điểm a khoản 2 Điều 15 Luật số 75/2015/QH13"))),
    )


def banks() -> st.SearchStrategy[WrittenBank]:
    numbered = st.lists(items(), min_size=1, max_size=2).map(
        lambda drawn: tuple(WrittenItem(**{**vars(item), "number": number}) for number, item in enumerate(drawn, start=1))
    )
    return numbered.map(lambda drawn: WrittenBank("ngan-hang", "Ngân hàng", drawn))


def content_of(item: WrittenItem) -> tuple[object, ...]:
    return (
        *(item.text, item.choices, letters_of(item.correct), item.kind),
        *(item.explanation, item.citation, item.topic or None, item.code or None),
    )


def content_read(question: FoundQuestion) -> tuple[object, ...]:
    return (
        *(question.text, question.choices, question.correct, question.kind),
        *(question.explanation, question.citation, question.topic, question.code),
    )


def stays_in_order(item: WrittenItem) -> bool:
    """A reader pins what refers to other choices, said or not."""
    return item.pinned or any(choice_refers(choice) for choice in item.choices)


def faults_of(found: FoundFile) -> set[str]:
    """Codes of errors. Texts here are mostly signs, which readers rightly take for garbage where there are many."""
    return {remark.code for question in found.questions for remark in question.remarks if remark.level is Level.ERROR}


@settings(max_examples=80, deadline=None)
@given(banks())
def test_gift(bank: WrittenBank) -> None:
    written = write_gift(bank)
    found = read_gift(written.data, written.file_name)

    assert [content_read(question) for question in found.questions] == [content_of(item) for item in bank.items]
    assert [question.difficulty for question in found.questions] == [item.difficulty for item in bank.items]
    assert faults_of(found) <= {"broken-text"}


@settings(max_examples=80, deadline=None)
@given(banks())
def test_moodle_xml(bank: WrittenBank) -> None:
    written = write_moodle_xml(bank)
    found = read_moodle_xml(written.data, written.file_name)

    assert [content_read(question) for question in found.questions] == [content_of(item) for item in bank.items]
    assert [question.difficulty for question in found.questions] == [item.difficulty for item in bank.items]
    assert [question.pinned for question in found.questions] == [stays_in_order(item) for item in bank.items]
    assert faults_of(found) <= {"broken-text"}


@settings(max_examples=80, deadline=None)
@given(banks())
def test_qti(bank: WrittenBank) -> None:
    written = write_qti21(bank)
    found = read_qti(written.data, written.file_name)

    assert [content_read(question) for question in found.questions] == [content_of(item) for item in bank.items]
    assert [question.pinned for question in found.questions] == [stays_in_order(item) for item in bank.items]
    assert faults_of(found) <= {"broken-text"}


ITEM = WrittenItem(1, "q-1", "single", "Hỏi", ("a", "b"), (1,), "Luật", 2, True, "Vì", "Điều 4", True, 1)
BANK = WrittenBank("b", "Ngân hàng", (ITEM, WrittenItem(2, "", "multiple", "Chọn\x01  hai", ("a", "b", "c"), (0, 2))))


@pytest.mark.parametrize(
    ("write", "totals"),
    [
        (write_gift, {"bank-title": 1, "citation-as-text": 1, "control-characters": 1, "pictures": 1, "pinned": 1}),
        (write_moodle_xml, {"bank-title": 1, "citation-as-text": 1, "control-characters": 1, "pictures": 1}),
        (
            write_qti21,
            {"citation-as-text": 1, "control-characters": 1, "difficulty": 1, "pictures": 1, "spacing": 1},
        ),
    ],
)
def test_what_a_format_cannot_carry_is_told(write: object, totals: dict[str, int]) -> None:
    assert callable(write)
    written = write(BANK)

    assert written.totals == totals
    assert {loss.number for loss in written.losses if loss.code == "citation-as-text"} == {1}
    assert "Câu 2: ký tự điều khiển" in losses_in_words(written.losses)


@pytest.mark.parametrize(
    ("write", "expected"), [(write_gift, "gift"), (write_moodle_xml, "moodle_xml"), (write_qti21, "qti")]
)
def test_what_is_written_is_recognised(write: object, expected: str) -> None:
    assert callable(write)
    assert exchange_format(write(BANK).data, "x") == expected


def test_the_same_bank_gives_the_same_bytes() -> None:
    assert write_qti21(BANK).data == write_qti21(BANK).data


def parts_of(bank: WrittenBank) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(write_qti21(bank).data)) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def names(element: etree._Element) -> list[str]:
    return [etree.QName(each).localname for each in element]


def test_the_structure_that_the_specification_asks_for() -> None:
    """Order and attributes of imsqti_v2p1.xsd and imscp_v1p1.xsd, which may not be shipped."""
    parts = parts_of(BANK)
    manifest, test, item = parts["imsmanifest.xml"], parts["assessment.xml"], parts["items/1.xml"]

    assert list(parts) == ["imsmanifest.xml", "assessment.xml", "items/1.xml", "items/2.xml"]
    assert manifest.tag == f"{{{PACKAGING}}}manifest"
    assert names(manifest) == ["metadata", "organizations", "resources"]
    hrefs = [each.get("href") for each in manifest.iter(f"{{{PACKAGING}}}resource")]
    assert hrefs == ["assessment.xml", "items/1.xml", "items/2.xml"]
    assert test.tag == f"{{{QTI}}}assessmentTest"
    assert [each.get("href") for each in test.iter(f"{{{QTI}}}assessmentItemRef")] == hrefs[1:]
    assert names(item) == [
        *("responseDeclaration", "outcomeDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing"),
        "modalFeedback",
    ]
    assert set(item.attrib) >= {"identifier", "title", "adaptive", "timeDependent"}
    choices = list(item.iter(f"{{{QTI}}}simpleChoice"))
    keys = [each.text for each in item.iter(f"{{{QTI}}}value")]
    assert [each.get("identifier") for each in choices] == ["A", "B"]
    assert keys == ["B"]
    assert names(parts["items/2.xml"]) == ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing"]
