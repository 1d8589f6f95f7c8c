"""The theme of a document: the fonts and colours that its styles name only by their role."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass, field

from quizsvc.banks.files.docx.names import A, Element

HEX = re.compile(r"[0-9A-Fa-f]{6}")
_ROLES = {
    "text1": "dk1", "dark1": "dk1", "text2": "dk2", "dark2": "dk2",
    "background1": "lt1", "light1": "lt1", "background2": "lt2", "light2": "lt2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """``colours``: by the name in the colour scheme («accent1»); ``fonts``: «major» and «minor»."""

    colours: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)

    def font(self, role: str | None) -> str | None:
        """The font of a role such as «minorHAnsi»; ``None`` for the roles of other scripts."""
        if role is None or not role.lower().endswith(("hansi", "ascii")):
            return None
        return self.fonts.get(role[:5].lower())

    def colour(self, role: str | None, tint: str | None, shade: str | None) -> str | None:
        """The colour of a role, made lighter or darker (ECMA-376 17.3.2.6: ``tint``, ``shade`` of 255ths)."""
        base = None if role is None else self.colours.get(_ROLES.get(role, role))
        if base is None:
            return None
        red, green, blue = (int(base[at : at + 2], 16) / 255 for at in (0, 2, 4))
        hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
        if tint is not None:
            part = _part(tint)
            light = light * part + 1 - part
        if shade is not None:
            light *= _part(shade)
        return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))


def read_theme(root: Element | None) -> Theme:
    """The theme part, or an empty theme without one."""
    theme = Theme()
    if root is None:
        return theme
    scheme = root.find(f"{A}themeElements/{A}clrScheme")
    for entry in () if scheme is None else scheme:
        for colour in entry:
            written = colour.get("lastClr") or colour.get("val") or ""
            if isinstance(entry.tag, str) and HEX.fullmatch(written):
                theme.colours[entry.tag.rpartition("}")[2]] = written.upper()
    for role in ("major", "minor"):
        latin = root.find(f"{A}themeElements/{A}fontScheme/{A}{role}Font/{A}latin")
        if latin is not None and latin.get("typeface"):
            theme.fonts[role] = latin.get("typeface", "")
    return theme


def _part(written: str) -> float:
    return int(written, 16) / 255 if re.fullmatch(r"[0-9A-Fa-f]{1,2}", written) else 1.0
