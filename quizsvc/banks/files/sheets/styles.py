"""Styles of an .xlsx: for each cell format its marks, font and number format; colours as six hex digits."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS

from quizsvc.banks.files.documents import PLAIN, Marks

T = TypeVar("T")
_HEX = re.compile(r"[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?")
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
OFFICE_THEME = (
    *("FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47"),
    *("0563C1", "954F72"),
)
USUAL_INK, USUAL_PAPER = "000000", "FFFFFF"


@dataclass(frozen=True)
class CellStyle:
    """How a cell looks. ``font`` is its name, which tells legacy encodings."""

    marks: Marks = PLAIN
    font: str | None = None
    number_format: str = "General"


@dataclass(frozen=True)
class Styles:
    """Cell styles by the index that cells carry, and the colours of the theme."""

    cells: tuple[CellStyle, ...] = ()
    theme: tuple[str, ...] = field(default=OFFICE_THEME)

    def of(self, index: str | None) -> CellStyle:
        number = int(index) if index is not None and index.isascii() and index.isdigit() else 0
        return self.cells[number] if number < len(self.cells) else CellStyle()


def local(element: etree._Element) -> str:
    """The name of an element without its namespace, which differs between transitional and strict files."""
    return str(element.tag).rpartition("}")[2]


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return (child for child in ([] if element is None else element) if local(child) == name)


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    return next(children(element, name), None)


def is_on(element: etree._Element | None) -> bool:
    """Whether an on/off property is there and not switched off."""
    return element is not None and element.get("val", "1").lower() not in ("0", "false", "none")


def theme_of(root: etree._Element | None) -> tuple[str, ...]:
    """The twelve colours of a theme part, in the order in which workbooks count them."""
    scheme = next((found for found in ([] if root is None else root.iter()) if local(found) == "clrScheme"), None)
    found = {local(slot): next(iter(slot), None) for slot in ([] if scheme is None else scheme)}
    colours = list(OFFICE_THEME)
    for index, name in enumerate(_THEME_ORDER):
        slot = found.get(name)
        value = "" if slot is None else slot.get("lastClr") or slot.get("val") or ""
        if _HEX.fullmatch(value):
            colours[index] = value.upper()
    return tuple(colours)


def styles_of(root: etree._Element | None, theme: tuple[str, ...]) -> Styles:
    """The styles part as it is looked up by cells."""
    if root is None:
        return Styles((), theme)
    formats = dict(BUILTIN_FORMATS)
    for written in children(child(root, "numFmts"), "numFmt"):
        if written.get("numFmtId", "").isdigit():
            formats[int(written.get("numFmtId", ""))] = written.get("formatCode", "General")
    fonts = [(font_marks(font, theme), font_name(font)) for font in children(child(root, "fonts"), "font")]
    fills = [_fill(fill, theme) for fill in children(child(root, "fills"), "fill")]
    cells = []
    for xf in children(child(root, "cellXfs"), "xf"):
        marks, name = _at(fonts, xf.get("fontId"), (PLAIN, None))
        highlight = _at(fills, xf.get("fillId"), None)
        number = xf.get("numFmtId", "0")
        code = formats.get(int(number), "General") if number.isdigit() else "General"
        cells.append(CellStyle(with_highlight(marks, highlight), name, code))
    return Styles(tuple(cells), theme)


def with_highlight(marks: Marks, highlight: str | None) -> Marks:
    return Marks(marks.bold, marks.italic, marks.underline, marks.strike, marks.colour, highlight)


def font_marks(font: etree._Element, theme: tuple[str, ...]) -> Marks:
    """Marks of a font or of the properties of a rich text run."""
    ink = colour(child(font, "color"), theme)
    return Marks(
        bold=is_on(child(font, "b")),
        italic=is_on(child(font, "i")),
        underline=is_on(child(font, "u")),
        strike=is_on(child(font, "strike")),
        colour=None if ink == USUAL_INK else ink,
    )


def font_name(font: etree._Element) -> str | None:
    named = next((found for found in font if local(found) in ("name", "rFont")), None)
    return None if named is None else named.get("val")


def colour(element: etree._Element | None, theme: tuple[str, ...]) -> str | None:
    """Six hex digits of a colour by value, index or theme; ``None`` for the usual one (automatic)."""
    if element is None or element.get("auto") in ("1", "true"):
        return None
    value = element.get("rgb") or ""
    if not _HEX.fullmatch(value):
        value = _indexed(element.get("indexed")) or _at(theme, element.get("theme"), "")
    if not value:
        return None
    return _tinted(value[-6:].upper(), element.get("tint"))


def _indexed(index: str | None) -> str:
    """64 and 65 are the usual ink and paper."""
    return _at(COLOR_INDEX[:64], index, "")


def _at(values: Sequence[T], index: str | None, otherwise: T) -> T:
    number = int(index) if index is not None and index.isascii() and index.isdigit() and len(index) < 9 else -1
    return values[number] if 0 <= number < len(values) else otherwise


def _tinted(value: str, tint: str | None) -> str:
    """ECMA-376 Part 1, 18.3.1.15: below zero darker, above zero lighter, in luminance."""
    try:
        amount = max(-1.0, min(1.0, float(tint or 0)))
    except ValueError:
        amount = 0.0
    if amount == 0 or amount != amount:
        return value
    red, green, blue = (int(value[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + amount) if amount < 0 else light * (1 - amount) + amount
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))


def _fill(fill: etree._Element, theme: tuple[str, ...]) -> str | None:
    """The colour of a fill; white paper is none. Of a gradient the first colour."""
    pattern = child(fill, "patternFill")
    if pattern is None:
        stop = child(child(fill, "gradientFill"), "stop")
        return None if stop is None else colour(child(stop, "color"), theme)
    kind = pattern.get("patternType", "none")
    if kind in ("none", "gray125"):
        return None
    found = colour(child(pattern, "fgColor"), theme)
    return None if found == USUAL_PAPER else found
