"""Question files written in a drawn layout: numbering × choices × keys × noise, as people type them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from quizsvc.banks.files.documents import PLAIN, Block, Cell, Document, Line, Marks, Run, Table, Where
from tests.banks.files.layout.facts import Fact
from tests.banks.files.layout.styles import (
    ANSWER_LINES,
    APART,
    BASES,
    BULLETS,
    CLAUSES,
    KEYS,
    LISTS,
    MARKS,
    NUMBERINGS,
    OPTION_STYLES,
    SIGNS,
)

NAME = "bo-cau-hoi.docx"


@dataclass
class Layout:
    """What is drawn: see the tables above. ``noise``: any of ``blank``, ``basis``, ``clauses``, ``pages``, ``sections``,
    ``bold questions``, ``title``."""

    numbering: str
    options: str
    key: str
    noise: frozenset[str] = frozenset()


@dataclass
class Written:
    document: Document
    key: Document | None
    facts: tuple[Fact, ...]


@dataclass
class Writer:
    layout: Layout
    random: Random
    blocks: list[Block] = field(default_factory=list)

    def line(self, text: str, marks: Marks = PLAIN, label: str = "", pieces: Sequence[Run] = ()) -> None:
        runs = tuple(pieces) or ((Run(text, marks),) if text else ())
        self.blocks.append(Line(runs, Where(NAME, paragraph=len(self.blocks) + 1), label=label))
        if "blank" in self.layout.noise:
            self.blocks.append(Line((), Where(NAME, paragraph=len(self.blocks) + 1)))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        where = Where(NAME, table=1)
        made = tuple(
            tuple(
                Cell(
                    (Line((Run(text),), replace(where, cell=f"{chr(65 + c)}{r}")),), replace(where, cell=f"{chr(65 + c)}{r}")
                )
                for c, text in enumerate(row)
            )
            for r, row in enumerate(rows, 1)
        )
        self.blocks.append(Table(made, where))


def write(facts: Sequence[Fact], layout: Layout, random: Random) -> Written:
    """The facts as a file in this layout, numbered from 1, and its key file if the layout has one."""
    writer = Writer(layout, random)
    if "title" in layout.noise:
        writer.line("BỘ CÂU HỎI TÌM HIỂU PHÁP LUẬT")
    for number, fact in enumerate(facts, 1):
        if "sections" in layout.noise and number % 4 == 1:
            writer.line(f"PHẦN {'I' * ((number - 1) // 4 + 1)}. QUY ĐỊNH VỀ QUYỀN CỦA CÔNG DÂN")
        if "pages" in layout.noise and number % 3 == 2:
            writer.line(f"Trang {number}")
        _question(writer, number, fact)
        _options(writer, fact)
        _answer(writer, fact)
        if "basis" in layout.noise:
            writer.line(random.choice(BASES))
        if "clauses" in layout.noise:
            for clause in CLAUSES:
                writer.line(clause)
    key = _apart(writer, facts)
    return Written(Document(NAME, "docx", tuple(writer.blocks)), key, tuple(facts))


def _question(writer: Writer, number: int, fact: Fact) -> None:
    marks = Marks(bold=True) if "bold questions" in writer.layout.noise else PLAIN
    numbering = writer.layout.numbering
    if numbering.startswith("label"):
        writer.line(fact.text, marks, label=f"Câu {number}." if "word" in numbering else f"{number}.")
    elif numbering == "none":
        writer.line(fact.text, marks)
    else:
        writer.line(NUMBERINGS[numbering].format(number) + fact.text, marks)


def _options(writer: Writer, fact: Fact) -> None:
    style = writer.layout.options
    pieces = [_option_pieces(writer.layout, fact, at) for at in range(len(fact.choices))]
    if style == "label":
        for at, runs in enumerate(pieces):
            writer.line("", label=f"{chr(65 + at)}.", pieces=runs[1:])
    elif style in ("tabs", "wide", "pairs"):
        count = 2 if style == "pairs" else len(pieces)
        for first in range(0, len(pieces), count):
            runs: list[Run] = []
            for piece in pieces[first : first + count]:
                runs += ([Run("\t" if style != "wide" else "     ")] if runs else []) + piece
            writer.line("", pieces=runs)
    elif style == "2x2":
        _table_of_options(writer, pieces)
    else:
        for runs in pieces:
            writer.line("", pieces=runs)


def _table_of_options(writer: Writer, pieces: Sequence[Sequence[Run]]) -> None:
    rows = []
    for first in range(0, len(pieces), 2):
        cells = []
        for column, runs in enumerate([*pieces[first : first + 2], []][:2]):
            where = Where(NAME, table=1, cell=f"{chr(65 + column)}{first // 2 + 1}")
            cells.append(Cell((Line(tuple(runs), where),), where))
        rows.append(tuple(cells))
    writer.blocks.append(Table(tuple(rows), Where(NAME, table=1)))


def _option_pieces(layout: Layout, fact: Fact, at: int) -> list[Run]:
    letter = chr(65 + at)
    style = layout.options
    if style in BULLETS:
        lead = style
    elif style in ("label", "tabs", "wide", "pairs", "2x2"):
        lead = f"{letter}. "
    else:
        lead = style.replace("A", letter).replace("a", letter.lower())
    text = fact.choices[at]
    kind, _, extent = layout.key.partition(" ")
    if kind == "sign" and at == fact.right:
        sign = SIGNS[int(extent)]
        if "{}" in sign:
            lead = sign.format(lead.strip()) + " " if sign.startswith("*") else f"{letter}*. "
        else:
            text = f"{text} {sign}"
    if kind == "absence":
        marks = PLAIN if at == fact.right else MARKS["bold"]
        return [Run(lead, marks), Run(text, marks)]
    if kind in MARKS and at == fact.right:
        marks = MARKS[kind]
        return [Run(lead, marks if extent != "body" else PLAIN), Run(text, marks if extent != "letter" else PLAIN)]
    return [Run(lead), Run(text)]


def _answer(writer: Writer, fact: Fact) -> None:
    kind, _, which = writer.layout.key.partition(" ")
    if kind == "line":
        letter = chr(65 + fact.right)
        writer.line(ANSWER_LINES[int(which)].format(letter).replace("<text>", fact.choices[fact.right]))


def _apart(writer: Writer, facts: Sequence[Fact]) -> Document | None:
    kind, _, which = writer.layout.key.partition(" ")
    letters = [chr(65 + fact.right) for fact in facts]
    if kind == "list":
        writer.line("BẢNG ĐÁP ÁN")
        entries = [LISTS[int(which)].format(n=n, k=k) for n, k in enumerate(letters, 1)]
        for first in range(0, len(entries), 5):
            writer.line("  ".join(entries[first : first + 5]))
    elif kind == "notes":
        writer.line("HẾT")
        writer.line("LỜI GIẢI")
        for n, letter in enumerate(letters, 1):
            writer.line(f"Câu {n}. Chọn {letter}. Vì luật quy định như vậy.")
    elif kind == "table" or writer.layout.key == "key file":
        apart = Writer(writer.layout, writer.random)
        apart.line("ĐÁP ÁN")
        if which == "columns":
            apart.table([["Câu", *map(str, range(1, len(letters) + 1))], ["Đáp án", *letters]])
        else:
            apart.table([["Câu", "Đáp án"], *([str(n), k] for n, k in enumerate(letters, 1))])
        if kind == "key":
            return Document("dap-an.docx", "docx", tuple(apart.blocks))
        writer.blocks += apart.blocks
    return None


def drawn(random: Random) -> Layout:
    """A layout that fits together: bullets have no letters to name, marks on letters need letters that are typed."""
    options = random.choice((*OPTION_STYLES, *BULLETS))
    numbering = random.choice((*NUMBERINGS, "none"))
    keys = [key for key in (*KEYS, *APART, "absence") if _fits(numbering, options, key)]
    every = ("blank", "basis", "clauses", "pages", "sections", "bold questions", "title")
    noise = frozenset(name for name in every if random.random() < 0.3)
    key = random.choice(keys)
    if not key.startswith("line"):
        noise -= {"clauses", "basis"}
    if numbering == "none":
        noise -= {"clauses", "basis", "sections"}
    return Layout(numbering, options, key, noise)


def _fits(numbering: str, options: str, key: str) -> bool:
    kind, _, extent = key.partition(" ")
    if numbering == "none" and key in (*APART,):
        return False
    if options in BULLETS:
        return (
            extent not in ("letter",)
            and key not in ("sign 0", "sign 1")
            and (kind != "line" or "<text>" in ANSWER_LINES[int(extent)])
        )
    if options == "label":
        return extent != "letter" and key not in ("sign 0", "sign 1")
    return not (key == "sign 1" and options not in ("A. ", "tabs", "wide", "pairs", "2x2"))
