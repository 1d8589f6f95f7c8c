"""Headings between questions, and where a stretch ends and they begin."""

from __future__ import annotations

from collections.abc import Sequence

from quizsvc.banks.files.layout.items import Item, Kind
from quizsvc.banks.files.layout.runs import UPPER

NEAR = 8
"""So many lines above a row of choices are looked at for its question."""


def is_capital_heading(item: Item) -> bool:
    """A short line in capitals, or styled as a heading, that is neither question nor choice."""
    text = item.whole
    letters = [sign for sign in text if sign.isalpha()]
    if item.kind is Kind.OPTION:
        return len(item.text.split()) >= 2 and text.isupper() and not item.is_lower
    is_short = len(letters) >= 3 and len(text) <= 150 and not text.endswith("?")
    return item.kind in (Kind.TEXT, Kind.SECTION) and is_short and (text.isupper() or item.line.is_heading)


def split_sections(items: Sequence[Item], major: str) -> tuple[list[Item], list[Item]]:
    """The stretch without the headings at its end, and these: they belong to the next question."""
    end = len(items)
    while end > 1 and (items[end - 1].kind in (Kind.SECTION, Kind.JUNK) or is_capital_heading(items[end - 1])):
        last = items[end - 1]
        if last.kind is Kind.OPTION and (major != UPPER or _continues(items[: end - 1], last)):
            break
        end -= 1
    while end < len(items) and items[end].kind is Kind.JUNK:
        end += 1
    return list(items[:end]), list(items[end:])


def _continues(before: Sequence[Item], last: Item) -> bool:
    letters = [item.letter for item in before if item.kind is Kind.OPTION]
    return not letters or last.letter == chr(ord(letters[-1]) + 1)


def question_tail(after: Sequence[Item]) -> list[Item]:
    """The lines at the end of what follows an answer that are the next question: the last one, and those joined to it."""
    tail: list[Item] = []
    for item in reversed(after[-NEAR:]):
        if tail and (
            tail[0].is_after_blank
            or item.whole.endswith((".", ";", "?", "”", '"'))
            or item.kind in (Kind.BASIS, Kind.EXPLANATION)
        ):
            break
        tail.insert(0, item)
    return tail
