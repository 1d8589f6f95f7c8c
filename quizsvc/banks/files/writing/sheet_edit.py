"""Changes in one sheet of an .xlsx: how cells look, text in cells that were empty, notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from lxml import etree
from openpyxl.utils import get_column_letter

from quizsvc.banks.files.sheets.grid import Place, RawSheet
from quizsvc.banks.files.sheets.styles import child, children
from quizsvc.banks.files.sheets.xlsx_sheet import cells_of
from quizsvc.banks.files.writing.package import Element, insert_before

AFTER_NOTES = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""What may follow ``legacyDrawing`` in a sheet (ECMA-376, 18.3.1.99)."""
VML_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>'
    "</v:shapetype>"
)
VML_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden;width:260pt;height:90pt"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:textbox/><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)


class SheetEdit:
    """One sheet's XML; cells are found as the reader finds them, also where the file does not name them."""

    def __init__(self, root: Element, title: str, file: str) -> None:
        self.root = root
        self._prefix = root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""
        data = child(root, "sheetData")
        if data is None:
            data = etree.SubElement(root, self._prefix + "sheetData")
        self._data = data
        self._cells = dict(cells_of(data, RawSheet(title), file))
        self._rows: dict[int, Element] = {}
        number = 0
        for row in children(data, "row"):
            number = int(row.get("r") or number + 1)
            self._rows.setdefault(number, row)
        self.right = max((column for _, column in self._cells), default=0)

    def cell(self, place: Place) -> Element:
        """The cell at a place, made when there is none."""
        if place not in self._cells:
            self._cells[place] = self._made(place)
        return self._cells[place]

    def first_in_row(self, row: int) -> Place:
        """The first cell that is written in a row."""
        return (row, min((column for number, column in self._cells if number == row), default=1))

    def write(self, place: Place, text: str) -> None:
        cell = self.cell(place)
        cell.set("t", "inlineStr")
        inline = etree.SubElement(etree.SubElement(cell, self._prefix + "is"), self._prefix + "t")
        inline.text = text

    def point_to_notes(self, relation: str, relation_id: str) -> None:
        """``relation``: the whole name of the attribute that holds ids of relationships."""
        insert_before(self.root, etree.Element(self._prefix + "legacyDrawing", {relation: relation_id}), AFTER_NOTES)

    @property
    def has_notes(self) -> bool:
        return child(self.root, "legacyDrawing") is not None

    def _made(self, place: Place) -> Element:
        number, column = place
        row = self._rows.get(number)
        if row is None:
            row = etree.Element(self._prefix + "row", r=str(number))
            later = [each for each in self._rows if each > number]
            if later:
                self._rows[min(later)].addprevious(row)
            else:
                self._data.append(row)
            self._rows[number] = row
        row.attrib.pop("spans", "")  # a hint of how far cells go, which is wrong now
        beside = {at: each for (line, at), each in self._cells.items() if line == number}
        for at, each in beside.items():
            each.set("r", f"{get_column_letter(at)}{number}")
        made = etree.Element(self._prefix + "c", r=f"{get_column_letter(column)}{number}")
        right = [at for at in beside if at > column]
        if right:
            beside[min(right)].addprevious(made)
        else:
            row.append(made)
        return made


def notes_xml(notes: Mapping[Place, Sequence[str]], author: str) -> bytes:
    """The part with the notes of a sheet."""
    written = "".join(
        f'<comment ref="{get_column_letter(column)}{row}" authorId="0"><text><t xml:space="preserve">'
        f"{escape(chr(10).join(texts))}</t></text></comment>"
        for (row, column), texts in sorted(notes.items())
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    body = f"<authors><author>{escape(author)}</author></authors><commentList>{written}</commentList>"
    return f'{head}<comments xmlns="{name}">{body}</comments>'.encode()


def notes_drawing(places: Sequence[Place]) -> bytes:
    """The drawing that Excel shows notes with (VML); without it, it shows none."""
    shapes = (
        VML_SHAPE.format(number=1025 + at, row=row - 1, column=column - 1) for at, (row, column) in enumerate(sorted(places))
    )
    return f"{VML_HEAD}{''.join(shapes)}</xml>".encode()
