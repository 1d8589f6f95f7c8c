"""Tables as text (CSV): which sign parts the cells, and the records with their cells."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t")
LOOKED_AT = 50
"""Records that are looked at to find the delimiter."""
_SAID = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


@dataclass(frozen=True)
class Delimited:
    """Text without Excel's first line «sep=;», which counts as a record."""

    text: str
    delimiter: str
    skipped: int = 0


class Malformed(Exception):
    """Quotation marks that do not match; ``line`` is the line of the text, from 1."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(f"{line}: {reason}")


def delimited(text: str) -> Delimited:
    """The delimiter by what the file says, else the one that gives most records the same number of cells; a comma if none
    occurs.

    >>> delimited("câu;đáp án\\nA, B hay C?;A\\n").delimiter
    ';'
    """
    said = _SAID.match(text)
    if said is not None and said.end() <= len(text) and (text[said.end() - 1] == "\n" or said.end() == len(text)):
        return Delimited(text[said.end() :], said[1], 1)
    best = max(DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))
    return Delimited(text, best)


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    """How many of the first records have the most frequent width above one, as a share; and that width."""
    records = []
    with contextlib.suppress(Malformed):
        for _, _, cells in itertools.islice(_records(text, delimiter), LOOKED_AT):
            records += [cells] if any(cells) else []
    widths = Counter(len(cells) for cells in records if len(cells) > 1)
    if not widths:
        return 0.0, 0
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    return times / len(records), width


def records(found: Delimited) -> Iterator[tuple[int, int, list[str]]]:
    """Record number and last line of the text, both as they stand in the file from 1, and the cells.

    Raises ``Malformed`` where quotation marks do not match, or a cell has more than 131,072 signs.
    """
    for number, line, cells in _records(found.text, found.delimiter):
        yield number + found.skipped, line + found.skipped, cells


def _records(text: str, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, reader.line_num, cells
    except csv.Error as error:
        raise Malformed(reader.line_num, str(error)) from None
