"""The styles of a document, each with all that it inherits (``w:basedOn``) already in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from quizsvc.banks.files.docx.colours import shading
from quizsvc.banks.files.docx.names import Element, W, child_value, is_on, number, value
from quizsvc.banks.files.docx.properties import NOTHING, Properties, read_properties
from quizsvc.banks.files.docx.theme import Theme

Found = TypeVar("Found")

LINKS = ("hyperlink", "followedhyperlink", "internet link")
"""Styles whose colour and underline only say that something is a link."""
TITLES = ("title", "subtitle")
LONGEST_CHAIN = 20
"""So many styles based on one another; Word itself stops at eleven."""
BODY_TEXT = 9
"""The outline level that is none."""


@dataclass(frozen=True)
class Style:
    """``chain``: the ids from this style up to the one it is based on last. ``num_id`` and ``level``: automatic numbering.

    ``conditional``: run properties that a table style has for parts of a table («firstRow», «firstCol», …).
    """

    chain: tuple[str, ...] = ()
    run: Properties = field(default_factory=dict)
    conditional: tuple[tuple[str, Properties], ...] = ()
    ground: str | None = None
    num_id: int | None = None
    level: int | None = None
    is_heading: bool = False


NO_STYLE = Style()


class Styles:
    """Looks styles up by kind («paragraph», «character», «table») and id."""

    def __init__(self, root: Element | None, theme: Theme) -> None:
        self._theme = theme
        self._elements: dict[tuple[str, str], Element] = {}
        self._default: dict[str, str] = {}
        self._known: dict[tuple[str, str], Style] = {}
        self.defaults: Properties = NOTHING
        if root is None:
            return
        self.defaults = read_properties(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), theme)
        for element in root.iterchildren(W + "style"):
            kind, identity = value(element, "type") or "paragraph", value(element, "styleId") or ""
            self._elements[kind, identity] = element
            if (value(element, "default") or "0").lower() in ("1", "true", "on"):
                self._default[kind] = identity

    def find(self, kind: str, identity: str | None) -> Style:
        """The style; an unknown paragraph or table style is the default one, an unknown character style is none."""
        if identity is None or (kind, identity) not in self._elements:
            identity = None if kind == "character" else self._default.get(kind)
        if identity is None:
            return NO_STYLE
        if (kind, identity) not in self._known:
            self._known[kind, identity] = self._resolve(kind, identity)
        return self._known[kind, identity]

    def _resolve(self, kind: str, identity: str) -> Style:
        chain = tuple(self._chain(kind, identity))
        elements = [self._elements[kind, each] for each in chain]
        run: dict[str, bool | str | None] = {}
        conditional: dict[str, Properties] = {}
        for element in reversed(elements):
            said = dict(read_properties(element.find(W + "rPr"), self._theme))
            if (child_value(element, "name") or "").lower() in LINKS:
                said.pop("underline", None)
                said.pop("colour", None)
            run.update(said)
            for part in element.iterchildren(W + "tblStylePr"):
                name = value(part, "type") or ""
                own = read_properties(part.find(W + "rPr"), self._theme)
                conditional[name] = {**conditional.get(name, NOTHING), **own}
        paragraph = [found for element in elements if (found := element.find(W + "pPr")) is not None]
        numbering = [found for each in paragraph if (found := each.find(W + "numPr")) is not None]
        return Style(
            chain,
            run,
            tuple(conditional.items()),
            shading(_first(each.find(W + "shd") for each in paragraph), self._theme),
            _first(number(child_value(each, "numId")) for each in numbering),
            _first(number(child_value(each, "ilvl")) for each in numbering),
            _is_heading(elements, paragraph),
        )

    def _chain(self, kind: str, identity: str) -> Iterator[str]:
        seen: set[str] = set()
        following: str | None = identity
        while following not in seen and len(seen) < LONGEST_CHAIN and following is not None:
            if (kind, following) not in self._elements:
                return
            seen.add(following)
            yield following
            following = child_value(self._elements[kind, following], "basedOn")


def outline_level(properties: Element | None) -> int | None:
    """The outline level that a ``w:pPr`` gives, from 0; ``None`` if it says nothing."""
    return number(child_value(properties, "outlineLvl"))


def _is_heading(elements: list[Element], paragraph: list[Element]) -> bool:
    level = _first(outline_level(each) for each in paragraph)
    if level is not None:
        return level < BODY_TEXT
    names = [(child_value(element, "name") or "").lower() for element in elements]
    return any(name in TITLES or name.startswith("heading ") for name in names)


def _first(values: Iterator[Found | None]) -> Found | None:
    return next((found for found in values if found is not None), None)


def switched_on(properties: Element | None, name: str) -> bool:
    """Whether an on/off child such as ``w:del`` or ``w:vanish`` is there and on."""
    found = None if properties is None else properties.find(W + name)
    return found is not None and is_on(found)
