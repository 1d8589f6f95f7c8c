"""The key of a gathered question: columns of answers, flags beside choices, signs, looks; and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quizsvc.banks.faults import Level
from quizsvc.banks.files.columns.choosing import Choice
from quizsvc.banks.files.columns.grouping import KEYS, Group, is_own
from quizsvc.banks.files.columns.header_words import Meaning
from quizsvc.banks.files.columns.looks import Marked
from quizsvc.banks.files.columns.stating import FALSE_WORDS, TRUE_WORDS, Base, Stated, stated
from quizsvc.banks.files.documents import Cell, Remark, Where
from quizsvc.banks.files.found import FoundBy, letters_of
from quizsvc.banks.letter_references import choice_refers
from quizsvc.core.text import fold

TICKS = {"x", "v", "✓", "✔", "√", "☑", "*", "●"}
YES = TRUE_WORDS | {"x", "v", "1"}
NO = FALSE_WORDS | {"0", ""}
NAMED = re.compile(r"(?<!\w)[A-H](?!\w)")
MARK_NAMES = {
    FoundBy.BOLD: "chữ đậm",
    FoundBy.ITALIC: "chữ nghiêng",
    FoundBy.UNDERLINE: "chữ gạch chân",
    FoundBy.COLOUR: "màu chữ",
    FoundBy.HIGHLIGHT: "màu nền",
    FoundBy.SIGN: "dấu đánh cạnh phương án",
}
FAULTS = {
    "unknown": ("answer-unknown", "Đáp án «{text}» không phải chữ cái, số hay nội dung của phương án nào. Hãy sửa đáp án."),
    "beyond": (
        "key-not-a-choice",
        "Đáp án «{text}» không có trong {count} phương án của câu. Hãy sửa đáp án hoặc phương án.",
    ),
    "ambiguous": (
        "answer-ambiguous",
        "Đáp án «{text}» có thể hiểu là vị trí hoặc nội dung của hai phương án khác nhau. Hãy ghi chữ cái A, B, C…",
    ),
    "differs": ("key-conflict", "Đáp án «{text}»: chữ cái và nội dung ghi kèm không cùng một phương án. Hãy quyết định."),
    "torn": (
        "number-base-unclear",
        "Cột đáp án ghi số, vừa có 0 vừa có số cuối, nên không rõ đếm từ 0 hay từ 1. Hãy ghi chữ cái A, B, C…",
    ),
}


@dataclass
class Answered:
    """``correct`` is empty where no key could be settled; then a remark says why."""

    correct: tuple[str, ...] = ()
    found_by: FoundBy | None = None
    where: Where | None = None
    remarks: list[Remark] = field(default_factory=list)
    kind: str = ""


def answer_cells(group: Group, choices: Sequence[Choice]) -> list[Cell]:
    """Cells that hold answers for the question as a whole; none where the column flags choices row by row."""
    if flags_of(group, choices) is not None:
        return []
    cells = [cell for _, cell in group.cells(*KEYS)] + [cell for _, cell in _flag_cells(group, choices)]
    return list({cell.text: cell for cell in cells}.values())


def flags_of(group: Group, choices: Sequence[Choice]) -> list[tuple[bool, Cell]] | None:
    """For tables with one choice a row, whether each is flagged as right; ``None`` where the columns say something else."""
    if not choices or any(choice.row is None for choice in choices):
        return None
    columns = [column for column in group.header.columns if column.meaning in KEYS]
    flags = []
    for choice in choices:
        assert choice.row is not None
        cells = [choice.row[column.index] for column in columns if not choice.row[column.index].is_merged_copy]
        words = [_flag_word(cell) for cell in cells if cell.text]
        if any(word not in YES | NO | TICKS for word in words):
            return None
        filled = next((cell for cell in cells if cell.text), choice.cell)
        flags.append((any(word in YES | TICKS for word in words), filled))
    return flags if _are_flags(group, [word for word, _ in _flag_cells(group, choices)], len(choices)) else None


def _flag_cells(group: Group, choices: Sequence[Choice]) -> Iterator[tuple[str, Cell]]:
    for choice in choices:
        for column in group.header.columns:
            if choice.row is not None and column.meaning in KEYS and is_own(choice.row[column.index]):
                yield _flag_word(choice.row[column.index]), choice.row[column.index]


def _are_flags(group: Group, words: Sequence[str], count: int) -> bool:
    """A lone «1» or «D» under «Đáp án» names a choice; under «Đúng», or as a tick, it flags one."""
    if not words:
        return False
    if not group.header.of(Meaning.ANSWER) or all(word in TICKS for word in words):
        return True
    return len(words) == count or all(word in ("true", "false", "dung", "sai") for word in words)


def _flag_word(cell: Cell) -> str:
    text = cell.text.strip("()[] ").lower()
    return text if text in TICKS else fold(text)


def answered(group: Group, choices: Sequence[Choice], base: Base, looks: Marked, trust: Mapping[FoundBy, bool]) -> Answered:
    """The key of one question. ``looks`` and ``trust``: its marked choices, and which marks this table uses for keys."""
    by_column = _by_flags(group, choices) or _by_cells(group, choices, base)
    by_marks = _by_marks(choices, looks, trust)
    if by_column is not None:
        told = by_column.remarks
        for found_by, letters, is_trusted in by_marks:
            if by_column.correct and letters != by_column.correct and is_trusted:
                sentence = (
                    f"Cột đáp án ghi {', '.join(by_column.correct)} nhưng {MARK_NAMES[found_by]} lại ở phương án"
                    f" {', '.join(letters)}; đã lấy theo cột. Hãy kiểm tra."
                )
                told.append(Remark("stray-mark", Level.WARNING, sentence, by_column.where or group.where))
        return _checked(by_column, group, choices)
    return _checked(_of_marks(by_marks, group, choices), group, choices)


def _by_flags(group: Group, choices: Sequence[Choice]) -> Answered | None:
    flags = flags_of(group, choices)
    if flags is None:
        return None
    right = [at for at, (is_right, _) in enumerate(flags) if is_right]
    if not right or len(flags) > 8:
        return Answered(remarks=[_no_key(group.where)])
    return Answered(letters_of(right), FoundBy.COLUMN, flags[right[0]][1].where, kind="flags")


def _by_cells(group: Group, choices: Sequence[Choice], base: Base) -> Answered | None:
    cells = answer_cells(group, choices)
    if not cells:
        return None
    texts = [choice.piece.text for choice in choices]
    results = [_of_cell(cell, texts, base) for cell in cells]
    first, cell = results[0], cells[0]
    faulty = [told for result in results for told in result.remarks if told.level is Level.ERROR]
    if faulty:
        return Answered(remarks=faulty)
    other = next((at for at, result in enumerate(results) if result.correct != first.correct), None)
    if other is not None:
        sentence = (
            f"Hai ô đáp án khác nhau: «{cell.text}» ({cell.where.cell}) và «{cells[other].text}»"
            f" ({cells[other].where.cell}). Hãy quyết định."
        )
        return Answered(remarks=[Remark("key-conflict", Level.ERROR, sentence, cells[other].where)])
    return first


def _of_cell(cell: Cell, texts: Sequence[str], base: Base) -> Answered:
    if cell.is_uncertain:
        sentence = f"Đáp án «{cell.text}» đã bị Excel đổi thành ngày hoặc số lẻ. Hãy định dạng ô là Văn bản rồi gõ lại."
        return Answered(remarks=[Remark("answer-changed", Level.ERROR, sentence, cell.where)])
    if not cell.text:
        sentence = "Ô đáp án là công thức chưa có kết quả. Hãy mở tệp bằng Excel và lưu lại, hoặc ghi chữ cái."
        return Answered(remarks=[Remark("formula-without-value", Level.ERROR, sentence, cell.where)])
    found: Stated = stated(cell.text, texts, base)
    if found.fault:
        code, sentence = FAULTS[found.fault]
        shown = cell.text if len(cell.text) <= 60 else f"{cell.text[:60]}…"
        return Answered(remarks=[Remark(code, Level.ERROR, sentence.format(text=shown, count=len(texts)), cell.where)])
    told = []
    if found.kind == "number" and base is Base.UNSURE:
        sentence = f"Đáp án ghi số «{cell.text}», được hiểu là đếm từ 1; cả cột không có số cuối để chắc chắn. Hãy kiểm tra."
        told.append(Remark("number-base-unsure", Level.WARNING, sentence, cell.where))
    return Answered(found.letters, FoundBy.COLUMN, cell.where, told, found.kind)


def _by_marks(
    choices: Sequence[Choice], looks: Marked, trust: Mapping[FoundBy, bool]
) -> list[tuple[FoundBy, tuple[str, ...], bool]]:
    """Signs first, then looks, as letters and whether this table uses them for keys."""
    signed = [at for at, choice in enumerate(choices) if choice.piece.is_signed]
    found = [(FoundBy.SIGN, letters_of(signed), True)] if 0 < len(signed) < len(choices) <= 8 else []
    for found_by, places in looks.items():
        if len(choices) <= 8:
            found.append((found_by, letters_of(places), trust.get(found_by, False)))
    return found


def _of_marks(marks: Sequence[tuple[FoundBy, tuple[str, ...], bool]], group: Group, choices: Sequence[Choice]) -> Answered:
    """The key by signs and looks alone: those that this table uses must agree and stand on one choice."""
    trusted = [(found_by, letters) for found_by, letters, is_trusted in marks if is_trusted]
    if not trusted:
        seen = [f"{MARK_NAMES[found_by]}: {', '.join(letters)}" for found_by, letters, _ in marks]
        return Answered(remarks=[_no_key(group.where, "; ".join(seen))])
    found_by, letters = trusted[0]
    different = next(((other, others) for other, others in trusted[1:] if others != letters), None)
    if different is not None or (len(letters) > 1 and found_by is not FoundBy.SIGN):
        shown = "; ".join(f"{MARK_NAMES[each]}: {', '.join(places)}" for each, places in trusted)
        sentence = f"Dấu trên các phương án không chỉ một đáp án ({shown}). Hãy ghi đáp án vào cột."
        return Answered(remarks=[Remark("several-keys-found", Level.ERROR, sentence, group.where)])
    place = next(at for at in range(len(choices)) if letters_of([at]) == letters[:1])
    return Answered(letters, found_by, choices[place].where)


def _no_key(where: Where, seen: str = "") -> Remark:
    but = f" Có dấu riêng ({seen}) nhưng bảng không dùng dấu này thống nhất." if seen else ""
    return Remark("no-key", Level.ERROR, f"Không tìm thấy đáp án: ô đáp án trống.{but} Hãy ghi đáp án.", where)


def _checked(answer: Answered, group: Group, choices: Sequence[Choice]) -> Answered:
    """Several right choices are looked at by a person; all of them, or «Cả A và B» beside «AB», stop the question."""
    if len(answer.correct) < 2:
        return answer
    shown, where = ", ".join(answer.correct), answer.where or group.where
    meant = [choice for choice in choices if choice_refers(choice.piece.text)]
    if len(answer.correct) == len(choices):
        sentence = "Tất cả phương án đều được ghi là đáp án đúng. Hãy chọn lại đáp án."
    elif any(set(NAMED.findall(choice.piece.text)) == set(answer.correct) for choice in meant):
        sentence = f"Đáp án ghi {shown} nhưng cũng có phương án gộp các chữ này. Hãy chọn: nhiều đáp án hay phương án gộp."
    else:
        sentence = f"Câu có nhiều đáp án đúng ({shown}). Hãy kiểm tra."
        answer.remarks.append(Remark("several-keys-found", Level.WARNING, sentence, where))
        return answer
    return Answered(remarks=[*answer.remarks, Remark("several-keys-found", Level.ERROR, sentence, where)])
