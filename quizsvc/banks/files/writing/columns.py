"""The columns of a bank as a table, in Word and in Excel alike: headers as organizers write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from quizsvc.banks.files.found import LETTERS, letters_of
from quizsvc.banks.files.writing.written import WrittenBank, WrittenItem

USUAL_CHOICES = 4
LOOKS_LETTERED = re.compile(r"[(\[]?[A-Ha-h]\s?[.):/\]-]")
DIFFICULTIES = {1: "Dễ", 2: "Trung bình", 3: "Khó"}
ANSWER, DIFFICULTY = "Đáp án", "Mức độ"


@dataclass(frozen=True)
class Column:
    """``width``: in characters; ``fixed``: in centimetres on paper, where the column must not be squeezed.

    ``value`` is text, only the running number is a number.
    """

    title: str
    width: int
    value: Callable[[WrittenItem], str | int]
    fixed: float | None = None


def columns_of(bank: WrittenBank, *, most_side_by_side: int = len(LETTERS)) -> list[Column]:
    """As many columns of choices as the longest question has, at least four; what no question has is left out.

    More choices than ``most_side_by_side`` stand below one another in one column.
    """
    most = max((len(item.choices) for item in bank.items), default=0)
    columns = [Column("STT", 5, lambda item: item.number, 1.5), Column("Câu hỏi", 50, lambda item: item.text)]
    if most > most_side_by_side:
        columns += [Column("Các phương án", 70, _choices)]
    else:
        letters = LETTERS[: max(most, USUAL_CHOICES)]
        columns += [Column(letter, 24, _choice(position)) for position, letter in enumerate(letters)]
    columns += [Column(ANSWER, 9, lambda item: ", ".join(letters_of(item.correct)), 1.6)]
    optional = (
        Column("Căn cứ", 34, lambda item: item.citation),
        Column("Giải thích", 34, lambda item: item.explanation),
        Column("Lĩnh vực", 20, lambda item: item.topic, 2.2),
        Column(DIFFICULTY, 11, lambda item: DIFFICULTIES.get(item.difficulty or 0, ""), 1.9),
        Column("Mã câu hỏi", 16, lambda item: item.code, 2.2),
    )
    return [*columns, *(column for column in optional if any(column.value(item) for item in bank.items))]


def _choices(item: WrittenItem) -> str:
    return "\n".join(f"{letter}. {choice}" for letter, choice in zip(LETTERS, item.choices, strict=False))


def _choice(position: int) -> Callable[[WrittenItem], str]:
    def value(item: WrittenItem) -> str:
        if position >= len(item.choices):
            return ""
        # A choice that begins like «A.» would be taken for that one, unless all bear their own letters.
        is_lettered = any(LOOKS_LETTERED.match(choice) for choice in item.choices)
        return f"{LETTERS[position]}. {item.choices[position]}" if is_lettered else item.choices[position]

    return value
