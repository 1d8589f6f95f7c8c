"""A predicted number as people type it: ``12.345``, ``12 345``, ``12,345``, ``12345 người``."""

from __future__ import annotations

import re
import unicodedata

LARGEST_PREDICTION = 10**12
LONGEST = 60  # digits

HOW = "Hãy ghi số nguyên, ví dụ 12345 hoặc 12.345."
EMPTY = f"Chưa có số. {HOW}"
NEGATIVE = f"Số dự đoán không thể nhỏ hơn 0. {HOW}"
NO_NUMBER = f"Không hiểu đây là số nào. {HOW}"
UNCLEAR = (
    "Không rõ đây là số nào: dấu chấm, dấu phẩy hay khoảng trắng chỉ dùng để tách từng nhóm ba chữ số "
    "(12.345), không dùng cho phần lẻ. Hãy ghi lại, ví dụ 12345."
)
TOO_LARGE = "Số dự đoán nhiều nhất là 1.000.000.000.000."

UNITS = ("người", "lượt", "lượt thi", "bài", "bài thi", "thí sinh", "người dự thi")
WRITTEN = r"[0-9]{1,12}|[1-9][0-9]{0,2}(\.[0-9]{3}){1,3}|[1-9][0-9]{0,2}(,[0-9]{3}){1,3}|[1-9][0-9]{0,2}( [0-9]{3}){1,3}"
"""A regular expression, the same in ECMA-262, for the plainest of what is understood."""
PLAIN = re.compile(r"[0-9]+")
GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+")
ONLY_DIGITS_AND_SEPARATORS = re.compile(r"[0-9][0-9., ]*")
MINUS = re.compile(r"[-−‐-―﹣－] ?[0-9]")


def parse_predicted(text: str) -> int | str:
    """The number meant, or a sentence for the person who typed it.

    Groups of three may stand apart by dots, commas or spaces, one kind throughout; the thing counted may follow. Digits of
    any script and width are understood. What could mean two numbers (``12.34``, ``1.2345``) is refused, never guessed.
    """
    if any(unicodedata.category(sign) == "No" for sign in text):  # 12² would become 122
        return NO_NUMBER
    typed = _without_unit(_plain(text))
    if not typed:
        return EMPTY
    if MINUS.match(typed):
        return NEGATIVE
    if PLAIN.fullmatch(typed) or _is_grouped(typed):
        digits = re.sub(r"[., ]", "", typed).lstrip("0") or "0"
        return int(digits) if len(digits) < LONGEST and int(digits) <= LARGEST_PREDICTION else TOO_LARGE
    return UNCLEAR if ONLY_DIGITS_AND_SEPARATORS.fullmatch(typed) else NO_NUMBER


def _is_grouped(typed: str) -> bool:
    """``0.123`` is no group of thousands: nobody writes them with a leading zero."""
    return GROUPED.fullmatch(typed) is not None and not typed.startswith("0")


def _plain(text: str) -> str:
    """NFKC, digits of all scripts as 0–9, any white space as one ordinary space."""
    composed = unicodedata.normalize("NFKC", text)
    digits = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in composed)
    return " ".join(digits.casefold().split())


def _without_unit(typed: str) -> str:
    """The text without the thing counted behind the number."""
    for unit in sorted(UNITS, key=len, reverse=True):
        if typed.endswith(unit):
            return typed.removesuffix(unit).rstrip()
    return typed
