"""Questions of tables whose answers stand elsewhere: in a list, a second table or a key file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quizsvc.banks.faults import Level
from quizsvc.banks.files.found import FoundQuestion, letters_of
from quizsvc.banks.files.layout import remarks
from quizsvc.banks.files.layout.confidence import STRENGTH
from quizsvc.banks.files.layout.evidence import Evidence


def with_evidence(question: FoundQuestion, evidence: Sequence[Evidence]) -> FoundQuestion:
    """The question with the key that stands elsewhere, if it has none; stopped where its own says something else."""
    if not evidence or not question.choices:
        return question
    first = evidence[0]
    possible = letters_of(range(min(len(question.choices), 8)))
    beyond = next((each for each in evidence if set(each.letters) - set(possible)), None)
    other = next((each for each in evidence if each.letters != first.letters), None)
    if beyond is not None:
        told = remarks.key_not_a_choice(beyond.letters, len(question.choices), beyond.where)
    elif other is not None:
        told = remarks.key_conflict(first.found_by, first.letters, first.where, other.found_by, other.letters, other.where)
    elif question.correct and question.correct != first.letters and question.found_by is not None:
        at = question.key_where or question.where
        told = remarks.key_conflict(first.found_by, first.letters, first.where, question.found_by, question.correct, at)
    elif question.correct:
        return question
    else:
        return _answered(question, first)
    return replace(question, correct=(), found_by=None, confidence=0.0, remarks=(*question.remarks, told))


def _answered(question: FoundQuestion, found: Evidence) -> FoundQuestion:
    left = tuple(remark for remark in question.remarks if remark.code != "no-key")
    if len(found.letters) > 1:
        left = (*left, remarks.several_keys(found.letters, found.where, Level.WARNING))
    return replace(
        question,
        correct=found.letters,
        found_by=found.found_by,
        key_where=found.where,
        confidence=STRENGTH[found.found_by] if not any(remark.level is Level.ERROR for remark in left) else 0.3,
        is_multiple=len(found.letters) > 1,
        remarks=left,
    )
