"""What a verification compared, and each difference in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

KEPT = 2000


@dataclass
class Findings:
    """``differences`` keeps the first ``KEPT`` sentences; ``total`` counts all of them."""

    attempts: int = 0
    figures: int = 0
    total: int = 0
    differences: list[str] = field(default_factory=list)

    def compare(self, what: str, stored: object, computed: object) -> None:
        """One figure."""
        self.figures += 1
        if stored != computed:
            self.differ(f"{what}: đang lưu {_said(stored)}, tính lại được {_said(computed)}")

    def differ(self, sentence: str) -> None:
        self.total += 1
        if len(self.differences) < KEPT:
            self.differences.append(sentence)

    def add(self, other: Findings) -> None:
        """Take over what another part of the work found."""
        self.attempts += other.attempts
        self.figures += other.figures
        self.total += other.total
        self.differences += other.differences[: max(0, KEPT - len(self.differences))]


def _said(value: object) -> str:
    if value is None:
        return "trống"
    return value.hex() if isinstance(value, bytes) else str(value)
