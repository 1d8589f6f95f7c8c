"""A paper as it is stored and as it is shown: drawn versions, order of choices, ids made for one attempt, answers.

Stored, a paper reads ``2031:cabd 45:ab``: question version, then the author's choices in the order shown. Answers read
``b,,ac``: for each question in paper order the author's letters of the chosen ones, so that a person can read the row.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LETTERS = "abcdefgh"
BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
MADE_ID = re.compile("[a-z2-7]{16}")
"""How the ids look that are made for an attempt: 80 bits in base 32."""


@dataclass(frozen=True)
class Item:
    """One question of a paper. ``order[i]`` is the author's position of the choice shown at place ``i``."""

    version_id: int
    order: tuple[int, ...]


Paper = tuple[Item, ...]
Answers = tuple[tuple[int, ...], ...]
"""For each question of the paper the author's positions of the chosen choices, ascending."""


class ForeignId(Exception):
    """A question or choice id that does not belong to this paper; ``pointer`` says where it stood."""

    def __init__(self, pointer: str) -> None:
        self.pointer = pointer
        super().__init__(pointer)


def write_paper(paper: Paper) -> str:
    return " ".join(f"{item.version_id}:{''.join(LETTERS[place] for place in item.order)}" for item in paper)


def read_paper(text: str) -> Paper:
    items = (part.split(":") for part in text.split(" "))
    return tuple(Item(int(version), tuple(LETTERS.index(letter) for letter in order)) for version, order in items)


def write_answers(answers: Answers) -> str:
    return ",".join("".join(LETTERS[choice] for choice in chosen) for chosen in answers)


def read_answers(text: str) -> Answers:
    return tuple(tuple(LETTERS.index(letter) for letter in part) for part in text.split(","))


def no_answers(paper: Paper) -> Answers:
    return tuple(() for _ in paper)


def question_id(seed: int, place: int) -> str:
    """The id of the question at ``place``, for the attempt with this secret seed only."""
    return _made_id(seed, f"q{place}")


def choice_id(seed: int, place: int, choice: int) -> str:
    """The id of the author's choice ``choice`` of the question at ``place``."""
    return _made_id(seed, f"c{place}.{choice}")


def _made_id(seed: int, name: str) -> str:
    """The first 80 bits of HMAC-SHA256 in base 32, lower case."""
    inner, outer = _halves(seed)
    inner, outer = inner.copy(), outer.copy()
    inner.update(name.encode())
    outer.update(inner.digest())
    number = int.from_bytes(outer.digest()[:10], "big")
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(70, -1, -10)])


_PAIRS = [first + second for first in BASE32 for second in BASE32]


@functools.lru_cache(maxsize=128)
def _halves(seed: int) -> tuple[hashlib._Hash, hashlib._Hash]:
    """HMAC with the key taken in: a paper has some eighty ids, and the key cost more than all the rest of saving answers."""
    block = seed.to_bytes(8, "big").ljust(64, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C))
    return inner, outer


def merge(
    paper: Paper, seed: int, stored: Answers, given: Mapping[str, Sequence[str]], *, single: Sequence[bool]
) -> Answers:
    """``stored`` with ``given`` (question id → choice ids) laid over it; an empty list clears an answer.

    ``single[i]`` says that question ``i`` takes one choice at the most. Raises ``ForeignId`` for an id of another paper,
    a repeated choice, or two choices where one is allowed.
    """
    places = {question_id(seed, place): place for place in range(len(paper))}
    merged = list(stored)
    for name, chosen in given.items():
        pointer = f"/answers/{name}"
        if name not in places:
            raise ForeignId(pointer)
        place = places[name]
        positions = _positions(seed, place, paper[place].order, chosen)
        if len(positions) != len(chosen) or (single[place] and len(chosen) > 1):
            raise ForeignId(pointer)
        merged[place] = tuple(sorted(positions))
    return tuple(merged)


def _positions(seed: int, place: int, order: Sequence[int], chosen: Sequence[str]) -> set[int]:
    """The author's positions of the choices with these ids; no more ids are made than it takes to find them."""
    found: set[int] = set()
    for choice in order:
        if len(found) == len(chosen):
            break
        if choice_id(seed, place, choice) in chosen:
            found.add(choice)
    return found


def shown_answers(paper: Paper, seed: int, answers: Answers) -> dict[str, list[str]]:
    """Answers in the ids of this attempt, questions without an answer left out."""
    return {
        question_id(seed, place): [choice_id(seed, place, choice) for choice in item.order if choice in chosen]
        for place, (item, chosen) in enumerate(zip(paper, answers, strict=True))
        if chosen
    }
