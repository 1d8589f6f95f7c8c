"""Codes of imported questions, topics and banks: short, in plain letters, and never given twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from quizsvc.banks.files.found import FoundQuestion
from quizsvc.core.text import fold

LONGEST = 80
LONGEST_TITLE = 200
NO_TOPIC = ("chua-phan-loai", "Chưa phân loại")


def slug(text: str) -> str:
    """The text as a code: small letters without accents, digits and hyphens; ``""`` when nothing is left.

    >>> slug("Luật Hòa giải ở cơ sở (2013)")
    'luat-hoa-giai-o-co-so-2013'
    """
    return fold(text).replace(" ", "-")[:LONGEST].strip("-")


def question_codes(questions: Sequence[FoundQuestion], batch: int) -> list[str]:
    """A code for each: the file's own, else ``n<batch>-<number>`` by the printed number where all have one of their own.

    Codes of the file may repeat or be taken: that is for the caller to see.
    """
    numbers = [question.number for question in questions]
    told = [number for number in numbers if number is not None]
    by_number = len(told) == len(numbers) and max(Counter(told).values(), default=0) <= 1
    given = {slug(question.code or "") for question in questions}
    codes = []
    for place, question in enumerate(questions, start=1):
        made = f"n{batch}-{question.number if by_number else place:03}"
        while made in given:  # the file has a question that calls itself so
            made += "x"
        codes.append(slug(question.code or "") or made)
    return codes


def topic_of(title: str | None, topics: Mapping[str, str]) -> tuple[str, str]:
    """Code and title of a topic: one that the bank has under this code or title, else a new one; ``NO_TOPIC`` for none."""
    if title is None or not slug(title):
        return NO_TOPIC
    known = {fold(name): code for code, name in topics.items()}
    code = slug(title) if slug(title) in topics else known.get(fold(title), slug(title))
    return code, topics.get(code, title.strip()[:LONGEST_TITLE])


def free_code(wanted: str, taken: Collection[str]) -> str:
    """``wanted``, or with ``-2``, ``-3``… behind it."""
    number, code = 1, wanted
    while code in taken:
        number += 1
        code = f"{wanted[: LONGEST - 6]}-{number}"
    return code
