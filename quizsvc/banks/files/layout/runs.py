"""Where choices begin: rows of «A. B. C. …» or of bullets, and which of their styles is the file's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quizsvc.banks.files.layout.items import Item, Kind

UPPER, LOWER, BULLETS = "upper", "lower", "bullets"
CITING = (Kind.ANSWER, Kind.BASIS, Kind.EXPLANATION)


@dataclass(frozen=True)
class Rows:
    """``at``: where rows of choices begin, ascending. ``styles`` and the rest are of each row; ``major``: most rows' style.

    A cited row follows an answer or a basis in law, as the points a), b) of a quoted clause do.
    """

    at: tuple[int, ...]
    styles: tuple[str, ...]
    is_cited: tuple[bool, ...]
    is_answered: tuple[bool, ...]
    answered_share: float
    major: str

    @property
    def is_answered_file(self) -> bool:
        """Whether most rows have an answer line of their own."""
        return self.answered_share > 0.5

    def weight(self, row: int) -> float:
        """How much speaks against taking this row as something else than a question of its own."""
        is_major = self.styles[row] == self.major
        if self.is_cited[row] and not self.is_answered[row] and self.styles[row] != UPPER:
            return 1.0 if is_major else 0.0
        return 8.0 if is_major else 3.0


def rows_of(items: Sequence[Item]) -> Rows:
    """All rows of at least one letter, and of at least two bullets that no letters follow."""
    found = _rows(items)
    answered = [_is_answered(items, at, end) for (at, _, _), end in zip(found, _ends(found, len(items)), strict=True)]
    counts: Counter[str] = Counter()
    for (_, style, cited), has_answer in zip(found, answered, strict=True):
        counts[style] += 1 if has_answer or not cited or style == UPPER else 0
    major = UPPER
    if counts[UPPER] < 0.25 * max(counts[LOWER], counts[BULLETS]):
        major = LOWER if counts[LOWER] >= counts[BULLETS] else BULLETS
    return Rows(
        tuple(at for at, _, _ in found),
        tuple(style for _, style, _ in found),
        tuple(cited for _, _, cited in found),
        tuple(answered),
        sum(answered) / len(answered) if answered else 0.0,
        major,
    )


def _ends(found: Sequence[tuple[int, str, bool]], total: int) -> list[int]:
    return [at for at, _, _ in found[1:]] + ([total] if found else [])


def _is_answered(items: Sequence[Item], at: int, end: int) -> bool:
    return any(item.kind is Kind.ANSWER for item in items[at:end])


def _rows(items: Sequence[Item]) -> list[tuple[int, str, bool]]:
    found: list[tuple[int, str, bool]] = []
    last = ""
    is_cited = False
    for at, item in enumerate(items):
        if item.kind is Kind.OPTION:
            if item.letter == "A" or not last or item.letter <= last:
                found.append((at, LOWER if item.is_lower else UPPER, is_cited))
            last = item.letter
        elif item.kind is Kind.BULLET and _begins_bullets(items, at):
            found.append((at, BULLETS, is_cited or bool(last)))
        elif item.kind in CITING:
            last, is_cited = "", True
        elif item.start is not None and item.start.style != "bare":
            last, is_cited = "", False
    return found


def _begins_bullets(items: Sequence[Item], at: int) -> bool:
    if at and items[at - 1].kind is Kind.BULLET:
        return False
    end = at
    while end < len(items) and items[end].kind is Kind.BULLET:
        end += 1
    is_statement_list = end < len(items) and items[end].kind is Kind.OPTION
    return end - at >= 2 and not is_statement_list
