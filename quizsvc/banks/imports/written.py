"""From a question that was found in a file to what a bank stores of it."""

from __future__ import annotations

from collections.abc import Sequence

from quizsvc.banks.citations import InstrumentFile
from quizsvc.banks.files.found import FoundQuestion
from quizsvc.banks.law.resolving import read_citations
from quizsvc.banks.questions import LETTERS, WrittenQuestion
from quizsvc.banks.versions import Content, content_of

DIFFICULTY = 2
"""Stored where the file says none; the report shows that it said none."""


def content_of_found(question: FoundQuestion, topic: str, registry: Sequence[InstrumentFile]) -> Content:
    """The content of an accepted question under the topic's code. Citations are those that the registry has."""
    cites = (each.citation for each in read_citations(question.citation, registry))
    written = WrittenQuestion(
        code=question.code or "",
        topic=topic,
        difficulty=question.difficulty or DIFFICULTY,
        text=question.text.strip(),
        choices=() if question.kind == "true_false" else tuple(zip(LETTERS, _stripped(question.choices), strict=False)),
        answer=_answer(question),
        pinned=question.pinned or None,
        explanation=question.explanation.strip(),
        cites=tuple(dict.fromkeys(citation for citation in cites if citation is not None)),
    )
    return content_of(written)


def _stripped(choices: Sequence[str]) -> list[str]:
    return [choice.strip() for choice in choices]


def _answer(question: FoundQuestion) -> bool | str | tuple[str, ...]:
    letters = tuple(letter.lower() for letter in question.correct)
    if question.kind == "true_false":
        return letters == ("a",)
    return letters[0] if question.kind == "single" else letters
