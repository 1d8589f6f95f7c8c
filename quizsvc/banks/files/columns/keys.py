"""Tables of answers: «Câu | 1 | 2 | 3» over «Đáp án | A | C | B», pairs of columns, one row a question, cells like «1-A»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizsvc.banks.files.columns.answers import answer_of
from quizsvc.banks.files.documents import Cell, Table
from quizsvc.banks.files.found import FoundKey
from quizsvc.core.text import fold

NUMBER_WORDS = {"cau", "cau so", "cau hoi", "cau hoi so", "so cau", "so thu tu", "stt", "tt", "so", "question", "q", "no"}
ANSWER_WORDS = {
    *("dap an", "dap an dung", "dap an tra loi", "da", "tra loi", "cau tra loi", "cau tra loi dung", "chon", "ket qua"),
    *("phuong an", "phuong an dung", "phuong an tra loi", "phuong an tra loi dung", "lua chon", "lua chon dung"),
    *("key", "answer", "answers", "correct answer", "correct"),
}
OPTION_HEADER = re.compile(r"(?:(?:dap an|phuong an|lua chon|tra loi|option|answer|choice) ?)?([a-h]|[1-8])")
SECTION = re.compile(
    r"(?:phần|nhóm|chương|mục|chủ đề|chuyên đề|bài|lĩnh vực|part|section)\s*(?:(?:thứ|số)\s+\w+|[IVXLC]+\b|\d+|[A-H]\b|:)"
    r"|[IVX]+\s*[.):\-–]",
    re.IGNORECASE,
)
CHOICE = re.compile(r"[*(\[]?\s?[A-Ha-h]\s?[.):/\]]")
NUMBER = re.compile(r"(?:(?:câu|question|q)\b\.?\s*(?:hỏi\s*)?(?:số\s*)?)?(\d{1,5})(?:\.0)?\s*[.:)]?", re.IGNORECASE)
PAIR = re.compile(
    r"(?:(?:câu|question|q)\b\s*)?(\d{1,5})\s*[-.:)–_/]?\s*([a-h](?:\s*[,;&+]?\s*[a-h])*)\s*\.?", re.IGNORECASE
)
HEADER_WITHIN = 15

Row = Sequence[Cell]


@dataclass(frozen=True)
class _Entry:
    number: int
    cell: Cell
    section: str = ""

    def key(self) -> FoundKey:
        answer = answer_of(self.cell.text)
        return FoundKey(self.number, answer.letters, self.cell.where, self.section, answer.text)


def key_of_table(table: Table) -> list[FoundKey] | None:
    """The answers of a table, column pair by column pair as people read them; ``None`` when it is no table of answers.

    A numbered question without an answer is an entry without letters. «1», «Đúng» or a whole choice is left as ``text``;
    beside letters, ``text`` is what follows them («B. Khách quan»). Answers for several exam codes («Mã đề 101 | 102») are
    no key of one paper: ``None``. Whether a number occurs twice is for the caller to see.
    """
    rows = [row for row in table.rows if any(cell.text for cell in row)]
    for understand in (_cells_of_pairs, _rows_under_a_header, _labelled_lines, _bare_lines, _bare_columns):
        entries = list(understand(rows))
        if entries:
            return [entry.key() for entry in entries]
    return None


def number_of(text: str) -> int | None:
    """The number of «7», «7.», «Câu 7:», «07» or «7.0».

    >>> number_of("Câu số 12.")
    12
    """
    found = NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def is_section(text: str) -> bool:
    """«Phần 1», «II. …», «CHƯƠNG II», or words all in capitals; never a question.

    >>> is_section("PHẦN TRẮC NGHIỆM"), is_section("Mục đích của Luật là gì")
    (True, False)
    """
    if text.endswith("?") or CHOICE.match(text):
        return False
    return SECTION.match(text) is not None or (text.isupper() and sum(map(str.isalpha, text)) >= 6)


def _only_text(row: Row) -> str:
    """The text of a row that says one thing in all its cells (merged, or the others empty), else ``""``."""
    own = {cell.text for cell in row if cell.text}
    return own.pop() if len(own) == 1 else ""


def _is_heading(row: Row) -> bool:
    """A row that says one thing, which is neither a number nor an answer: a title or a section."""
    text = _only_text(row)
    return bool(text) and number_of(text) is None and not answer_of(text).letters and not PAIR.fullmatch(text)


def _section(row: Row, before: str) -> str:
    text = _only_text(row)
    return text if is_section(text) else before


def _cells_of_pairs(rows: Sequence[Row]) -> Iterator[_Entry]:
    """«1-A | 2-C» in every cell that is not empty, titles and sections apart."""
    entries: list[tuple[re.Match[str], Cell, str]] = []
    section = ""
    for row in rows:
        if _is_heading(row):
            section = _section(row, section)
            continue
        for cell in row:
            found = PAIR.fullmatch(cell.text)
            if cell.text and found is None:
                return
            if found and not cell.is_merged_copy:
                entries.append((found, cell, section))
    if len(entries) < 2:
        return
    for found, cell, section in entries:
        yield _Entry(int(found[1]), _of_answer(cell, found), section)


def _of_answer(cell: Cell, found: re.Match[str]) -> Cell:
    """The part of a cell like «12-A» from its answer on."""
    line = next(line for line in cell.lines if line.full_text.strip())
    start = line.text.rfind(found[2])
    return Cell((line.slice(max(0, start)),), cell.where)


def _rows_under_a_header(rows: Sequence[Row]) -> Iterator[_Entry]:
    """«Câu | Đáp án», also several such pairs side by side."""
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        pairs = _pairs_of(row)
        if pairs:
            entries = [entry for pair in pairs for entry in _down(rows[index + 1 :], *pair)]
            filled = [entry for entry in entries if entry.cell.text]
            # A list of numbered texts under «Đáp án» is prose, not a key.
            if len(filled) * 2 > len(entries) and all(len(entry.cell.text) <= 600 for entry in entries):
                yield from entries
            return


def _pairs_of(row: Row) -> list[tuple[int, int]]:
    """Columns of numbers with their columns of answers. None where one number would have several answers."""
    words = ["" if cell.is_merged_copy else fold(cell.text) for cell in row]
    pairs: list[tuple[int, int]] = []
    number: int | None = None
    for column, word in enumerate(words):
        if word in NUMBER_WORDS and (number is None or number in [pair[0] for pair in pairs]):
            number = column
        elif word in ANSWER_WORDS and number is not None:
            if any(pair[0] == number for pair in pairs):
                return []
            pairs.append((number, column))
    options = [word for word in words if OPTION_HEADER.fullmatch(word) and word not in NUMBER_WORDS]
    return [] if len(options) >= 2 else pairs


def _down(rows: Iterable[Row], number_column: int, answer_column: int) -> Iterator[_Entry]:
    section = ""
    for row in rows:
        if _is_heading(row):
            section = _section(row, section)
            continue
        number, answer = row[number_column], row[answer_column]
        found = number_of(number.text)
        is_repeated = number.is_merged_copy and (answer.is_merged_copy or not answer.text)
        if found is not None and not is_repeated:
            yield _Entry(found, answer, section)


def _labelled_lines(rows: Sequence[Row]) -> Iterator[_Entry]:
    """«Câu | 1 | 2 | 3» over «Đáp án | A | C | B», as many such blocks as there are."""
    section, numbers = "", None
    for row in rows:
        label = next((fold(cell.text) for cell in row if cell.text), "")
        if _is_heading(row) and label not in NUMBER_WORDS | ANSWER_WORDS:
            section, numbers = _section(row, section), None
        elif label in NUMBER_WORDS and any(number_of(cell.text) is not None for cell in row[1:]):
            numbers = row
        elif label in ANSWER_WORDS and numbers is not None:
            yield from _across(numbers, row, section)
            numbers = None
        else:
            numbers = None


def _across(numbers: Row, answers: Row, section: str) -> Iterator[_Entry]:
    for number, answer in zip(numbers, answers, strict=True):
        found = number_of(number.text)
        if found is not None and not number.is_merged_copy:
            yield _Entry(found, answer, section)


def _bare_lines(rows: Sequence[Row]) -> Iterator[_Entry]:
    """«1 | 2 | 3» over «A | C | B» without labels, throughout the table."""
    entries: list[_Entry] = []
    section, numbers = "", None
    for row in rows:
        texts = [cell.text for cell in row if cell.text]
        if _is_heading(row):
            section = _section(row, section)
        elif numbers is None and (entries or len(texts) >= 2) and all(number_of(text) is not None for text in texts):
            numbers = row
        elif numbers is not None and all(_is_only_letters(text) for text in texts):
            entries += list(_across(numbers, row, section))
            numbers = None
        else:
            return
    if numbers is None:
        yield from entries


def _bare_columns(rows: Sequence[Row]) -> Iterator[_Entry]:
    """«1 | A | 21 | C» down the page without a header, throughout the table."""
    body = [row for row in rows if not _is_heading(row)]
    if len(body) < 2:
        return
    filled = [column for column in range(len(body[0])) if any(row[column].text for row in body)]
    if len(filled) % 2:
        return
    entries: list[_Entry] = []
    for left, right in zip(filled[::2], filled[1::2], strict=True):
        for row in body:
            number, answer = row[left].text, row[right].text
            if (number or answer) and (number_of(number) is None or not _is_only_letters(answer)):
                return
        entries += list(_down(rows, left, right))
    yield from entries


def _is_only_letters(text: str) -> bool:
    answer = answer_of(text)
    return bool(answer.letters) and not answer.text
