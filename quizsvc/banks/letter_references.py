"""Recognises a choice that only makes sense in the author's order, such as "Cả A và B" or "Tất cả các phương án trên"."""

from __future__ import annotations

import re
import unicodedata

LETTER = r"[a-h]"
# Letters that name a thing, not a choice: "bằng lái hạng B, C", "điểm a, b khoản 2".
NAMED = r"(?<!hạng )(?<!loại )(?<!nhóm )(?<!điểm )(?<!khu )(?<!lớp )(?<!mức )(?<!bậc )(?<!vitamin )(?<!đội )(?<!tổ )"
COUNT = r"(?:hai|ba|bốn|năm|sáu|bảy|0?[2-8])"
CHOICE = r"(?:phương án(?: trả lời)?|đáp án|lựa chọn|câu trả lời|câu|ý kiến|ý)"
ABOVE = r"(?:(?:nêu|kể|ở|vừa nêu|đã nêu)(?: ở)? )?trên(?: đây)?|vừa nêu|đã nêu|còn lại"
VERDICT = r"(?:(?:đều |là )*(?:không )?(?:đúng|sai|chính xác)(?: cả)?)"

PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # "a và b đúng", "cả a, b, c", "a hoặc c"
        rf"{NAMED}\b{LETTER}\b(?:\s*[,;&+/]\s*(?:và |hoặc )?|\s+(?:và|hoặc|hay|lẫn|cùng)\s+(?:cả )?){LETTER}\b",
        # "chỉ a đúng", "b sai"
        rf"{NAMED}\b{LETTER} {VERDICT}\b",
        # "đáp án a", "phương án b và c"
        rf"\b(?:phương án|đáp án|lựa chọn|câu|ý) (?:trả lời )?(?:đúng )?(?:là )?{LETTER}\b",
        # "các phương án trên", "hai ý còn lại đều sai", "cả hai đáp án đều đúng"
        rf"\b{CHOICE} (?:{VERDICT}|{ABOVE})(?= {VERDICT}|$|,)",
        # "tất cả", "cả hai", "tất cả đều đúng", "cả ba đều sai"
        rf"^(?:cả|tất cả|toàn bộ)(?: {COUNT})?(?: (?:các|những))?(?: {CHOICE})?(?: (?:{ABOVE}))?(?: {VERDICT})?$",
        # "cả ba hành vi trên", "tất cả các trường hợp nêu trên", "những điều kể trên đều đúng"
        rf"^(?:cả|tất cả|toàn bộ|mọi|các|những|{COUNT}|một trong|không)\b.* (?:{ABOVE})(?: {VERDICT})?$",
        # "không có đáp án đúng", "không phương án nào đúng"
        rf"^không (?:có )?(?:{CHOICE})(?: nào)?(?: {VERDICT})?$",
    )
)
# In running text only an explicit "phương án A" counts; "ý a" or "a và b" are too often something else.
NAMED_IN_TEXT = re.compile(rf"\b(?:phương án|đáp án|lựa chọn)(?: trả lời)?(?: đúng)?(?: là)? {LETTER}\b")


def choice_refers(choice: str) -> bool:
    """Whether the text of a choice names other choices, by letter or all at once."""
    plain = _plain(choice)
    return any(pattern.search(plain) for pattern in PATTERNS)


def text_refers(text: str) -> bool:
    """Whether a question or an explanation names a choice by its letter."""
    return NAMED_IN_TEXT.search(_plain(text)) is not None


def _plain(text: str) -> str:
    """Lower case, one space, without quotation marks, brackets and the full stop at the end."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    return " ".join(re.sub(r"[\"'“”‘’«»()\[\]]", " ", lowered).split()).rstrip(" .;:!")
