"""Choices without letters: bullets and bare numbers made into A, B, C …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quizsvc.banks.files.layout.items import Item, Kind


def with_letters(items: Sequence[Item]) -> list[Item]:
    """Where a stretch has no letters, its bullets, or else its numbered lines, become choices A, B, C …"""
    before_answer = list(items)
    for at, item in enumerate(items):
        if item.kind is Kind.ANSWER:
            before_answer = list(items[:at])
            break
    if any(item.kind is Kind.OPTION for item in before_answer):
        return list(items)
    if sum(item.kind is Kind.BULLET for item in before_answer) >= 2:
        return _lettered_bullets(items)
    return _lettered_numbers(items)


def _lettered_bullets(items: Sequence[Item]) -> list[Item]:
    lettered, letter = [], "A"
    has_start = any(item.start is not None for item in items[:1])
    for item in items:
        if item.kind is Kind.BULLET and letter <= "K":
            lettered.append(replace(item, kind=Kind.OPTION, letter=letter))
            letter = chr(ord(letter) + 1)
            continue
        is_new = item.kind is Kind.TEXT and not has_start and not item.whole[:1].islower()
        if is_new or item.kind in (Kind.ANSWER, Kind.START) or item.whole.endswith(("?", ":")):
            letter = "A"
        lettered.append(item)
    return lettered


def _lettered_numbers(items: Sequence[Item]) -> list[Item]:
    """«1. 2. 3. 4.» below a question, as lists of Word leave them when their letters are lost."""
    lettered: list[Item] = []
    count = 0
    for at, item in enumerate(items):
        if at and item.start is not None and item.start.style == "bare" and item.start.number == count + 1 and count < 8:
            count += 1
            letter = chr(ord("A") + count - 1)
            lettered.append(replace(item, kind=Kind.OPTION, letter=letter, bullet=str(count)))
        else:
            lettered.append(item)
    return lettered if count >= 2 else list(items)
