"""A file of the corpus and what a person reads in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Asked:
    """A question as a person reads it.

    ``texts``: the readings of its text that are all fine. ``stops``: a person has to look at it, so it must bear a remark.
    ``code`` and the like are of no concern here.
    """

    texts: tuple[str, ...]
    choices: tuple[str, ...]
    correct: str
    basis: str = ""
    stops: bool = False

    @property
    def lettered(self) -> list[tuple[str, str]]:
        """The choices with their letters."""
        return list(zip(LETTERS, self.choices, strict=False))

    @property
    def right(self) -> str:
        """The text of the right choice, of one only."""
        return self.choices[LETTERS.index(self.correct)]


@dataclass(frozen=True)
class Case:
    """``make`` gives the bytes; ``key`` a second file. ``ordinary``: well made, so nothing may be asked of a person.

    ``refused``: the file as a whole must stop. ``told``: a remark on the file is due. ``asked`` are all its questions.
    """

    name: str
    file: str
    make: Callable[[], bytes]
    asked: tuple[Asked, ...]
    ordinary: bool = True
    refused: bool = False
    told: bool = False
    first_is_right: bool = False
    key: tuple[Callable[[], bytes], str] | None = None


CASES: list[Case] = []


def asked(text: str) -> tuple[Asked, ...]:
    """Questions from lines: «? text», «?| other reading», «- wrong», «+ right», «@ basis», «! » (must be looked at)."""
    found: list[_Draft] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        sign, *rest_of = line.split()
        rest = " ".join(rest_of)
        if sign == "?":
            found.append(_Draft([rest]))
        else:
            found[-1].take(sign, rest)
    return tuple(draft.finished() for draft in found)


@dataclass
class _Draft:
    texts: list[str]
    choices: list[str] = field(default_factory=list)
    correct: str = ""
    basis: str = ""
    stops: bool = False

    def take(self, sign: str, rest: str) -> None:
        if sign in "+-":
            self.correct += LETTERS[len(self.choices)] if sign == "+" else ""
            self.choices.append(rest)
        elif sign == "?|":
            self.texts.append(rest)
        elif sign == "@":
            self.basis = rest
        elif sign == "!":
            self.stops = True
        else:
            raise ValueError(f"no such sign: {sign} {rest}")

    def finished(self) -> Asked:
        return Asked(tuple(self.texts), tuple(self.choices), self.correct, self.basis, self.stops)


def plain(text: str) -> str:
    """Whitespace made one space, NFC: what two readings are compared by."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def case(asked: tuple[Asked, ...], file: str, **more: Any) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Registers the decorated maker as a file of the corpus, under the maker's name."""

    def register(make: Callable[[], bytes]) -> Callable[[], bytes]:
        CASES.append(Case(make.__name__, file, make, asked, **more))
        return make

    return register
