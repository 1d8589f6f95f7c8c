"""Several things on one line: choices side by side, an answer behind the last choice, two questions run together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quizsvc.banks.files.layout import words
from quizsvc.banks.files.layout.items import Item, Kind
from quizsvc.banks.files.layout.lexing import lex

MARKER = re.compile(
    r"(?:(?<=\s)|(?<=[.;,?!:)]))(?P<tick>\*\s?)?(?P<open>[(\[]?)(?P<letter>[A-Ha-h])(?P<after>\*?)(?P<sign>[.)/:\]])(?=(?P<gap>\s*))"
)
WIDE = re.compile(r"\t|\s{3,}")


def split_starts(item: Item) -> list[Item]:
    """The line cut before «Đáp án: B» and before «Câu 5.» in its middle; what is cut off is lexed anew."""
    if item.kind in (Kind.TABLE, Kind.KEY, Kind.ANSWER):
        return [item]
    cuts = [found.start() for found in words.MIDLINE_START.finditer(item.line.text) if found.start() > item.body_at]
    cuts += [found.end() for found in words.INLINE_ANSWER.finditer(item.line.text) if found.end() > item.body_at]
    if not cuts:
        return [item]
    pieces = []
    bounds = [0, *sorted(cuts), len(item.line.text)]
    for start, end in pairwise(bounds):
        line = item.line.slice(start, end)
        if start:
            line = replace(line, label="", pictures=())
        piece = lex(line)
        if piece.kind is Kind.START and start:
            piece = replace(piece, is_glued=True)
        if end != len(item.line.text) and line.text.rstrip().endswith(("(", "[")):
            piece = replace(piece, line=line.slice(0, len(line.text.rstrip()) - 1))
        pieces.append(replace(piece, is_after_blank=item.is_after_blank) if not start else piece)
    return pieces


def split_options(items: Sequence[Item]) -> list[Item]:
    """Lines cut before each choice that begins inside them and does not begin a line of its own below."""
    split: list[list[Item]] = []
    own: set[str] = set()
    for item in reversed(items):
        has_row_below = bool(split) and split[-1][0].letter == "A"
        pieces = [item] if has_row_below and not item.letter else _cut(item, own)
        split.append(pieces)
        letters = {piece.letter for piece in pieces if piece.kind is Kind.OPTION}
        is_border = item.kind in (Kind.ANSWER, Kind.KEY_HEAD) or "A" in letters or _is_word_start(item)
        own = set() if is_border else own | letters
    return [piece for pieces in reversed(split) for piece in pieces]


def _is_word_start(item: Item) -> bool:
    return item.start is not None and item.start.style == "word"


def _cut(item: Item, own: set[str]) -> list[Item]:
    if item.kind not in (Kind.OPTION, Kind.START, Kind.TEXT, Kind.BULLET, Kind.BASIS):
        return [item]
    chain = _chain(item, own)
    if not chain:
        return [item]
    pieces = [replace(item, line=item.line.slice(0, chain[0].start()))]
    for at, marker in enumerate(chain):
        end = chain[at + 1].start() if at + 1 < len(chain) else None
        line = replace(item.line.slice(marker.start(), end), label="", pictures=())
        piece = lex(line)
        is_spread = WIDE.search(item.line.text, max(0, marker.start() - 4), marker.start()) is not None
        pieces.append(replace(piece, is_spread=is_spread))
    return pieces


def _chain(item: Item, own: set[str]) -> list[re.Match[str]]:
    """The markers that carry the row of letters on: each the next letter, or a later one after a tab."""
    text = item.line.text
    last, sign = item.letter, ""
    is_lower: bool | None = item.is_lower if item.letter else None
    chain: list[re.Match[str]] = []
    for found in MARKER.finditer(text, item.body_at):
        letter = found["letter"].upper()
        is_wide = WIDE.search(text, max(0, found.start() - 4), found.start()) is not None
        if (
            letter in own
            or (is_lower is not None and found["letter"].islower() != is_lower)
            or (sign and found["sign"] != sign)
        ):
            continue
        if not is_wide and not text[found.start() - 1].isspace() and (found["letter"].islower() or not found["gap"]):
            continue
        if letter == "A" and not item.letter and len(chain) == 1:
            chain, last = [], ""
        follows = letter == (chr(ord(last) + 1) if last else "A")
        if follows or (is_wide and last and letter > last):
            chain.append(found)
            last, sign, is_lower = letter, found["sign"], found["letter"].islower()
    if not item.letter and len(chain) < 2:
        return []
    return chain
