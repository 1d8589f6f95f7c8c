"""Writes banks as Word files in the layouts that organizers use and the reader knows."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from quizsvc.banks.files.docx import read_docx
from quizsvc.banks.files.found import LETTERS, letters_of
from quizsvc.banks.files.layout import understand
from quizsvc.banks.files.writing import word_styles as styles
from quizsvc.banks.files.writing.columns import DIFFICULTIES, Column, columns_of
from quizsvc.banks.files.writing.reading_back import BASIS, EXPLANATION, fitted_bank, labelled, losses_of
from quizsvc.banks.files.writing.written import Exported, WrittenBank, WrittenItem

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_SIDE_BY_SIDE = 5
"""Choices beside each other in a row of a landscape page; more leave no room for words."""
PER_ROW = 10
"""Questions side by side in the table of answers."""
LANDSCAPE_WIDTH = 26.7
TWIPS_PER_CM = 567
Piece = tuple[str, bool]
"""Text and whether it is bold."""


class Layout(StrEnum):
    """How a question stands on paper."""

    BOLD = "bold"
    """The right choice is bold."""
    ANSWER_LINE = "answer-line"
    """«Đáp án: B. Căn cứ …» below the choices."""
    ANSWER_TABLE = "answer-table"
    """An exam paper; the answers are a table behind all questions. Basis and explanation are left out."""
    TABLE = "table"
    """One row a question."""


def write_docx(bank: WrittenBank, layout: Layout = Layout.ANSWER_LINE) -> Exported:
    """The bank as a .docx. Numbers and letters are typed, so that copied text keeps them.

    The losses are found by reading the file again; they say what would differ if it were imported.
    """
    ready = fitted_bank(bank)
    document = styles.new_document(ready.title, is_wide=layout is Layout.TABLE)
    body = _Body(document.element.body)
    if ready.title:
        body.add(_paragraph(styles.TITLE, [(ready.title, False)]))
    WRITERS[layout](ready, body)
    buffer = io.BytesIO()
    document.save(buffer)
    data, name = buffer.getvalue(), f"{bank.code}.docx"
    return Exported(data, name, MEDIA_TYPE, losses_of(bank, lambda: understand(read_docx(data, name))))


class _Body:
    """The end of the document, before the properties of its last section."""

    def __init__(self, element: Any) -> None:
        self._element, self._section = element, element.find(qn("w:sectPr"))

    def add(self, *blocks: Any) -> None:
        for block in blocks:
            self._section.addprevious(block)


def _write_bold(bank: WrittenBank, body: _Body) -> None:
    for item in _under_topics(bank, body):
        body.add(*_question(item, bold=item.correct))
        if _needs_answer_line(item):
            body.add(_answer(item))
        else:
            body.add(*_basis(item))
        body.add(*_explanation(item))


def _write_answer_lines(bank: WrittenBank, body: _Body) -> None:
    for item in _under_topics(bank, body):
        body.add(*_question(item), _answer(item), *_explanation(item))


def _write_answer_table(bank: WrittenBank, body: _Body) -> None:
    for item in _under_topics(bank, body):
        body.add(*_question(item))
    body.add(_paragraph(styles.END, [("--- HẾT ---", False)]), _paragraph(styles.HEADING, [("BẢNG ĐÁP ÁN", False)]))
    rows = []
    for start in range(0, len(bank.items), PER_ROW):
        part = bank.items[start : start + PER_ROW]
        rows.append([("Câu", True), *((str(item.number), True) for item in part)])
        rows.append([("Đáp án", True), *((", ".join(letters_of(item.correct)), False) for item in part)])
    body.add(_table(rows, [2.4, *[1.4] * min(PER_ROW, len(bank.items))]))


def _write_table(bank: WrittenBank, body: _Body) -> None:
    columns = columns_of(bank, most_side_by_side=MOST_SIDE_BY_SIDE)
    rows = [[(column.title, True) for column in columns]]
    rows += [[(str(column.value(item)), False) for column in columns] for item in bank.items]
    body.add(_table(rows, _widths(columns), has_header=True))


def _widths(columns: Sequence[Column]) -> list[float]:
    """What narrow columns need, and the rest of a landscape page shared among the others."""
    left = LANDSCAPE_WIDTH - sum(column.fixed for column in columns if column.fixed)
    weight = sum(column.width for column in columns if not column.fixed)
    return [column.fixed or left * column.width / weight for column in columns]


WRITERS: dict[Layout, Callable[[WrittenBank, _Body], None]] = {
    Layout.BOLD: _write_bold,
    Layout.ANSWER_LINE: _write_answer_lines,
    Layout.ANSWER_TABLE: _write_answer_table,
    Layout.TABLE: _write_table,
}


def _under_topics(bank: WrittenBank, body: _Body) -> Iterator[WrittenItem]:
    """The questions; before each that begins another topic, its heading is written."""
    topic = ""
    for item in bank.items:
        if item.topic and item.topic != topic:
            topic = item.topic
            body.add(_paragraph(styles.HEADING, [(f"Lĩnh vực: {topic}", False)]))
        yield item


def _question(item: WrittenItem, bold: Sequence[int] = ()) -> Iterator[Any]:
    depth = f" ({DIFFICULTIES[item.difficulty]})" if item.difficulty else ""
    yield _paragraph(styles.QUESTION, [(f"Câu {item.number}{depth}.", True), (f" {item.text}", False)])
    for position, (letter, choice) in enumerate(zip(LETTERS, item.choices, strict=False)):
        yield _paragraph(styles.CHOICE, [(f"{letter}. {choice}", position in bold)])


def _needs_answer_line(item: WrittenItem) -> bool:
    """Several bold choices look like a slip where others have one, and a choice may go on below in small letters."""
    return len(item.correct) != 1 or (not item.citation and item.explanation[:1].islower())


def _answer(item: WrittenItem) -> Any:
    basis = labelled(BASIS, item.citation)
    answer = f"Đáp án: {', '.join(letters_of(item.correct))}."
    return _paragraph(styles.ANSWER, [(answer, True), (f" {basis}" if basis else "", False)])


def _basis(item: WrittenItem) -> Iterator[Any]:
    if item.citation:
        yield _paragraph(styles.ANSWER, [(labelled(BASIS, item.citation), False)])


def _explanation(item: WrittenItem) -> Iterator[Any]:
    if item.explanation:
        yield _paragraph(styles.ANSWER, [(labelled(EXPLANATION, item.explanation), False)])


def _paragraph(style: str, pieces: Sequence[Piece]) -> Any:
    """A ``w:p``; line ends in a text become soft breaks."""
    paragraph: Any = OxmlElement("w:p")  # python-docx knows the methods of its elements at run time only
    paragraph.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), style.replace(" ", ""))
    for text, is_bold in pieces:
        if text:
            run = paragraph.add_r()
            if is_bold:
                run.get_or_add_rPr().get_or_add_b()
            run.text = text
    return paragraph


def _table(rows: Sequence[Sequence[Piece]], widths: Sequence[float], *, has_header: bool = False) -> Any:
    """A ``w:tbl`` with lines around its cells; ``widths`` in centimetres. A header is repeated on every page."""
    table = OxmlElement("w:tbl")
    properties = _child(table, "w:tblPr")
    _child(properties, "w:tblW", w="0", type="auto")
    borders = _child(properties, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _child(borders, f"w:{side}", val="single", sz="4", space="0", color="000000")
    _child(properties, "w:tblLayout", type="fixed")
    grid = _child(table, "w:tblGrid")
    for width in widths:
        _child(grid, "w:gridCol", w=_twips(width))
    for number, cells in enumerate(rows):
        row = _child(table, "w:tr")
        options = _child(row, "w:trPr")
        _child(options, "w:cantSplit")
        if has_header and not number:
            _child(options, "w:tblHeader")
        for piece, width in zip(cells, widths, strict=False):
            cell = _child(row, "w:tc")
            _child(_child(cell, "w:tcPr"), "w:tcW", w=_twips(width), type="dxa")
            cell.append(_paragraph("Normal", [piece]))
    return table


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _twips(centimetres: float) -> str:
    return str(round(centimetres * TWIPS_PER_CM))
