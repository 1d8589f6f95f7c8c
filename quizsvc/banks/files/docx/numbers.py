"""Automatic numbers as Word writes them: 7 as «7», «G», «vii», «07» (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LARGEST_ROMAN = 3999
LARGEST_LETTERS = 780
"""Word begins again after thirty times the alphabet."""
KNOWN = (
    "decimal", "decimalZero", "upperLetter", "lowerLetter", "upperRoman", "lowerRoman", "none", "bullet",
    "decimalEnclosedCircle", "ordinal", "numberInDash", "custom",
)  # fmt: skip


def write_number(count: int, style: str) -> str:
    """The number in a style of ``KNOWN``, otherwise and where the style has no such number, in digits.

    >>> [write_number(28, style) for style in ("upperLetter", "lowerRoman", "decimalZero")]
    ['BB', 'xxviii', '28']
    """
    if style == "none":
        return ""
    if style == "decimalZero":
        return f"{count:02d}"
    if style in ("upperLetter", "lowerLetter"):
        letters = _letters(count)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("upperRoman", "lowerRoman"):
        roman = _roman(count)
        return roman.upper() if style == "upperRoman" else roman
    if style == "decimalEnclosedCircle" and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if style == "numberInDash":
        return f"- {count} -"
    return str(count)


def _letters(count: int) -> str:
    """a, …, z, aa, bb, …: Word repeats the letter."""
    if count < 1:
        return str(count)
    rounds, letter = divmod((count - 1) % LARGEST_LETTERS, 26)
    return chr(ord("a") + letter) * (rounds + 1)


def _roman(count: int) -> str:
    if not 1 <= count <= LARGEST_ROMAN:
        return str(count)
    written = ""
    for worth, sign in _ROMAN:
        times, count = divmod(count, worth)
        written += sign * times
    return written
