"""Signs of the symbol fonts, which stand at places of their own (U+F020 to U+F0FF) and mean another sign of Unicode."""

from __future__ import annotations

import re

UNKNOWN = "\ufffd"
PRIVATE = re.compile(r"[\uf020-\uf0ff]")
_GREEK = dict(zip("abcdefghiklmnopqrstuwxyz", "αβχδεφγηικλμνοπθρστυωξψζ", strict=True))
_SYMBOL = {
    **{ord(sign): letter for sign, letter in _GREEK.items()},
    0x44: "Δ", 0x46: "Φ", 0x47: "Γ", 0x4C: "Λ", 0x50: "Π", 0x53: "Σ", 0x57: "Ω", 0x59: "Ψ",
    0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″",
    0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xC5: "⊕", 0xC7: "∩", 0xC8: "∪", 0xCC: "⊂",
    0xCE: "∈", 0xD0: "∠", 0xD6: "√", 0xD7: "⋅", 0xDE: "⇒", 0xDB: "⇔", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x46: "☞", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥",
    0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xAC: "✦", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + count: sign for count, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x8B + count: sign for count, sign in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA2: "■", 0xA3: "□", 0xAE: "◆",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def sign_of(code: int, font: str | None) -> str:
    """The sign at a place of a symbol font; of another font, the character itself; ``UNKNOWN`` when nobody can tell."""
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    table = _FONTS.get((font or "").strip().lower())
    if table is not None:
        return table.get(place, chr(place) if table is _SYMBOL and 0x20 <= place < 0x41 else UNKNOWN)
    if code != place or not (0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF):
        return UNKNOWN
    return chr(code)


def plain_signs(text: str, font: str | None) -> str:
    """Text in which the signs of symbol fonts are replaced; in other fonts what stands at their places is unknown."""
    if (font or "").strip().lower() in ("wingdings", "wingdings 2"):
        return "".join(sign if sign.isspace() else sign_of(ord(sign), font) for sign in text)
    return PRIVATE.sub(lambda found: sign_of(ord(found[0]), font), text)
