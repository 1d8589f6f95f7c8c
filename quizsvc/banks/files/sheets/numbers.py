"""What a number cell shows: whole numbers without «.0», days, percent and money by their number format.

A workbook keeps a number and a format, not what is on the screen; separators are those of Vietnam («1.500.000», «0,5»).
A format that is not understood shows the plain number and is uncertain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel

LONGEST_EXACT = 15
"""Excel keeps no more digits of a number."""
_CORE = re.compile(r"[#0?,]*[#0?](?:\.[0#?]+)?(?![#0?.,])")
_DATE_TOKENS = re.compile(r"\"([^\"]*)\"|\\(.)|(yyyy|yy|mmmmm?|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|am/pm|a/p|\[h+\])|(.)", re.I)
_CODES = {
    **dict.fromkeys(("d", "dd"), "%d"),
    **dict.fromkeys(("m", "mm"), "%m"),
    **dict.fromkeys(("s", "ss"), "%S"),
    "min": "%M",
    "mmm": "%b",
    "mmmm": "%B",
    "yy": "%y",
    "yyyy": "%Y",
    "ddd": "%a",
    "dddd": "%A",
    "am/pm": "%p",
}


@dataclass(frozen=True)
class Shown:
    """Text of a number cell. ``kind``: ``plain``, ``number`` (decimal or too long, uncertain) or ``date`` (uncertain)."""

    text: str
    kind: str = "plain"


def shown(value: float, number_format: str, epoch: datetime) -> Shown:
    """A number as its cell shows it.

    >>> from openpyxl.utils.datetime import WINDOWS_EPOCH
    >>> shown(1.0, "General", WINDOWS_EPOCH).text, shown(0.25, "0%", WINDOWS_EPOCH).text
    ('1', '25%')
    """
    section = number_format.split(";")[0]
    if is_date_format(number_format):
        return _day(value, section, epoch)
    if abs(value) >= 10**LONGEST_EXACT or section.strip().lower() in ("general", "@", "standard", ""):
        return _plain(value)
    return _formatted(value, section)


def shown_moment(value: date | datetime | time | timedelta) -> Shown:
    """A day or time as Vietnamese write it, where the file does not say how it was shown."""
    if isinstance(value, datetime):
        has_time = value.time() != time()
        return Shown(value.strftime("%d/%m/%Y %H:%M") if has_time else value.strftime("%d/%m/%Y"), "date")
    if isinstance(value, date):
        return Shown(value.strftime("%d/%m/%Y"), "date")
    return Shown(str(value), "date")


def _plain(value: float) -> Shown:
    if value == int(value) and abs(value) < 10**LONGEST_EXACT:
        return Shown(str(int(value)))
    return Shown(f"{value:.{LONGEST_EXACT}g}".replace(".", ","), "number")


def _formatted(value: float, section: str) -> Shown:
    """``#,##0``, ``0.00``, ``0%``, ``000``, with words and signs of money around."""
    bare = re.sub(r"\[\$([^\]-]*)(?:-[^\]]*)?\]", lambda found: _quoted(found[1]), section)
    bare = re.sub(r"\[[^\]]*\]|_.|\*.", "", bare)
    literal = re.compile(r"\"([^\"]*)\"|\\(.)")
    code = literal.sub(lambda found: "\x00" * len(found[0]), bare)
    cores = list(_CORE.finditer(code))
    if len(cores) != 1 or not re.fullmatch(r"[\x00\s%$€£₫()+\-]*", code[: cores[0].start()] + code[cores[0].end() :]):
        return Shown(_plain(value).text, "number")
    core = cores[0]
    around = [
        literal.sub(lambda found: found[1] or found[2] or "", part) for part in (bare[: core.start()], bare[core.end() :])
    ]
    percent = "%" in code
    number = _decimal(value * 100 if percent else value, core[0])
    text = f"{around[0]}{number}{around[1]}".strip()
    return Shown(text, "number" if "," in number else "plain")


def _quoted(text: str) -> str:
    return f'"{text}"'


def _decimal(value: float, core: str) -> str:
    whole, _, after = core.partition(".")
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    digits, _, decimals = f"{abs(rounded):f}".partition(".")
    digits = digits.zfill(whole.count("0"))
    if "," in whole:
        digits = f"{int(digits):,}".replace(",", ".")
    least = after.count("0")
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    sign = "-" if rounded < 0 else ""
    return sign + digits + (f",{decimals}" if decimals else "")


def _day(value: float, section: str, epoch: datetime) -> Shown:
    try:
        moment = from_excel(value, epoch)
    except (OverflowError, ValueError):
        return Shown(_plain(value).text, "number")
    if not isinstance(moment, datetime):
        return shown_moment(moment) if isinstance(moment, (time, timedelta)) else Shown(_plain(value).text, "number")
    bare = re.sub(r"\[\$[^\]]*\]", "", section)
    # The format of the computer's own region is kept as the American one; here it is the Vietnamese.
    if bare in ("mm-dd-yy", "m/d/yy", "m/d/yyyy"):
        bare = "dd/mm/yyyy"
    return Shown(_written(moment, bare), "date")


def _written(moment: datetime, code: str) -> str:
    """By the tokens of the format; ``m`` beside hours or seconds is minutes."""
    tokens = [found.groups() for found in _DATE_TOKENS.finditer(code)]
    has_noon = any(token and token.lower() in ("am/pm", "a/p") for _, _, token, _ in tokens)
    made, last = [], ""
    for index, (quoted, escaped, token, other) in enumerate(tokens):
        if token is None:
            made.append(quoted or escaped or (other if other not in (None, "@") else "") or "")
            continue
        following = next((later for _, _, later, _ in tokens[index + 1 :] if later), "").lower()
        is_minute = token.lower() in ("m", "mm") and (last.strip("[]").startswith("h") or following.startswith("s"))
        last = token.lower()
        made.append(_token(moment, "min" if is_minute else last, has_noon))
    return "".join(made).strip()


def _token(moment: datetime, name: str, has_noon: bool) -> str:
    if name in ("mmmmm", "a/p"):
        return moment.strftime("%b" if name == "mmmmm" else "%p")[0]
    written = moment.strftime(_CODES.get(name, "%I" if has_noon else "%H"))
    return written.lstrip("0") or "0" if name in ("d", "m", "h", "s") else written
