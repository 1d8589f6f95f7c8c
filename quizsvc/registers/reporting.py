"""What an import did or would do, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """``WARNING``: taken, or passed over, with a word about it."""

    ACCEPTED = "accepted"
    WARNING = "warning"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Fault:
    """A stable code, and a sentence that names the cell, its value and what to do."""

    code: str
    detail: str


@dataclass(frozen=True)
class RowReport:
    """``where`` is ``Sheet1!7``: the row. The cells stand in ``detail``."""

    where: str
    status: Status
    codes: tuple[str, ...]
    detail: str


@dataclass
class ImportReport:
    """All rows of a file, in its order. Nothing was taken unless every row was."""

    file_sha256: str
    rows: list[RowReport] = field(default_factory=list)
    taken: int = 0

    @property
    def rejected(self) -> int:
        return sum(row.status is Status.REJECTED for row in self.rows)

    @property
    def accepted(self) -> int:
        """Rows of people or units that are in order."""
        return self.taken

    def reject(self, where: str, faults: Sequence[Fault]) -> None:
        self._add(where, Status.REJECTED, faults)

    def warn(self, where: str, faults: Sequence[Fault]) -> None:
        """A row that is passed over."""
        self._add(where, Status.WARNING, faults)

    def take(self, where: str, detail: str, repairs: Sequence[Fault]) -> None:
        """A row that is in order, perhaps after repairs."""
        self.taken += 1
        if repairs:
            self._add(where, Status.WARNING, [*repairs, Fault("", detail)])
        else:
            self.rows.append(RowReport(where, Status.ACCEPTED, (), detail))

    def _add(self, where: str, status: Status, faults: Sequence[Fault]) -> None:
        codes = tuple(dict.fromkeys(fault.code for fault in faults if fault.code))
        self.rows.append(RowReport(where, status, codes, "; ".join(fault.detail for fault in faults)))
