"""What an answer in a column says of the choices: letters, numbers from 1 or 0, the text of a choice, a list, true or false.

Every reading that is possible is tried. Where two name different choices the answer is ambiguous; nothing is guessed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from quizsvc.banks.files.columns.answers import answer_of
from quizsvc.banks.files.found import LETTERS, letters_of
from quizsvc.core.text import fold

TRUE_WORDS = {"true", "dung", "yes", "d", "t", "co"}
FALSE_WORDS = {"false", "sai", "no", "s", "f", "khong"}
_NUMBERS = re.compile(
    r"(?:(?:option|answer|choice|phương án|đáp án|lựa chọn|câu)\s*)?(\d{1,3}(?:\s*[,;&]\s*\d{1,3}|\s+\d{1,3})*)\.?",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[;|\n]\s*")


class Base(Enum):
    """How the numbers of a column count. ``UNSURE``: from 1 in all likelihood; ``TORN``: it has a 0 and a last number."""

    ONE = auto()
    ZERO = auto()
    UNSURE = auto()
    TORN = auto()


@dataclass(frozen=True)
class Stated:
    """``letters`` when exactly one reading is possible. ``fault``: ``unknown``, ``beyond``, ``ambiguous``, ``differs``,
    ``torn`` or ``""``. ``kind``: ``letters``, ``number``, ``text`` or ``truth``."""

    letters: tuple[str, ...] = ()
    fault: str = ""
    kind: str = ""


def base_of(answers: Sequence[tuple[str, Sequence[str]]], *, are_numbered: bool) -> Base:
    """How a column counts, by all its numbers: answers with the choices of their questions.

    ``are_numbered``: the headers of the choices are numbers themselves. From 0 only where a 0 occurs and never the count of
    choices; from 1 for certain only where that count occurs.
    """
    has_zero = has_last = False
    for text, choices in answers:
        numbers = _numbers(text) or _numbers(" ".join(_listed(text) or ()))
        if not _by_text(text, choices):
            has_zero |= 0 in numbers
            has_last |= len(choices) in numbers
    if has_zero:
        return Base.TORN if has_last or are_numbered else Base.ZERO
    return Base.ONE if has_last or are_numbered else Base.UNSURE


def is_number(text: str) -> bool:
    """Whether an answer consists of numbers."""
    return bool(_numbers(text) or _numbers(" ".join(_listed(text) or ())))


def stated(text: str, choices: Sequence[str], base: Base) -> Stated:
    """What one answer says of the choices.

    >>> stated("c", ["x", "y", "z"], Base.ONE).letters, stated("Y.", ["x", "y", "z"], Base.ONE).letters
    (('C',), ('B',))
    """
    parts = _listed(text)
    if parts is not None:
        return _of_parts([stated(part, choices, base) for part in parts])
    found: dict[str, tuple[str, ...]] = {}
    answer = answer_of(text)
    if answer.letters:
        found["letters"] = answer.letters
    numbers = _numbers(text)
    if numbers:
        if base is Base.TORN:
            return Stated(fault="torn")
        found["number"] = tuple(_letter(number - (base is not Base.ZERO)) for number in numbers)
    by_text = _by_text(text, choices)
    if by_text:
        found["text"] = by_text
    truth = _by_truth(text, choices)
    if truth and "letters" not in found:
        found["truth"] = truth
    known = {kind: letters for kind, letters in found.items() if all(_is_among(letter, choices) for letter in letters)}
    if not known:
        return Stated(fault="beyond" if found else "unknown")
    if len({tuple(sorted(letters)) for letters in known.values()}) > 1:
        return Stated(fault="ambiguous")
    kind, letters = next(iter(known.items()))
    if kind == "letters" and answer.text and not by_text and not _agrees(answer.text, letters, choices):
        return Stated(fault="differs")
    return Stated(tuple(sorted(set(letters))), kind=kind)


def _agrees(rest: str, letters: Sequence[str], choices: Sequence[str]) -> bool:
    """Whether the text behind a letter is that of the choice."""
    return len(letters) == 1 and compared(rest) == compared(choices[LETTERS.index(letters[0])])


def _of_parts(parts: Sequence[Stated]) -> Stated:
    fault = next((part.fault for part in parts if part.fault), "" if parts else "unknown")
    letters = {letter for part in parts for letter in part.letters}
    return Stated((), fault) if fault else Stated(tuple(sorted(letters)), kind=parts[0].kind)


def compared(text: str) -> str:
    """A text as it is compared: spaces, case and the sign at its end do not count."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(" .;,")


def _listed(text: str) -> list[str] | None:
    """The parts of a JSON list."""
    if not text.startswith("["):
        return None
    try:
        parts = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return [str(part) for part in parts] if isinstance(parts, list) and parts else None


def _numbers(text: str) -> list[int]:
    found = _NUMBERS.fullmatch(text.strip(" ()"))
    return [int(number) for number in re.findall(r"\d+", found[1])] if found else []


def _letter(position: int) -> str:
    """``?`` for a place that no choice can have."""
    return LETTERS[position] if 0 <= position < len(LETTERS) else "?"


def _is_among(letter: str, choices: Sequence[str]) -> bool:
    return letter in LETTERS[: len(choices)]


def _by_text(text: str, choices: Sequence[str]) -> tuple[str, ...]:
    """The choice that the answer repeats; of several answers, all of them. Nothing where two choices are the same."""
    for parts in ([text], _PARTS.split(text)):
        places = [[at for at, choice in enumerate(choices) if compared(choice) == compared(part)] for part in parts if part]
        if places and all(len(place) == 1 for place in places) and len(choices) <= len(LETTERS):
            return letters_of(place[0] for place in places)
    return ()


def _by_truth(text: str, choices: Sequence[str]) -> tuple[str, ...]:
    """«TRUE» for the choice «Đúng»."""
    if len(choices) != 2:
        return ()
    words = [fold(choice) for choice in choices]
    for meant in (TRUE_WORDS, FALSE_WORDS):
        places = [at for at, word in enumerate(words) if word in meant]
        if fold(text) in meant and len(places) == 1:
            return letters_of(places)
    return ()
