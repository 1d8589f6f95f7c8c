"""A table with a header into questions: nothing dropped, every doubt told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quizsvc.banks.faults import Level
from quizsvc.banks.files.columns import looks
from quizsvc.banks.files.columns.answering import answer_cells
from quizsvc.banks.files.columns.building import built, place_of, with_truth
from quizsvc.banks.files.columns.choosing import Chosen, chosen
from quizsvc.banks.files.columns.grouping import KEYS, Gathered, Group, Row, excerpt, gathered
from quizsvc.banks.files.columns.header_words import Meaning
from quizsvc.banks.files.columns.headers import Column, Header
from quizsvc.banks.files.columns.keys import is_section
from quizsvc.banks.files.columns.options import Piece
from quizsvc.banks.files.columns.stating import Base, base_of, is_number
from quizsvc.banks.files.documents import Line, Remark, Table
from quizsvc.banks.files.found import FoundBy, FoundQuestion

MOST_TOLD = 50
"""So many rows that were not understood are told one by one, then how many there are."""
SHORTER_TITLE = 3


@dataclass(frozen=True)
class ColumnsRead:
    """``columns``: what each header was taken for, for the preview. ``remarks``: of rows and columns that belong to no
    question. ``title``: what stands alone above the header."""

    questions: tuple[FoundQuestion, ...]
    columns: tuple[Column, ...]
    remarks: tuple[Remark, ...] = ()
    title: str = ""


def questions_of_table(table: Table) -> ColumnsRead | None:
    """The questions of a table whose header says what its columns hold; ``None`` when it has no such header or when no row
    has choices or an answer of true or false.

    The header may stand anywhere, take two rows and come again. Raises nothing: what is wrong with a question stands in its
    remarks.
    """
    found = gathered(table.rows)
    if not found.headers or not found.groups:
        return None
    pairs = [(group, with_truth(group, chosen(group))) for group in found.groups]
    real = [(group, what) for group, what in pairs if _is_question(group, what)]
    if not any(what.choices for _, what in real):
        return None
    questions = _questions(real)
    unread = [*found.unread, *(group.first for group, what in pairs if not _is_question(group, what))]
    title, unread = _title(found, unread)
    remarks = [*_of_headers(found.headers), *_of_unread(unread)]
    columns = tuple(column for header in found.headers for column in header.columns)
    return ColumnsRead(tuple(_by_number(questions)), columns, tuple(remarks), title)


def _is_question(group: Group, what: Chosen) -> bool:
    """Rows of text alone, without a number or a type, are headings or notes."""
    says_so = bool(group.value(Meaning.NUMBER)[0] or group.value(Meaning.TYPE)[0])
    return bool(what.choices or group.cells(*KEYS) or says_so) and not (
        not what.choices and is_section(group.value(Meaning.TEXT)[0])
    )


def _questions(pairs: Sequence[tuple[Group, Chosen]]) -> list[FoundQuestion]:
    cells = [answer_cells(group, what.choices) for group, what in pairs]
    texts = [[choice.piece.text for choice in what.choices] for _, what in pairs]
    answers = [(cell.text, choices) for each, choices in zip(cells, texts, strict=True) for cell in each]
    base = base_of(answers, are_numbered=_are_numbered([group for group, _ in pairs]))
    marks = [looks.marked([_looked_at(choice.piece) for choice in what.choices]) for _, what in pairs]
    trust = looks.trusted(marks)
    questions = [built(group, what, base, each, trust) for (group, what), each in zip(pairs, marks, strict=True)]
    questions = _of_odd([group for group, _ in pairs], questions)
    return _of_mixed(questions, [is_number(each[0].text) if each else None for each in cells], base)


def _of_odd(groups: Sequence[Group], questions: Sequence[FoundQuestion]) -> list[FoundQuestion]:
    """A question without a number among numbered ones may be part of another; a mark among written answers may be chance."""
    numbered = sum(question.number is not None for question in questions) * 2 > len(questions)
    has_written = any(question.found_by is FoundBy.COLUMN for question in questions)
    told = []
    for group, question in zip(groups, questions, strict=True):
        remarks = list(question.remarks)
        if numbered and question.number is None and group.header.of(Meaning.NUMBER):
            sentence = "Câu không có số thứ tự trong khi các câu khác có: có thể là phần của câu trên. Hãy kiểm tra."
            remarks.append(Remark("number-missing", Level.WARNING, sentence, question.where))
        if has_written and question.found_by not in (None, FoundBy.COLUMN):
            sentence = "Ô đáp án trống nên đáp án lấy theo dấu trên phương án, trong khi câu khác ghi vào cột. Hãy kiểm tra."
            remarks.append(Remark("weak-mark", Level.WARNING, sentence, question.key_where or question.where))
        told.append(replace(question, remarks=tuple(remarks)))
    return told


def _looked_at(piece: Piece) -> Line | None:
    return piece.line if piece.text else None


def _are_numbered(groups: Sequence[Group]) -> bool:
    """Whether choices are called 1, 2, 3 in the header."""
    columns = [column for group in groups[:1] for column in group.header.of(Meaning.OPTION)]
    return bool(columns) and all(column.title.strip(" .)").split("-")[0].strip()[-1:].isdigit() for column in columns)


def _of_mixed(questions: Sequence[FoundQuestion], numbers: Sequence[bool | None], base: Base) -> list[FoundQuestion]:
    """A number among letters, or a letter among numbers, may be a slip."""
    answered = [is_numeric for is_numeric in numbers if is_numeric is not None]
    if base is Base.TORN or all(answered) or not any(answered):
        return list(questions)
    usual = sum(answered) * 2 > len(answered)
    told = []
    for question, is_numeric in zip(questions, numbers, strict=True):
        if is_numeric is None or is_numeric == usual or question.key_where is None:
            told.append(question)
            continue
        sentence = "Đáp án ghi bằng số trong khi các câu khác ghi chữ (hoặc ngược lại). Hãy kiểm tra."
        remark = Remark("answer-mixed", Level.WARNING, sentence, question.key_where)
        told.append(replace(question, remarks=(*question.remarks, remark)))
    return told


def _by_number(questions: Sequence[FoundQuestion]) -> Iterator[FoundQuestion]:
    """Numbers that come again in the same section are told."""
    seen: set[tuple[str, int]] = set()
    for question in questions:
        key = None if question.number is None else (question.section, question.number)
        if key in seen:
            sentence = f"Số câu {question.number} đã có ở trên. Hãy kiểm tra số câu."
            remark = Remark("number-repeated", Level.WARNING, sentence, question.where)
            yield replace(question, remarks=(*question.remarks, remark))
        else:
            yield question
        if key is not None:
            seen.add(key)


def _title(found: Gathered, unread: Sequence[Row]) -> tuple[str, list[Row]]:
    """A text that stands alone in one of the first rows, above the header, is the title; it is not told as unread."""
    first = min((group.where.row or 0 for group in found.groups), default=0)
    for at, row in enumerate(unread[:SHORTER_TITLE]):
        texts = {cell.text for cell in row if cell.text}
        row_number = row[0].where.row or 0
        if len(texts) == 1 and row_number < first and not next(iter(texts)).endswith("?"):
            return texts.pop(), [*unread[:at], *unread[at + 1 :]]
    return "", list(unread)


def _of_headers(headers: Sequence[Header]) -> Iterator[Remark]:
    for header in headers:
        unknown = [column for column in header.columns if column.meaning is Meaning.UNKNOWN]
        if unknown:
            names = ", ".join(f"«{column.title[:40]}»" for column in unknown)
            sentence = f"Cột không hiểu được nên không nhập: {names}. Nếu cần, hãy đổi tên cột."
            yield Remark("column-unknown", Level.WARNING, sentence, unknown[0].where)
        for column in header.repeated:
            sentence = f"Có hai cột cùng nghĩa «{column.title[:40]}». Hãy xoá hoặc đổi tên một cột."
            yield Remark("column-repeated", Level.ERROR, sentence, column.where)


def _of_unread(rows: Sequence[Row]) -> Iterator[Remark]:
    for row in rows[:MOST_TOLD]:
        sentence = f"Hàng không thuộc câu hỏi nào: «{excerpt(row)}». Hãy kiểm tra xem đó có phải câu hỏi bị sót không."
        yield Remark("unread-text", Level.WARNING, sentence, place_of(row))
    if len(rows) > MOST_TOLD:
        sentence = f"Tất cả có {len(rows)} hàng không thuộc câu hỏi nào; {MOST_TOLD} hàng đầu được nêu ở trên."
        yield Remark("unread-text", Level.WARNING, sentence, place_of(rows[MOST_TOLD]))
