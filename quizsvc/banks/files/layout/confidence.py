"""How sure the reading of a question is, from 0 to 1.

    confidence = key × structure            and at most 0.3 when the question stopped, 0 without a key

- ``key = 1 − Π (1 − s)`` over the different ways in which the key was found, each with the strength ``s`` of ``STRENGTH``
  (ways that agree support one another as independent witnesses do); the strength of a mark is scaled by the share of
  questions that the mark settles in this file: ``s = 0.5 + (STRENGTH − 0.5) × ratio``;
- ``structure = 0.85 ** warnings``, and × 0.9 for a question without a printed number in a file that numbers them.
"""

from __future__ import annotations

from collections.abc import Sequence

from quizsvc.banks.faults import Level
from quizsvc.banks.files.found import FoundBy, Remark
from quizsvc.banks.files.layout.evidence import Verdict

STRENGTH = {
    FoundBy.KEY_FILE: 0.97,
    FoundBy.LETTER_LINE: 0.98,
    FoundBy.TEXT_LINE: 0.95,
    FoundBy.TABLE: 0.96,
    FoundBy.SIGN: 0.95,
    FoundBy.HIGHLIGHT: 0.95,
    FoundBy.COLOUR: 0.94,
    FoundBy.BOLD: 0.93,
    FoundBy.UNDERLINE: 0.93,
    FoundBy.ITALIC: 0.88,
    FoundBy.ABSENCE: 0.85,
    FoundBy.SENTENCE: 0.9,
    FoundBy.POSITION: 0.8,
}
STOPPED = 0.3
PER_WARNING = 0.85
WITHOUT_NUMBER = 0.9


def confidence_of(verdict: Verdict, remarks: Sequence[Remark], lacks_number: bool) -> float:
    """The confidence by the formula above, rounded to three places."""
    if not verdict.correct:
        return 0.0
    doubt = 1.0
    for found_by in {each.found_by for each in verdict.agreeing}:
        ratio = max(each.ratio for each in verdict.agreeing if each.found_by is found_by)
        doubt *= 1 - (0.5 + (STRENGTH[found_by] - 0.5) * ratio)
    warnings = sum(remark.level is Level.WARNING for remark in remarks)
    value = (1 - doubt) * PER_WARNING**warnings * (WITHOUT_NUMBER if lacks_number else 1.0)
    if any(remark.level is Level.ERROR for remark in remarks):
        value = min(value, STOPPED)
    return round(value, 3)
