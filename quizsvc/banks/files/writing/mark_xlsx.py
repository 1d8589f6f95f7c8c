"""A copy of a workbook with the doubtful cells coloured, the reason beside them, and a sheet that lists all.

Colour is a dotted pattern with a frame, which the reader does not take for the mark of an answer.
"""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy

from lxml import etree
from openpyxl.utils import coordinate_to_tuple

from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.found import FoundFile
from quizsvc.banks.files.guards import unpack
from quizsvc.banks.files.sheets.grid import Place
from quizsvc.banks.files.sheets.styles import child, children
from quizsvc.banks.files.sheets.xlsx import Book, SheetPart, main_part, open_book, relations
from quizsvc.banks.files.writing.complaints import AUTHOR, Complaint, complaints_of, cut
from quizsvc.banks.files.writing.list_xlsx import HEADER, row_of
from quizsvc.banks.files.writing.package import Element, Package
from quizsvc.banks.files.writing.sheet_edit import SheetEdit, notes_drawing, notes_xml

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
INKS = {True: ("FFC00000", "FFFFE0E0"), False: ("FFE07000", "FFFFF0D0")}
"""Frame and dots, and ground, of errors and of warnings."""
LISTED = "Lỗi"
REASON = "Lý do: "


def mark_xlsx(data: bytes, found: FoundFile) -> bytes:
    """The workbook with its errors and warnings; ``found`` is what was understood of ``data``. Raises ``FileRefused``."""
    complaints = complaints_of(found)
    if not complaints:
        return data
    book, parts = open_book(unpack(data, found.name), found.name)
    marked = _Marked(Package(data, found.name), book)
    for part in parts:
        own = [complaint for complaint in complaints if _where(complaint, found.name).sheet == part.title]
        if own:
            marked.mark(part, own)
    marked.list(complaints, [part.title for part in parts])
    return marked.saved()


def _where(complaint: Complaint, file: str) -> Where:
    """The place of the remark; that of its question when the remark is about another file."""
    where = complaint.remark.where
    return where if where.file == file and where.sheet is not None else complaint.near


