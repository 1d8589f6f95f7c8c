"""Reads .xlsx: the workbook's parts, its sheets in order, shared strings with rich text, pictures by their cell.

The XML is read here in one pass rather than through openpyxl, which gives either formulas or their results, builds every
cell of a merged area, and in its bounded mode knows neither hidden rows nor merged cells.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lxml import etree
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from openpyxl.utils.escape import unescape

from quizsvc.banks.files.documents import Picture, Where
from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.guards import Archive, parse_xml
from quizsvc.banks.files.sheets.grid import MOST_SHEETS, Piece, Place, RawSheet
from quizsvc.banks.files.sheets.styles import (
    Styles,
    child,
    children,
    font_marks,
    font_name,
    local,
    styles_of,
    theme_of,
)

MEDIA = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".bmp": "image/bmp",
    ".svg": "image/svg+xml",
    ".emf": "image/x-emf",
    ".wmf": "image/x-wmf",
    ".tif": "image/tiff",
}

String = tuple[tuple[Piece, bool], ...]
"""Pieces of a shared string; ``True`` beside one that looks as its cell does."""


@dataclass(frozen=True)
class Book:
    """What sheets are read with."""

    archive: Archive
    file: str
    strings: tuple[String, ...]
    styles: Styles
    epoch: datetime


@dataclass(frozen=True)
class SheetPart:
    title: str
    path: str
    is_hidden: bool


def open_book(archive: Archive, file: str) -> tuple[Book, list[SheetPart]]:
    """The workbook and its sheets in order; chart sheets left out."""
    workbook = main_part(archive)
    root = _xml(archive, workbook, file)
    if root is None:
        sentence = f"Tệp «{file}» không phải Excel .xlsx: hãy mở bằng Excel và lưu lại thành .xlsx, hoặc gửi CSV (UTF-8)."
        raise FileRefused("not-a-workbook", sentence)
    related = relations(archive, workbook, file)
    by_kind = dict(related.values())
    theme = theme_of(_xml(archive, by_kind.get("theme"), file))
    styles = styles_of(_xml(archive, by_kind.get("styles"), file), theme)
    strings = _strings(_xml(archive, by_kind.get("sharedStrings"), file), styles)
    properties = child(root, "workbookPr")
    is_mac = properties is not None and properties.get("date1904", "0") in ("1", "true")
    book = Book(archive, file, strings, styles, MAC_EPOCH if is_mac else WINDOWS_EPOCH)
    return book, _sheet_parts(root, related, file)


def main_part(archive: Archive) -> str:
    """By the package's relations; the usual place otherwise."""
    named = [target for kind, target in relations(archive, "", "").values() if kind == "officeDocument"]
    return next((target for target in named if target in archive), "xl/workbook.xml")


def _sheet_parts(root: etree._Element, related: Mapping[str, tuple[str, str]], file: str) -> list[SheetPart]:
    written = list(children(child(root, "sheets"), "sheet"))
    if len(written) > MOST_SHEETS:
        raise FileRefused("too-many-sheets", f"Tệp «{file}» có hơn {MOST_SHEETS} trang tính: hãy chia thành nhiều tệp.")
    parts = []
    for sheet in written:
        link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        kind, target = related.get(str(link), ("", ""))
        if kind == "worksheet":
            parts.append(SheetPart(sheet.get("name", ""), target, sheet.get("state", "visible") != "visible"))
    return parts


def relations(archive: Archive, part: str, file: str) -> dict[str, tuple[str, str]]:
    """Relations of a part by id: the last word of the type, and the part it leads to. External ones are left out."""
    folder, name = posixpath.split(part)
    root = _xml(archive, posixpath.join(folder, "_rels", f"{name}.rels"), file)
    found = {}
    for relation in children(root, "Relationship"):
        target = relation.get("Target", "")
        if relation.get("TargetMode") == "External" or not target:
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], path)
    return found


def _xml(archive: Archive, part: str | None, file: str) -> etree._Element | None:
    return parse_xml(archive.read(part), Where(file)) if part and part in archive else None


def sheet_xml(book: Book, part: SheetPart) -> etree._Element | None:
    """The root of a sheet's XML."""
    return _xml(book.archive, part.path, book.file)


def _strings(root: etree._Element | None, styles: Styles) -> tuple[String, ...]:
    return tuple(string_of(item, styles) for item in children(root, "si"))


def string_of(item: etree._Element, styles: Styles) -> String:
    """A shared or inline string: plain, or runs of which each says wholly how it looks."""
    pieces: list[tuple[Piece, bool]] = []
    for part in item:
        if local(part) == "t":
            pieces.append((Piece(_text(part)), True))
        elif local(part) == "r":
            properties = child(part, "rPr")
            text = _text(child(part, "t"))
            if properties is None:
                pieces.append((Piece(text), True))
            else:
                pieces.append((Piece(text, font_marks(properties, styles.theme), font_name(properties)), False))
    return tuple(pieces)


def _text(element: etree._Element | None) -> str:
    """``_x000D_`` in the XML stands for a sign that XML cannot hold."""
    return "" if element is None or not element.text else str(unescape(element.text))


def pictures_of(book: Book, part: SheetPart, sheet: RawSheet) -> dict[Place, tuple[Picture, ...]]:
    """Pictures by the cell under their upper left corner. What else is drawn there is told, not read."""
    found: dict[Place, tuple[Picture, ...]] = {}
    for kind, target in relations(book.archive, part.path, book.file).values():
        if kind == "comments":
            sheet.tell("notes-not-read")
        if kind != "drawing":
            continue
        root = _xml(book.archive, target, book.file)
        links = relations(book.archive, target, book.file)
        for anchor in [] if root is None else root:
            corner = child(anchor, "from")
            picture = _picture(book, anchor, links)
            if corner is None or picture is None:
                sheet.tell("pictures-not-read")
                continue
            place = (_count(child(corner, "row")) + 1, _count(child(corner, "col")) + 1)
            found[place] = (*found.get(place, ()), picture)
    return found


def _count(element: etree._Element | None) -> int:
    text = (element.text or "") if element is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _picture(book: Book, anchor: etree._Element, links: Mapping[str, tuple[str, str]]) -> Picture | None:
    drawn = child(anchor, "pic")
    if drawn is None:
        return None
    blip = next((found for found in drawn.iter() if local(found) == "blip"), None)
    ids = [] if blip is None else [str(value) for key, value in blip.attrib.items() if str(key).endswith("}embed")]
    target = links.get(ids[0], ("", ""))[1] if ids else ""
    if target not in book.archive:
        return None
    named = next((found for found in drawn.iter() if local(found) == "cNvPr"), None)
    kind = MEDIA.get(posixpath.splitext(target)[1].lower(), "application/octet-stream")
    digest = hashlib.sha256(book.archive.read(target)).hexdigest()
    return Picture(digest, kind, "" if named is None else named.get("descr", ""))


def flag(element: etree._Element, name: str) -> bool:
    """A boolean attribute."""
    return element.get(name, "0") in ("1", "true")
