"""Whole Word files: what python-docx writes comes back, what is broken ends in a sentence, size costs in proportion."""

from __future__ import annotations

import io
import os
import time
import unicodedata
from pathlib import Path

import docx
import pytest
from docx.shared import RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from quizsvc.banks.files.documents import Document, Marks
from quizsvc.banks.files.docx import read_docx
from quizsvc.banks.files.found import FileRefused
from tests.banks.files.docx.making import cell, make_docx, paragraph, row, run, table, unzipped, zipped

LETTERS = st.sampled_from("aAbcnghêưỡđĐ.:()?1 2-,ệữ")
MARKS = st.builds(
    Marks,
    bold=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    strike=st.booleans(),
    colour=st.sampled_from([None, "FF0000", "0000FF"]),
)
PARAGRAPHS = st.lists(
    st.lists(st.tuples(st.text(LETTERS, min_size=1, max_size=12), MARKS), max_size=4), min_size=1, max_size=6
)

NUMBERED = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
RICH = make_docx(
    paragraph("Câu 1", run("đậm", "<w:b/><w:rStyle w:val='S'/>"), properties=NUMBERED)
    + table(
        row(cell("A", "<w:gridSpan w:val='2'/>")),
        row(cell("B", "<w:vMerge/>"), cell(paragraph("C") + table(row(cell("D"))))),
    )
    + "<w:p><w:r><w:br w:type='page'/><w:fldChar w:fldCharType='begin'/><w:instrText>SEQ</w:instrText>"
    "<w:fldChar w:fldCharType='end'/><w:sym w:font='Symbol' w:char='F0B7'/>"
    "<w:drawing><a:blip r:embed='s'/></w:drawing></w:r>"
    "<m:oMath><m:d><m:e><m:r><m:t>x</m:t></m:r></m:e></m:d></m:oMath></w:p>",
    styles="<w:style w:type='character' w:styleId='S'><w:basedOn w:val='S'/><w:rPr><w:color w:themeColor='accent1'"
    " w:themeTint='80'/><w:shd w:val='pct20' w:fill='FFFF00'/></w:rPr></w:style>",
    numbering="<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='lowerRoman'/>"
    "<w:lvlRestart w:val='1'/><w:lvlText w:val='%1.%2'/></w:lvl></w:abstractNum><w:num w:numId='1'>"
    "<w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='3'/></w:lvlOverride></w:num>",
    theme="<a:clrScheme><a:accent1><a:srgbClr val='4F81BD'/></a:accent1></a:clrScheme>",
)
PARTS = unzipped(RICH)


def signs_with_marks(document: Document) -> list[list[tuple[str, Marks]]]:
    return [[(sign, each.marks) for each in line.runs for sign in each.text] for line in document.lines]


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS)
def test_what_python_docx_writes_comes_back_with_its_marks(written: list[list[tuple[str, Marks]]]) -> None:
    made = docx.Document()
    for each in written:
        holder = made.add_paragraph()
        for text, marks in each:
            added = holder.add_run(text)
            added.bold, added.italic, added.underline = marks.bold, marks.italic, marks.underline
            added.font.strike = marks.strike
            if marks.colour is not None:
                added.font.color.rgb = RGBColor.from_string(marks.colour)
    file = io.BytesIO()
    made.save(file)
    expected = [[(sign, marks) for text, marks in each for sign in text] for each in written]
    assert signs_with_marks(read_docx(file.getvalue(), "x")) == expected


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("aoưđ ệÁ\u0301\u0323\u0302x"), min_size=1, max_size=12), st.data())
def test_wherever_runs_cut_a_text_it_reads_the_same(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    (line,) = read_docx(make_docx(paragraph(run(text[:cut]), run(text[cut:], "<w:b/>"))), "x").lines
    assert line.text == unicodedata.normalize("NFC", text)


def ends_well(data: bytes) -> None:
    """Reads to an end, or is refused in a sentence that names the file; anything else is a crash."""
    told = "x.docx"
    try:
        read_docx(data, "x.docx")
    except FileRefused as refused:
        told = refused.sentence
    assert "x.docx" in told


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(sorted(PARTS)), st.data())
def test_broken_xml_ends_in_a_document_or_a_sentence(part: str, data: st.DataObject) -> None:
    before = PARTS[part]
    at = data.draw(st.integers(0, len(before)))
    removed = data.draw(st.integers(0, 40))
    put = data.draw(
        st.sampled_from([b"", b"-1", b"999999999", b"<w:p>", b"</w:p>", b"<w:tbl/>", b"\xff", b"&#0;", b'"', b"x", b"w:"])
    )
    ends_well(zipped(PARTS | {part: before[:at] + put + before[at + removed :]}))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(RICH)), st.integers(0, 30), st.binary(max_size=6))
def test_broken_bytes_end_in_a_document_or_a_sentence(at: int, removed: int, put: bytes) -> None:
    ends_well(RICH[:at] + put + RICH[at + removed :])


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_wild_values_end_in_a_document_or_a_sentence(data: st.DataObject) -> None:
    part = data.draw(
        st.sampled_from(["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/theme/theme1.xml"])
    )
    pieces = PARTS[part].decode().split("'")
    at = data.draw(st.integers(0, (len(pieces) - 2) // 2)) * 2 + 1
    pieces[at] = data.draw(
        st.sampled_from(["", "-5", "0", "99999999999999", "ZZZZZZ", "pct", "pct٣", "%1%9%", "FFFFFFF", "٣", "on"])
    )
    ends_well(zipped(PARTS | {part: "'".join(pieces).encode()}))


def test_a_paragraph_of_very_many_runs_is_read_in_proportion() -> None:
    accents = run("\u0301", "<w:b/>") + run("\u0301", "<w:i/>")
    (line,) = read_docx(make_docx(paragraph("a" + "x", *[run("chữ"), run("chữ", "<w:b/>"), accents] * 4_000)), "x").lines
    assert len(line.runs) > 4_000


def seconds_for(questions: int) -> float:
    body = "".join(
        paragraph(run(f"Câu {number}: ", "<w:b/>"), "Cơ quan nào ban hành luật?")
        + "".join(paragraph(f"{letter}. Phương án {number}") for letter in "ABCD")
        for number in range(questions)
    )
    data = make_docx(body)
    began = time.process_time()
    assert sum(1 for _ in read_docx(data, "x").lines) == questions * 5
    return time.process_time() - began


def test_time_grows_with_the_questions_and_no_faster() -> None:
    seconds_for(100)
    small, large = min(seconds_for(250) for _ in range(3)), seconds_for(1000)
    assert large < 12 * small  # four times as much; a quadratic reader needs sixteen times


@pytest.fixture
def samples() -> Path | None:
    folder = os.environ.get("QUIZSVC_SAMPLES")
    return None if folder is None else Path(folder) / "anm2018"


def test_files_of_a_real_contest(samples: Path | None) -> None:
    read = [] if samples is None else [read_docx(path.read_bytes(), path.name) for path in sorted(samples.glob("*.docx"))]
    assert [(len(document.blocks), document.remarks) for document in read] in ([], [(450, ()), (3, ())])
    for bank in read[:1]:
        bold = [line.text[:2] for line in bank.lines if line.runs and line.runs[0].marks.bold and line.text[1:2] == "."]
        assert bold[:6] == ["B.", "A.", "D.", "D.", "A.", "C."]
        assert max(line.where.page or 0 for line in bank.lines) == 22
