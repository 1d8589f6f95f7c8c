"""Word files as Word writes them: runs with marks from short tags, tables, automatic numbers, what python-docx lacks."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor

TAG = re.compile(r"(</?(?:b|i|u|s|red|blue|hl|n|f:[^>]+)>)")
COLOURS = {"red": RGBColor(0xFF, 0, 0), "blue": RGBColor(0, 0x70, 0xC0)}


class Word:
    """A .docx that grows. Text may hold <b> <i> <u> <s> <red> <blue> <hl> <f:font> and their ends; «\\n» is Shift+Enter."""

    def __init__(self, font: str = "Times New Roman") -> None:
        self.document = Document()
        self.document.styles["Normal"].font.name = font
        self.lists = 0

    def line(self, text: str = "", style: str | None = None, into: Any = None, **properties: Any) -> Any:
        paragraph = (into or self.document).add_paragraph(style=style)
        self.runs(paragraph, text)
        for name, value in properties.items():
            setattr(paragraph, name, value)
        return paragraph

    def lines(self, text: str) -> Word:
        """Each line of the text as a paragraph; the indentation of this code taken off."""
        for line in text.strip("\n").splitlines():
            self.line(line.strip(" "))
        return self

    def runs(self, paragraph: Any, text: str) -> None:
        on: list[str] = []
        for piece in TAG.split(text):
            if piece.startswith("</") and TAG.fullmatch(piece):
                on = [tag for tag in on if not tag.startswith(piece[2:-1])]
            elif TAG.fullmatch(piece):
                on.append(piece[1:-1])
            elif piece:
                marked(paragraph.add_run(piece), on)

    def table(self, rows: Sequence[Sequence[str]], style: str | None = "Table Grid") -> Any:
        table = self.document.add_table(len(rows), len(rows[0]), style=style)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                first, *more = text.split("\r")
                self.runs(cell.paragraphs[0], first)
                for line in more:
                    self.line(line, into=cell)
        return table

    def numbering(self, *levels: tuple[str, str], restart: bool = True) -> int:
        """A new automatic list: (format, text) of each level, e.g. («decimal», «Câu %1.»), («upperLetter», «%2.»)."""
        part = self.document.part.numbering_part.element
        self.lists += 1
        number = 500 + self.lists
        inner = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for at, (kind, text) in enumerate(levels)
        )
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inner}</w:abstractNum>'
        part.insert(0, parse_xml(abstract))
        again = "".join(
            f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="1"/></w:lvlOverride>' for at in range(len(levels))
        )
        part.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/>'
                f"{again if restart else ''}</w:num>"
            )
        )
        return number

    def item(self, text: str, number: int, level: int = 0) -> Any:
        paragraph = self.line(text)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        )
        return paragraph

    def raw(self, xml: str) -> None:
        """XML of a block before the end of the body; the prefixes w, r, mc, wps, wp, a and v are known."""
        body = self.document.element.body
        body.insert(len(body) - 1, parse_xml(xml))

    def bytes(self) -> bytes:
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()


def marked(run: Any, tags: Sequence[str]) -> None:
    for tag in tags:
        if tag in ("b", "i", "u"):
            setattr(run.font, {"b": "bold", "i": "italic", "u": "underline"}[tag], True)
        elif tag == "s":
            run.font.strike = True
        elif tag == "n":
            run.font.bold = False
        elif tag in COLOURS:
            run.font.color.rgb = COLOURS[tag]
        elif tag == "hl":
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        else:
            run.font.name = tag[2:]
            run._r.rPr.rFonts.set(qn("w:cs"), tag[2:])


def word(text: str) -> bytes:
    """A plain Word file: one paragraph for each line."""
    return Word().lines(text).bytes()
