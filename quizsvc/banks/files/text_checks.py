"""What is odd about the texts of one question, wherever they come from: stable codes, Vietnamese sentences, places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Remark, Where
from quizsvc.banks.files.found import FEWEST_CHOICES, LETTERS, MOST_CHOICES
from quizsvc.banks.files.repair import looks_broken, stray_spaces, suspected_encoding
from quizsvc.banks.letter_references import choice_refers
from quizsvc.core.text import fold

LONG_QUESTION, LONG_CHOICE = 1500, 900
ADDRESS = re.compile(r"https?://|www\.|\b[a-z0-9-]+\.(?:vn|com|net|org)\b", re.IGNORECASE)
PAGE = re.compile(r"^(?:Trang|Page) \d{1,4}\b|(?:Trang|Page) \d{1,4}(?:/\d{1,4})?\s*$")
NAMED_LETTER = re.compile(r"(?<!\w)([A-H])(?!\w)")


@dataclass(frozen=True)
class QuestionText:
    """A question's texts as they will be imported, with their places; pictures by their SHA-256."""

    question: str
    choices: tuple[str, ...]
    where: Where
    places: tuple[Where, ...]
    has_picture: bool = False
    choice_pictures: tuple[tuple[str, ...], ...] = ()


def remarks_of_text(text: QuestionText) -> list[Remark]:
    """Everything odd about the texts of one question; each thing once."""
    told = [*_of_count(text), *_of_choices(text), *_of_references(text)]
    for part, where in ((text.question, text.where), *zip(text.choices, text.places, strict=True)):
        told += _of_text(part, where)
    if not text.question and not text.has_picture:
        told.append(Remark("empty-question", Level.ERROR, "Câu hỏi không có nội dung. Hãy bổ sung.", text.where))
    if len(text.question) > LONG_QUESTION:
        sentence = f"Câu hỏi dài {len(text.question)} ký tự: có thể đã gộp nhiều đoạn không thuộc câu hỏi. Hãy kiểm tra."
        told.append(Remark("long-question", Level.WARNING, sentence, text.where))
    return list({(remark.code, remark.sentence): remark for remark in told}.values())


def _of_count(text: QuestionText) -> Iterator[Remark]:
    count = len(text.choices)
    if count < FEWEST_CHOICES:
        sentence = f"Câu chỉ có {count} phương án, cần ít nhất {FEWEST_CHOICES}. Hãy bổ sung hoặc kiểm tra chữ cái A, B, C."
        yield Remark("too-few-choices", Level.ERROR, sentence, text.where)
    if count > MOST_CHOICES:
        sentence = f"Câu có {count} phương án, nhiều nhất là {MOST_CHOICES}. Hãy tách câu hoặc bỏ bớt."
        yield Remark("too-many-choices", Level.ERROR, sentence, text.where)


def _of_choices(text: QuestionText) -> Iterator[Remark]:
    pictures = text.choice_pictures or ((),) * len(text.choices)
    seen: dict[tuple[str, tuple[str, ...]], int] = {}
    for at, (choice, shown) in enumerate(zip(text.choices, pictures, strict=True)):
        letter, where = _letter(at), text.places[at]
        if not choice and not shown:
            yield Remark("empty-choice", Level.ERROR, f"Phương án {letter} không có nội dung. Hãy bổ sung.", where)
            continue
        same = (_compared(choice), shown)
        if same in seen:
            sentence = f"Phương án {_letter(seen[same])} và {letter} giống nhau. Hãy sửa."
            yield Remark("equal-choices", Level.ERROR, sentence, where)
        seen.setdefault(same, at)
        if len(choice) > LONG_CHOICE:
            sentence = f"Phương án {letter} dài {len(choice)} ký tự: có thể đã gộp cả phần trích dẫn. Hãy kiểm tra."
            yield Remark("long-choice", Level.WARNING, sentence, where)


def _compared(choice: str) -> str:
    return " ".join(unicodedata.normalize("NFC", choice).casefold().split()).rstrip(" .;,")


def _of_references(text: QuestionText) -> Iterator[Remark]:
    referring = [at for at, choice in enumerate(text.choices) if choice_refers(choice)]
    for at in referring:
        letter, where = _letter(at), text.places[at]
        sentence = f"Phương án {letter} nhắc đến phương án khác nên thứ tự phương án được giữ nguyên, không xáo trộn."
        yield Remark("pinned", Level.NOTICE, sentence, where)
        named = {name for name in NAMED_LETTER.findall(text.choices[at]) if LETTERS.index(name) >= len(text.choices)}
        if named:
            sentence = f"Phương án {letter} nhắc đến phương án {', '.join(sorted(named))} không có trong câu. Hãy kiểm tra."
            yield Remark("reference-missing", Level.WARNING, sentence, where)
        says_above = re.search(r"\b(tren|vua neu|da neu)\b", fold(text.choices[at])) is not None
        if says_above and any(other > at and other not in referring for other in range(len(text.choices))):
            sentence = f"Phương án {letter} nói «trên» nhưng không đứng cuối. Hãy kiểm tra thứ tự phương án."
            yield Remark("reference-not-last", Level.WARNING, sentence, where)


def _of_text(text: str, where: Where) -> Iterator[Remark]:
    spaced = stray_spaces(text)
    if spaced:
        shown = "; ".join(f"«{each.pieces}»" for each in spaced[:3])
        yield Remark("stray-space", Level.WARNING, f"Có khoảng trắng lạ trong chữ: {shown}. Hãy sửa trong tệp gốc.", where)
    if ADDRESS.search(text) or PAGE.search(text):
        yield Remark(
            "junk-in-text", Level.WARNING, "Có địa chỉ trang mạng hoặc số trang trong nội dung. Hãy kiểm tra.", where
        )
    if looks_broken(text):
        yield Remark("broken-text", Level.ERROR, "Chữ bị hỏng, không đọc được. Hãy nhập lại câu này.", where)
    elif suspected_encoding(text) is not None:
        sentence = "Chữ có vẻ dùng phông cũ (TCVN3 hoặc VNI) mà tệp không cho biết. Hãy chuyển sang Unicode rồi nhập lại."
        yield Remark("legacy-font", Level.ERROR, sentence, where)


def _letter(at: int) -> str:
    return chr(ord("A") + at)