class _Marked:
    """The workbook while it is written."""

    def __init__(self, package: Package, book: Book) -> None:
        self._package, self._book = package, book
        self._main = main_part(book.archive)
        named = dict(relations(book.archive, self._main, book.file).values())
        self._styles_part = named.get("styles")
        self._styles = None if self._styles_part is None else package.root(self._styles_part)
        self._looks: dict[tuple[str, bool], str] = {}
        is_strict = "purl.oclc.org" in str(package.root(self._main).tag)
        self._relations = STRICT_RELATIONS if is_strict else RELATIONS

    def mark(self, part: SheetPart, complaints: list[Complaint]) -> None:
        sheet = SheetEdit(self._package.root(part.path), part.title, self._book.file)
        by_cell: dict[Place, list[Complaint]] = defaultdict(list)
        by_row: dict[int, list[Complaint]] = defaultdict(list)
        for complaint in complaints:
            where = _where(complaint, self._book.file)
            if where.cell is not None:
                place = coordinate_to_tuple(where.cell)
            elif where.row is not None:
                place = sheet.first_in_row(where.row)
            else:
                continue
            by_cell[place].append(complaint)
            by_row[place[0]].append(complaint)
        beside = sheet.right + 1
        for place, told in by_cell.items():
            self._colour(sheet.cell(place), any(complaint.is_error for complaint in told))
        for row, told in by_row.items():
            sheet.write((row, beside), cut(REASON + "\n".join(dict.fromkeys(complaint.text for complaint in told))))
        if by_cell and not sheet.has_notes:
            self._add_notes(part, sheet, {place: [each.text for each in told] for place, told in by_cell.items()})
        self._package.put(part.path, sheet.root)

    def _colour(self, cell: Element, is_error: bool) -> None:
        if self._styles is not None:
            index = cell.get("s", "0")
            if (index, is_error) not in self._looks:
                self._looks[index, is_error] = _new_look(self._styles, index, is_error, keeps_fill=self._has_fill(index))
            cell.set("s", self._looks[index, is_error])

    def _has_fill(self, index: str) -> bool:
        """Whether a colour of the author's own lies below: it may be the mark of an answer and stays."""
        return self._book.styles.of(index).marks.highlight is not None

    def _add_notes(self, part: SheetPart, sheet: SheetEdit, notes: dict[Place, list[str]]) -> None:
        package = self._package
        written, drawing = package.free_part("xl/comments{}.xml"), package.free_part("xl/drawings/vmlDrawing{}.vml")
        package.put(written, notes_xml(notes, AUTHOR))
        package.put(drawing, notes_drawing(list(notes)))
        package.declare(written, NOTES_TYPE)
        package.declare_ending("vml", VML_TYPE)
        package.relate(part.path, f"{self._relations}/comments", written)
        related = package.relate(part.path, f"{self._relations}/vmlDrawing", drawing)
        sheet.point_to_notes(f"{{{self._relations}}}id", related)

    def list(self, complaints: list[Complaint], titles: list[str]) -> None:
        """A last sheet with every complaint and its place."""
        package, workbook = self._package, self._package.root(self._main)
        prefix = str(workbook.tag).rpartition("}")[0] + "}"
        root = etree.Element(prefix + "worksheet", nsmap={"x": prefix.strip("{}")})
        columns = etree.SubElement(root, prefix + "cols")
        for place, (_, width) in enumerate(HEADER, start=1):
            etree.SubElement(columns, prefix + "col", min=str(place), max=str(place), width=str(width), customWidth="1")
        etree.SubElement(root, prefix + "sheetData")
        sheet = SheetEdit(root, LISTED, self._book.file)
        rows = [[title for title, _ in HEADER], *map(row_of, complaints)]
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row, start=1):
                sheet.write((number, column), text)
        part = package.free_part("xl/worksheets/sheet{}.xml")
        package.put(part, root)
        package.declare(part, SHEET_TYPE)
        related = package.relate(self._main, f"{self._relations}/worksheet", part)
        sheets = child(workbook, "sheets")
        assert sheets is not None
        ids = [int(each.get("sheetId") or 0) for each in children(sheets, "sheet")]
        named = {"name": _free_title(titles), "sheetId": str(max(ids) + 1), f"{{{self._relations}}}id": related}
        etree.SubElement(sheets, prefix + "sheet", named)
        package.put(self._main, workbook)

    def saved(self) -> bytes:
        if self._styles_part is not None and self._styles is not None:
            self._package.put(self._styles_part, self._styles)
        return self._package.saved()


def _free_title(titles: list[str]) -> str:
    taken = {title.casefold() for title in titles}
    title, number = LISTED, 1
    while title.casefold() in taken:
        number += 1
        title = f"{LISTED} {number}"
    return title


def _new_look(styles: Element, index: str, is_error: bool, *, keeps_fill: bool) -> str:
    """The index of a copy of a cell format with a frame and, unless it ``keeps_fill``, a dotted ground."""
    formats = child(styles, "cellXfs")
    if formats is None:
        return index
    known = list(children(formats, "xf"))
    number = int(index) if index.isdigit() and int(index) < len(known) else 0
    made = deepcopy(known[number])
    ink, ground = INKS[is_error]
    prefix = str(styles.tag).rpartition("}")[0] + "}"
    frame = etree.Element(prefix + "border")
    for side in ("left", "right", "top", "bottom"):
        line = etree.SubElement(frame, prefix + side, style="medium")
        etree.SubElement(line, prefix + "color", rgb=ink)
    etree.SubElement(frame, prefix + "diagonal")
    made.set("borderId", _added(styles, "borders", frame))
    made.set("applyBorder", "1")
    if not keeps_fill:
        fill = etree.Element(prefix + "fill")
        pattern = etree.SubElement(fill, prefix + "patternFill", patternType="gray125")
        etree.SubElement(pattern, prefix + "fgColor", rgb=ink)
        etree.SubElement(pattern, prefix + "bgColor", rgb=ground)
        made.set("fillId", _added(styles, "fills", fill))
        made.set("applyFill", "1")
    return _added(styles, "cellXfs", made)


def _added(styles: Element, listing: str, element: Element) -> str:
    """The index of an element that is put at the end of a list of styles."""
    found = child(styles, listing)
    if found is None:
        return "0"
    found.append(element)
    found.set("count", str(len(found)))
    return str(len(found) - 1)
