"""Which choices are right when each carries a part of the full mark, as Moodle, GIFT and QTI write it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizsvc.banks.faults import Level

FULL = 100.0
CLOSE = 0.01
SUM_CLOSE = 1.0
"""Shares are written rounded: 3 × 33 % and 3 × 33.33333 % are both meant to be the full mark."""


@dataclass(frozen=True)
class MarkFault:
    """``choice``: position from 0 of the choice that it is about, ``None``: the whole question."""

    code: str
    level: Level
    sentence: str
    choice: int | None = None


def right_of_one(shares: Sequence[float]) -> tuple[list[int], list[MarkFault]]:
    """The right choice where one may be marked: the only one with 100 %. Smaller positive shares are told and lost."""
    full = [position for position, share in enumerate(shares) if share >= FULL - CLOSE]
    partly = [position for position, share in enumerate(shares) if CLOSE < share < FULL - CLOSE]
    if len(full) > 1:
        sentence = f"Câu chọn một đáp án nhưng có {len(full)} phương án được trọn điểm: hãy chỉ để một."
        return full, [MarkFault("several-right", Level.ERROR, sentence)]
    if not full:
        if not partly:
            return [], [MarkFault("no-key", Level.ERROR, "Không phương án nào được đánh dấu đúng: hãy bổ sung đáp án.")]
        shown = ", ".join(f"{shares[position]:g}%" for position in partly)
        sentence = f"Câu chọn một đáp án nhưng không phương án nào được 100% (chỉ có {shown}): hãy chọn đáp án."
        return [], [MarkFault("no-full-mark", Level.ERROR, sentence)]
    sentence = "Phương án này được {:g}% điểm trong tệp; cuộc thi không chấm điểm từng phần nên được coi là sai."
    return full, [
        MarkFault("partial-mark", Level.WARNING, sentence.format(shares[position]), position) for position in partly
    ]


def right_of_several(shares: Sequence[float]) -> tuple[list[int], list[MarkFault]]:
    """The right choices where several may be marked: those with a positive share, if these together make the full mark."""
    right = [position for position, share in enumerate(shares) if share > CLOSE]
    if not right:
        return [], [MarkFault("no-key", Level.ERROR, "Không phương án nào được đánh dấu đúng: hãy bổ sung đáp án.")]
    positive = [shares[position] for position in right]
    total, is_even = sum(positive), max(positive) - min(positive) <= SUM_CLOSE
    if abs(total - FULL) <= SUM_CLOSE:
        if is_even:
            return right, []
        sentence = "Các phương án đúng có điểm khác nhau trong tệp; cuộc thi chỉ cho điểm khi chọn đủ và đúng."
        return right, [MarkFault("uneven-marks", Level.WARNING, sentence)]
    shown = " + ".join(f"{share:g}" for share in positive)
    sentence = f"Điểm các phương án đúng cộng lại là {total:g}% ({shown}), không phải 100%: hãy xem lại đáp án."
    return right, [MarkFault("marks-sum", Level.WARNING if is_even and len(right) > 1 else Level.ERROR, sentence)]
