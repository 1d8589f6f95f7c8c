"""HTML as plain text: what a reader of the page would read, nothing of it left out in silence.

Only tags that are known and well formed are tags; any other «<» is a sign of the text, so that «nếu x <y thì» stays whole.
"""

from __future__ import annotations

import html
import itertools
import re
from dataclasses import dataclass, field

LONGEST_HTML = 50_000
"""Signs of one question or choice with its markup; pictures written into it do not count."""
DATA_IMAGE = re.compile(r"data:image/[\w.+-]{1,40};base64,[A-Za-z0-9+/=\s]+")
SET_ASIDE = "data:,quizsvc-"

BLOCKS = frozenset(
    (
        *("p", "div", "br", "tr", "table", "thead", "tbody", "tfoot", "caption", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("blockquote", "pre", "ul", "ol", "li", "hr", "section", "article", "header", "footer", "dl", "dt", "dd"),
        *("figure", "figcaption", "address", "center"),
    )
)
INLINE = frozenset(
    (
        *("span", "b", "strong", "i", "em", "u", "font", "a", "small", "big", "code", "tt", "kbd", "samp", "var"),
        *("cite", "q", "abbr", "acronym", "mark", "ins", "label", "bdi", "bdo", "dfn", "time", "wbr", "sub", "sup"),
        *("s", "strike", "del", "td", "th", "img", "script", "style", "html", "body", "head", "title", "meta", "link"),
        *("nobr", "colgroup", "col", "audio", "video", "source", "object", "iframe", "embed"),
    )
)
STRUCK = frozenset({"s", "strike", "del"})
MEDIA = frozenset({"audio", "video", "object", "iframe", "embed"})
VALUE = r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>=]+)"
TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?:\s+[a-z_:][\w:.-]*\s*=\s*{VALUE}"
    r"|\s+(?:nowrap|hidden|controls|reversed|disabled))*)\s*/?>",
    re.IGNORECASE,
)
ATTRIBUTE = re.compile(rf"([a-z_:][\w:.-]*)\s*=\s*({VALUE})", re.IGNORECASE)
UNSEEN = tuple(
    (re.compile(start, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for start, end in (("<!--", "-->"), (r"<script\b", r"</script\s*>"), (r"<style\b", r"</style\s*>"))
)
LOOKS_LIKE_TAG = re.compile(r"</?[a-z][\w:-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)

NO_SIGN = re.compile(r"&(?=#\d{8})")

SUPER = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
SUB = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))


@dataclass
class HtmlText:
    """``images``: (source, alternative text) in order. ``notes``: codes of what text cannot show, each once.

    ``struck`` (text was struck through), ``table``, ``unknown-tag`` (it stays in the text as written), ``media``,
    ``too-long`` (nothing was read).
    """

    text: str = ""
    images: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, code: str) -> None:
        if code not in self.notes:
            self.notes.append(code)


def text_of_html(written: str, *, keep_newlines: bool = False) -> HtmlText:
    """The text of HTML. ``keep_newlines``: line ends of the source count, as in text that is only partly HTML.

    >>> text_of_html("<p>10 m<sup>2</sup> &lt; 5<br>x <y</p>").text
    '10 m² < 5\\nx <y'
    """
    result = HtmlText()
    data = [found[0] for found in DATA_IMAGE.finditer(written)]
    numbers = itertools.count()
    written = DATA_IMAGE.sub(lambda _: f"{SET_ASIDE}{next(numbers)}", written)
    if len(written) > LONGEST_HTML:
        result.note("too-long")
        return result
    for start, end in UNSEEN:
        written = _without(written, start, end)
    walk = _Walk(result, keep_newlines)
    at = 0
    for tag in TAG.finditer(written):
        if not _is_known(tag["name"]):
            continue
        walk.text(written[at : tag.start()])
        walk.tag(tag)
        at = tag.end()
    walk.text(written[at:])
    result.text = walk.finished()
    if data:
        result.text = _put_back(result.text, data)
        result.images = [(_put_back(source, data), alt) for source, alt in result.images]
    return result


