"""The sentences about keys that a person reads, each with its stable code. Those about text are in ``checks.py``."""

from __future__ import annotations

from collections.abc import Sequence

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.found import FoundBy, Remark

NAMES = {
    FoundBy.LETTER_LINE: "dòng đáp án",
    FoundBy.TEXT_LINE: "nội dung ghi ở dòng đáp án",
    FoundBy.SENTENCE: "câu văn nêu đáp án",
    FoundBy.BOLD: "chữ đậm",
    FoundBy.ITALIC: "chữ nghiêng",
    FoundBy.UNDERLINE: "chữ gạch chân",
    FoundBy.COLOUR: "màu chữ",
    FoundBy.HIGHLIGHT: "màu nền",
    FoundBy.SIGN: "dấu đánh cạnh phương án",
    FoundBy.ABSENCE: "phương án duy nhất không được đánh dấu",
    FoundBy.TABLE: "bảng đáp án",
    FoundBy.KEY_FILE: "tệp đáp án",
    FoundBy.COLUMN: "cột đáp án",
    FoundBy.POSITION: "vị trí đầu tiên",
    FoundBy.FORMAT: "định dạng tệp",
}
"""What each way of finding a key is called."""


def listed(letters: Sequence[str]) -> str:
    return ", ".join(letters)


def no_key(where: Where) -> Remark:
    sentence = "Không tìm thấy đáp án: không có dòng đáp án, dấu riêng hay bảng đáp án cho câu này. Hãy chọn đáp án."
    return Remark("no-key", Level.ERROR, sentence, where)


def several_keys(letters: Sequence[str], where: Where, level: Level) -> Remark:
    if level is Level.ERROR:
        sentence = f"Nhiều phương án cùng được đánh dấu ({listed(letters)}) trong khi câu khác chỉ có một. Hãy chọn đáp án."
    else:
        sentence = f"Câu có nhiều đáp án đúng ({listed(letters)}). Hãy kiểm tra."
    return Remark("several-keys-found", level, sentence, where)


def marks_without_use(found_by: FoundBy, letters: Sequence[str], where: Where) -> Remark:
    sentence = (
        f"Có phương án mang dấu riêng ({NAMES[found_by]}: {listed(letters)}) nhưng tệp không dùng dấu này thống nhất "
        "nên không rõ đáp án. Hãy chọn đáp án."
    )
    return Remark("several-keys-found", Level.ERROR, sentence, where)


def all_right(where: Where) -> Remark:
    sentence = "Tất cả phương án đều được ghi là đáp án đúng. Hãy chọn lại đáp án."
    return Remark("several-keys-found", Level.ERROR, sentence, where)


def several_or_one(letters: Sequence[str], where: Where) -> Remark:
    sentence = (
        f"Đáp án ghi {listed(letters)} nhưng cũng có phương án gộp các chữ này. Hãy chọn: nhiều đáp án hay phương án gộp."
    )
    return Remark("several-keys-found", Level.ERROR, sentence, where)


def key_conflict(
    first: FoundBy, letters: Sequence[str], at: Where, second: FoundBy, others: Sequence[str], there: Where
) -> Remark:
    sentence = (
        f"Đáp án không khớp: {NAMES[first]} cho {listed(letters)} ({at}), {NAMES[second]} cho {listed(others)} ({there}). "
        "Hãy quyết định."
    )
    return Remark("key-conflict", Level.ERROR, sentence, at)


def key_repeated(letters: Sequence[str], at: Where, others: Sequence[str], there: Where) -> Remark:
    sentence = (
        f"Bảng đáp án ghi số câu này nhiều lần: {listed(letters)} ({at}) và {listed(others)} ({there}). Hãy quyết định."
    )
    return Remark("key-repeated", Level.ERROR, sentence, at)


def key_not_a_choice(letters: Sequence[str], count: int, where: Where) -> Remark:
    sentence = f"Đáp án {listed(letters)} không có trong {count} phương án của câu. Hãy sửa đáp án hoặc phương án."
    return Remark("key-not-a-choice", Level.ERROR, sentence, where)


def answer_text_differs(letters: Sequence[str], other: str, where: Where) -> Remark:
    sentence = f"Dòng đáp án ghi chữ {listed(letters)} nhưng chép lại nội dung gần giống phương án {other}. Hãy quyết định."
    return Remark("key-conflict", Level.ERROR, sentence, where)


def marks_unclear(found_by: FoundBy, where: Where) -> Remark:
    sentence = (
        f"Dấu riêng ({NAMES[found_by]}) không chỉ rõ một phương án ở câu này; đã lấy đáp án từ nơi khác. Hãy kiểm tra."
    )
    return Remark("marks-unclear", Level.WARNING, sentence, where)


def stray_mark(found_by: FoundBy, letters: Sequence[str], where: Where) -> Remark:
    sentence = (
        f"Phương án {listed(letters)} có dấu riêng ({NAMES[found_by]}) nhưng không phải là đáp án đã đọc. Hãy kiểm tra."
    )
    return Remark("stray-mark", Level.WARNING, sentence, where)


def weak_mark(found_by: FoundBy, letters: Sequence[str], where: Where) -> Remark:
    sentence = (
        f"Đáp án {listed(letters)} chỉ dựa vào dấu riêng ({NAMES[found_by]}) mà phần lớn câu khác trong tệp không dùng. "
        "Hãy kiểm tra."
    )
    return Remark("weak-mark", Level.WARNING, sentence, where)


def by_order(where: Where) -> Remark:
    sentence = "Câu không có số hoặc số bị mất; đáp án được ghép theo thứ tự trong tệp. Hãy kiểm tra."
    return Remark("key-by-order", Level.WARNING, sentence, where)
