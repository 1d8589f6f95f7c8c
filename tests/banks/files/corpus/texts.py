"""Plain text files: encodings, and the layouts of people who write in Notepad or copy from chats."""

from __future__ import annotations

import unicodedata

from tests.banks.files.corpus.case import asked, case
from tests.banks.files.corpus.facts import CIVIC, LONG

FACTS = CIVIC[12:18]


def plain_paper(end: str = "\n") -> str:
    lines: list[str] = ["CÂU HỎI TRẮC NGHIỆM", ""]
    for number, fact in enumerate(FACTS, 1):
        lines += [f"Câu {number}. {fact.texts[0]}"]
        lines += [f"{letter}. {choice}" for letter, choice in fact.lettered]
        lines += [f"Đáp án: {fact.correct}", ""]
    return end.join(lines)


ENCODINGS = {
    "utf8": lambda text: text.encode(),
    "utf8_mark": lambda text: text.encode("utf-8-sig"),
    "utf16": lambda text: text.encode("utf-16"),
    "windows_lines": lambda text: text.replace("\n", "\r\n").encode(),
    "old_mac_lines": lambda text: text.replace("\n", "\r").encode(),
    "decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "cp1258": lambda text: _cp1258(text),
    "no_break_spaces": lambda text: text.replace(". ", ".\u00a0").encode(),
    "zero_width": lambda text: text.replace("Câu ", "\u200bCâu ").encode(),
}


def _cp1258(text: str) -> bytes:
    """As Windows writes it: base letters with breve or circumflex precomposed, tones as marks that follow."""
    pieces = []
    for sign in unicodedata.normalize("NFC", text):
        try:
            sign.encode("cp1258")
            pieces.append(sign)
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", sign)
            tone = next(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
            pieces.append(unicodedata.normalize("NFC", parts.replace(tone, "")) + tone)
    return "".join(pieces).encode("cp1258")


def _encoded_cases() -> None:
    for name, encode in ENCODINGS.items():

        def make(encode=encode) -> bytes:  # type: ignore[no-untyped-def]
            return encode(plain_paper())

        make.__name__ = f"text_{name}"
        case(FACTS, f"{name}.txt")(make)


_encoded_cases()


@case(LONG, "ghi-chu.txt")
def notepad_star_and_small_letters() -> bytes:
    lines = []
    for number, fact in enumerate(LONG, 1):
        lines += [f"{number}. {fact.texts[0]}"]
        lines += [f"{'*' if a in fact.correct else ''}{a.lower()}) {t}" for a, t in fact.lettered]
    return "\n".join(lines).encode()


@case(
    asked("""
    ? Thủ tục hành chính nào làm được trên Cổng Dịch vụ công quốc gia?
    + Đăng ký khai sinh
    - Bầu trưởng thôn
    ? Mã định danh cá nhân gồm mấy số?
    - 9
    - 10
    + 12
"""),
    "zalo.txt",
    ordinary=False,
)
def copied_from_a_chat() -> bytes:
    return """Chào các đồng chí, gửi bộ câu hỏi nhé 😊
1/ Thủ tục hành chính nào làm được trên Cổng Dịch vụ công quốc gia?
a/ Đăng ký khai sinh ✅
b/ Bầu trưởng thôn
2/ Mã định danh cá nhân gồm mấy số?
a/ 9
b/ 10
c/ 12 ✅
""".encode()


@case((), "trong.txt", ordinary=False, refused=True)
def nothing_but_blank_lines() -> bytes:
    return b"\n\n   \n"


@case((), "cong-van.txt", ordinary=False, refused=True)
def an_official_letter_without_questions() -> bytes:
    return """ỦY BAN NHÂN DÂN XÃ
Số: 15/UBND-TP
V/v tổ chức cuộc thi tìm hiểu pháp luật
Kính gửi: Các thôn, tổ dân phố.
1. Mục đích: tuyên truyền pháp luật.
2. Thời gian: từ ngày 01/10/2025.
a) Vòng 1: thi trực tuyến;
b) Vòng 2: thi sân khấu.
Nơi nhận: Như trên; Lưu: VT.
""".encode()


@case(
    asked("""
    ? Hình thức hòa giải?
    + Trực tiếp
    - Gián tiếp
    ? Ai làm chứng?
    - Trẻ sơ sinh
    + Người biết sự việc
"""),
    "khong-so.txt",
    ordinary=False,
)
def questions_without_numbers() -> bytes:
    return """Hình thức hòa giải?
A. Trực tiếp
B. Gián tiếp
Đáp án: A

Ai làm chứng?
A. Trẻ sơ sinh
B. Người biết sự việc
Đáp án: B
""".encode()


@case(
    asked("""
    ? Quốc huy có hình gì?
    - Bông sen
    + Ngôi sao, bánh xe răng và bông lúa
    - Con rồng
    ? Quốc khánh là ngày nào?
    + 2/9
    - 30/4
    - 1/5
"""),
    "nhay-so.txt",
    ordinary=False,
    told=True,
)
def numbers_with_a_gap_are_told() -> bytes:
    return """Câu 1: Quốc huy có hình gì?
A. Bông sen
B. Ngôi sao, bánh xe răng và bông lúa
C. Con rồng
Đáp án: B
Câu 4: Quốc khánh là ngày nào?
A. 2/9
B. 30/4
C. 1/5
Đáp án: A
""".encode()
