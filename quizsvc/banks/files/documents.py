"""A question file as its reader hands it on: lines with their marks, tables, sheets, each with the place where it stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from quizsvc.banks.faults import Level


@dataclass(frozen=True)
class Where:
    """A place in a file, as exact as the format allows. Pages, paragraphs, lines, tables and rows count from 1.

    ``cell`` is written as spreadsheets do («C12»); in a Word table, column letter and row of that table.
    """

    file: str
    page: int | None = None
    paragraph: int | None = None
    line: int | None = None
    table: int | None = None
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None

    def __str__(self) -> str:
        """``de-thi.docx, trang 3, đoạn 41`` or ``ngan-hang.xlsx, trang tính «Câu hỏi», ô C12``."""
        parts = [self.file]
        if self.sheet is not None:
            parts.append(f"trang tính «{self.sheet}»")
        named = (("trang", self.page), ("bảng", self.table), ("đoạn", self.paragraph), ("dòng", self.line))
        parts += [f"{word} {number}" for word, number in named if number is not None]
        if self.cell is not None:
            parts.append(f"ô {self.cell}")
        elif self.row is not None:
            parts.append(f"hàng {self.row}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Marks:
    """How a run of text looks, styles resolved. Colours are six upper-case hex digits, ``None`` for the usual one."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    colour: str | None = None
    highlight: str | None = None


PLAIN = Marks()


@dataclass(frozen=True)
class Run:
    """Text that looks the same throughout; already repaired (``repair``), so NFC and without legacy encodings."""

    text: str
    marks: Marks = PLAIN


@dataclass(frozen=True)
class Picture:
    """A picture in a line: ``sha256`` of its bytes tells one from another; ``alt`` is what its author said of it."""

    sha256: str
    media_type: str
    alt: str = ""


@dataclass(frozen=True)
class Line:
    """What a person sees as one line of writing: a paragraph, or a part of one between soft breaks.

    ``label`` is the automatic number that Word shows and the text lacks («Câu 3:», «B.»), with its trailing sign and without
    a space at the end; ``""`` when there is none; ``label_marks`` are its own. ``level`` is the depth of that numbering,
    from 0. ``is_heading``: styled as a heading or title.
    """

    runs: tuple[Run, ...]
    where: Where
    label: str = ""
    level: int = 0
    pictures: tuple[Picture, ...] = ()
    is_heading: bool = False
    label_marks: Marks = PLAIN

    @property
    def text(self) -> str:
        """The text without the automatic number, as it stands: outer spaces, tabs and all."""
        return "".join(run.text for run in self.runs)

    @property
    def full_text(self) -> str:
        """The text with the automatic number before it."""
        return f"{self.label} {self.text}" if self.label else self.text

    def slice(self, start: int, end: int | None = None) -> Line:
        """The part of the line from ``start`` to before ``end`` (as in ``text``), marks kept; label and pictures stay.

        >>> Line((Run("A. có "), Run("B. không", Marks(bold=True))), Where("x")).slice(6).text
        'B. không'
        """
        kept, at = [], 0
        end = len(self.text) if end is None else end
        for run in self.runs:
            piece = run.text[max(0, start - at) : max(0, end - at)]
            if piece:
                kept.append(replace(run, text=piece))
            at += len(run.text)
        return replace(self, runs=tuple(kept))


@dataclass(frozen=True)
class Cell:
    """A table cell: its lines, where it stands, and whether it repeats the one that it is merged with.

    ``is_uncertain``: the spreadsheet keeps a day, a time or a broken number, so what was typed is not known for certain
    (of «1/2» it makes 1 February, of «1.10» 1,1).
    """

    lines: tuple[Line, ...]
    where: Where
    is_merged_copy: bool = False
    is_formula: bool = False
    is_uncertain: bool = False

    @property
    def text(self) -> str:
        """The lines, automatic numbers too, one below the other; outer spaces gone."""
        return "\n".join(line.full_text.strip() for line in self.lines).strip()


@dataclass(frozen=True)
class Table:
    """A table of a document, or a whole sheet of a workbook. All rows have the same number of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    where: Where


Block = Line | Table


class RepairKind(StrEnum):
    """What was done to text before anybody read it; each is told."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    NFC = "nfc"
    LOOKALIKE = "lookalike"
    INVISIBLE = "invisible"
    SPACE = "space"


@dataclass(frozen=True)
class Repair:
    """One change of text: what stood there and what stands there now."""

    kind: RepairKind
    where: Where
    before: str
    after: str


@dataclass(frozen=True)
class Remark:
    """Something to tell about a question or a file. ``code`` is stable; ``sentence`` is Vietnamese and says what to do.

    An error stops the question (or, of a file, the file) until a person has decided; a warning asks a person to look.
    """

    code: str
    level: Level
    sentence: str
    where: Where

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "level": self.level.value, "detail": self.sentence, "where": str(self.where)}


@dataclass(frozen=True)
class Document:
    """A file's content in reading order. ``format`` is a name of ``formats.py`` («docx», «xlsx», «txt», …).

    ``remarks``: what the reader left out or could not read as it stands (hidden text, equations, hidden sheets).
    """

    name: str
    format: str
    blocks: tuple[Block, ...]
    repairs: tuple[Repair, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def lines(self) -> Iterator[Line]:
        """The lines outside tables."""
        return (block for block in self.blocks if isinstance(block, Line))

    @property
    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))
