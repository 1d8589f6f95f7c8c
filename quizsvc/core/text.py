"""Vietnamese text for comparing and searching: one spelling, no accents, no case."""

from __future__ import annotations

import re
import unicodedata


def fold(text: str) -> str:
    """Lower case without accents, đ as d, everything but letters and digits as one space.

    ``fold("Phường Thái Hoà")`` is ``"phuong thai hoa"``; the result is stored in a search column, since neither database
    folds Vietnamese by itself.
    """
    lowered = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    plain = "".join(character for character in lowered if not unicodedata.combining(character))
    return " ".join(re.findall(r"[a-z0-9]+", plain))
