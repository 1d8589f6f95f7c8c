"""Question banks as their authors write them, before they become versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizsvc.banks.citations import NOWHERE, Citation
from quizsvc.banks.faults import Source

LETTERS = "abcdefgh"


@dataclass(frozen=True)
class WrittenQuestion:
    """A question as it is written.

    ``choices`` holds letter and text in the author's order; a true/false question has none. ``answer`` is a truth, a letter,
    or several letters, and says by its kind what kind the question is. ``pinned`` is ``None`` when the author says nothing.
    """

    code: str
    topic: str
    difficulty: int
    text: str
    choices: tuple[tuple[str, str], ...]
    answer: bool | str | tuple[str, ...]
    pinned: bool | None
    explanation: str
    cites: tuple[Citation, ...]
    source: Source = field(default=NOWHERE, compare=False, repr=False)

    @property
    def kind(self) -> str:
        """``single``, ``multiple`` or ``true_false``."""
        if isinstance(self.answer, bool):
            return "true_false"
        return "single" if isinstance(self.answer, str) else "multiple"

    @property
    def right_letters(self) -> tuple[str, ...]:
        """The letters of the right choices; none for a true/false question."""
        if isinstance(self.answer, bool):
            return ()
        return (self.answer,) if isinstance(self.answer, str) else self.answer


@dataclass(frozen=True)
class BankFile:
    """A bank as its file describes it. Questions that could not be read are not here but among the file's faults."""

    code: str
    title: str
    topics: Mapping[str, str]
    questions: tuple[WrittenQuestion, ...]
    source: Source = field(default=NOWHERE, compare=False, repr=False)
