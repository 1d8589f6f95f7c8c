"""The lines of a file with what each of them may be; later steps choose among the readings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

from quizsvc.banks.files.columns.reading import ColumnsRead
from quizsvc.banks.files.documents import Line, Table, Where
from quizsvc.banks.files.found import FoundKey

POINT = re.compile(r"\w{1,2}\s?[.)/]")


class Kind(Enum):
    """What a line is at first sight."""

    START = auto()
    """«Câu 3.», «3.», «I.1.2a.»: may begin a question."""
    OPTION = auto()
    """«B.», «(b)», «*B)»."""
    BULLET = auto()
    """«-», «•», «~», «>» before a text: may be a choice where there are no letters."""
    ANSWER = auto()
    BASIS = auto()
    EXPLANATION = auto()
    SECTION = auto()
    KEY_HEAD = auto()
    """«BẢNG ĐÁP ÁN», «Lời giải»: answers may follow."""
    KEY = auto()
    """Only answers with their numbers: «1-A 2-B»."""
    END = auto()
    JUNK = auto()
    TABLE = auto()
    TEXT = auto()


@dataclass(frozen=True)
class Start:
    """The number of a question. ``style``: ``word`` («Câu 3»), ``bare`` («3.») or ``code`` («I.1.2a»)."""

    style: str
    number: int | None
    code: str = ""
    difficulty: int | None = None


@dataclass(frozen=True)
class Item:
    """A line or table in file order. ``body_at``: where, in ``line.text``, the text after the marker begins.

    ``letter``: of a choice, upper case; ``letter_at`` its place in ``line.text``, ``None`` when the number is automatic.
    ``is_signed``: an asterisk or tick stands beside the letter. ``keys``: answers that the line may state. ``answer_at``: of
    an answer line, where the answer itself begins. ``columns``: what a table with a header holds. ``is_spread``: set apart
    from the choice before it by a tab.
    """

    line: Line
    kind: Kind
    body_at: int = 0
    start: Start | None = None
    letter: str = ""
    letter_at: int | None = None
    is_lower: bool = False
    is_signed: bool = False
    is_spread: bool = False
    bullet: str = ""
    answer_at: int | None = None
    keys: tuple[FoundKey, ...] = ()
    table: Table | None = None
    columns: ColumnsRead | None = None
    is_after_blank: bool = False
    is_glued: bool = False

    @property
    def body(self) -> Line:
        return self.line.slice(self.body_at)

    @property
    def text(self) -> str:
        """The text after the marker, without outer spaces."""
        return self.line.text[self.body_at :].strip()

    @property
    def whole(self) -> str:
        """All of the line, number and all, without outer spaces."""
        return self.line.full_text.strip()

    @property
    def where(self) -> Where:
        return self.line.where


@dataclass
class Part:
    """A stretch of text of a question: its line, and whether its marker is to be left away."""

    item: Item
    is_whole: bool = False

    @property
    def text(self) -> str:
        return self.item.whole if self.is_whole else self.item.text


@dataclass
class Option:
    """A choice as it stands: its letter («» for bullets), its lines."""

    item: Item
    letter: str
    parts: list[Part] = field(default_factory=list)
    is_marked_right: bool = False
    is_marked_wrong: bool = False

    @property
    def text(self) -> str:
        return joined(part.text for part in self.parts)

    @property
    def bullet_number(self) -> str:
        """The number that stands where a letter should, or ``""``."""
        return self.item.bullet if self.item.bullet.isdigit() else ""


@dataclass
class Draft:
    """A question as the lines of the file give it, before keys are looked for and before it is checked."""

    items: list[Item] = field(default_factory=list)
    start: Item | None = None
    head: list[Part] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    answers: list[Item] = field(default_factory=list)
    citation: list[Part] = field(default_factory=list)
    explanation: list[Part] = field(default_factory=list)
    tables: list[Item] = field(default_factory=list)
    doubts: dict[str, Item] = field(default_factory=dict)
    section: str = ""
    number: int | None = None

    @property
    def where(self) -> Where:
        first = self.start or (self.head[0].item if self.head else None) or (self.options[0].item if self.options else None)
        return (first or self.items[0]).where

    @property
    def text(self) -> str:
        return joined(part.text for part in self.head)


def joined(texts: Iterable[str]) -> str:
    """Lines as one text: a line that goes on in the middle of a sentence after a space, others below."""
    pieces: list[str] = []
    for text in texts:
        if not text:
            continue
        if pieces:
            goes_on = text[0].islower() and pieces[-1][-1] not in ".?!:;" and not POINT.match(text)
            pieces.append(" " if goes_on else "\n")
        pieces.append(text)
    return "".join(pieces)
