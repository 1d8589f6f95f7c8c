"""The choices of a gathered question, wherever the table keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quizsvc.banks.faults import Level
from quizsvc.banks.files.columns.grouping import Group, is_own
from quizsvc.banks.files.columns.header_words import Meaning
from quizsvc.banks.files.columns.options import Piece, Split, of_cell, one_line, split_lettered, split_plain, without_letter
from quizsvc.banks.files.documents import Cell, Line, Remark, Where
from quizsvc.banks.files.found import LETTERS


@dataclass(frozen=True)
class Choice:
    """``row``: where the flags of this choice stand, in tables with one choice a row."""

    piece: Piece
    cell: Cell
    row: Sequence[Cell] | None = None

    @property
    def where(self) -> Where:
        return self.cell.where


@dataclass
class Chosen:
    """The question's own text, its choices in order, and what is odd about them."""

    text: Line | None
    choices: list[Choice] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def chosen(group: Group) -> Chosen:
    """Choices of columns, of one cell, of rows, or of the cell of the question, in this order of preference."""
    texts = [line for _, cell in group.cells(Meaning.TEXT) for line in cell.lines]
    if group.cells(Meaning.OPTION):
        return _of_columns(group, one_line(texts))
    listed = group.cells(Meaning.OPTIONS)
    if listed:
        return _of_list(group, one_line(texts), [cell for _, cell in listed])
    if group.option_rows:
        return _of_rows(group, one_line(texts))
    split = split_lettered(texts)
    cells = [cell for _, cell in group.cells(Meaning.TEXT)]
    result = Chosen(split.head if split.pieces else one_line(texts))
    result.choices = [Choice(piece, cells[0]) for piece in split.pieces]
    result.remarks += _letters(result.choices)
    return result


def _of_columns(group: Group, text: Line | None) -> Chosen:
    result = Chosen(text)
    by_position: dict[int, list[Cell]] = {}
    for column, cell in group.cells(Meaning.OPTION):
        by_position.setdefault(column.position, []).append(cell)
    are_lettered = all(of_cell(cells[0].lines, position).letter for position, cells in by_position.items() if cells[0].lines)
    for position in sorted(by_position):
        cells = by_position[position]
        lines = [line for cell in cells for line in cell.lines] or [Line((), cells[0].where)]
        piece = of_cell(lines, position)
        if piece.letter == LETTERS[position] and not are_lettered and not piece.is_signed:
            piece = without_letter(lines)
        if piece.letter and piece.letter != LETTERS[position]:
            sentence = f"Ô ở cột phương án {LETTERS[position]} lại ghi chữ {piece.letter}. Hãy sửa chữ cái hoặc xếp lại cột."
            result.remarks.append(Remark("letters-order", Level.ERROR, sentence, cells[0].where))
        result.choices.append(Choice(piece, cells[0]))
    positions = sorted(by_position)
    if positions != list(range(len(positions))):
        missing = next(at for at in range(len(LETTERS)) if at not in by_position)
        where = cells_where(group, missing)
        sentence = f"Phương án {LETTERS[missing]} trống nhưng sau đó còn phương án khác. Hãy bổ sung hoặc dồn lại."
        result.remarks.append(Remark("choices-gap", Level.ERROR, sentence, where))
    if group.refilled is not None:
        sentence = "Hàng không có câu hỏi lại ghi vào phương án đã có ở hàng trên. Hãy bổ sung câu hỏi hoặc gộp hai hàng."
        result.remarks.append(Remark("row-continued", Level.ERROR, sentence, group.refilled))
    return result


def cells_where(group: Group, position: int) -> Where:
    """The cell of a choice in the first row, empty or not."""
    column = next((c for c in group.header.of(Meaning.OPTION) if c.position == position), None)
    return group.where if column is None else group.first[column.index].where


def _of_list(group: Group, text: Line | None, cells: Sequence[Cell]) -> Chosen:
    result = Chosen(text)
    splits = [split_lettered(cell.lines) for cell in cells]
    if len(cells) == 1:
        split = splits[0] if splits[0].pieces else split_plain(cells[0].lines)
        result.choices = [Choice(piece, cells[0]) for piece in split.pieces]
        result.remarks += _of_split(split, cells[0])
    elif any(split.pieces for split in splits):
        for cell, split in zip(cells, splits, strict=True):
            pieces = split.pieces or (of_cell(cell.lines, len(result.choices)),)
            result.choices += [Choice(piece, cell) for piece in pieces]
    else:
        rows = [row for row in group.rows for column in group.header.of(Meaning.OPTIONS) if is_own(row[column.index])]
        for place, (cell, row) in enumerate(zip(cells, rows, strict=True)):
            lines = cell.lines or (Line((), cell.where),)
            result.choices.append(Choice(of_cell(lines, min(place, len(LETTERS) - 1)), cell, row))
    result.remarks += _letters(result.choices)
    return result


def _of_split(split: Split, cell: Cell) -> list[Remark]:
    told = []
    if split.pieces and split.head is not None:
        sentence = f"Trước phương án A có chữ không thuộc phương án nào: «{split.head.text.strip()[:80]}». Hãy kiểm tra."
        told.append(Remark("text-before-choices", Level.WARNING, sentence, cell.where))
    if split.is_guessed:
        sentence = "Các phương án được tách theo dấu «;» hoặc «|» trong ô. Hãy kiểm tra, tốt nhất mỗi phương án một dòng."
        told.append(Remark("choices-split", Level.WARNING, sentence, cell.where))
    return told


def _of_rows(group: Group, text: Line | None) -> Chosen:
    result = Chosen(text)
    for place, row in enumerate(group.option_rows):
        cell = next(row[column.index] for column in group.header.of(Meaning.TEXT) if is_own(row[column.index]))
        piece = of_cell(cell.lines or (Line((), cell.where),), place)
        result.choices.append(Choice(piece, cell, row))
    result.remarks += _letters(result.choices)
    return result


def _letters(choices: Sequence[Choice]) -> list[Remark]:
    """Printed letters must be A, B, C …"""
    printed = [choice.piece.letter for choice in choices]
    expected = list(LETTERS[: len(printed)])
    if not any(printed) or printed == expected:
        return []
    wrong = next((at for at, letter in enumerate(printed[: len(expected)]) if letter != expected[at]), 0)
    shown = ", ".join(letter or "–" for letter in printed)
    sentence = f"Chữ cái phương án không theo thứ tự ({shown}): thiếu, lặp hoặc đảo. Hãy sửa."
    return [Remark("letters-order", Level.ERROR, sentence, choices[wrong].where)]
