"""The body of a document in reading order: paragraphs with their automatic numbers, and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from quizsvc.banks.files.documents import Block, Line, Where
from quizsvc.banks.files.docx.colours import shading
from quizsvc.banks.files.docx.context import Around, Context, Place, Untold, quoted
from quizsvc.banks.files.docx.inline import Content, InlineReader
from quizsvc.banks.files.docx.lines import make_line
from quizsvc.banks.files.docx.names import MC, Element, M, W, child_value, chosen, number
from quizsvc.banks.files.docx.numbering import Label
from quizsvc.banks.files.docx.properties import combine, look_of, read_properties
from quizsvc.banks.files.docx.styles import BODY_TEXT, Style, outline_level, switched_on
from quizsvc.banks.files.docx.tables import TableReader, cell_elements, row_elements
from quizsvc.banks.files.found import FileRefused

_EQUATIONS = (M + "oMath", M + "oMathPara")
_NOT_READ = frozenset(W + name for name in ("del", "moveFrom", "sdtPr", "sdtEndPr", "tblPr", "tcPr", "sectPr"))


@dataclass(frozen=True)
class Paragraph:
    """A ``w:p`` and where it stands, for those who write into a copy of the file."""

    element: Element
    where: Where


class BlockReader:
    """Reads blocks, and keeps in ``paragraphs`` every ``w:p`` that it came by."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.paragraphs: list[Paragraph] = []

    def blocks(self, parent: Element, place: Place, around: Around) -> Iterator[Block]:
        """The lines and tables below an element; in a cell, tables in it come as lines."""
        for element in parent:
            if element.tag == W + "p" or element.tag in _EQUATIONS:
                yield from self._paragraph(element, place, around)
            elif element.tag == W + "tbl":
                yield from self._tables(element, place, around)
            elif element.tag == MC + "AlternateContent":
                branch = chosen(element)
                if branch is not None:
                    yield from self.blocks(branch, place, around)
            elif element.tag in (W + "altChunk", W + "subDoc"):
                raise _embedded(self._context.name)
            elif element.tag not in _NOT_READ:
                yield from self.blocks(element, place, around)

    def _tables(self, element: Element, place: Place, around: Around) -> Iterator[Block]:
        if place.where.cell is None:
            yield TableReader(self._context, element, self._cell_lines).read()
            return
        for row in row_elements(element):
            for cell in cell_elements(row):
                yield from self.blocks(cell, place, around)

    def _cell_lines(self, element: Element, place: Place, around: Around) -> Iterable[Line]:
        return (block for block in self.blocks(element, place, around) if isinstance(block, Line))

    def _paragraph(self, element: Element, place: Place, around: Around) -> Iterator[Block]:
        properties = element.find(W + "pPr")
        style = self._context.styles.find("paragraph", child_value(properties, "pStyle"))
        own = None if properties is None else properties.find(W + "shd")
        ground = style.ground if own is None else shading(own, self._context.theme)
        inside = Around(around.table, ground or around.ground, style)
        content = InlineReader(self._context, inside).read(element)
        self._context.count_lines(len(content.drafts))
        where = replace(place.next_paragraph(), page=content.drafts[0].page)
        self.paragraphs.append(Paragraph(element, where))
        self._tell(content.untold, where)
        if not _is_gone(properties, content):
            yield from self._lines(content, properties, inside, where)
        for box in content.boxes:
            yield from self.blocks(box, place, Around())

    def _lines(self, content: Content, properties: Element | None, around: Around, where: Where) -> Iterator[Line]:
        is_heading = _is_heading(properties, around.style)
        label = self._label(properties, around.style)
        for position, draft in enumerate(content.drafts, start=1):
            own = replace(where, page=draft.page, line=position if len(content.drafts) > 1 else None)
            line, repairs = make_line(draft, own, is_heading=is_heading)
            self._context.repairs += repairs
            yield self._labelled(line, label, properties, around) if position == 1 and label is not None else line

    def _label(self, properties: Element | None, style: Style) -> Label | None:
        direct = None if properties is None else properties.find(W + "numPr")
        num_id, depth = number(child_value(direct, "numId")), number(child_value(direct, "ilvl"))
        if num_id is None:
            num_id = style.num_id
            if num_id is not None and depth is None:
                kept = self._context.numbering.level_of_style(num_id, style.chain)
                depth = style.level if kept is None else kept
        return None if not num_id else self._context.numbering.label(num_id, depth or 0)

    def _labelled(self, line: Line, label: Label, properties: Element | None, around: Around) -> Line:
        mark = None if properties is None else properties.find(W + "rPr")
        direct = read_properties(mark, self._context.theme)
        said = combine(self._context.styles.defaults, (around.table, around.style.run), direct)
        if label.unknown_style is not None:
            told = f"{line.where}: kiểu đánh số tự động «{label.unknown_style}» được đọc thành «{label.text}»."
            self._context.tell("number-style", f"{told} Hãy so với số hiện trong Word.", line.where)
        marks = look_of({**said, **label.run}, around.ground).marks
        return replace(line, label=label.text, level=label.level, label_marks=marks)

    def _tell(self, untold: Untold, where: Where) -> None:
        if untold.hidden:
            told = f"{where}: chữ ẩn {quoted(''.join(untold.hidden))} bị bỏ qua. Nếu cần, hãy bỏ định dạng ẩn (Hidden)."
            self._context.tell("hidden-text", told, where)
        if untold.equations:
            told = f"{where}: công thức được viết trên một dòng thành {quoted(' '.join(untold.equations))}. Hãy xem lại."
            self._context.tell("equation", told, where)
        for code, sentence in untold.remarks.items():
            self._context.tell(code, f"{where}: {sentence}", where)


def _is_gone(properties: Element | None, content: Content) -> bool:
    """Whether nothing is left of a paragraph whose end was deleted or hidden: then it shows no number either."""
    mark = None if properties is None else properties.find(W + "rPr")
    is_empty = not any(draft.is_begun for draft in content.drafts)
    return is_empty and (switched_on(mark, "del") or switched_on(mark, "vanish"))


def _is_heading(properties: Element | None, style: Style) -> bool:
    level = outline_level(properties)
    return style.is_heading if level is None else level < BODY_TEXT


def _embedded(name: str) -> FileRefused:
    sentence = f"Tệp «{name}» chèn nguyên một tệp khác (altChunk) nên không đọc được: hãy mở bằng Word và lưu lại."
    return FileRefused("embedded-document", sentence)
