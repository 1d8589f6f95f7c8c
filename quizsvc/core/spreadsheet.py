"""Text for a spreadsheet: what people wrote stays text, whatever program opens the file.

A cell that begins like a formula is run by Excel and LibreOffice ("CSV injection", OWASP). An apostrophe before it makes it
text; headers are guarded the same way.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence

FULL_WIDTH = "\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
STARTS_A_FORMULA = tuple("=+-@\t\r\n" + FULL_WIDTH)
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"

Cell = str | int | None


def guarded(cell: Cell) -> Cell:
    """The cell as it may be written: numbers as they are, text that would be run with an apostrophe before it."""
    if isinstance(cell, str) and cell.lstrip(" \N{NO-BREAK SPACE}").startswith(STARTS_A_FORMULA):
        return "'" + cell
    return cell


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A CSV file line by line, as Excel in Vietnam opens it with accents: UTF-8 with a mark, commas, CRLF."""
    for number, row in enumerate(itertools.chain([header], rows)):
        buffer = io.StringIO()
        csv.writer(buffer).writerow([guarded(cell) for cell in row])
        yield (BOM if number == 0 else "") + buffer.getvalue()
