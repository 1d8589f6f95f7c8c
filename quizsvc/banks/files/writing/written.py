"""What an export writer gets and what it hands back: questions in, bytes and a list of what the format cannot carry out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class WrittenItem:
    """A question to be written, in the author's order of choices.

    ``number``: as it is to be printed, from 1. ``kind``: ``single``, ``multiple`` or ``true_false`` (choices «Đúng», «Sai»).
    ``correct``: positions from 0, ascending. ``topic``: title of the topic. ``difficulty``: 1 easy to 3 hard, ``None`` if
    not known. ``citation``: the legal basis as people read it. ``is_structured_citation``: whether the bank also knows
    instrument, article and clause. ``pictures``: how many pictures the question has that are not handed to the writer.
    """

    number: int
    code: str
    kind: str
    text: str
    choices: tuple[str, ...]
    correct: tuple[int, ...]
    topic: str = ""
    difficulty: int | None = None
    pinned: bool = False
    explanation: str = ""
    citation: str = ""
    is_structured_citation: bool = False
    pictures: int = 0


@dataclass(frozen=True)
class WrittenBank:
    """A bank to be written. ``code`` names the file; questions stand in the order to write."""

    code: str
    title: str
    items: tuple[WrittenItem, ...]


@dataclass(frozen=True)
class Loss:
    """Something that the format cannot carry as the bank has it. ``code`` is stable; ``sentence`` is Vietnamese.

    ``number``: of the question, ``None`` when it is about the whole bank.
    """

    code: str
    sentence: str
    number: int | None = None


@dataclass(frozen=True)
class Exported:
    """A written file with everything that did not go into it, question by question."""

    data: bytes = field(repr=False)
    file_name: str
    media_type: str
    losses: tuple[Loss, ...] = ()

    @property
    def totals(self) -> dict[str, int]:
        """Loss code → how many questions (or 1 for the bank) it concerns, by code."""
        return dict(sorted(Counter(loss.code for loss in self.losses).items()))


def losses_in_words(losses: Sequence[Loss]) -> str:
    """All losses for a person, one line each; what concerns the whole bank comes first.

    >>> losses_in_words([Loss("pinned", "không giữ được thứ tự", 3)])
    'Câu 3: không giữ được thứ tự'
    """
    ordered = sorted(losses, key=lambda loss: (loss.number is not None, loss.number or 0))
    return "\n".join(loss.sentence if loss.number is None else f"Câu {loss.number}: {loss.sentence}" for loss in ordered)
