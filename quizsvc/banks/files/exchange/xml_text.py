"""Small questions to an XML element, by names without namespaces: exporters use any or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from lxml import etree

from quizsvc.banks.files.documents import Where

Element = etree._Element
WRAPPERS = frozenset({"contentBody", "templateBlock", "feedbackBlock", "infoControl", "rubricBlock", "prompt"})
"""Elements of QTI that only hold others, as ``div`` does."""


def name_of(element: Element) -> str:
    """The tag without its namespace.

    >>> name_of(etree.fromstring('<a:b xmlns:a="x"/>'))
    'b'
    """
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> list[Element]:
    """Direct children with one of these names; all when none is given."""
    return [child for child in element if isinstance(child.tag, str) and (not names or name_of(child) in names)]


def child(element: Element, name: str) -> Element | None:
    return next(iter(children(element, name)), None)


def within(element: Element, *names: str) -> Iterator[Element]:
    """Elements at any depth below, in order."""
    return (each for each in element.iterdescendants() if name_of(each) in names)


def first_within(element: Element, name: str) -> Element | None:
    return next(within(element, name), None)


def own_text(element: Element | None) -> str:
    """The text of an element without tags, outer spaces gone; ``""`` without an element."""
    return "" if element is None else "".join(str(part) for part in element.itertext()).strip()


def markup(element: Element, *, replaced: Mapping[Element, str] | None = None) -> str:
    """What stands in an element as HTML, names without prefixes. ``replaced``: elements and the HTML to write instead."""
    return escape(element.text or "", quote=False) + "".join(_written(each, replaced or {}) for each in element)


def _written(element: Element, replaced: Mapping[Element, str]) -> str:
    tail = escape(element.tail or "", quote=False)
    if element in replaced:
        return replaced[element] + tail
    name = "div" if name_of(element) in WRAPPERS else name_of(element)
    attributes = "".join(f' {etree.QName(key).localname}="{escape(str(value))}"' for key, value in element.attrib.items())
    inner = escape(element.text or "", quote=False) + "".join(_written(each, replaced) for each in element)
    return f"<{name}{attributes}>{inner}</{name}>{tail}" if inner else f"<{name}{attributes}/>{tail}"


def place(element: Element, file: str) -> Where:
    """The line where the start tag of the element ends; libxml2 keeps no other."""
    line: Any = element.sourceline
    return Where(file, line=line)
