"""What the header of a column means, in Vietnamese and English and as the templates of quiz services write it."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizsvc.banks.files.columns.header_words import GENERIC_ANSWER, OPTION, WORDS, Meaning
from quizsvc.banks.files.documents import Cell, Where
from quizsvc.core.text import fold


@dataclass(frozen=True)
class Column:
    """A recognised column. ``index`` from 0; ``position``: of a choice, from 0."""

    index: int
    title: str
    meaning: Meaning
    where: Where
    position: int = 0


LONGEST_TITLE = 80
BEGINNINGS = {word[:3] for word in WORDS[Meaning.TEXT]}
_HINT = re.compile(r"\([^)]*\)|\[[^\]]*\]|\s[-–]\s(?:max|choose|tối đa|chọn|nhập|ghi)\b.*", re.IGNORECASE | re.DOTALL)


def folded(title: str) -> str:
    """A header without accents, case, hints in brackets, and with its words apart.

    >>> folded("Correct answer(s) - choose at least one"), folded("optionA"), folded("Time limit (sec) – 5, 10")
    ('correct answer', 'option a', 'time limit 5 10')
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _HINT.sub("", title))
    return fold(apart)


@functools.lru_cache(maxsize=4096)
def meaning_of(title: str) -> tuple[Meaning, int]:
    """What a header says, and for a choice its position from 0. Generic words for answers are ``ANSWER``."""
    for word in (folded(title), fold(title), folded(title).split(" cua ")[0]):
        for meaning, words in WORDS.items():
            if word in words:
                return meaning, 0
        if word in GENERIC_ANSWER:
            return Meaning.ANSWER, 0
        found = OPTION.fullmatch(word)
        if found:
            place = found["place"]
            return Meaning.OPTION, int(place) - 1 if place.isdigit() else ord(place) - ord("a")
    if folded(title).startswith("time limit"):
        return Meaning.IGNORED, 0
    return Meaning.UNKNOWN, 0


@dataclass(frozen=True)
class Header:
    """The columns of a table. ``height``: rows that the header takes."""

    columns: tuple[Column, ...]
    height: int = 1

    def of(self, meaning: Meaning) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.meaning is meaning)

    @property
    def repeated(self) -> tuple[Column, ...]:
        """Columns of which a table may have only one: the question, a choice, what is kept of the question."""
        seen: set[tuple[Meaning, int]] = set()
        twice = []
        for column in self.columns:
            key = (column.meaning, column.position)
            if key in seen and column.meaning in (Meaning.TEXT, Meaning.OPTION, Meaning.OPTIONS):
                twice.append(column)
            seen.add(key)
        return tuple(twice)


def may_be_header(row: Sequence[Cell]) -> bool:
    """Whether a cell may be the header of the questions; looked at first, since nearly every row of a table is no header."""
    return any(
        not cell.is_merged_copy
        and 0 < sum(len(run.text) for line in cell.lines for run in line.runs) <= LONGEST_TITLE
        and fold(next((run.text for line in cell.lines for run in line.runs), "").lstrip()[:6])[:3] in BEGINNINGS
        and meaning_of(" ".join(cell.text.split()))[0] is Meaning.TEXT
        for cell in row
    )


def header_at(rows: Sequence[Sequence[Cell]], index: int) -> Header | None:
    """The header that begins in a row, of one row or two, or ``None``."""
    single = _header([_title(cell) for cell in rows[index]], rows[index], 1)
    if index + 1 >= len(rows):
        return single
    double = _double(rows[index], rows[index + 1])
    if double is None or (single is not None and len(double.of(Meaning.OPTION)) <= len(single.of(Meaning.OPTION))):
        return single
    return double


def _title(cell: Cell) -> str:
    return "" if cell.is_merged_copy else " ".join(cell.text.split())


def _double(upper: Sequence[Cell], lower: Sequence[Cell]) -> Header | None:
    """«Phương án trả lời» over «A | B | C | D»; every cell of the second row must be part of the header, and the first row
    must say something of its own: a title above a header does not."""
    titles: list[str] = []
    says_itself = False
    for index, (above, below) in enumerate(zip(upper, lower, strict=True)):
        over, under = " ".join(above.text.split()), _title(below)
        if under and meaning_of(under)[0] is Meaning.UNKNOWN and meaning_of(f"{over} {under}")[0] is Meaning.UNKNOWN:
            return None
        if under and _title(above) and not (index + 1 < len(upper) and upper[index + 1].is_merged_copy):
            return None
        if not under:
            titles.append("" if above.is_merged_copy else over)
            says_itself |= meaning_of(titles[-1])[0] is not Meaning.UNKNOWN
        else:
            titles.append(under if meaning_of(under)[0] is not Meaning.UNKNOWN else f"{over} {under}")
    return _header(titles, upper, 2) if says_itself else None


def _header(titles: Sequence[str], cells: Sequence[Cell], height: int) -> Header | None:
    columns = []
    for index, title in enumerate(titles):
        if title:
            meaning, position = meaning_of(title) if len(title) <= LONGEST_TITLE else (Meaning.UNKNOWN, 0)
            columns.append(Column(index, title, meaning, cells[index].where, position))
    header = Header(tuple(_settled(columns)), height)
    has_choices = len(header.of(Meaning.OPTION)) >= 2 or header.of(Meaning.OPTIONS)
    has_key = header.of(Meaning.ANSWER) or header.of(Meaning.IS_RIGHT)
    return header if header.of(Meaning.TEXT) and (has_choices or has_key) else None


def _settled(columns: Sequence[Column]) -> list[Column]:
    """Words that can mean two things, decided by what else the table has."""
    has_options = sum(column.meaning is Meaning.OPTION for column in columns) >= 2
    explicit = [column for column in columns if column.meaning is Meaning.ANSWER and not _is_generic(column)]
    has_text = any(column.meaning is Meaning.TEXT for column in columns)
    settled = []
    for column in columns:
        meaning = column.meaning
        is_list = bool(explicit) or folded(column.title) in ("phuong an", "lua chon")
        if _is_generic(column) and is_list and not has_options:
            meaning = Meaning.OPTIONS
        elif meaning is Meaning.OPTIONS and has_options:
            meaning = Meaning.UNKNOWN
        elif meaning is Meaning.NUMBER and not has_text and folded(column.title) in ("cau",):
            meaning = Meaning.TEXT
        settled.append(Column(column.index, column.title, meaning, column.where, column.position))
    return settled


def _is_generic(column: Column) -> bool:
    return column.meaning is Meaning.ANSWER and folded(column.title) in GENERIC_ANSWER
