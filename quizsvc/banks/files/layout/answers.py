"""What an answer line says: letters, the text of a choice, or both, and whether they agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from quizsvc.banks.files.found import LETTERS, letters_of
from quizsvc.banks.files.layout.items import Item, Kind, Option
from quizsvc.banks.files.layout.lexing import content_letters
from quizsvc.core.text import fold

NEARLY = 92.0
"""From this likeness on (rapidfuzz ratio, 0 to 100) a repeated text is taken for that of the choice."""
LETTER_AND_TEXT = re.compile(r"([A-H])\s+(\S.*)", re.DOTALL)
TRUTH_SIGNS = ("Đ", "S")
ENOUGH = 12
"""A choice shorter than this must be repeated alone to count; longer ones may be followed by more."""


@dataclass(frozen=True)
class Stated:
    """``letters``: as written; ``by_text``: of the choices whose text is repeated; ``contradicts``: the letter of the choice
    that the repeated text resembles, where that is another than the one named. ``rest``: what follows the letters."""

    letters: tuple[str, ...] = ()
    by_text: tuple[str, ...] = ()
    contradicts: str = ""
    rest: str = ""


def content_of(item: Item) -> str:
    """The answer itself, without «Đáp án:»."""
    if item.answer_at is None or (item.line.label and not item.answer_at):
        return item.whole
    return item.line.text[item.answer_at :].strip()


def stated_by(item: Item, choices: Sequence[str], numbers: Sequence[str] = ()) -> Stated:
    """What an answer line says of these choices. ``numbers``: the printed numbers of choices that have no letters."""
    content = content_of(item)
    whole = letters_by_text(content, choices)
    letters, rest = content_letters(content)
    by_number = _by_number(content, numbers)
    if by_number:
        return Stated(by_number, whole)
    if not letters:
        lone = LETTER_AND_TEXT.fullmatch(content)
        if whole or lone is None:
            return Stated((), whole, rest=content)
        by_text = letters_by_text(lone[2], choices)
        return Stated((lone[1],), by_text, rest=lone[2]) if by_text else Stated((), (), rest=content)
    if whole:
        return Stated(letters, whole, rest=rest)
    by_text = letters_by_text(rest, choices) if rest else ()
    return Stated(letters, by_text, "" if by_text else _resembles_another(letters, rest, choices), rest)


def letters_by_text(text: str, choices: Sequence[str]) -> tuple[str, ...]:
    """The letter of the choice that the text repeats; nothing when none or several do.

    >>> letters_by_text("Từ đủ 18 tuổi.", ["Từ đủ 16 tuổi", "Từ đủ 18 tuổi"])
    ('B',)
    """
    if [fold(choice) for choice in choices] == ["dung", "sai"] and text.strip(" .").upper() in TRUTH_SIGNS:
        return letters_of([TRUTH_SIGNS.index(text.strip(" .").upper())])
    for plain in (_plain, fold):
        said = plain(text)
        if not said:
            return ()
        same = [at for at, choice in enumerate(choices[: len(LETTERS)]) if plain(choice) == said]
        if not same:
            begun = [
                at
                for at, choice in enumerate(choices[: len(LETTERS)])
                if len(plain(choice)) >= ENOUGH and said.startswith(f"{plain(choice)} ")
            ]
            longest = max((len(choices[at]) for at in begun), default=0)
            same = [at for at in begun if len(choices[at]) == longest]
        if len(same) == 1:
            return letters_of(same)
    return ()


def is_answer_below(item: Item, options: Sequence[Option]) -> bool:
    """Whether the line below «Đáp án:» is the answer: a letter, or the text of a choice with or without its letter."""
    if item.kind is Kind.OPTION:
        same = [option for option in options if option.letter == item.letter]
        return bool(same) and (not item.text or fold(same[0].text) == fold(item.text))
    if item.kind not in (Kind.TEXT, Kind.BULLET, Kind.BASIS):
        return False
    choices = [option.text for option in options]
    letters, rest = content_letters(item.whole)
    if letters and (not rest or letters_by_text(rest, choices) == letters):
        return True
    return bool(letters_by_text(item.whole, choices))


def _by_number(content: str, numbers: Sequence[str]) -> tuple[str, ...]:
    said = content.strip(" .:;)")
    return letters_of([numbers.index(said)]) if said in [number for number in numbers if number.isdigit()] else ()


def _resembles_another(letters: Sequence[str], rest: str, choices: Sequence[str]) -> str:
    """Another choice that the text behind the letter nearly repeats, more nearly than the one that is named."""
    if len(letters) != 1 or len(rest) < ENOUGH:
        return ""
    likeness = {
        letter: fuzz.ratio(_plain(rest), _plain(choice))
        for letter, choice in zip(LETTERS, choices[: len(LETTERS)], strict=False)
    }
    best = max(likeness, key=lambda letter: likeness[letter], default="")
    is_other = (
        best and best != letters[0] and likeness[best] >= NEARLY and likeness[best] > likeness.get(letters[0], 0.0) + 3
    )
    return best if is_other else ""


def _plain(text: str) -> str:
    lowered = unicodedata.normalize("NFC", text).casefold()
    return " ".join(re.findall(r"[\w%/+-]+", lowered))
