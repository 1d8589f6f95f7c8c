"""A document as items in reading order: lines split where several things share one, layout tables laid out as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from quizsvc.banks.files.columns.keys import key_of_table
from quizsvc.banks.files.columns.reading import ColumnsRead, questions_of_table
from quizsvc.banks.files.documents import Cell, Document, Line, Run, Table
from quizsvc.banks.files.found import LETTERS, FileRefused
from quizsvc.banks.files.layout import inline
from quizsvc.banks.files.layout.items import Item, Kind
from quizsvc.banks.files.layout.lexing import content_letters, lex

ANSWER = "Đáp án: "
LINE_MOST = 20_000
"""Characters of one line; more is no writing of questions."""


def items_of(document: Document) -> list[Item]:
    """Every line and table that is not empty. Several choices on one line become one item each."""
    items: list[Item] = []
    is_after_blank = False
    for line, read in _lines(document):
        if isinstance(line, Line) and len(line.text) > LINE_MOST:
            sentence = f"Có dòng dài hơn {LINE_MOST} ký tự. Hãy xuống dòng sau mỗi câu hỏi và mỗi phương án."
            raise FileRefused("line-too-long", sentence, line.where)
        if isinstance(line, Table):
            items.append(Item(Line((), line.where), Kind.TABLE, table=line, columns=read, is_after_blank=is_after_blank))
        elif line.full_text.strip() or line.pictures:
            items.append(replace(lex(line), is_after_blank=is_after_blank))
        is_after_blank = isinstance(line, Line) and not line.full_text.strip() and not line.pictures
    return inline.split_options([piece for item in items for piece in inline.split_starts(item)])


def _lines(document: Document) -> Iterator[tuple[Line | Table, ColumnsRead | None]]:
    """Lines, and tables with the questions that their columns give."""
    for block in document.blocks:
        if isinstance(block, Line):
            yield block, None
            continue
        read = questions_of_table(block)
        if not read and (_holds_rows(block) or not key_of_table(block)) and is_layout(block):
            yield from ((line, None) for line in lines_of_table(block))
        else:
            yield block, read


def is_layout(table: Table) -> bool:
    """Whether a table only arranges questions and choices on the page: its cells begin with «A.» or «Câu 1.»."""
    kinds = [item for cell in _cells(table.rows) for item in map(lex, cell.lines[:1])]
    letters = {item.letter for item in kinds if item.kind is Kind.OPTION}
    inside = [lex(line) for cell in _cells(table.rows) for line in cell.lines]
    starts = sum(item.kind is Kind.START and item.start is not None and item.start.style == "word" for item in inside)
    letters |= {item.letter for item in inside if item.kind is Kind.OPTION}
    letters |= _letters_beside_text(table)
    return {"A", "B"} <= letters or (starts >= 1 and bool(letters)) or {"C", "D"} <= letters


def _letters_beside_text(table: Table) -> set[str]:
    """The letters that stand alone in the first cell of a row «A | Cảnh cáo»."""
    rows = [[cell.text for cell in _cells([row]) if cell.text] for row in table.rows]
    return {row[0] for row in rows if len(row) == 2 and row[0] in LETTERS and len(row[0]) == 1 < len(row[1])}


def _holds_rows(table: Table) -> bool:
    """Whether a cell holds several choices, so that the table is no list of answers."""
    return any(sum(lex(line).kind is Kind.OPTION for line in cell.lines) >= 2 for cell in _cells(table.rows))


def lines_of_table(table: Table) -> Iterator[Line]:
    """Row by row, cell by cell; a cell that holds only a number or a letter is joined to the one beside it."""
    for row in table.rows:
        held: Line | None = None
        has_options = False
        for cell in _cells([row]):
            lines = [line for line in cell.lines if line.full_text.strip() or line.pictures]
            for line in lines:
                if held is not None:
                    line, held = _beside(held, line), None
                marker = lex(line)
                has_options = has_options or marker.kind is Kind.OPTION
                if len(lines) == 1 and _is_bare_marker(marker):
                    held = line
                else:
                    yield line
        if held is not None:
            yield _as_answer(held) if has_options else held


def _as_answer(line: Line) -> Line:
    """A lone letter in a cell behind the choices is their answer."""
    return replace(line, runs=(Run(ANSWER), *line.runs)) if content_letters(line.text)[0] else line


def _is_bare_marker(item: Item) -> bool:
    if item.kind in (Kind.START, Kind.OPTION):
        return not item.text and not item.line.pictures
    is_number = item.kind is Kind.JUNK and item.whole.isdigit()
    return is_number or (len(item.whole) == 1 and item.whole in "ABCDEFGHabcd")


def _beside(marker: Line, line: Line) -> Line:
    label = marker.full_text.strip()
    sign = "" if label[-1] in ".:)/]-" else "."
    if line.label:
        line = replace(line, runs=(Run(f"{line.label} "), *line.runs), label="")
    runs = (*marker.runs, Run(f"{sign} ")) if marker.text.strip() else (Run(f"{label}{sign} "),)
    return replace(line, runs=(*runs, *line.runs), where=line.where)


def _cells(rows: Iterable[Sequence[Cell]]) -> Iterator[Cell]:
    return (cell for row in rows for cell in row if not cell.is_merged_copy)
