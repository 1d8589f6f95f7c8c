"""Names in WordprocessingML, and the small values that are written the same way everywhere (ECMA-376 part 1)."""

from __future__ import annotations

from lxml import etree

Element = etree._Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
M = f"{{{MATH}}}"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
A = f"{{{DRAWING}}}"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R = f"{{{RELATIONS}}}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": WORD,
    "http://purl.oclc.org/ooxml/officeDocument/math": MATH,
    "http://purl.oclc.org/ooxml/drawingml/main": DRAWING,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": RELATIONS,
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP.strip("{}"),
}
"""The namespaces of the strict variant (ISO/IEC 29500-1 without part 4), and the usual ones that mean the same."""

OFF = ("0", "false", "off", "none")


def value(element: Element | None, name: str = "val") -> str | None:
    """The attribute ``w:name`` of an element that may be missing."""
    return None if element is None else element.get(W + name)


def child_value(parent: Element | None, name: str) -> str | None:
    """``w:val`` of the child ``w:name``, ``None`` without such a child."""
    return None if parent is None else value(parent.find(W + name))


def is_on(element: Element) -> bool:
    """An on/off element such as ``w:b``: without a value it is on."""
    return (value(element) or "1").lower() not in OFF


def number(text: str | None) -> int | None:
    """A whole number as XML writes it, of at most nine digits; ``None`` for anything else."""
    if text is None:
        return None
    text = text.strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


def chosen(alternate: Element) -> Element | None:
    """The one branch of ``mc:AlternateContent`` that is read: what newer programs see, else the fallback."""
    choice = alternate.find(MC + "Choice")
    return alternate.find(MC + "Fallback") if choice is None else choice
