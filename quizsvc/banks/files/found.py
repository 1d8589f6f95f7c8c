"""What was understood of a question file: questions, how their keys were found, and what a person must look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Picture, Repair, Where
from quizsvc.banks.files.documents import Remark as Remark

LETTERS = "ABCDEFGH"
FEWEST_CHOICES, MOST_CHOICES = 2, len(LETTERS)


class FoundBy(StrEnum):
    """How the key of a question was found; the words stand in the JSON report and never change."""

    LETTER_LINE = "letter_line"
    """A line such as «Đáp án: B» after the choices."""
    TEXT_LINE = "text_line"
    """A line that repeats the text of a choice, without its letter."""
    SENTENCE = "sentence"
    """A sentence such as «Câu 3 chọn phương án B» elsewhere in the file."""
    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    COLOUR = "colour"
    HIGHLIGHT = "highlight"
    SIGN = "sign"
    """A sign typed beside a choice: «*C.», «(đúng)», «(x)»."""
    ABSENCE = "absence"
    """The one choice that lacks the mark which all others have."""
    TABLE = "table"
    """A table or list of answers in the same file."""
    KEY_FILE = "key_file"
    """A second file."""
    COLUMN = "column"
    """A column of a table or workbook."""
    POSITION = "position"
    """Always the first choice, since the person who imports said that the file is written so."""
    FORMAT = "format"
    """The file format says it (GIFT, Moodle XML, QTI, …)."""


@dataclass(frozen=True)
class FoundQuestion:
    """A question as it was understood.

    ``number``: as printed, else ``None``. ``choices``: texts without their letters, 2 to 8 in an accepted question, in the
    file's order; for true/false «Đúng», «Sai». ``correct``: letters A–H of the right ones, ascending; empty when none was
    found. ``confidence``: from 0 to 1, how sure the reading is (``layout/confidence.py`` for files typed by hand, 1 for
    exchange formats). ``citation`` and ``explanation`` are verbatim. ``topic``, ``difficulty`` (1 easy to 3 hard) and
    ``code`` are ``None`` when the file does not say. ``is_multiple``: several choices may be marked. ``pinned``: the order
    of choices must stay. ``options_where``: the places of the choices where the format has them.
    """

    text: str
    choices: tuple[str, ...]
    correct: tuple[str, ...]
    found_by: FoundBy | None
    confidence: float
    where: Where
    number: int | None = None
    section: str = ""
    explanation: str = ""
    citation: str = ""
    topic: str | None = None
    difficulty: int | None = None
    code: str | None = None
    is_multiple: bool = False
    pinned: bool = False
    pictures: tuple[Picture, ...] = ()
    choice_pictures: tuple[tuple[Picture, ...], ...] = ()
    options_where: tuple[Where, ...] = ()
    key_where: Where | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether it may be imported as it is; otherwise a person has to decide first."""
        return not any(remark.level is Level.ERROR for remark in self.remarks)

    @property
    def status(self) -> str:
        """``accepted``, ``warning`` (accepted, to be looked at) or ``rejected``."""
        if not self.is_accepted:
            return "rejected"
        return "warning" if any(remark.level is Level.WARNING for remark in self.remarks) else "accepted"

    @property
    def kind(self) -> str:
        """``single``, ``multiple`` or ``true_false``, as ``QuestionVersion.kind``."""
        if self.choices == ("Đúng", "Sai"):
            return "true_false"
        return "multiple" if self.is_multiple or len(self.correct) > 1 else "single"


@dataclass(frozen=True)
class FoundKey:
    """An entry of a list or table of answers: question ``number`` (in ``section``, where keys start again) → letters.

    ``text`` is the answer as written when it is not letters.
    """

    number: int
    letters: tuple[str, ...]
    where: Where
    section: str = ""
    text: str = ""


@dataclass(frozen=True)
class FoundFile:
    """Everything that was understood of one file (with its key file): in file order, nothing dropped.

    ``remarks`` are of the file as a whole, or of text that belongs to no question and may be one. ``title``: what the file
    calls itself, or ``""``.
    """

    name: str
    format: str
    questions: tuple[FoundQuestion, ...]
    remarks: tuple[Remark, ...] = ()
    repairs: tuple[Repair, ...] = ()
    title: str = ""

    @property
    def accepted(self) -> Sequence[FoundQuestion]:
        return [question for question in self.questions if question.is_accepted]

    @property
    def is_refused(self) -> bool:
        """Whether the file as a whole cannot be imported."""
        return any(remark.level is Level.ERROR for remark in self.remarks)


class FileRefused(Exception):
    """A file that cannot be read at all, said in one Vietnamese sentence that names the limit or the way out."""

    def __init__(self, code: str, sentence: str, where: Where | None = None) -> None:
        self.code, self.sentence, self.where = code, sentence, where
        super().__init__(sentence)


def letters_of(positions: Iterable[int]) -> tuple[str, ...]:
    """Letters of positions from 0, ascending.

    >>> letters_of([2, 0])
    ('A', 'C')
    """
    return tuple(LETTERS[position] for position in sorted(set(positions)))
