"""What can be wrong between the rows of units: eras that overlap, parents and successors that are not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

DEEPEST = 10


@dataclass(frozen=True)
class Row:
    """One unit in one era, as a file gives it. ``line`` is where it stands in the file."""

    line: int
    code: str
    name: str
    kind: str
    parent_code: str | None
    valid_from: date
    valid_to: date | None = None
    succeeded_by: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, said to the person who made the file."""

    line: int
    column: str | None
    detail: str

    def __str__(self) -> str:
        return f"dòng {self.line}{', cột ' + self.column if self.column else ''}: {self.detail}"


class Eras:
    """The rows by code and day."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row.valid_from):
            self._rows[row.code].append(row)

    def on(self, code: str, day: date) -> Row | None:
        """The row with this code that is valid on ``day``."""
        fitting = (row for row in self._rows.get(code, ()) if row.valid_from <= day)
        return next((row for row in fitting if row.valid_to is None or day < row.valid_to), None)

    def parent(self, row: Row) -> Row | None:
        """The row above, as it was when ``row`` began."""
        return self.on(row.parent_code, row.valid_from) if row.parent_code is not None else None

    def __contains__(self, code: str) -> bool:
        return code in self._rows

    def neighbours(self) -> Iterator[tuple[Row, Row]]:
        """Each two rows of one code that follow each other."""
        for rows in self._rows.values():
            yield from pairwise(rows)


def faults_between(rows: Sequence[Row], *, unread: Collection[str] = ()) -> list[Fault]:
    """Every fault of the rows as a tree through time. ``unread``: codes of further rows, of which nothing is known."""
    eras = Eras(rows)
    faults = list(_overlaps(eras))
    for row in rows:
        if row.parent_code not in unread:
            faults.extend(_parent_faults(eras, row))
        for code in row.succeeded_by:
            if code not in unread:
                faults.extend(_successor_faults(eras, row, code))
    return faults


def _overlaps(eras: Eras) -> Iterator[Fault]:
    for earlier, later in eras.neighbours():
        if earlier.valid_from == later.valid_from:
            detail = f"Mã {later.code} từ ngày {later.valid_from} đã có ở dòng {earlier.line}."
            yield Fault(later.line, "code", detail)
        elif earlier.valid_to is None or earlier.valid_to > later.valid_from:
            detail = f"Mã {later.code} ở dòng {earlier.line} còn hiệu lực vào ngày này."
            yield Fault(later.line, "valid_from", detail)


def _parent_faults(eras: Eras, row: Row) -> Iterator[Fault]:
    code = row.parent_code
    if code is None:
        return
    parent = eras.parent(row)
    if parent is None:
        missing = f"chưa có hoặc đã hết hiệu lực vào ngày {row.valid_from}" if code in eras else "không có trong tệp"
        yield Fault(row.line, "parent_code", f"Đơn vị cấp trên {code} {missing}.")
    elif parent.valid_to is not None and (row.valid_to is None or row.valid_to > parent.valid_to):
        detail = f"Đơn vị cấp trên {code} hết hiệu lực ngày {parent.valid_to}, trước đơn vị này."
        yield Fault(row.line, "parent_code", detail)
    else:
        yield from _loop(eras, row)


def _loop(eras: Eras, row: Row) -> Iterator[Fault]:
    above = eras.parent(row)
    for _step in range(DEEPEST):
        if above is None:
            return
        if above is row:
            yield Fault(row.line, "parent_code", "Các đơn vị cấp trên tạo thành vòng lặp.")
            return
        above = eras.parent(above)
    yield Fault(row.line, "parent_code", f"Có quá {DEEPEST} cấp, hoặc cấp trên nằm trong một vòng lặp.")


def _successor_faults(eras: Eras, row: Row, code: str) -> Iterator[Fault]:
    if row.valid_to is not None and eras.on(code, row.valid_to) is None:
        missing = f"không có hiệu lực vào ngày {row.valid_to}" if code in eras else "không có trong tệp"
        yield Fault(row.line, "succeeded_by", f"Đơn vị kế thừa {code} {missing}.")
