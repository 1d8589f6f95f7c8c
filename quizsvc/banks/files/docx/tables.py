"""Tables: their rows on one grid, whatever is merged, and the formatting that their style gives to parts of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from quizsvc.banks.files.documents import Cell, Line, Table, Where
from quizsvc.banks.files.docx.colours import shading
from quizsvc.banks.files.docx.context import Around, Context, Place, quoted
from quizsvc.banks.files.docx.inline import written_text
from quizsvc.banks.files.docx.names import Element, W, child_value, number, value
from quizsvc.banks.files.docx.properties import Properties
from quizsvc.banks.files.docx.styles import NO_STYLE, Style
from quizsvc.banks.files.found import FileRefused

MOST_COLUMNS = 200
MOST_CELLS = 400_000
"""Of all tables of a document together, with those that only repeat a merged one."""
ReadCell = Callable[[Element, Place, Around], Iterable[Line]]
_CONTAINERS = tuple(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_LOOKS = (("firstColumn", 0x80, "firstCol"), ("lastColumn", 0x100, "lastCol"), ("firstRow", 0x20, "firstRow"),
          ("lastRow", 0x40, "lastRow"))  # fmt: skip
"""Parts of a table that its style may draw in its own way, the stronger ones later; ``w:tblLook`` switches them on."""


@dataclass(frozen=True)
class _Span:
    """A cell as it is written: so many columns, and whether it goes on from the row above. Without element: a gap."""

    element: Element | None
    width: int = 1
    goes_on: bool = False


class TableReader:
    """Reads one table; ``read_cell`` gives the lines of a cell."""

    def __init__(self, context: Context, table: Element, read_cell: ReadCell) -> None:
        self._context, self._read_cell = context, read_cell
        self._rows = list(row_elements(table))
        properties = table.find(W + "tblPr")
        self._style: Style = context.styles.find("table", child_value(properties, "tblStyle"))
        look = None if properties is None else properties.find(W + "tblLook")
        self._parts = {part for name, bit, part in _LOOKS if _is_switched_on(look, name, bit)}

    def read(self) -> Table:
        """The table on its grid: rows of equal length, merged cells repeated."""
        self._context.tables += 1
        where = Where(self._context.name, page=self._context.pages.current, table=self._context.tables)
        rows: list[list[Cell]] = []
        for position, element in enumerate(self._rows, start=1):
            rows.append(self._row(element, position, where, rows[-1] if rows else []))
        width = max((len(row) for row in rows), default=0)
        self._count(sum(width - len(row) for row in rows))
        for position, row in enumerate(rows, start=1):
            row += [Cell((), _place(where, position, column)) for column in range(len(row), width)]
        return Table(tuple(tuple(row) for row in rows), where)

    def _row(self, element: Element, position: int, where: Where, above: list[Cell]) -> list[Cell]:
        cells: list[Cell] = []
        spans = list(_spans(element))
        for index, span in enumerate(spans):
            column = len(cells)
            if column + span.width > MOST_COLUMNS:
                raise FileRefused("table-columns", f"{where}: bảng có hơn {MOST_COLUMNS} cột: hãy tách bảng.", where)
            self._count(span.width)
            place = _place(where, position, column)
            origin = above[column] if span.goes_on and column < len(above) else None
            if origin is not None:
                lines = origin.lines
                self._tell_covered(span.element, place)
            else:
                lines = self._lines(span.element, place, position, index == 0, index == len(spans) - 1)
            page = lines[0].where.page if lines else self._context.pages.current
            for offset in range(span.width):
                own = replace(_place(where, position, column + offset), page=page)
                cells.append(Cell(lines, own, is_merged_copy=offset > 0 or origin is not None))
        return cells

    def _lines(self, element: Element | None, place: Where, row: int, is_first: bool, is_last: bool) -> tuple[Line, ...]:
        if element is None:
            return ()
        properties = element.find(W + "tcPr")
        own = None if properties is None else properties.find(W + "shd")
        parts = {"firstRow": row == 1, "lastRow": row == len(self._rows), "firstCol": is_first, "lastCol": is_last}
        around = Around(self._formatting(parts), shading(own, self._context.theme), NO_STYLE)
        return tuple(self._read_cell(element, Place(place), around))

    def _formatting(self, parts: dict[str, bool]) -> Properties:
        said = dict(self._style.run)
        conditional = dict(self._style.conditional)
        said.update(conditional.get("wholeTable", {}))
        for _, _, part in _LOOKS:
            if part in self._parts and parts[part]:
                said.update(conditional.get(part, {}))
        return said

    def _tell_covered(self, element: Element | None, where: Where) -> None:
        """Word shows nothing of what a cell holds that goes on from above."""
        text = "" if element is None else " ".join(written_text(each) for each in element.iter(W + "t"))
        if text.strip():
            told = f"{where}: chữ {quoted(text)} nằm trong ô đã gộp nên Word không hiện và bị bỏ qua. Hãy bỏ gộp ô nếu cần."
            self._context.tell("hidden-text", told, where)

    def _count(self, cells: int) -> None:
        self._context.cells += cells
        if self._context.cells > MOST_CELLS:
            name = self._context.name
            raise FileRefused("table-cells", f"Tệp «{name}» có hơn {MOST_CELLS} ô trong bảng: hãy chia thành nhiều tệp.")


def row_elements(table: Element) -> Iterator[Element]:
    """The rows of a table, without deleted ones."""
    for element in table:
        if element.tag == W + "tr":
            properties = element.find(W + "trPr")
            if properties is None or properties.find(W + "del") is None:
                yield element
        elif element.tag in _CONTAINERS:
            yield from row_elements(element)


def cell_elements(row: Element) -> Iterator[Element]:
    """The cells of a row as they are written."""
    for element in row:
        if element.tag == W + "tc":
            yield element
        elif element.tag in _CONTAINERS:
            yield from cell_elements(element)


def _spans(row: Element) -> Iterator[_Span]:
    properties = row.find(W + "trPr")
    yield from (_Span(None) for _ in range(_gap(properties, "gridBefore")))
    for cell in cell_elements(row):
        own = cell.find(W + "tcPr")
        width = min(max(number(child_value(own, "gridSpan")) or 1, 1), MOST_COLUMNS + 1)
        merge = None if own is None else own.find(W + "vMerge")
        yield _Span(cell, width, merge is not None and value(merge) != "restart")
    yield from (_Span(None) for _ in range(_gap(properties, "gridAfter")))


def _gap(properties: Element | None, name: str) -> int:
    return min(max(number(child_value(properties, name)) or 0, 0), MOST_COLUMNS + 1)


def _is_switched_on(look: Element | None, name: str, bit: int) -> bool:
    if look is None:
        return False
    written = value(look, name)
    if written is not None:
        return written.lower() in ("1", "true", "on")
    mask = value(look) or ""
    try:
        return bool(int(mask, 16) & bit) if len(mask) <= 4 else False
    except ValueError:
        return False


def _place(where: Where, row: int, column: int) -> Where:
    return replace(where, row=row, cell=f"{column_letters(column)}{row}")


def column_letters(column: int) -> str:
    """The letters of a column counted from 0, as spreadsheets write them.

    >>> column_letters(27)
    'AB'
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
