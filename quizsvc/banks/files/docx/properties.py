"""What ``w:rPr`` says of a run, and how several of them add up (ECMA-376 part 1, 17.7.2 and 17.7.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizsvc.banks.files.documents import PLAIN, Marks
from quizsvc.banks.files.docx import colours
from quizsvc.banks.files.docx.names import OFF, Element, W, is_on, value
from quizsvc.banks.files.docx.theme import Theme

Properties = Mapping[str, bool | str | None]
"""What is said, and nothing of what is not: ``bold``, ``italic``, ``strike``, ``vanish``, ``dstrike``, ``underline`` (bool);
``colour``, ``highlight``, ``shading``, ``hansi``, ``ascii`` (text, or ``None`` where the usual look is asked for)."""

NOTHING: Properties = {}
TOGGLES = frozenset(("bold", "italic", "strike", "vanish"))
_ON_OFF = {"b": "bold", "i": "italic", "strike": "strike", "vanish": "vanish", "dstrike": "dstrike"}


@dataclass(frozen=True)
class Look:
    """How a run looks in the end. ``font``: what its Vietnamese letters are drawn in."""

    marks: Marks = PLAIN
    font: str | None = None
    is_hidden: bool = False


def read_properties(element: Element | None, theme: Theme) -> Properties:
    """What a ``w:rPr`` says itself."""
    said: dict[str, bool | str | None] = {}
    for child in () if element is None else element:
        name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
        if name in _ON_OFF:
            said[_ON_OFF[name]] = is_on(child)
        elif name == "u":
            said["underline"] = (value(child) or "single") not in OFF
        elif name == "color":
            said["colour"] = colours.text_colour(child, theme)
        elif name == "highlight":
            said["highlight"] = colours.highlight(child)
        elif name == "shd":
            said["shading"] = colours.shading(child, theme)
        elif name == "rFonts":
            said.update(_fonts(child, theme))
    return said


def _fonts(element: Element, theme: Theme) -> dict[str, str]:
    named = {
        "hansi": theme.font(value(element, "hAnsiTheme")) or value(element, "hAnsi"),
        "ascii": theme.font(value(element, "asciiTheme")) or value(element, "ascii"),
    }
    return {role: font for role, font in named.items() if font}


def combine(defaults: Properties, styles: tuple[Properties, ...], direct: Properties) -> Properties:
    """The outcome of document defaults, styles of different kinds (table, paragraph, character) and direct formatting.

    Later ones win, but toggles (bold, italic, …) of different kinds of styles cancel each other: a bold character style in
    a bold paragraph style is not bold. Direct formatting is absolute, and what the defaults switch on, no style turns off.
    """
    said: dict[str, bool | str | None] = dict(defaults)
    for style in styles:
        said.update(style)
    for toggle in TOGGLES & said.keys():
        odd = [style for style in styles if style.get(toggle)]
        said[toggle] = bool(defaults.get(toggle)) or len(odd) % 2 == 1
    said.update(direct)
    return said


def look_of(said: Properties, ground: str | None = None) -> Look:
    """The look of a run; ``ground`` is the shading of its paragraph or cell."""

    return Look(
        Marks(
            bold=bool(said.get("bold")),
            italic=bool(said.get("italic")),
            underline=bool(said.get("underline")),
            strike=bool(said.get("strike")) or bool(said.get("dstrike")),
            colour=_text(said.get("colour")),
            highlight=_text(said.get("highlight")) or _text(said.get("shading")) or ground,
        ),
        _text(said.get("hansi")) or _text(said.get("ascii")),
        bool(said.get("vanish")),
    )


def _text(said: bool | str | None) -> str | None:
    return said if isinstance(said, str) else None
