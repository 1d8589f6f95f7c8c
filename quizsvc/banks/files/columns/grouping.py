"""Rows of a table gathered into questions: continued rows, one choice a row, sections, headers that come again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quizsvc.banks.files.columns.header_words import Meaning
from quizsvc.banks.files.columns.headers import Column, Header, header_at, may_be_header
from quizsvc.banks.files.columns.keys import is_section, number_of
from quizsvc.banks.files.columns.options import is_option_row
from quizsvc.banks.files.documents import Cell, Where
from quizsvc.banks.files.found import LETTERS
from quizsvc.core.text import fold

Row = Sequence[Cell]
TOTALS = re.compile(r"(tong|tong cong|tong so|cong)( so)?( cau)?( hoi)?( \d+.*)?")
CHOICES = (Meaning.OPTION, Meaning.OPTIONS)
KEYS = (Meaning.ANSWER, Meaning.IS_RIGHT)


@dataclass
class Group:
    """The rows of one question. ``cells``: own cells by meaning, with their columns, in reading order; ``first`` is the row
    that begins it. ``option_rows``: rows that are a choice each, in the column of questions."""

    header: Header
    first: Row
    section: str = ""
    rows: list[Row] = field(default_factory=list)
    option_rows: list[Row] = field(default_factory=list)
    refilled: Where | None = None

    def cells(self, *meanings: Meaning) -> list[tuple[Column, Cell]]:
        """What stands in columns of these meanings, row by row; option rows apart."""
        columns = [column for column in self.header.columns if column.meaning in meanings]
        rows = [row for row in self.rows if not any(row is other for other in self.option_rows)]
        return [(column, row[column.index]) for row in rows for column in columns if is_own(row[column.index])]

    def value(self, meaning: Meaning) -> tuple[str, Where | None]:
        """Text of the cells of a meaning, one below the other; a cell that is merged with one above counts too."""
        found = [cell for _, cell in self.cells(meaning)]
        if not found:
            found = [self.first[column.index] for column in self.header.of(meaning) if self.first[column.index].text]
        return "\n".join(cell.text for cell in found), found[0].where if found else None

    @property
    def where(self) -> Where:
        cells = [self.first[column.index] for column in self.header.of(Meaning.TEXT)]
        return next((cell.where for cell in cells if is_own(cell)), self.first[0].where)


@dataclass
class Gathered:
    """``headers``: every header that differs from the one before. ``unread``: rows that belong to no question."""

    groups: list[Group] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)
    sections: list[Row] = field(default_factory=list)


def is_own(cell: Cell) -> bool:
    """Whether something stands in a cell itself: text, a picture, or a formula whose result is missing."""
    if cell.is_merged_copy:
        return False
    return cell.is_formula or any(
        line.label or line.pictures or any(run.text.strip() for run in line.runs) for line in cell.lines
    )


def gathered(rows: Sequence[Row]) -> Gathered:
    """Questions of a table whose header is found; rows above it count as unread."""
    result = Gathered()
    state = _State(result)
    index = 0
    likely = [*map(may_be_header, rows), False]
    while index < len(rows):
        header = header_at(rows, index) if likely[index] or likely[index + 1] else None
        if header is not None:
            state.begin(header)
            index += header.height
            if index < len(rows) and _is_numbering(rows[index]):
                index += 1
            continue
        state.take(rows[index])
        index += 1
    return result


def _is_numbering(row: Row) -> bool:
    """``(1) (2) (3)`` under a header."""
    marks = [cell.text.strip("()[] ") for cell in row if is_own(cell)]
    return len(marks) >= 3 and marks == [str(place + 1) for place in range(len(marks))]


class _State:
    def __init__(self, result: Gathered) -> None:
        self.result = result
        self.header: Header | None = None
        self.section = ""
        self.group: Group | None = None

    def begin(self, header: Header) -> None:
        known = self.result.headers[-1] if self.result.headers else None
        meanings = [(column.index, column.meaning, column.position) for column in header.columns]
        if known is None or meanings != [(column.index, column.meaning, column.position) for column in known.columns]:
            self.result.headers.append(header)
        self.header, self.group = header, None

    def take(self, row: Row) -> None:
        own = [cell for cell in row if is_own(cell)]
        if not own:
            return
        if self.header is None:
            self.result.unread.append(row)
        elif self._is_section(row, own):
            self.section, self.group = own[0].text, None
            self.result.sections.append(row)
        elif self._is_option_row(row):
            assert self.group is not None
            self.group.rows.append(row)
            self.group.option_rows.append(row)
        elif self._begins(row):
            self.group = Group(self.header, row, self.section, [row])
            self.result.groups.append(self.group)
        elif self.group is not None and self._has(row, *CHOICES, *KEYS, *KEPT):
            self._go_on(row)
        elif not all(number_of(cell.text) is not None for cell in own):
            self.result.unread.append(row)

    def _has(self, row: Row, *meanings: Meaning) -> int:
        assert self.header is not None
        return sum(column.meaning in meanings and is_own(row[column.index]) for column in self.header.columns)

    def _number(self, row: Row) -> str:
        assert self.header is not None
        return next((row[c.index].text for c in self.header.of(Meaning.NUMBER) if is_own(row[c.index])), "")

    def _text(self, row: Row) -> str:
        assert self.header is not None
        return next((row[c.index].text for c in self.header.of(Meaning.TEXT) if is_own(row[c.index])), "")

    def _is_section(self, row: Row, own: Sequence[Cell]) -> bool:
        """One text in the row, that says «Phần …», or is spread over merged cells and asks nothing; or a total."""
        if len(own) > 1 or self._has(row, *CHOICES, *KEYS):
            return len(own) <= 2 and TOTALS.fullmatch(fold(own[0].text)) is not None
        text = own[0].text
        copies = sum(cell.is_merged_copy and cell.text == text for cell in row)
        is_spread = copies >= 1 and not text.endswith(("?", ":", "…", "...")) and len(text) <= 200
        return is_section(text) or is_spread or TOTALS.fullmatch(fold(text)) is not None

    def _is_option_row(self, row: Row) -> bool:
        """A choice in the column of questions: «A. …», a letter in the column of numbers, or no number beside «Đúng»."""
        if self.group is None or self.header is None or self._has(row, *CHOICES) or not self._text(row):
            return False
        place = len(self.group.option_rows)
        if place >= len(LETTERS):
            return False
        number = self._number(row)
        if number.strip(" .)").upper() == LETTERS[place]:
            return True
        if not number and is_option_row(self._text(row), LETTERS[place]):
            return True
        has_flags = bool(self.header.of(Meaning.IS_RIGHT) and self.header.of(Meaning.NUMBER))
        has_lists = any(self.header.of(meaning) for meaning in CHOICES)
        began = number_of(self._number(self.group.first)) is not None
        return has_flags and not has_lists and began and not number

    def _begins(self, row: Row) -> bool:
        if self._text(row) or self._has_picture(row):
            return True
        is_full = self._has(row, *CHOICES) >= 2 and self._has(row, *KEYS) >= 1
        is_keyed = self.group is not None and bool(self.group.cells(*KEYS))
        has_number = number_of(self._number(row)) is not None and self._has(row, *CHOICES, *KEYS) > 0
        return has_number or (is_full and (self.group is None or is_keyed) and not self._is_merged_text(row))

    def _has_picture(self, row: Row) -> bool:
        assert self.header is not None
        return any(is_own(row[column.index]) for column in self.header.of(Meaning.TEXT))

    def _is_merged_text(self, row: Row) -> bool:
        assert self.header is not None
        return any(row[column.index].is_merged_copy for column in self.header.of(Meaning.TEXT))

    def _go_on(self, row: Row) -> None:
        """A row without a question belongs to the one above; where it fills choices again, that is told."""
        assert self.group is not None
        filled = {column.position for column, _ in self.group.cells(Meaning.OPTION)}
        again = [c for c in self.group.header.of(Meaning.OPTION) if is_own(row[c.index]) and c.position in filled]
        if again:
            self.group.refilled = row[again[0].index].where
        self.group.rows.append(row)


KEPT = (Meaning.EXPLANATION, Meaning.CITATION)


def excerpt(row: Iterable[Cell]) -> str:
    """The words of a row, for a remark."""
    words = " | ".join(" ".join(cell.text.split()) for cell in row if is_own(cell) and cell.text)
    return words if len(words) <= 120 else f"{words[:120]}…"
