"""Files where questions and choices are numbered alike: «1. …? 1. … 2. … 3. … 2. …? 1. …»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quizsvc.banks.files.found import MOST_CHOICES
from quizsvc.banks.files.layout.items import Item, Kind

FEWEST_QUESTIONS = 2


def lettered(items: Sequence[Item]) -> list[Item]:
    """The items with choices A, B, C … in place of 1, 2, 3 …, where no other choices are in the file and all numbers fit.

    A numbered line is a question if the next number is 1. It fits when questions count 1, 2, 3 … or carry a word («Câu 3»),
    and the choices of each count 1, 2, 3 … to at least 2.
    """
    numbered = [at for at, item in enumerate(items) if item.start is not None and item.start.number is not None]
    if len(numbered) < 3 * FEWEST_QUESTIONS or any(item.kind in (Kind.OPTION, Kind.BULLET) for item in items):
        return list(items)
    changed = list(items)
    questions, count = 0, 0
    for place, at in enumerate(numbered):
        start = items[at].start
        assert start is not None
        following = items[numbered[place + 1]].start if place + 1 < len(numbered) else None
        is_question = following is not None and following.number == 1 and following.style == "bare"
        if is_question:
            if (questions and count < 2) or start.number != questions + 1:
                return list(items)
            questions, count = questions + 1, 0
            continue
        count += 1
        if start.style != "bare" or start.number != count or count > MOST_CHOICES or not questions:
            return list(items)
        changed[at] = replace(
            items[at], kind=Kind.OPTION, letter=chr(ord("A") + count - 1), bullet=str(count), start=None, keys=()
        )
    return changed if questions >= FEWEST_QUESTIONS and count >= 2 else list(items)
