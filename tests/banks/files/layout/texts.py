"""Small documents written as text: ``<b>`` ``<i>`` ``<u>`` ``<red>`` ``<blue>`` ``<hl>`` mark, ``{A.}`` at the start is an
automatic number, ``{A.|2}`` one of depth 2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizsvc.banks.files.documents import PLAIN, Block, Cell, Document, Line, Marks, Run, Table, Where
from quizsvc.banks.files.found import FoundFile, FoundQuestion
from quizsvc.banks.files.layout import understand

NAME = "bo-cau-hoi.docx"
MARKS = {
    "b": Marks(bold=True),
    "i": Marks(italic=True),
    "u": Marks(underline=True),
    "red": Marks(colour="FF0000"),
    "blue": Marks(colour="0070C0"),
    "grey": Marks(colour="333333"),
    "hl": Marks(highlight="FFFF00"),
}
HEADS = ("Nguyên tắc nào đúng?", "Cơ quan nào xử?", "Tuổi nào được bầu cử?")
PIECE = re.compile(rf"<({'|'.join(MARKS)})>(.*?)</\1>|([^<]+|<)", re.DOTALL)
LABEL = re.compile(r"\{([^}|]+)(?:\|(\d))?\}\s?")


def document(text: str, *tables: Sequence[Sequence[str]], name: str = NAME) -> Document:
    """One line a line; a line ``[table]`` stands for the next of ``tables``, the others follow at the end."""
    left = list(tables)
    blocks: list[Block] = []
    for number, written in enumerate(text.strip("\n").split("\n"), 1):
        if written == "[table]":
            blocks.append(table(left.pop(0)))
        else:
            blocks.append(line(written, Where(name, paragraph=number)))
    return Document(name, "docx", (*blocks, *map(table, left)))


def line(written: str, where: Where) -> Line:
    label = LABEL.match(written)
    rest = written[label.end() :] if label else written
    return Line(tuple(_runs(rest)), where, label[1] if label else "", int(label[2] or 0) if label else 0)


def _runs(text: str) -> Iterator[Run]:
    for found in PIECE.finditer(text):
        yield Run(found[2], MARKS[found[1]]) if found[1] else Run(found[3], PLAIN)


def table(rows: Sequence[Sequence[str]]) -> Table:
    made = []
    for r, row in enumerate(rows, 1):
        cells = []
        for c, text in enumerate(row):
            where = Where(NAME, table=1, cell=f"{chr(65 + c)}{r}")
            cells.append(Cell(tuple(line(piece, where) for piece in text.split("\n")), where))
        made.append(tuple(cells))
    return Table(tuple(made), Where(NAME, table=1))


def brief(file: FoundFile) -> list[tuple[int | None, str, tuple[str, ...], str]]:
    """Number, text, choices and key of each question."""
    return [(each.number, each.text, each.choices, "".join(each.correct)) for each in file.questions]


def codes(question: FoundQuestion | FoundFile, *levels: str) -> list[str]:
    """Codes of remarks of these levels; without levels, of errors and warnings."""
    wanted = levels or ("error", "warning")
    return [remark.code for remark in question.remarks if remark.level.value in wanted]


def bank(*rows: str, question: str = "Câu {}. {}") -> Document:
    """A question for each of ``rows``, whose choices are parted by «|»."""
    lines = []
    for number, row in enumerate(rows, 1):
        lines += [question.format(number, HEADS[(number - 1) % 3]), *row.split("|")]
    return document("\n".join(lines))


def keys_of(file_document: Document, **more: object) -> list[str]:
    return ["".join(each.correct) for each in understand(file_document, **more).questions]  # type: ignore[arg-type]
