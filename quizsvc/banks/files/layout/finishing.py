"""A draft made into the question that is handed on: texts without signs, citation, explanation, pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizsvc.banks.files.documents import Picture
from quizsvc.banks.files.found import LETTERS, FoundQuestion, Remark
from quizsvc.banks.files.layout import words
from quizsvc.banks.files.layout.answers import Stated, content_of, stated_by
from quizsvc.banks.files.layout.checks import Text
from quizsvc.banks.files.layout.evidence import Verdict
from quizsvc.banks.files.layout.items import Draft, Option, joined
from quizsvc.banks.letter_references import choice_refers, text_refers
from quizsvc.core.text import fold

TRUTH = ("Đúng", "Sai")
ASKS_TRUTH = re.compile(r"\bdung hay sai\b|\bdung sai\b")
ASKS_FOR_SEVERAL = re.compile(
    r"\bchon (?:nhieu|cac|\d|hai|ba|bon|mot hoac nhieu)\b"
    r"|\bnhieu (?:dap an|phuong an|lua chon)\b|\bnhung (?:phuong an|dap an|y)\b"
)


@dataclass(frozen=True)
class Finished:
    """``pinned``: choices refer to one another, or the file says so; ``asks_for_several``: the question wants several."""

    text: Text
    pinned: bool
    asks_for_several: bool
    citation: str
    explanation: str
    pictures: tuple[Picture, ...]
    choice_pictures: tuple[tuple[Picture, ...], ...]
    difficulty: int | None = None


def finish(draft: Draft) -> Finished:
    """Texts and pictures of a draft, whatever its key may be."""
    question = words.PAGE_MARK.sub(" ", draft.text).strip()
    if draft.start is not None and not draft.start.text:
        question = words.AFTER_NUMBER.sub("", question, count=1)
    choices = tuple(_choice(option) for option in draft.options)
    places = tuple(option.item.where for option in draft.options)
    depth = words.DEPTH_HEAD.match(question)
    question = question[depth.end() :] if depth else question
    if not draft.options and _is_truth(draft, question):
        choices, places = TRUTH, (draft.where, draft.where)
        draft.doubts["truth-added"] = draft.start or draft.items[0]
    leads = [option.item.line.text[: option.item.body_at] for option in draft.options]
    is_pinned = any(words.PIN.search(part) for part in (question, *choices, *leads))
    question = words.PIN.sub(" ", question).strip()
    choices = tuple(words.PIN.sub(" ", choice).strip() for choice in choices)
    pictures = tuple(picture for part in draft.head for picture in part.item.line.pictures)
    shown = tuple(tuple(p for part in option.parts for p in part.item.line.pictures) for option in draft.options)
    citation, explanation = _behind(draft, choices)
    text = Text(
        question,
        choices,
        draft.where,
        places,
        bool(pictures),
        tuple(tuple(picture.sha256 for picture in each) for each in shown) if any(shown) else (),
        tuple(draft.options),
    )
    return Finished(
        text,
        is_pinned or any(map(choice_refers, choices)) or text_refers(question),
        ASKS_FOR_SEVERAL.search(fold(question)) is not None,
        citation,
        explanation,
        pictures,
        shown if any(shown) else (),
        words.DEPTHS.get(depth["depth"].casefold(), 3) if depth else None,
    )


def _choice(option: Option) -> str:
    text = words.PAGE_MARK.sub(" ", option.text).strip()
    for pattern, is_there in ((words.RIGHT_SIGN, option.is_marked_right), (words.WRONG_SIGN, option.is_marked_wrong)):
        shorter = pattern.sub("", text).strip() if is_there else text
        text = shorter or text
    return text


def _is_truth(draft: Draft, question: str) -> bool:
    answers = {fold(content_of(item)) for item in draft.answers}
    return bool(answers & {"dung", "sai"}) or ASKS_TRUTH.search(fold(question)) is not None


def _behind(draft: Draft, choices: Sequence[str]) -> tuple[str, str]:
    """Citation and explanation, with what an answer line says beyond the answer."""
    citation = [part.text for part in draft.citation]
    explanation = [part.text for part in draft.explanation]
    for item in reversed(draft.answers):
        stated = stated_by(item, choices, [option.bullet_number for option in draft.options])
        beyond = _beyond(stated, choices)
        if beyond:
            (citation if words.BASIS.match(beyond) else explanation).insert(0, beyond)
    return joined(citation), joined(explanation)


def _beyond(stated: Stated, choices: Sequence[str]) -> str:
    """What follows the answer, unless it only repeats the choice."""
    if len(stated.by_text) == 1:
        repeated = choices[LETTERS.index(stated.by_text[0])]
        return stated.rest if len(stated.rest) > len(repeated) + 5 else ""
    return stated.rest


def question_of(
    draft: Draft, done: Finished, verdict: Verdict, remarks: Sequence[Remark], confidence: float
) -> FoundQuestion:
    """The question as the rest of the system takes it."""
    start = draft.start.start if draft.start is not None else None
    return FoundQuestion(
        text=done.text.question,
        choices=done.text.choices,
        correct=verdict.correct,
        found_by=verdict.found_by,
        confidence=confidence,
        where=draft.where,
        number=start.number if start is not None else None,
        section=draft.section,
        explanation=done.explanation,
        citation=done.citation,
        difficulty=done.difficulty or (start.difficulty if start is not None else None),
        code=(start.code or None) if start is not None else None,
        is_multiple=len(verdict.correct) > 1,
        pinned=done.pinned,
        pictures=done.pictures,
        choice_pictures=done.choice_pictures,
        options_where=done.text.places,
        key_where=verdict.key_where,
        remarks=tuple(remarks),
    )
