"""What is wrong in a bank or registry file, and where: file, line and path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Step = str | int


class Level(StrEnum):
    """An error keeps everything out; a warning needs a person's eyes; a notice tells what was done by itself."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


WORDS = {Level.ERROR: "", Level.WARNING: "(cảnh báo) ", Level.NOTICE: "(lưu ý) "}


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file, and the path of the value there."""

    file: str
    line: int
    path: tuple[Step, ...] = field(default=(), compare=False)

    @property
    def pointer(self) -> str:
        """The path as a JSON pointer (RFC 6901)."""
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in self.path)


@dataclass(frozen=True)
class Fault:
    """``code`` is stable, ``sentence`` is Vietnamese and for a person, ``english`` its twin where there is one."""

    code: str
    place: Place
    sentence: str
    level: Level = Level.ERROR
    english: str = ""

    def __str__(self) -> str:
        where = f" [{self.place.pointer}]" if self.place.path else ""
        return f"{self.place.file}:{self.place.line}: {self.code}: {WORDS[self.level]}{self.sentence}{where}"


@dataclass(frozen=True)
class Source:
    """Where a value was written. ``lines`` maps each path of the whole file to its line."""

    file: str
    lines: Mapping[tuple[Step, ...], int] = field(default_factory=dict)
    base: tuple[Step, ...] = ()

    def at(self, *steps: Step) -> Place:
        """The place of something below this value; what is not written has the line of what should hold it."""
        path = self.base + steps
        known = next((path[:end] for end in range(len(path), -1, -1) if path[:end] in self.lines), ())
        return Place(self.file, self.lines.get(known, 1), path)

    def within(self, *steps: Step) -> Source:
        """The source of something below this value."""
        return Source(self.file, self.lines, self.base + steps)


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """Only what keeps everything out."""
    return [fault for fault in faults if fault.level is Level.ERROR]


def in_reading_order(faults: Iterable[Fault]) -> list[Fault]:
    """By file and line, faults of one line in the order found."""
    return sorted(faults, key=lambda fault: fault.place)
