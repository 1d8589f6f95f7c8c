"""What a citizen knows: the banks by the text of a question, as someone who studied, never by what the service keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from quizsvc.banks.questions import BankFile
from quizsvc.banks.versions import content_of

LEFT_BLANK = 0.08


class Studied:
    """The right choices of every question of these banks."""

    def __init__(self, banks: Iterable[BankFile]) -> None:
        contents = [content_of(question) for bank in banks for question in bank.questions]
        self._right = {
            (content.text, frozenset(content.choices)): {content.choices[place] for place in content.key}
            for content in contents
        }

    def right(self, question: Mapping[str, Any]) -> list[str]:
        """The right choices, as they stand."""
        choices = question["choices"]
        right = self._right[question["text"], frozenset(choice["text"] for choice in choices)]
        return [choice["id"] for choice in choices if choice["text"] in right]

    def answer(self, question: Mapping[str, Any], *, skill: float, chance: Random) -> list[str]:
        """The choices that someone ticks, as they stand: right with probability ``skill``, else a guess or nothing."""
        choices = question["choices"]
        if chance.random() < skill:
            return self.right(question)
        if chance.random() < LEFT_BLANK:
            return []
        count = chance.randint(1, len(choices)) if question["kind"] == "multiple" else 1
        ticked = chance.sample(range(len(choices)), count)
        return [choice["id"] for place, choice in enumerate(choices) if place in ticked]
