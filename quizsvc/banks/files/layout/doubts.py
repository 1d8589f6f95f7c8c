"""What is doubtful about lines while a stretch is read; each doubt has a sentence in ``checks.DOUBTS``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizsvc.banks.files.layout import words
from quizsvc.banks.files.layout.items import Draft, Item, Kind
from quizsvc.banks.files.layout.runs import UPPER

ROW_INSIDE = re.compile(r"(?:^|\s)[Bb][.)/]\s?\S.*\s[Cc][.)/]\s?\S")
BARE_BASIS = re.compile(r"(?:điều|khoản|điểm)\s", re.IGNORECASE)
ASIDE = re.compile(r"[(\[](?!.*\b(?:chọn|khoanh|điền|theo|điều|khoản|luật)\b).*[)\]]\W*$", re.IGNORECASE | re.DOTALL)
"""«(Xem tiếp trang sau)», but not «(Chọn một phương án)» or «(Điều 47 Hiến pháp)»."""
WRAPPED = 45
"""A line that was broken because it was full is at least so long."""


def of_head(draft: Draft, item: Item, has_list: bool) -> str | None:
    """A further line of a question may be the start of another, or junk. ``has_list``: it holds a list «1. 2. 3.»."""
    if not draft.head or item is draft.start:
        return None
    before = draft.head[-1].text
    if item.start is not None:
        own = draft.start.start.number or 0 if draft.start is not None and draft.start.start is not None else None
        is_near = own is not None and item.start.number in (own, own + 1) and item.start.number != 1
        return "glued-line" if item.start.style != "bare" or (is_near and not has_list) else None
    stops = before.endswith("?") or before[-1:].isalnum()
    is_odd = item.kind is Kind.EXPLANATION or (item.kind is not Kind.BULLET and item.whole[:1].isupper() and stops)
    return "question-continued" if is_odd else None


def of_last_line(draft: Draft) -> str | None:
    """The line right above the choices asks; where an earlier one does and this does not, it may be junk."""
    *earlier, last = [part.text for part in draft.head] or [""]
    asks = last.endswith(("?", ":", "…", "...")) or words.QUESTION_WORDS.search(last)
    is_odd = not asks and last[:1].isupper() and any(text.endswith(("?", ":")) for text in earlier)
    is_odd = is_odd or (bool(earlier) and ASIDE.match(last) is not None)
    return "question-continued" if is_odd else None


def of_basis(last_choice: str, item: Item) -> str | None:
    """«Điều 5 …» right below a long choice may be the choice going on."""
    is_odd = BARE_BASIS.match(item.whole) and len(last_choice) >= WRAPPED and last_choice[-1:].isalnum()
    return "basis-or-choice" if is_odd else None


def of_citation(item: Item) -> str | None:
    """A quoted law asks nothing and has no choices side by side."""
    is_odd = item.whole.rstrip(' "”').endswith("?") or ROW_INSIDE.search(item.whole)
    return "question-in-citation" if is_odd else None


def of_points(draft: Draft, after: Sequence[Item], major: str, is_answered: bool) -> str | None:
    """Points a), b) behind an answer may be choices: of this question, or of one that has lost its number."""
    points = [item for item in after if item.kind is Kind.OPTION]
    if not points or not draft.options or points[0].is_lower != draft.options[-1].item.is_lower:
        return None
    is_clause = any(item.start is not None or item.whole.startswith(("“", "Điều", '"')) for item in after)
    own = draft.start.start.number if draft.start is not None and draft.start.start is not None else None
    if major != UPPER and own is not None and any(item.start is not None and item.start.number == own + 1 for item in after):
        return "points-in-citation"
    is_next = points[0].letter == next_letter(draft) != "A"
    is_row = len(points) >= 2 and major != UPPER and not (is_clause and is_answered)
    return "points-in-citation" if is_next or is_row else None


def of_junk(item: Item) -> str:
    """A line left out as a page number or an address; a bare number may have been a choice."""
    is_number = item.whole.replace("/", "").replace(" ", "").isdigit()
    return "number-line-removed" if is_number else "junk-removed"


def goes_on(before: str, text: str) -> bool:
    """Whether a line plainly continues the one before it, which was full."""
    return before.rstrip()[-1:] not in (".", "?", "!") and text[:1].islower() and len(before) >= WRAPPED


def next_letter(draft: Draft) -> str:
    """The letter that a further choice would have."""
    return chr(ord(draft.options[-1].letter) + 1)
