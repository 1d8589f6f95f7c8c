"""A copy of a Word file with the doubtful paragraphs framed in colour, and the reason beside each as a comment of Word.

Comments, frames and a pale ground are nothing that the reader takes for text or for the mark of an answer, so the copy can
be corrected and imported as it is.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from lxml import etree

from quizsvc.banks.files.documents import Line, Table, Where
from quizsvc.banks.files.docx import Reading, read_with_elements
from quizsvc.banks.files.docx.names import STRICT, WORD, Element, W
from quizsvc.banks.files.found import FoundFile
from quizsvc.banks.files.writing.complaints import AUTHOR, Complaint, complaints_of
from quizsvc.banks.files.writing.package import Package, insert_before, serialised

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
INKS = {True: ("C00000", "FFEFEF"), False: ("E07000", "FFF8EF")}
"""Frame and ground of errors and of warnings; the grounds are so pale that the reader takes them for paper."""
AFTER_FRAME = (
    *("shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE"),
    *("autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents"),
    *("suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle"),
    *("rPr", "sectPr", "pPrChange"),
)
"""What may follow ``w:pBdr`` in ``w:pPr`` (ECMA-376, 17.3.1.26)."""


def mark_docx(data: bytes, found: FoundFile) -> bytes:
    """The file with a comment and a frame at every error and warning; ``found`` is what was understood of ``data``."""
    reading = read_with_elements(data, found.name)
    package = Package(data, found.name)
    is_strict = any(_in_any_encoding(strict, package.read(reading.document_part)) for strict in STRICT)
    places = _Places(reading)
    told: dict[int, tuple[Element, list[Complaint]]] = {}
    for complaint in complaints_of(found):
        paragraph = places.paragraph(complaint)
        told.setdefault(id(paragraph), (paragraph, []))[1].append(complaint)
    if not told:
        return data
    comments = _Comments(package, reading.document_part, is_strict)
    for paragraph, complaints in told.values():
        _frame(paragraph, complaints, has_ground=paragraph in places.grounded)
        comments.add(_outermost(paragraph), [complaint.text for complaint in complaints])
    package.put(reading.document_part, _named(serialised(reading.root), is_strict))
    comments.save()
    return package.saved()


class _Places:
    """Finds the paragraph that a place means: exactly, else the first of its cell, row or table, else of the document."""

    def __init__(self, reading: Reading) -> None:
        self._name = reading.document.name
        self._known: dict[tuple[object, ...], Element] = {}
        body = reading.root.find(W + "body")
        paragraphs = [each for each in reading.paragraphs if each.element.tag == W + "p"]
        if not paragraphs and body is not None:
            insert_before(body, etree.Element(W + "p"), ("sectPr",))
        for paragraph in paragraphs:
            for key in _keys(paragraph.where):
                self._known.setdefault(key, paragraph.element)
        self._first = next(reading.root.iter(W + "p"))
        shaded = {_keys(line.where)[0] for line in _lines(reading) if any(run.marks.highlight for run in line.runs)}
        self.grounded = {self._known[key] for key in shaded if key in self._known}

    def paragraph(self, complaint: Complaint) -> Element:
        for where in (complaint.remark.where, complaint.near):
            if where.file == self._name:
                for key in _keys(where):
                    if key in self._known:
                        return self._known[key]
        return self._first


def _keys(where: Where) -> list[tuple[object, ...]]:
    """From exact to vague. Pages and lines within a paragraph say nothing more."""
    keys: list[tuple[object, ...]] = []
    if where.paragraph is not None:
        keys.append((where.table, where.cell, where.paragraph))
    if where.cell is not None:
        keys.append(("cell", where.table, where.cell))
    if where.row is not None:
        keys.append(("row", where.table, where.row))
    if where.table is not None:
        keys.append(("table", where.table))
    return keys or [("document",)]


def _lines(reading: Reading) -> list[Line]:
    lines: list[Line] = []
    for block in reading.document.blocks:
        if isinstance(block, Table):
            lines += [line for row in block.rows for cell in row for line in cell.lines]
        else:
            lines.append(block)
    return lines


def _frame(paragraph: Element, complaints: Sequence[Complaint], *, has_ground: bool) -> None:
    ink, ground = INKS[any(complaint.is_error for complaint in complaints)]
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = etree.Element(W + "pPr")
        paragraph.insert(0, properties)
    before = properties.find(W + "pBdr")
    if before is not None:
        properties.remove(before)
    frame = etree.Element(W + "pBdr")
    for side in ("top", "left", "bottom", "right"):
        etree.SubElement(frame, W + side, _word({"val": "single", "sz": "12", "space": "1", "color": ink}))
    insert_before(properties, frame, AFTER_FRAME)
    if not has_ground and properties.find(W + "shd") is None:
        insert_before(
            properties, etree.Element(W + "shd", _word({"val": "clear", "color": "auto", "fill": ground})), AFTER_FRAME[1:]
        )


def _outermost(paragraph: Element) -> Element:
    """Word allows no comments inside a text box: they go to the paragraph that holds it."""
    boxes = [each for each in paragraph.iterancestors() if each.tag == W + "txbxContent"]
    return next(boxes[-1].iterancestors(W + "p"), paragraph) if boxes else paragraph


class _Comments:
    """The part with the comments, an existing one added to."""

    def __init__(self, package: Package, document_part: str, is_strict: bool) -> None:
        self._package, self._is_strict = package, is_strict
        relations = STRICT_RELATIONS if is_strict else TRANSITIONAL
        folder = posixpath.dirname(document_part)
        self._part = posixpath.join(folder, "comments.xml")
        if self._part in package:
            self._root = _usual(package.root(self._part))
        else:
            self._root = etree.Element(W + "comments", nsmap={"w": WORD})
            package.declare(self._part, COMMENTS_TYPE)
            package.relate(document_part, f"{relations}/comments", self._part)
        taken = [each.get(W + "id") or "" for each in self._root]
        self._next = max((int(text) for text in taken if text.isdigit()), default=-1) + 1

    def add(self, paragraph: Element, texts: Sequence[str]) -> None:
        number = {W + "id": str(self._next)}
        self._next += 1
        comment = etree.SubElement(self._root, W + "comment", number | _word({"author": AUTHOR, "initials": "KT"}))
        for text in texts:
            run = etree.SubElement(etree.SubElement(comment, W + "p"), W + "r")
            etree.SubElement(run, W + "t").text = text
        start = 1 if paragraph.find(W + "pPr") is not None else 0
        paragraph.insert(start, etree.Element(W + "commentRangeStart", number))
        paragraph.append(etree.Element(W + "commentRangeEnd", number))
        reference = etree.SubElement(paragraph, W + "r")
        etree.SubElement(reference, W + "commentReference", number)

    def save(self) -> None:
        self._package.put(self._part, _named(serialised(self._root), self._is_strict))


def _word(attributes: dict[str, str]) -> dict[str, str]:
    return {W + name: value for name, value in attributes.items()}


def _in_any_encoding(text: str, data: bytes) -> bool:
    return any(text.encode(encoding) in data for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def _named(data: bytes, is_strict: bool) -> bytes:
    """Back in the namespaces of the strict variant, where the file uses them."""
    for strict, usual in STRICT.items() if is_strict else ():
        data = data.replace(usual.encode(), strict.encode())
    return data


def _usual(root: Element) -> Element:
    data = etree.tostring(root)
    for strict, usual in STRICT.items():
        data = data.replace(strict.encode(), usual.encode())
    return etree.fromstring(data)
