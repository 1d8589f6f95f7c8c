"""What must not be in any answer of the service before the review opens: a search over the bytes of a body."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from typing import Any

from quizsvc.banks.citations import citation_text
from tests.world import written

TELLING_NAMES = {
    "correct",
    "correct_choices",
    "is_right",
    "is_correct",
    "right",
    "key",
    "answer_key",
    "explanation",
    "legal_basis",
    "citations",
    "cites",
    "pinned",
    "seed",
    "paper",
    "order",
    "question_version_id",
    "version_id",
}
STORED_PAPER = re.compile(r"\b\d+:[a-h]{2,8}\b")  # question version and the author's letters in the order shown
STORED_ANSWERS = re.compile(r"[a-h]*(,[a-h]*)+|[a-h]")


@functools.cache
def secrets() -> dict[str, str]:
    """Every text that belongs to the review, with what it is."""
    banks, instruments = written()
    titles = {instrument.number: instrument.title for instrument in instruments}
    found = {}
    for bank in banks:
        for question in bank.questions:
            found[question.explanation] = f"explanation of {question.code}"
            for citation in question.cites:
                found[citation_text(citation, titles[citation.law])] = f"citation of {question.code}"
    return found


@functools.cache
def codes() -> re.Pattern[str]:
    """The authors' names of the questions: the same for everybody, so they must not be shown."""
    names = [question.code for bank in written()[0] for question in bank.questions]
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, names))})(?![\w-])")


def leaks(body: bytes, *, names: bool = True) -> list[str]:
    """Everything in a body that helps to find a key, in words; nothing when it is clean. ``names``: look at members too."""
    text = body.decode("utf-8")
    try:
        document = json.loads(text)
    except ValueError:
        document = None
    readable = text if document is None else json.dumps(document, ensure_ascii=False)  # escapes hide nothing
    found = [what for secret, what in secrets().items() if secret in readable]
    found += [f"question code {code}" for code in codes().findall(readable)]
    found += [f"stored paper {paper}" for paper in STORED_PAPER.findall(readable)]
    for name, value in members(document) if names else ():
        if name in TELLING_NAMES:
            found.append(f"member {name}")
        if isinstance(value, str) and STORED_ANSWERS.fullmatch(value):
            found.append(f"author's letters {value} in {name}")
    return found


def members(document: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every member and element of a JSON document, with the name it stands under."""
    yield name, document
    if isinstance(document, dict):
        for key, value in document.items():
            yield from members(value, key)
    elif isinstance(document, list):
        for value in document:
            yield from members(value, name)
