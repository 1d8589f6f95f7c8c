"""The report of an import as JSON: one row for each question and for each remark on the file; and what is shown of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Repair
from quizsvc.banks.files.found import FoundQuestion, Remark
from quizsvc.banks.imports.checking import pictures_of
from quizsvc.core.fields import CONTROL_CHARACTERS

MOST_ROWS = 1_000
"""Rows in one answer of the API; the totals are always of all, and a committed import has pages with every row."""
MOST_REPAIRS = 1_000
QUESTION_FIELDS: dict[str, Any] = {
    **dict.fromkeys(("number", "code", "kind", "text", "found_by", "confidence", "topic", "difficulty"), None),
    **dict.fromkeys(("section", "citation", "explanation"), ""),
    **{name: [] for name in ("choices", "correct", "pictures", "duplicates")},
}
"""What a row that is no question has in the fields of one."""
STATUS = {Level.ERROR: "rejected", Level.WARNING: "warning", Level.NOTICE: "accepted"}


@dataclass(frozen=True)
class Row:
    """``outcome``: ``added``, ``unchanged`` (the bank has it, ``question_id``), ``rejected`` or ``remark``."""

    outcome: str
    report: dict[str, Any]
    question_id: int | None = None
    has_pictures: bool = False

    @property
    def is_question(self) -> bool:
        return self.outcome != "remark"


def question_row(
    question: FoundQuestion,
    outcome: str,
    *,
    code: str | None,
    duplicates: Sequence[Mapping[str, Any]],
) -> Row:
    """The row of a question; its remarks are all in ``warnings``, their sentences in ``detail``."""
    pictures = pictures_of(question)
    report = {
        "where": str(question.where),
        "status": question.status,
        "codes": list(dict.fromkeys(remark.code for remark in question.remarks)),
        "detail": "; ".join(dict.fromkeys(remark.sentence for remark in question.remarks)),
        "outcome": outcome,
        "number": question.number,
        "code": code,
        "kind": question.kind,
        "text": question.text,
        "choices": list(question.choices),
        "correct": list(question.correct),
        "found_by": None if question.found_by is None else question.found_by.value,
        "key_where": None if question.key_where is None else str(question.key_where),
        "confidence": round(question.confidence, 3),
        "warnings": [remark.to_json() for remark in question.remarks],
        "section": question.section,
        "citation": question.citation,
        "explanation": question.explanation,
        "topic": question.topic,
        "difficulty": question.difficulty,
        "pictures": pictures,
        "duplicates": list(duplicates),
    }
    return Row(outcome, showable(report), has_pictures=bool(pictures))


def remark_row(remark: Remark) -> Row:
    """The row of something that is said of the file, or of text in it that became no question."""
    report = {
        "where": str(remark.where),
        "status": STATUS[remark.level],
        "codes": [remark.code],
        "detail": remark.sentence,
        "outcome": "remark",
        "key_where": None,
        "warnings": [remark.to_json()],
        **QUESTION_FIELDS,
    }
    return Row("remark", showable(report))


def showable(value: Any) -> Any:
    """The same JSON with every sign that cannot be stored or shown as «�»; what a question says is checked before."""
    if isinstance(value, str):
        return CONTROL_CHARACTERS.sub("\ufffd", value)
    if isinstance(value, dict):
        return {name: showable(inner) for name, inner in value.items()}
    return [showable(inner) for inner in value] if isinstance(value, list) else value


def shown(rows: Sequence[Row], most: int = MOST_ROWS) -> list[dict[str, Any]]:
    """The reports in the order of the file; of more than ``most`` rejected ones are kept before doubtful and sound ones."""
    urgency = {"rejected": 0, "warning": 1, "accepted": 2}
    places = sorted(range(len(rows)), key=lambda place: urgency[rows[place].report["status"]])[:most]
    return [rows[place].report for place in sorted(places)]


def repairs_json(repairs: Sequence[Repair]) -> list[dict[str, Any]]:
    """The first ``MOST_REPAIRS`` repairs of text, each with what stood there before."""
    named = [
        {"kind": each.kind.value, "where": str(each.where), "before": each.before, "after": each.after}
        for each in repairs[:MOST_REPAIRS]
    ]
    return list(showable(named))


def repairs_by_kind(repairs: Sequence[Repair]) -> dict[str, int]:
    """How many repairs of each kind there were, of all."""
    return dict(sorted(Counter(each.kind.value for each in repairs).items()))
