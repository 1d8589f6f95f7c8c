"""Damage as files suffer it: each takes blocks and gives them back changed, or ``None`` where it does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

from quizsvc.banks.files.documents import Block, Line, Run, Where

LETTER = re.compile(r"^\s*[*(]?[A-Fa-f]\*?[.)/:\s-]+")
NUMBER = re.compile(r"^\s*(?:Câu|CÂU|Question|Bài)?\s*(?:hỏi |số )?\d+\s*(?:\([^)]*\))?\s*[.:)/-]?\s*")
JUNK = ("Tìm hiểu pháp luật tỉnh 2023", "UBND xã Hòa Bình", "Ghi chú của ban tổ chức cuộc thi.")

Damage = Callable[[Random, Sequence[Block]], list[Block] | None]


def places(blocks: Sequence[Block], pattern: re.Pattern[str] | None = None) -> list[int]:
    """Where lines stand that are not empty, and begin as the pattern says."""
    return [
        at
        for at, block in enumerate(blocks)
        if isinstance(block, Line) and block.full_text.strip() and (pattern is None or pattern.match(block.full_text))
    ]


def _without(block: Block, pattern: re.Pattern[str]) -> Line:
    assert isinstance(block, Line)
    found = pattern.match(block.text)
    return replace(block, label="") if block.label or found is None else block.slice(found.end())


def lose_letter(random: Random, blocks: Sequence[Block]) -> list[Block] | None:
    at = _one(random, places(blocks, LETTER))
    return None if at is None else [*blocks[:at], _without(blocks[at], LETTER), *blocks[at + 1 :]]


def lose_number(random: Random, blocks: Sequence[Block]) -> list[Block] | None:
    at = _one(random, places(blocks, NUMBER))
    return None if at is None else [*blocks[:at], _without(blocks[at], NUMBER), *blocks[at + 1 :]]


def lose_question(random: Random, blocks: Sequence[Block]) -> list[Block] | None:
    at = _one(random, places(blocks, NUMBER))
    return None if at is None else [*blocks[:at], *blocks[at + 1 :]]


def lose_answer(random: Random, blocks: Sequence[Block]) -> list[Block] | None:
    at = _one(random, places(blocks, re.compile(r"\W*(?:đáp án|đ/a|=>|chọn|trả lời)", re.IGNORECASE)))
    return None if at is None else [*blocks[:at], *blocks[at + 1 :]]


def swap_choices(random: Random, blocks: Sequence[Block]) -> list[Block] | None:
    lettered = places(blocks, LETTER)
    own = places(blocks)
    pairs = [(first, second) for first, second in pairwise(own) if first in lettered and second in lettered]
    if not pairs:
        return None
    first, second = random.choice(pairs)
    changed = list(blocks)
    changed[first], changed[second] = changed[second], changed[first]
    return changed


def glue_lines(random: Random, blocks: Sequence[Block]) -> list[Block] | None:
    own = places(blocks)
    place = random.randrange(len(own) - 1)
    first, second = blocks[own[place]], blocks[own[place + 1]]
    assert isinstance(first, Line)
    assert isinstance(second, Line)
    between = Run(random.choice((" ", "")) + (f"{second.label} " if second.label else ""))
    glued = replace(first, runs=(*first.runs, between, *second.runs))
    return [*blocks[: own[place]], glued, *blocks[own[place + 1] + 1 :]]


def repeat_line(random: Random, blocks: Sequence[Block]) -> list[Block] | None:
    at = random.choice(places(blocks))
    return [*blocks[: at + 1], *blocks[at:]]


def add_junk(random: Random, blocks: Sequence[Block]) -> list[Block] | None:
    at = random.choice(places(blocks))
    return [*blocks[:at], Line((Run(random.choice(JUNK)),), Where("x")), *blocks[at:]]


def _one(random: Random, own: Sequence[int]) -> int | None:
    return random.choice(own) if own else None


ALL: tuple[Damage, ...] = (
    lose_letter,
    lose_number,
    lose_question,
    lose_answer,
    swap_choices,
    glue_lines,
    repeat_line,
    add_junk,
)
