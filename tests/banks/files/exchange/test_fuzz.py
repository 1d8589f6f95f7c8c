"""Whatever the bytes: a file that was read or a refusal in a sentence, and no question accepted without a key."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizsvc.banks.files.exchange import (
    exchange_format,
    read_aiken,
    read_gift,
    read_moodle_xml,
    read_opentdb,
    read_qti,
)
from quizsvc.banks.files.found import FileRefused, FoundFile
from tests.banks.files.exchange.making import item21, manifest, moodle, multichoice, zipped
from tests.banks.files.exchange.test_opentdb import QUESTION, file
from tests.banks.files.exchange.test_qti1 import condition, equal, item
from tests.banks.files.exchange.test_qti1 import file as qti1_file

Read = Callable[[bytes, str], FoundFile]

PIECES = {
    read_aiken: ["Hỏi", "A. ", "B) ", "C.", "ANSWER: ", "A", "b", "\n", "\n\n", ",", "\u2028", "\x0c", "Câu 1"],
    read_gift: [
        *(
            "::",
            "{",
            "}",
            "=",
            "~",
            "#",
            "####",
            "\\",
            "%50%",
            "%",
            "T",
            "FALSE",
            "//",
            "$CATEGORY: ",
            "[html]",
            "<b>",
            "\n",
        ),
        *(
            "\n\n",
            "->",
            "a",
            "Đ",
            " ",
            "\\n",
            "[tag:",
            "[id:x]",
            "&#",
            "<img src='x'>",
            "<sup>",
            "</sup>",
            "<ol>",
            "</ol>",
            "<td>",
        ),
    ],
    read_moodle_xml: [
        *("<quiz>", "</quiz>", '<question type="multichoice">', '<question type="truefalse">', "</question>", "<text>"),
        *("</text>", '<answer fraction="100">', "</answer>", "<questiontext>", "</questiontext>", "<![CDATA[", "]]>", "<p>"),
        *(
            '<file name="a" encoding="base64">',
            "</file>",
            "@@PLUGINFILE@@/a",
            "&lt;img src=x&gt;",
            "&x;",
            "<single>",
            "a",
            "<!--",
        ),
    ],
    read_qti: [
        "<questestinterop>",
        "<item>",
        "</item>",
        "<assessmentItem>",
        "<itemBody>",
        "<choiceInteraction/>",
        "a",
        "</",
    ],
    read_opentdb: [
        '{"results":',
        "[",
        "]",
        "{",
        "}",
        '"type":"multiple"',
        ",",
        '"question":"x"',
        '"incorrect_answers":',
        "1",
        "e9",
    ],
}
SOUND = {
    read_aiken: "Hỏi?\nA. một\nB. hai\nANSWER: B\n".encode(),
    read_gift: "$CATEGORY: Luật\n\n::a::Hỏi{\n=a#x\n~%50%b\n####Chung}\n".encode(),
    read_moodle_xml: moodle(multichoice("<p>Hỏi<img src='@@PLUGINFILE@@/a'></p>", [("100", "a"), ("0", "b")])),
    read_qti: item21("Hỏi", mapping='<mapping><mapEntry mapKey="A" mappedValue="1"/></mapping>').encode(),
    read_opentdb: file(QUESTION),
}


def read_or_refuse(read: Read, data: bytes) -> FoundFile | FileRefused:
    try:
        return read(data, "a")
    except FileRefused as refused:
        return refused


def check(read: Read, data: bytes) -> None:
    found = read_or_refuse(read, data)
    if isinstance(found, FileRefused):
        assert found.code
        assert len(found.sentence) > 20
        return
    assert found.questions or found.remarks
    for question in found.questions:
        if question.is_accepted:
            assert question.text
            assert question.correct
            assert len(question.choices) >= 2
            assert all(question.choices)
            assert len(question.correct) == 1 or question.kind == "multiple"


@pytest.mark.parametrize("read", list(PIECES), ids=lambda read: read.__name__)
@settings(max_examples=120, deadline=2000)
@given(st.data())
def test_pieces_of_the_grammar_in_any_order(read: Read, data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(PIECES[read]), max_size=40)))

    check(read, text.encode())
    assert exchange_format(text.encode(), "a") in (None, "aiken", "gift", "moodle_xml", "qti", "opentdb")


@pytest.mark.parametrize("read", list(SOUND), ids=lambda read: read.__name__)
@settings(max_examples=120, deadline=2000)
@given(st.data())
def test_sound_files_with_some_bytes_changed(read: Read, data: st.DataObject) -> None:
    sound = SOUND[read]
    start = data.draw(st.integers(0, len(sound)))
    end = data.draw(st.integers(start, min(len(sound), start + 30)))
    put = data.draw(st.one_of(st.binary(max_size=8), st.text(max_size=8).map(lambda text: text.encode("utf-8", "replace"))))

    check(read, sound[:start] + put + sound[end:])


@pytest.mark.parametrize("read", list(SOUND), ids=lambda read: read.__name__)
@settings(max_examples=60, deadline=2000)
@given(st.binary(max_size=200))
def test_any_bytes(read: Read, data: bytes) -> None:
    check(read, data)


PACKAGE = {
    "imsmanifest.xml": manifest(("imsqti_item_xmlv2p1", "a.xml"), ("imsqti_xmlv1p2", "b.xml")),
    "a.xml": item21("Hỏi"),
    "b.xml": qti1_file(item(condition(equal("a")))),
}


@settings(max_examples=100, deadline=2000)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=6))
def test_packages_with_some_bytes_changed(at: int, put: bytes) -> None:
    sound = zipped(PACKAGE)
    start = at % len(sound)

    check(read_qti, sound[:start] + put + sound[start + len(put) :])


def test_the_sound_files_are_sound() -> None:
    for read, data in (*SOUND.items(), (read_qti, zipped(PACKAGE))):
        assert read(data, "a").questions[0].text
