"""Automatic numbers: what Word shows before a paragraph although no text of the file has it."""

from __future__ import annotations

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.banks.files.docx.numbers import write_number
from tests.banks.files.docx.making import lines, paragraph, read, run


def level(depth: int, style: str, text: str, more: str = "", *, start: int = 1) -> str:
    inner = f'<w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{inner}</w:lvl>'


def definition(*levels: str, identity: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def num(identity: int, abstract: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def start_at(depth: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def item(depth: int = 0, identity: int = 1, text: str = "x") -> str:
    properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{identity}"/></w:numPr>'
    return paragraph(text, properties=properties)


def labels(body: str, numbering: str, styles: str = "") -> list[str]:
    return [line.label for line in lines(body, numbering=numbering, styles=styles)]


QUESTIONS = definition(level(0, "decimal", "Câu %1:"), level(1, "upperLetter", "%2."))


def test_questions_and_choices_of_one_list() -> None:
    body = item() + item(1) + item(1) + item() + item(1) + item(1) + item(1)
    found = lines(body, numbering=QUESTIONS + num(1))
    assert [line.label for line in found] == ["Câu 1:", "A.", "B.", "Câu 2:", "A.", "B.", "C."]
    assert [line.level for line in found] == [0, 1, 1, 0, 1, 1, 1]
    assert found[0].full_text == "Câu 1: x"


def test_a_list_for_each_question_begins_anew_when_it_overrides_its_start() -> None:
    choices = definition(level(0, "upperLetter", "%1)"))
    numbering = choices + num(1) + num(2, more=start_at(0, 1)) + num(3)
    body = item() + item() + item(identity=2) + item(identity=2) + item(identity=3)
    assert labels(body, numbering) == ["A)", "B)", "A)", "B)", "C)"]


def test_a_list_that_was_left_goes_on_where_it_stopped() -> None:
    body = item() + paragraph("xen giữa") + item()
    assert labels(body, QUESTIONS + num(1)) == ["Câu 1:", "", "Câu 2:"]


@pytest.mark.parametrize(
    ("style", "text", "expected"),
    [
        ("lowerLetter", "%1)", ["a)", "b)"]),
        ("upperRoman", "Phần %1.", ["Phần I.", "Phần II."]),
        ("lowerRoman", "(%1)", ["(i)", "(ii)"]),
        ("decimalZero", "%1", ["01", "02"]),
        ("bullet", "-", ["-", "-"]),
        ("bullet", "\uf0b7", ["•", "•"]),
        ("none", "Chú ý", ["Chú ý", "Chú ý"]),
        ("decimalEnclosedCircle", "%1", ["①", "②"]),
    ],
)
def test_styles_of_numbers(style: str, text: str, expected: list[str]) -> None:
    assert labels(item() + item(), definition(level(0, style, text)) + num(1)) == expected


def test_numbers_of_several_levels() -> None:
    numbering = definition(
        level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    )
    body = item() + item(1) + item(2) + item(2) + item(1) + item() + item(2)
    assert labels(body, numbering + num(1)) == ["I.", "I.1", "1.1.1", "1.1.2", "I.2", "II.", "2.1.1"]


def test_a_level_can_go_on_over_the_ones_above() -> None:
    never = definition(level(0, "decimal", "Phần %1"), level(1, "decimal", "Câu %2", '<w:lvlRestart w:val="0"/>'))
    assert labels(item() + item(1) + item() + item(1), never + num(1)) == ["Phần 1", "Câu 1", "Phần 2", "Câu 2"]
    only_first = definition(
        level(0, "decimal", "%1"), level(1, "decimal", "%2"), level(2, "decimal", "%3", '<w:lvlRestart w:val="1"/>')
    )
    body = item() + item(1) + item(2) + item(1) + item(2) + item() + item(2)
    assert labels(body, only_first + num(1)) == ["1", "1", "1", "2", "2", "2", "1"]


def test_an_overridden_level_and_a_start_of_its_own() -> None:
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>{level(0, "decimal", "Bài %1")}</w:lvlOverride>'
    assert labels(item() + item(), QUESTIONS + num(1, more=override)) == ["Bài 5", "Bài 6"]


def test_numbering_comes_from_the_style_and_zero_switches_it_off() -> None:
    numbering = definition(
        level(0, "decimal", "Câu %1."), level(1, "upperLetter", "%2.", '<w:pStyle w:val="Choice"/>')
    ) + num(1)
    styles = (
        '<w:style w:type="paragraph" w:styleId="Question"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Later"><w:basedOn w:val="Question"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Choice"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = "".join(
        paragraph("x", properties=f'<w:pStyle w:val="{style}"/>{more}')
        for style, more in (
            ("Question", ""),
            ("Choice", ""),
            ("Choice", ""),
            ("Later", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
            ("Later", ""),
        )
    )
    assert labels(body, numbering, styles) == ["Câu 1.", "A.", "B.", "", "Câu 2."]


def test_a_definition_that_only_points_to_a_numbering_style() -> None:
    numbering = (
        QUESTIONS
        + '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + num(1)
        + num(2, abstract=7)
    )
    styles = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert labels(item(identity=2), numbering, styles) == ["Câu 1:"]


def test_no_number_for_what_is_not_defined_or_was_deleted() -> None:
    gone = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>'
    body = (
        item(identity=9)
        + item(4)
        + paragraph("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", properties=gone)
        + item()
    )
    assert labels(body, QUESTIONS + num(1)) == ["", "", "Câu 1:"]


def test_the_number_has_a_look_of_its_own() -> None:
    red = '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:color w:val="FF0000"/></w:rPr>'
    (line,) = lines(paragraph(run("x", "<w:b/>"), properties=red), numbering=QUESTIONS + num(1))
    assert (line.label_marks.colour, line.label_marks.bold) == ("FF0000", False)


def test_a_style_of_numbers_that_is_not_known_is_told() -> None:
    document = read(item(), numbering=definition(level(0, "hebrew1", "%1.")) + num(1))
    assert [(remark.code, line.label) for remark, line in zip(document.remarks, document.lines, strict=True)] == [
        ("number-style", "1.")
    ]


@given(st.integers(1, 3999))
def test_roman_numbers_add_up(count: int) -> None:
    worth = dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000), strict=True))
    signs = [worth[sign] for sign in write_number(count, "upperRoman")]
    assert sum(-sign if sign < after else sign for sign, after in zip(signs, [*signs[1:], 0], strict=True)) == count


def test_lists_of_word_s_own_template(tmp_path: object) -> None:
    made = docx.Document()
    for style in ("List Number", "List Number", "List Bullet"):
        made.add_paragraph("x", style=style)
    path = f"{tmp_path}/x.docx"
    made.save(path)
    from quizsvc.banks.files.docx import read_docx

    with open(path, "rb") as file:
        assert [line.label for line in read_docx(file.read(), "x.docx").lines] == ["1.", "2.", "•"]