def _put_back(text: str, data: list[str]) -> str:
    return re.sub(rf"{SET_ASIDE}(\d{{1,5}})", lambda found: (data[int(found[1]) :] or [found[0]])[0], text)


def _without(written: str, start: re.Pattern[str], end: re.Pattern[str]) -> str:
    """The text without what stands between the marks; what is never ended stays."""
    parts, at = [], 0
    while (opened := start.search(written, at)) and (closed := end.search(written, opened.end())):
        parts.append(written[at : opened.start()])
        at = closed.end()
    return "".join([*parts, written[at:]])


def unescaped(written: str) -> str:
    """Entities as the signs that they stand for; numbers that no sign has stay as written.

    >>> unescaped("&lt; &#272; &#99999999;")
    '< Đ &#99999999;'
    """
    return html.unescape(NO_SIGN.sub("&amp;", written))


def _is_known(name: str) -> bool:
    return name.lower() in BLOCKS or name.lower() in INLINE


class _Walk:
    """Goes through text and tags in order; ``levels`` are open lists: the next number, or ``None`` for dots."""

    def __init__(self, result: HtmlText, keep_newlines: bool) -> None:
        self._result, self._keep_newlines = result, keep_newlines
        self._parts: list[str] = []
        self._levels: list[int | None] = []
        self._raised: list[tuple[str, int]] = []
        self._verbatim = 0
        self._is_in_row = False

    def text(self, written: str) -> None:
        if LOOKS_LIKE_TAG.search(written):
            self._result.note("unknown-tag")
        if not (self._keep_newlines or self._verbatim):
            written = re.sub(r"[ \t\r\n\f]+", " ", written)
        self._parts.append(unescaped(written))

    def tag(self, tag: re.Match[str]) -> None:
        name, ends = tag["name"].lower(), bool(tag["end"])
        if name in ("sub", "sup"):
            self._raise(name, ends)
        elif name == "img" and not ends:
            self._image(tag["attributes"])
        elif name in STRUCK:
            self._result.note("struck")
        elif name in MEDIA or "@@PLUGINFILE@@" in tag["attributes"]:
            self._result.note("media")
        elif name in ("td", "th"):
            self._cell(ends)
        elif name in BLOCKS:
            self._block(name, ends, tag["attributes"])

    def finished(self) -> str:
        while self._raised:
            self._raise(self._raised[-1][0], ends=True)
        lines = (re.sub(r"[ \t]+", " ", line).strip(" \t\r\f") for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)

    def _image(self, attributes: str) -> None:
        found = {name.lower(): unescaped(value.strip("\"'")) for name, value in ATTRIBUTE.findall(attributes)}
        self._result.images.append((found.get("src", ""), found.get("alt", "")))

    def _cell(self, ends: bool) -> None:
        self._result.note("table")
        if not ends:
            self._parts.append(" | " if self._is_in_row else "")
            self._is_in_row = True

    def _block(self, name: str, ends: bool, attributes: str) -> None:
        self._parts.append("\n")
        self._is_in_row = self._is_in_row and name != "tr"
        if name == "pre":
            self._verbatim = max(0, self._verbatim + (-1 if ends else 1))
        elif name in ("ul", "ol"):
            self._list(name, ends, attributes)
        elif name == "li" and not ends:
            number = self._levels[-1] if self._levels else None
            self._parts.append("- " if number is None else f"{number}. ")
            if number is not None:
                self._levels[-1] = number + 1

    def _list(self, name: str, ends: bool, attributes: str) -> None:
        if ends:
            del self._levels[-1:]
            return
        start = re.search(r"\bstart\s*=\s*[\"']?(\d{1,6})\b", attributes)
        self._levels.append(None if name == "ul" else int(start[1]) if start else 1)

    def _raise(self, name: str, ends: bool) -> None:
        if not ends:
            self._raised.append((name, len(self._parts)))
            return
        if not self._raised:
            return
        opened, at = self._raised.pop()
        inner = "".join(self._parts[at:]).strip()
        small = SUPER if opened == "sup" else SUB
        if all(sign in small for sign in inner):
            shown = "".join(small[sign] for sign in inner)
        else:
            shown = f"{'^' if opened == 'sup' else '_'}({inner})"
        self._parts[at:] = [shown]
