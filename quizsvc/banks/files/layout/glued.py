"""Signs that two texts were run together: sentences without a space, a choice, an answer or a question in another text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.found import MOST_CHOICES, Remark
from quizsvc.banks.files.repair.syllables import is_syllable

_LATIN = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1EFA))]
_LOWER = "a-z" + "".join(sign for sign in _LATIN if sign.islower())
_UPPER = "A-Z" + "".join(sign for sign in _LATIN if sign.isupper())

SENTENCE = re.compile(
    rf"[{_LOWER}]{{2}}[.?!…]?(?=[{_UPPER}][{_UPPER}{_LOWER}])|\d(?=[{_UPPER}]{{3}}|[Cc]âu\s)"
    rf"|(?<![{_UPPER}])[{_UPPER}](?=[{_UPPER}][{_LOWER}]{{2}})|[{_UPPER}]{{2}}(?=[{_LOWER}]{{3}})"
    r"|\S\s+(?=(?:PHẦN|CHƯƠNG|MỤC|NHÓM|HẾT|ĐÁP ÁN|BẢNG)\b)"
    rf"|[{_LOWER}]\s+(?=(?:[{_UPPER}]{{2,}}\s+){{2}}[{_UPPER}]{{2}})"
)
"""«Phạt tiền.Tìm hiểu», «đều saiĐÁP ÁN», «21PHẦN», «CViệc»; but not «TP.HCM», «VNeID», «QĐ-TTg», «QH13»."""
INNER_START = re.compile(
    r"(?:^|\s)(?:Câu|CÂU)\s+(?:hỏi\s+)?\d{1,4}\s*[:.]|(?:Đáp án|ĐÁP ÁN)(?: đúng)?\s*:|^(?:=>|Chọn|Đáp án)\s+[A-H](?![a-z])"
    rf"|[.;?!”]\s+\d{{1,3}}[.)/]\s+(?=[{_UPPER}])"
)
INNER_OPTION = re.compile(
    r"(?:(?:^|[\s;.,?])[(\[]?([A-Ha-h])(?:[.)/]\s*|\s?[:\-–]\s)|(?<=[^\W_])(?:\(([A-Ha-h])\)\s*)|(?<=[^\W_])([A-H]|d)(?:[.)/:]\s*|\s?[:\-–]\s))(?=\S)"
)
ATTACHED = re.compile(r"([^\W\d_]+)([b-h])[.)/]\s*(?=\S)")
"""«gia đìnhc. Toàn dân»: a letter that no longer stands apart."""
LETTERED_LINE = re.compile(r"(?m)^\s*[(\[]?([A-Ha-hđĐ])\s?[.)/:\-]")


def glued_sentence(text: str) -> str:
    """The surroundings of a place where one sentence runs into another, or ``""``.

    >>> glued_sentence("Cảnh cáo, phạt tiền.Tìm hiểu pháp luật năm 2023"), glued_sentence("UBND TP.HCM dùng VNeID")
    ('nh cáo, phạt tiền.Tìm hiểu pháp luật năm', '')
    """
    found = SENTENCE.search(text)
    return text[max(0, found.end() - 18) : found.end() + 22] if found else ""


def remarks_of(
    parts: list[tuple[str, Where]], letters: list[str], bullets: list[str], *, are_capital: bool = False
) -> Iterator[Remark]:
    """``parts``: the question and then its choices, as imported; ``letters``, ``bullets``: of the choices as they stood.

    ``are_capital``: all letters are capitals, so that points a), b) in the question are none of them.
    """
    count = len(parts) - 1
    have = set(letters)
    following = _letter(max(count, 1)) if count < MOST_CHOICES else ""
    for at, (text, where) in enumerate(parts):
        if INNER_START.search(text):
            sentence = "Trong nội dung có «Câu …:» hoặc «Đáp án:» của câu khác: có thể hai câu dính vào nhau. Hãy kiểm tra."
            yield Remark("glued-question", Level.WARNING, sentence, where)
        shown = glued_sentence(text)
        if shown:
            sentence = f"Có hai câu văn dính liền («…{shown}…»): có thể chữ lạ đã lọt vào. Hãy kiểm tra."
            yield Remark("glued-sentence", Level.WARNING, sentence, where)
        bullet = bullets[max(0, at - 1)] if bullets else ""
        found = ["".join(each) for each in INNER_OPTION.findall(text)]
        inner = {letter.upper() for letter in found if at or not are_capital or letter.isupper()}
        inner |= {letter.upper() for word, letter in ATTACHED.findall(text) if not is_syllable(word + letter)} & {following}
        is_in_choice = bool(at) and (bool(LETTERED_LINE.search(text)) or bool(inner & have - {_letter(at - 1)}))
        has_bullet = bool(bullet) and re.search(rf"(?<=\S){re.escape(bullet)}\s|\s{re.escape(bullet)}\s", text) is not None
        if is_in_choice or has_bullet or following in inner or (not at and {"A", "B"} <= inner):
            sentence = (
                "Trong nội dung có dấu hoặc chữ cái của phương án khác: có thể hai phương án dính vào nhau. Hãy kiểm tra."
            )
            yield Remark("glued-option", Level.WARNING, sentence, where)


def _letter(at: int) -> str:
    return chr(ord("A") + at)
