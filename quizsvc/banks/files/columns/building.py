"""A gathered row made into the question that is handed on, with everything odd about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from quizsvc.banks.faults import Level
from quizsvc.banks.files.columns.answering import Answered, answered
from quizsvc.banks.files.columns.choosing import Choice, Chosen
from quizsvc.banks.files.columns.grouping import CHOICES, KEYS, Group
from quizsvc.banks.files.columns.header_words import Meaning
from quizsvc.banks.files.columns.keys import number_of
from quizsvc.banks.files.columns.looks import Marked
from quizsvc.banks.files.columns.options import Piece
from quizsvc.banks.files.columns.stating import FALSE_WORDS, TRUE_WORDS, Base
from quizsvc.banks.files.documents import Cell, Line, Remark, Run, Where
from quizsvc.banks.files.found import FoundBy, FoundQuestion
from quizsvc.banks.files.text_checks import QuestionText, remarks_of_text
from quizsvc.banks.letter_references import choice_refers, text_refers
from quizsvc.core.text import fold

TRUTH = ("Đúng", "Sai")
STRENGTH = {
    FoundBy.COLUMN: 0.98,
    FoundBy.SIGN: 0.95,
    FoundBy.HIGHLIGHT: 0.95,
    FoundBy.COLOUR: 0.94,
    FoundBy.BOLD: 0.93,
    FoundBy.UNDERLINE: 0.93,
    FoundBy.ITALIC: 0.88,
}
"""How sure a key is by the way it was found; × 0.85 for each warning, at most 0.3 when the question stopped."""
PER_WARNING, STOPPED = 0.85, 0.3
DIFFICULTIES = {
    **dict.fromkeys(("de", "nhan biet", "nb", "1", "easy", "biet", "co ban", "muc 1", "rat de"), 1),
    **dict.fromkeys(("trung binh", "tb", "thong hieu", "th", "2", "medium", "hieu", "vua", "muc 2", "normal"), 2),
    **dict.fromkeys(("kho", "van dung", "vd", "3", "hard", "nang cao", "muc 3", "rat kho", "difficult"), 3),
    **dict.fromkeys(("van dung cao", "vdc", "van dung thap", "vdt"), 3),
}
NOT_CHOICE_TYPES = {
    *("open ended", "fill in the blank", "poll", "draw", "tu luan", "dien khuyet", "dien vao cho trong", "essay"),
    *("short answer", "tra loi ngan", "ghep noi", "matching", "noi cot", "puzzle", "word cloud", "slider"),
}
SEVERAL_TYPES = {
    "checkbox",
    "multiple select",
    "multi select",
    "multiselect",
    "nhieu dap an",
    "multiple answers",
    "nhieu lua chon",
}
ERROR_VALUE = re.compile(r"#(?:REF|N/A|VALUE|DIV/0|NAME|NULL|NUM)[!?]?|Err:\d+")
LABEL = re.compile(r"\s*(?:câu|question)\s*(?:hỏi\s*)?(?:số\s*)?(\d{1,5})\s*[.:)\-–]\s*", re.IGNORECASE)
BARE = re.compile(r"\s*(\d{1,5})\s*[.)]\s+")


def with_truth(group: Group, chosen: Chosen) -> Chosen:
    """«Đúng» and «Sai» for a question that has no choices and is answered by one of them."""
    cells = [cell for _, cell in group.cells(*KEYS)]
    words = {fold(cell.text) for cell in cells}
    if chosen.choices or len(cells) != 1 or not words <= TRUE_WORDS | FALSE_WORDS or group.cells(*CHOICES):
        return chosen
    where = cells[0].where
    chosen.choices = [Choice(Piece(Line((Run(word),), where)), cells[0]) for word in TRUTH]
    sentence = "Câu không ghi phương án; đã hiểu là câu Đúng/Sai vì đáp án là Đúng hoặc Sai."
    chosen.remarks.append(Remark("truth-added", Level.NOTICE, sentence, where))
    return chosen


def built(group: Group, chosen: Chosen, base: Base, looks: Marked, trust: Mapping[FoundBy, bool]) -> FoundQuestion:
    """The question of a group of rows."""
    answer = answered(group, chosen.choices, base, looks, trust)
    number, text = _numbered(group, chosen)
    choices = tuple(choice.piece.text for choice in chosen.choices)
    places = tuple(choice.where for choice in chosen.choices)
    pictures = chosen.text.pictures if chosen.text is not None else ()
    shown = tuple(choice.piece.line.pictures for choice in chosen.choices)
    kind = fold(group.value(Meaning.TYPE)[0])
    difficulty, of_difficulty = _difficulty(group)
    hashes = tuple(tuple(picture.sha256 for picture in each) for each in shown) if any(shown) else ()
    checked = QuestionText(text, choices, group.where, places, bool(pictures), hashes)
    told = [*chosen.remarks, *remarks_of_text(checked), *answer.remarks, *of_difficulty, *_of_cells(group), *_of_kind(group)]
    return FoundQuestion(
        text=text,
        choices=choices,
        correct=answer.correct,
        found_by=answer.found_by,
        confidence=_confidence(answer, told),
        where=group.where,
        number=number,
        section=group.section or group.value(Meaning.SECTION)[0],
        explanation=group.value(Meaning.EXPLANATION)[0],
        citation=group.value(Meaning.CITATION)[0],
        topic=group.value(Meaning.TOPIC)[0] or None,
        difficulty=difficulty,
        code=group.value(Meaning.CODE)[0] or None,
        is_multiple=len(answer.correct) > 1 or kind in SEVERAL_TYPES,
        pinned=any(map(choice_refers, choices)) or text_refers(text),
        pictures=pictures,
        choice_pictures=shown if any(shown) else (),
        options_where=places,
        key_where=answer.where,
        remarks=tuple(told),
    )


def _numbered(group: Group, chosen: Chosen) -> tuple[int | None, str]:
    """The number of its column or of «Câu 5:», and the text without it."""
    written = chosen.text.text if chosen.text is not None else ""
    number = number_of(group.value(Meaning.NUMBER)[0].split("\n")[0])
    found = LABEL.match(written) or BARE.match(written)
    if found and (LABEL.match(written) or int(found[1]) == number):
        number = number if number is not None else int(found[1])
        written = written[found.end() :]
    return number, "\n".join(" ".join(part.split()) for part in written.split("\n")).strip()


def _difficulty(group: Group) -> tuple[int | None, list[Remark]]:
    text, where = group.value(Meaning.DIFFICULTY)
    if not text:
        return None, []
    level = DIFFICULTIES.get(fold(text)) or DIFFICULTIES.get(fold(text.split("(")[0]))
    if level is not None:
        return level, []
    sentence = f"Mức độ «{text[:40]}» không hiểu được nên bỏ trống. Hãy ghi Dễ, Trung bình hoặc Khó (hoặc 1, 2, 3)."
    return None, [Remark("difficulty-unknown", Level.WARNING, sentence, where or group.where)]


def _of_cells(group: Group) -> Iterator[Remark]:
    """Cells whose value cannot be trusted as what somebody typed."""
    for column, cell in group.cells(Meaning.TEXT, *CHOICES, *KEYS):
        yield from _of_cell(column.meaning, cell)
    for row in group.option_rows:
        for column in group.header.of(Meaning.TEXT):
            yield from _of_cell(Meaning.OPTION, row[column.index])
    text, where = group.value(Meaning.IMAGE)
    if text:
        sentence = f"Câu dùng hình ở liên kết «{text[:60]}», hình chưa được nhập. Hãy thêm hình sau khi nhập."
        yield Remark("image-link", Level.WARNING, sentence, where or group.where)


def _of_cell(meaning: Meaning, cell: Cell) -> Iterator[Remark]:
    name = f"Ô {cell.where.cell}" if cell.where.cell else "Ô này"
    if cell.is_formula and not cell.text and meaning not in KEYS:
        sentence = f"{name} là công thức chưa có kết quả. Hãy mở tệp bằng Excel và lưu lại, hoặc dán giá trị."
        yield Remark("formula-without-value", Level.ERROR, sentence, cell.where)
    if ERROR_VALUE.fullmatch(cell.text):
        yield Remark("error-value", Level.ERROR, f"{name} báo lỗi công thức {cell.text}. Hãy nhập lại nội dung.", cell.where)
    if cell.is_uncertain and meaning not in KEYS:
        sentence = (
            f"{name} «{cell.text[:40]}» được Excel giữ là ngày hoặc số lẻ, có thể không đúng như đã gõ."
            " Hãy xem lại; nếu sai, định dạng ô là Văn bản rồi gõ lại."
        )
        yield Remark("changed-by-excel", Level.WARNING, sentence, cell.where)


def _of_kind(group: Group) -> Iterator[Remark]:
    text, where = group.value(Meaning.TYPE)
    if fold(text) in NOT_CHOICE_TYPES:
        sentence = f"Loại câu hỏi «{text}» không phải trắc nghiệm chọn phương án nên không nhập được."
        yield Remark("unsupported-type", Level.ERROR, sentence, where or group.where)


def _confidence(answer: Answered, told: Sequence[Remark]) -> float:
    if not answer.correct or answer.found_by is None:
        return 0.0
    warnings = sum(remark.level is Level.WARNING for remark in told)
    value = STRENGTH[answer.found_by] * PER_WARNING**warnings
    return round(min(value, STOPPED) if any(remark.level is Level.ERROR for remark in told) else value, 3)


def place_of(rows: Sequence[Cell]) -> Where:
    """Where a row begins: its first cell with something in it."""
    return next((cell.where for cell in rows if cell.text), rows[0].where)
