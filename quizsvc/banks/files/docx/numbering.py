"""The automatic numbering of a document: its definitions, and the label that each numbered paragraph shows.

ECMA-376 part 1, 17.9. Lists that share an abstract definition count on together, until one of them overrides the start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from quizsvc.banks.files.docx import symbols
from quizsvc.banks.files.docx.names import MC, Element, W, chosen, number, value
from quizsvc.banks.files.docx.names import child_value as child
from quizsvc.banks.files.docx.numbers import KNOWN, write_number
from quizsvc.banks.files.docx.properties import Properties, read_properties
from quizsvc.banks.files.docx.styles import Styles, switched_on
from quizsvc.banks.files.docx.theme import Theme

LEVELS = 9
BULLET = "•"
LONGEST_LABEL = 255
MOST_LINKS = 10
"""Longer texts and chains than Word itself would write are cut, since every paragraph would repeat them."""
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """A level of a list. ``restart``: the level from 1 whose use begins this one anew, 0: none, ``None``: any above."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    paragraph_style: str | None = None
    is_legal: bool = False
    is_hidden: bool = False
    zeros: int = 0
    font: str | None = None
    run: Properties = field(default_factory=dict)


@dataclass
class _List:
    """A ``w:num``: the levels it shows and the starts it overrides."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Label:
    """What stands before a paragraph: ``text`` without outer spaces, its depth, and how its level is drawn."""

    text: str
    level: int
    run: Properties = field(default_factory=dict)
    unknown_style: str | None = None


class Numbering:
    """Counts in reading order: ``label`` must be asked once for each numbered paragraph."""

    def __init__(self, root: Element | None, styles: Styles, theme: Theme) -> None:
        self._theme, self._styles = theme, styles
        self._lists: dict[int, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[int] = set()
        if root is not None:
            self._read(root)

    def level_of_style(self, num_id: int, chain: tuple[str, ...]) -> int | None:
        """The level that a list keeps for a paragraph style or one that it is based on."""
        found = self._lists.get(num_id)
        for style in chain:
            for depth, level in found.levels.items() if found is not None else ():
                if level.paragraph_style == style:
                    return depth
        return None

    def label(self, num_id: int, depth: int) -> Label | None:
        """The label of the next paragraph of a list; ``None`` if the document defines no such list or level."""
        found = self._lists.get(num_id)
        if found is None or depth not in found.levels:
            return None
        counters = self._counters.setdefault(found.abstract, [None] * LEVELS)
        if num_id not in self._begun:
            self._begun.add(num_id)
            for overridden in found.starts:
                counters[overridden] = None
        before = counters[depth]
        counters[depth] = _start(found, depth) if before is None else before + 1
        for below in range(depth + 1, LEVELS):
            if _restarts(found.levels.get(below), below, depth):
                counters[below] = None
        level = found.levels[depth]
        unknown = None if level.style in KNOWN else level.style
        return Label(_write(found, counters, level), depth, level.run, unknown)

    def _read(self, root: Element) -> None:
        abstracts = {value(each, "abstractNumId") or "": each for each in root.iterchildren(W + "abstractNum")}
        numbers = {number(value(each, "numId")): each for each in root.iterchildren(W + "num")}
        known: dict[str, dict[int, Level]] = {}
        for num_id, element in numbers.items():
            abstract_id = child(element, "abstractNumId") or ""
            if abstract_id not in known:
                known[abstract_id] = self._definition(abstracts, numbers, abstract_id)
            if num_id is None or not known[abstract_id]:
                continue
            made = _List(abstract_id, dict(known[abstract_id]))
            for override in element.iterchildren(W + "lvlOverride"):
                self._override(made, override)
            self._lists[num_id] = made

    def _override(self, made: _List, override: Element) -> None:
        depth = number(value(override, "ilvl"))
        if depth is None or not 0 <= depth < LEVELS:
            return
        own = override.find(W + "lvl")
        if own is not None:
            made.levels[depth] = self._level(own)
        start = number(child(override, "startOverride"))
        if start is not None:
            made.starts[depth] = start

    def _definition(
        self, abstracts: dict[str, Element], numbers: dict[int | None, Element], abstract_id: str
    ) -> dict[int, Level]:
        """The levels of an abstract definition, also through those that only point to a numbering style."""
        for _ in range(MOST_LINKS):
            link = None if abstract_id not in abstracts else child(abstracts[abstract_id], "numStyleLink")
            linked = None if link is None else numbers.get(self._styles.find("numbering", link).num_id)
            if linked is None:
                break
            abstract_id = child(linked, "abstractNumId") or ""
        if abstract_id not in abstracts:
            return {}
        levels = {number(value(each, "ilvl")): each for each in abstracts[abstract_id].iterchildren(W + "lvl")}
        return {depth: self._level(each) for depth, each in levels.items() if depth is not None and 0 <= depth < LEVELS}

    def _level(self, element: Element) -> Level:
        run = read_properties(element.find(W + "rPr"), self._theme)
        font = run.get("ascii") or run.get("hansi")
        level = Level(
            start=_or(number(child(element, "start")), 0),
            text=(value(element.find(W + "lvlText")) or "")[:LONGEST_LABEL],
            restart=number(child(element, "lvlRestart")),
            paragraph_style=child(element, "pStyle"),
            is_legal=switched_on(element, "isLgl"),
            is_hidden=bool(run.get("vanish")),
            font=font if isinstance(font, str) else None,
            run={key: said for key, said in run.items() if key not in ("hansi", "ascii", "vanish")},
        )
        return _with_format(level, element)


def _with_format(level: Level, element: Element) -> Level:
    written = element.find(W + "numFmt")
    alternate = element.find(MC + "AlternateContent")
    if alternate is not None and (branch := chosen(alternate)) is not None:
        inner = branch.find(W + "numFmt")
        written = written if inner is None else inner
    style = value(written) or "decimal"
    pattern = (value(written, "format") or "").split(",")[0].strip()
    return replace(level, style=style, zeros=min(len(pattern), LEVELS) if style == "custom" and pattern.isdigit() else 0)


def _or(found: int | None, otherwise: int) -> int:
    return otherwise if found is None else found


def _start(found: _List, depth: int) -> int:
    level = found.levels.get(depth, Level())
    return found.starts.get(depth, level.start)


def _restarts(level: Level | None, depth: int, used: int) -> bool:
    """Whether using the level ``used`` begins the deeper level ``depth`` anew."""
    if level is None or level.restart is None or level.restart > depth:
        return True
    return used <= level.restart - 1


def _write(found: _List, counters: list[int | None], level: Level) -> str:
    if level.is_hidden:
        return ""
    if level.style == "bullet":
        return symbols.plain_signs(level.text, level.font).replace(symbols.UNKNOWN, BULLET).strip() or BULLET

    def one(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        shown = found.levels.get(depth, Level())
        style = "decimal" if level.is_legal and shown.style not in ("none", "bullet") else shown.style
        count = counters[depth]
        digits = write_number(_start(found, depth) if count is None else count, "none" if style == "bullet" else style)
        return digits.zfill(shown.zeros) if shown.zeros and digits.isdigit() else digits

    return _PLACEHOLDER.sub(one, level.text).strip()
