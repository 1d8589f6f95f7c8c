"""Spaces inside words, as conversions from PDF leave them («nhà nướ c», «củ a»): told, never closed by guessing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizsvc.banks.files.repair.syllables import is_syllable

_PAIR = re.compile(r"(?<![\w.])(?=([^\W\d_]+) ([^\W\d_]+)(?!\w))")
# Before a single letter these name a thing («điểm a», «ý b», «chữ a»), so that nothing is broken there.
_NAMING = frozenset(
    re.findall(r"\w+", "điểm khoản mục ý câu chữ phương án lớp nhóm loại hạng tổ đội khu phần bảng cột và hoặc hay cả")
)


@dataclass(frozen=True)
class StraySpace:
    """``start`` is where the two pieces begin in the text; ``joined`` is the word that they make."""

    start: int
    pieces: str
    joined: str


def stray_spaces(text: str) -> list[StraySpace]:
    """Neighbouring pieces of which one cannot stand alone while both together make a Vietnamese syllable.

    >>> [each.joined for each in stray_spaces("cơ quan nhà nướ c củ a công dân")]
    ['nước', 'của']
    """
    found = []
    for match in _PAIR.finditer(text):
        first, second = match[1], match[2]
        joined = first + second
        if second[0].isupper() or joined.isascii() or not is_syllable(joined):
            continue
        is_lonely_letter = len(second) == 1 and second.isascii() and first.casefold() not in _NAMING
        if is_lonely_letter or not (is_syllable(first) and is_syllable(second)):
            found.append(StraySpace(match.start(1), f"{first} {second}", joined))
    return found
