"""Which colour of letters or ground somebody chose, and which is only how text usually looks."""

from __future__ import annotations

from quizsvc.banks.files.docx.names import Element, number, value
from quizsvc.banks.files.docx.theme import HEX, Theme

_HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000",
    "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0", "black": "000000",
}  # fmt: skip
"""ECMA-376 17.18.40; white and none are no highlight."""
DARKEST_SEEN = 0x48
"""Below this in every channel a colour looks black, as does what is pasted from web pages and Zalo (081B3A)."""
DARK_GREY, GREY_SPREAD = 0x66, 0x18
LIGHT_GREY, LIGHT_SPREAD = 0xEC, 0x10


def text_colour(element: Element | None, theme: Theme) -> str | None:
    """The colour of ``w:color``; ``None`` for automatic, black and the dark greys of web pages."""
    if element is None:
        return None
    named = theme.colour(value(element, "themeColor"), value(element, "themeTint"), value(element, "themeShade"))
    colour = named or _hex(value(element))
    if colour is None:
        return None
    channels = _channels(colour)
    is_grey = max(channels) <= DARK_GREY and max(channels) - min(channels) <= GREY_SPREAD
    return None if is_grey or max(channels) < DARKEST_SEEN else colour


def highlight(element: Element | None) -> str | None:
    """The colour of ``w:highlight``."""
    return _HIGHLIGHTS.get(value(element) or "")


def shading(element: Element | None, theme: Theme) -> str | None:
    """The ground that ``w:shd`` gives; ``None`` for none, white and the pale greys of web pages."""
    if element is None:
        return None
    fill = theme.colour(value(element, "themeFill"), value(element, "themeFillTint"), value(element, "themeFillShade"))
    ground = fill or _hex(value(element, "fill")) or "FFFFFF"
    pattern = value(element) or "clear"
    percent = number(pattern.removeprefix("pct")) if pattern.startswith("pct") else None
    part = 1.0 if pattern == "solid" else min(max(percent or 0, 0), 100) / 100
    above = _hex(value(element, "color")) or "000000"
    mixed = [
        round(over * part + under * (1 - part)) for over, under in zip(_channels(above), _channels(ground), strict=True)
    ]
    if min(mixed) >= LIGHT_GREY and max(mixed) - min(mixed) <= LIGHT_SPREAD:
        return None
    return "".join(f"{channel:02X}" for channel in mixed)


def _hex(written: str | None) -> str | None:
    return written.upper() if written is not None and HEX.fullmatch(written) else None


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)
