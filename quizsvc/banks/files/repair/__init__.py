"""Text repair before anybody reads the text: legacy fonts, Unicode forms, look-alikes, invisible signs; each change told."""

from __future__ import annotations

from quizsvc.banks.files.documents import Repair, RepairKind, Where
from quizsvc.banks.files.repair import legacy, signs
from quizsvc.banks.files.repair.spaces import StraySpace, stray_spaces
from quizsvc.banks.files.repair.suspicion import looks_broken, suspected_encoding

__all__ = [
    "StraySpace",
    "looks_broken",
    "repair_run",
    "repair_text",
    "stray_spaces",
    "suspected_encoding",
]


def repair_text(text: str, font: str | None = None) -> tuple[str, tuple[RepairKind, ...]]:
    """The text as Unicode NFC, and what had to be done to it. ``font``: the font of the run, which tells TCVN3 and VNI.

    >>> repair_text("C©u 1: §¸p ¸n", ".VnTime")
    ('Câu 1: Đáp án', (<RepairKind.TCVN3: 'tcvn3'>,))
    """
    if text.isascii():
        return text, ()
    done: list[RepairKind] = []
    for kind, step in (*legacy.steps(font), *signs.STEPS):
        changed = step(text)
        if changed != text:
            done.append(kind)
            text = changed
    return text, tuple(done)


def repair_run(text: str, font: str | None, where: Where) -> tuple[str, list[Repair]]:
    """As ``repair_text``, with one record for each kind of change."""
    repaired, kinds = repair_text(text, font)
    return repaired, [Repair(kind, where, text, repaired) for kind in kinds]
