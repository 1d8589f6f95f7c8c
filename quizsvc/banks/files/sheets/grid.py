"""A sheet as its format gives it, and the ``Table`` that becomes of it: repaired text, merged areas, no empty rows."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from openpyxl.utils import get_column_letter

from quizsvc.banks.files.documents import PLAIN, Cell, Line, Marks, Picture, Repair, Run, Table, Where
from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.repair import repair_run

MOST_SHEETS = 100
MOST_ROWS = 20_000
"""Rows with something in them, a sheet."""
MOST_COLUMNS = 100
"""Cells to the right of these are told, not read."""
MOST_CELLS = 500_000
"""Rows with something in them times columns, all sheets together."""
MOST_MERGED = 200_000
LONGEST_CELL = 32_767
"""Excel's own limit."""

Place = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True)
class Piece:
    """Text of a cell that looks the same throughout, not repaired yet."""

    text: str
    marks: Marks = PLAIN
    font: str | None = None


@dataclass(frozen=True)
class Value:
    """What a cell shows. No pieces: a formula without a result, or a cell of pictures only."""

    pieces: tuple[Piece, ...]
    is_formula: bool = False
    is_uncertain: bool = False
    pictures: tuple[Picture, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass
class RawSheet:
    """A sheet before it is a table. ``told``: remark codes with the places that they are about."""

    title: str | None
    values: dict[Place, Value] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Areas: top, left, bottom, right."""
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    is_hidden: bool = False
    told: dict[str, list[Place]] = field(default_factory=dict)

    def tell(self, code: str, place: Place = (0, 0)) -> None:
        self.told.setdefault(code, []).append(place)

    def put(self, place: Place, value: Value, file: str) -> None:
        """Keeps a value that shows something, within the limits."""
        if not value.text.strip() and not value.is_formula and not value.pictures:
            return
        if place[1] > MOST_COLUMNS:
            self.tell("far-columns", place)
            return
        if len(value.text) > LONGEST_CELL:
            where = self.where(file, place)
            sentence = f"{where}: ô dài hơn {LONGEST_CELL} ký tự: hãy chia nội dung ra nhiều ô."
            raise FileRefused("cell-too-long", sentence, where)
        self.values[place] = value

    def where(self, file: str, place: Place | None = None) -> Where:
        """The place of a cell; of the sheet without one."""
        if place is None or place == (0, 0):
            return Where(file, sheet=self.title)
        row, column = place
        return Where(file, sheet=self.title, row=row, cell=f"{get_column_letter(column)}{row}")


def is_inside(number: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a row or column lies in one of the spans."""
    return any(first <= number <= last for first, last in spans)


def check_size(sheets: Iterable[RawSheet], file: str) -> None:
    """Refuses a workbook with more rows or cells than are read."""
    total = 0
    for sheet in sheets:
        rows = {row for row, _ in sheet.values}
        where = sheet.where(file)
        if len(rows) > MOST_ROWS:
            raise FileRefused("too-many-rows", f"{where}: có hơn {MOST_ROWS} hàng: hãy chia thành nhiều tệp.", where)
        total += len(rows) * max((column for _, column in sheet.values), default=0)
        if total > MOST_CELLS:
            sentence = f"Tệp «{file}» có hơn {MOST_CELLS} ô (hàng × cột): hãy xoá các cột thừa hoặc chia thành nhiều tệp."
            raise FileRefused("too-many-cells", sentence, where)


def table_of(sheet: RawSheet, file: str, repairs: list[Repair]) -> Table:
    """The rows that show something, all as wide as the widest; what was repaired is added to ``repairs``."""
    numbers = sorted({row for row, _ in sheet.values})
    width = max((column for _, column in sheet.values), default=0)
    anchors = _anchors(sheet, numbers, width, file)
    wheres = {(row, column): sheet.where(file, (row, column)) for row in numbers for column in range(1, width + 1)}
    lines = {place: tuple(_lines(value, wheres[place], repairs)) for place, value in sheet.values.items()}
    rows = tuple(
        tuple(_cell(sheet, lines, (row, column), anchors, wheres) for column in range(1, width + 1)) for row in numbers
    )
    return Table(rows, sheet.where(file))


def _anchors(sheet: RawSheet, rows: list[int], width: int, file: str) -> dict[Place, Place]:
    """For each covered place in rows that are kept, the cell that the area shows."""
    found: dict[Place, Place] = {}
    filled = 0
    for top, left, bottom, right in sheet.merged:
        covered = rows[bisect.bisect_left(rows, top) : bisect.bisect_right(rows, bottom)]
        filled += len(covered) * max(0, min(right, width) - left + 1)
        if filled > MOST_MERGED:
            where = sheet.where(file)
            sentence = f"{where}: các vùng ô gộp phủ hơn {MOST_MERGED} ô: hãy bỏ gộp ô."
            raise FileRefused("too-many-merged", sentence, where)
        for row in covered:
            for column in range(left, min(right, width) + 1):
                if (row, column) != (top, left) and (row, column) not in sheet.values:
                    found[row, column] = (top, left)
    return found


def _cell(
    sheet: RawSheet,
    lines: dict[Place, tuple[Line, ...]],
    place: Place,
    anchors: dict[Place, Place],
    wheres: dict[Place, Where],
) -> Cell:
    shown = anchors.get(place, place)
    where = wheres[place]
    value = sheet.values.get(shown)
    if value is None:
        return Cell((), where, is_merged_copy=shown != place)
    return Cell(lines[shown], where, shown != place, value.is_formula, value.is_uncertain)


def _lines(value: Value, where: Where, repairs: list[Repair]) -> Iterator[Line]:
    """The lines of a cell, without empty ones at either end; its pictures stand in the last."""
    runs: list[Run] = []
    lines: list[tuple[Run, ...]] = []
    for piece in value.pieces:
        text, done = repair_run(piece.text, piece.font, where)
        repairs += done
        first, *others = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        runs += [Run(first, piece.marks)] if first else []
        for other in others:
            lines.append(tuple(runs))
            runs = [Run(other, piece.marks)] if other else []
    lines.append(tuple(runs))
    while lines and not _is_filled(lines[-1]):
        lines.pop()
    while lines and not _is_filled(lines[0]):
        lines.pop(0)
    made = [Line(joined(line), where) for line in lines]
    if value.pictures:
        last = made.pop() if made else Line((), where)
        made.append(replace(last, pictures=value.pictures))
    yield from made


def _is_filled(runs: tuple[Run, ...]) -> bool:
    return any(run.text.strip() for run in runs)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs with the same marks beside each other as one."""
    made: list[Run] = []
    for run in runs:
        if made and made[-1].marks == run.marks:
            made[-1] = Run(made[-1].text + run.text, run.marks)
        else:
            made.append(run)
    return tuple(made)
