"""From a written question to what is stored for ever: its content and the hash that tells one wording from another."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from quizsvc.banks.letter_references import choice_refers, text_refers
from quizsvc.banks.questions import WrittenQuestion

TRUTH = ("Đúng", "Sai")


@dataclass(frozen=True)
class Content:
    """One wording of a question. ``key`` holds the positions of the right choices, ascending."""

    kind: str
    topic: str
    difficulty: int
    text: str
    choices: list[str]
    key: list[int]
    pinned: bool
    explanation: str
    citations: list[dict[str, Any]]

    @property
    def sha256(self) -> str:
        """Over every field, as JSON with sorted keys: any change makes a new version, a new layout of the file none."""
        text = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def content_of(question: WrittenQuestion) -> Content:
    """What is stored of a question that the checker finds no error in."""
    letters = [letter for letter, _ in question.choices]
    if question.kind == "true_false":
        choices, key = list(TRUTH), [0 if question.answer else 1]
    else:
        choices = [text for _, text in question.choices]
        key = sorted(letters.index(letter) for letter in question.right_letters)
    return Content(
        kind=question.kind,
        topic=question.topic,
        difficulty=question.difficulty,
        text=question.text,
        choices=choices,
        key=key,
        pinned=bool(question.pinned) or question.kind == "true_false" or refers_to_choices(question),
        explanation=question.explanation,
        citations=[citation.to_json() for citation in question.cites],
    )


def refers_to_choices(question: WrittenQuestion) -> bool:
    """Whether shuffling the choices would make the question say something else."""
    texts = (question.text, question.explanation)
    return any(choice_refers(text) for _, text in question.choices) or (
        bool(question.choices) and any(text_refers(text) for text in texts)
    )
