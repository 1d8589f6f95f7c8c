"""What a unit is found by: the words of its name, its other names and its code, all without accents."""

from __future__ import annotations

from collections.abc import Sequence

from quizsvc.core.text import fold

LONGEST = 600
TITLES = {
    "thanh pho": "tp",
    "thi xa": "tx",
    "thi tran": "tt",
    "dac khu": "dk",
    "tinh": "t",
    "huyen": "h",
    "quan": "q",
    "phuong": "p",
    "xa": "x",
}
"""Folded title → the short form people type."""


def search_text(name: str, aliases: Sequence[str], code: str) -> str:
    """``"vinh phu 16702 =phuong=p="``: sorts by the bare name.

    The title stands between equals signs because it is found as a whole word only. As a prefix, "phu" would find every
    phường there is.
    """
    title, bare = _split(fold(name))
    words = [bare, *(_split(fold(alias))[1] for alias in aliases), fold(code)]
    marks = f"={'='.join([*title.split(), TITLES[title]])}=" if title else ""
    return " ".join(part for part in (*words, marks) if part)[:LONGEST]


def query_words(text: str) -> list[str]:
    """The words of a query, each once. They hold letters and digits only, so nothing in them means anything to LIKE."""
    return list(dict.fromkeys(fold(text).split()))


def _split(folded: str) -> tuple[str, str]:
    for title in TITLES:
        if folded.startswith(title + " "):
            return title, folded.removeprefix(title + " ")
    return "", folded
