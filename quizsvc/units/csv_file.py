"""Reading a province's units from CSV: every fault at once, with its line and column."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from quizsvc.units.kinds import LEVELS
from quizsvc.units.tree_faults import Fault, Row, faults_between

COLUMNS = ("code", "name", "kind", "parent_code", "valid_from", "valid_to", "succeeded_by", "aliases")
MOST_ROWS = 20_000
CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_NAME = 200
LONGEST_ALIASES = 300


class FaultyUnits(Exception):
    """The units cannot be taken as they are. ``faults`` names everything that is wrong."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.line)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def read_units(raw: bytes) -> list[Row]:
    """The rows of a CSV file, in its order, or ``FaultyUnits``. What comes back is a sound tree for every day."""
    reader = _Reader(_decode(raw))
    rows = list(reader.rows())
    if not rows and not reader.faults:
        reader.fault(1, None, "Tệp không có đơn vị nào.")
    faults = [*reader.faults, *(faults_between(rows, unread=reader.unread) if reader.knows_all_codes else [])]
    if faults:
        raise FaultyUnits(faults)
    return rows


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FaultyUnits([Fault(line, None, "Tệp không phải UTF-8.")]) from None


class _Reader:
    """Turns cells into rows and keeps what is wrong with them."""

    def __init__(self, text: str) -> None:
        self.lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        self.faults: list[Fault] = []
        self.cells: dict[str, str] = {}
        self.line = 1
        # A row with a fault may be somebody's parent or successor all the same, and is not to be called missing.
        self.unread: set[str] = set()
        self.knows_all_codes = True

    def fault(self, line: int, column: str | None, detail: str) -> None:
        self.faults.append(Fault(line, column, detail))

    def rows(self) -> Iterator[Row]:
        header = next(self._records(), (1, []))[1]
        if not self._usable(header):
            return
        for count, (line, cells) in enumerate(self._records(), start=1):
            self.line = line
            if count > MOST_ROWS:
                self.fault(self.line, None, f"Tệp có quá nhiều dòng (nhiều nhất {MOST_ROWS}).")
                self.knows_all_codes = False
                return
            if len(cells) != len(header):
                self.knows_all_codes = False
                self.fault(self.line, None, f"Có {len(cells)} ô, cần {len(header)} ô.")
                continue
            self.cells = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
            row = self._row()
            if row is None:
                self.unread.add(self.cells["code"])
            else:
                yield row

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Each record that is not blank, with the line it starts on."""
        while True:
            line = self.lines.line_num + 1
            try:
                cells = next(self.lines)
            except StopIteration:
                return
            except csv.Error as error:
                self.fault(line, None, f"Không đọc được như CSV: {error}.")
                self.knows_all_codes = False
                return
            if any(cell.strip() for cell in cells):
                yield line, [unicodedata.normalize("NFC", cell) for cell in cells]

    def _usable(self, header: list[str]) -> bool:
        for name in COLUMNS:
            if header.count(name) != 1:
                self.fault(1, name, "Thiếu cột này." if name not in header else "Cột này có nhiều lần.")
        for name in header:
            if name not in COLUMNS:
                self.fault(1, name, "Không có cột nào tên như vậy.")
        return not self.faults

    def _row(self) -> Row | None:
        before = len(self.faults)
        valid_from = self._day("valid_from", required=True)
        row = Row(
            line=self.line,
            code=self._code("code", self.cells["code"]),
            name=self._name(),
            kind=self._kind(),
            parent_code=self._code("parent_code", self.cells["parent_code"]) if self.cells["parent_code"] else None,
            valid_from=valid_from or date.min,
            valid_to=self._day("valid_to", required=False),
            succeeded_by=tuple(self._code("succeeded_by", code) for code in self._list("succeeded_by")),
            aliases=self._aliases(),
        )
        if valid_from and row.valid_to and row.valid_to <= valid_from:
            self.fault(self.line, "valid_to", "Ngày kết thúc phải sau ngày bắt đầu.")
        if row.succeeded_by and not self.cells["valid_to"]:
            self.fault(self.line, "succeeded_by", "Đơn vị còn hiệu lực thì chưa có đơn vị kế thừa.")
        return row if len(self.faults) == before else None

    def _code(self, column: str, code: str) -> str:
        if not CODE.fullmatch(code):
            self.fault(self.line, column, "Mã phải gồm 1 đến 20 chữ số, chữ cái không dấu, dấu chấm hoặc gạch nối.")
        return code

    def _name(self) -> str:
        name = " ".join(self.cells["name"].split())
        if not name:
            self.fault(self.line, "name", "Thiếu tên đơn vị.")
        elif len(name) > LONGEST_NAME or not name.isprintable():
            self.fault(self.line, "name", f"Tên dài quá {LONGEST_NAME} ký tự hoặc có ký tự điều khiển.")
        return name

    def _kind(self) -> str:
        kind = self.cells["kind"]
        if kind not in LEVELS:
            self.fault(self.line, "kind", f"Loại đơn vị phải là một trong: {', '.join(LEVELS)}.")
        return kind

    def _day(self, column: str, *, required: bool) -> date | None:
        text = self.cells[column]
        if not text and not required:
            return None
        if DAY.fullmatch(text):
            with suppress(ValueError):
                return date.fromisoformat(text)
        self.fault(self.line, column, "Phải là một ngày có thật, dạng YYYY-MM-DD.")
        return None

    def _list(self, column: str) -> tuple[str, ...]:
        parts = (" ".join(part.split()) for part in self.cells[column].split("|"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def _aliases(self) -> tuple[str, ...]:
        aliases = self._list("aliases")
        text = "|".join(aliases)
        if len(text) > LONGEST_ALIASES or not text.isprintable():
            self.fault(self.line, "aliases", f"Các tên khác dài quá {LONGEST_ALIASES} ký tự hoặc có ký tự điều khiển.")
        return aliases
