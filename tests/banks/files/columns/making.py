"""Tables as readers hand them on, written as rows of texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from quizsvc.banks.files.columns import questions_of_table
from quizsvc.banks.files.columns.reading import ColumnsRead
from quizsvc.banks.files.documents import PLAIN, Cell, Line, Marks, Run, Table, Where

COPY = object()
"""A cell that repeats the one above it (merged)."""
LEFT = object()
"""A cell that repeats the one to its left (merged)."""
HEADER = ("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án")


def cell(value: Any, row: int, column: int, marks: Marks = PLAIN) -> Cell:
    where = Where("b.xlsx", sheet="S", row=row, cell=f"{'ABCDEFGHIJKLMNOP'[column]}{row}")
    if isinstance(value, Cell):
        lines = tuple(replace(line, where=where) for line in value.lines)
        return replace(value, lines=lines, where=where)
    texts = [] if value in (None, "") else str(value).split("\n")
    return Cell(tuple(Line((Run(text, marks),), where) for text in texts), where)


def marked(text: str, **marks: Any) -> Cell:
    where = Where("b.xlsx")
    return Cell((Line((Run(text, Marks(**marks)),), where),), where)


def table(*rows: Sequence[Any]) -> Table:
    width = max(map(len, rows))
    made: list[tuple[Cell, ...]] = []
    for number, row in enumerate(rows, start=1):
        cells: list[Cell] = []
        for column in range(width):
            value = row[column] if column < len(row) else ""
            if value in (COPY, LEFT):
                shown = made[-1][column] if value is COPY else cells[-1]
                cells.append(replace(cell("", number, column), lines=shown.lines, is_merged_copy=True))
            else:
                cells.append(cell(value, number, column))
        made.append(tuple(cells))
    return Table(tuple(made), Where("b.xlsx", sheet="S"))


def read(*rows: Sequence[Any]) -> ColumnsRead:
    found = questions_of_table(table(*rows))
    assert found is not None
    return found


def codes(found: Any) -> set[str]:
    return {remark.code for remark in found.remarks}
