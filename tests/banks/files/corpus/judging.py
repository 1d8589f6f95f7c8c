"""A reading judged against what a person reads: right, told, silently wrong or lost, question by question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from quizsvc.banks.faults import Level
from quizsvc.banks.files.found import FileRefused, FoundFile, FoundQuestion
from quizsvc.banks.files.reading import read_file
from tests.banks.files.corpus.case import Asked, Case, plain

ALIKE = 0.6


class Verdict(StrEnum):
    RIGHT = "right"
    TOLD = "told"
    SILENTLY_WRONG = "silently wrong"
    LOST = "lost"


@dataclass
class Judged:
    """``verdicts``: one per question asked. ``wrongs``: what was wrong, in words. ``needless``: remarks nobody needed."""

    case: Case
    verdicts: list[Verdict] = field(default_factory=list)
    wrongs: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)

    def add(self, verdict: Verdict, why: str = "") -> None:
        self.verdicts.append(verdict)
        if why:
            self.wrongs.append(f"{verdict}: {why}")

    def count(self, verdict: Verdict) -> int:
        return self.verdicts.count(verdict)


def judge(case: Case) -> Judged:
    judged = Judged(case)
    key = None if case.key is None else (case.key[0](), case.key[1])
    try:
        found = read_file(case.make(), case.file, key=key, first_is_right=case.first_is_right)
    except FileRefused as refused:
        _judge_refusal(judged, refused)
        return judged
    pairs, extra = _paired(case.asked, found.questions)
    told = [question for question in found.questions if question.status != "accepted"]
    for each, question in pairs:
        verdict, why = _verdict(each, question, found)
        if verdict is Verdict.LOST and any(question in extra or _holds(question, each) for question in told):
            verdict = Verdict.TOLD
        judged.add(verdict, why)
        _judge_needless(judged, each, question)
    for question in extra:
        _judge_extra(judged, question)
    _judge_file(judged, found)
    return judged


def _holds(question: FoundQuestion, each: Asked) -> bool:
    """Whether the text of one went into another."""
    return any(plain(each.texts[0]) in plain(part) for part in (question.text, *question.choices, question.citation))


def _judge_refusal(judged: Judged, refused: FileRefused) -> None:
    right = judged.case.refused
    for _ in judged.case.asked or (None,):
        judged.add(Verdict.RIGHT if right else Verdict.TOLD, "" if right else f"refused {refused.code}: {refused}")
    if not right:
        judged.needless.append(f"refused {refused.code}")


def _verdict(each: Asked, question: FoundQuestion | None, found: FoundFile) -> tuple[Verdict, str]:
    # A remark on the file excuses only when it is there to be read; a person then has a reason to look.
    on_file = ", ".join(remark.code for remark in found.remarks if remark.level in (Level.WARNING, Level.ERROR))
    if question is None:
        return (Verdict.TOLD if on_file else Verdict.LOST), f"not found: {each.texts[0]} (file: {on_file})"
    wrong = _difference(each, question)
    told = ", ".join(remark.code for remark in question.remarks if remark.level in (Level.WARNING, Level.ERROR))
    if not wrong and not each.correct and question.is_accepted:
        wrong = "accepted without a key"
    if not wrong and each.stops and not told:
        return (Verdict.TOLD if on_file else Verdict.SILENTLY_WRONG), f"should be told: {each.texts[0]} (file: {on_file})"
    if not wrong:
        return Verdict.RIGHT, ""
    if told or (on_file and found.is_refused):
        return (Verdict.RIGHT if each.stops else Verdict.TOLD), "" if each.stops else f"{wrong} ({told or on_file})"
    if on_file:
        return Verdict.TOLD, f"only on the file [{on_file}]: {wrong}"
    return Verdict.SILENTLY_WRONG, wrong


def _difference(each: Asked, question: FoundQuestion) -> str:
    if plain(question.text) not in {plain(text) for text in each.texts}:
        return f"text {question.text!r} instead of {each.texts[0]!r}"
    choices = tuple(plain(choice) for choice in question.choices)
    if choices != tuple(plain(choice) for choice in each.choices):
        return f"choices {question.choices!r} instead of {each.choices!r}"
    if "".join(question.correct) != each.correct:
        return f"key {''.join(question.correct)!r} instead of {each.correct!r}: {each.texts[0]!r}"
    return ""


def _judge_needless(judged: Judged, each: Asked, question: FoundQuestion | None) -> None:
    if question is None or each.stops or not each.correct:
        return
    for remark in question.remarks:
        if remark.level in (Level.WARNING, Level.ERROR):
            judged.needless.append(f"{remark.code}: {remark.sentence} | {question.text[:50]}")


def _judge_extra(judged: Judged, question: FoundQuestion) -> None:
    if question.status == "accepted":
        judged.add(Verdict.SILENTLY_WRONG, f"no such question: {question.text!r} {question.choices!r}")
    else:
        judged.needless.append(f"no such question: {question.text[:60]!r} {[remark.code for remark in question.remarks]}")


def _judge_file(judged: Judged, found: FoundFile) -> None:
    case = judged.case
    remarks = [remark for remark in found.remarks if remark.level in (Level.WARNING, Level.ERROR)]
    told_on_questions = any(question.status != "accepted" for question in found.questions)
    if case.refused and not found.is_refused and not told_on_questions:
        judged.add(Verdict.SILENTLY_WRONG, "the file must stop")
    if case.told and not remarks and not told_on_questions:
        judged.add(Verdict.SILENTLY_WRONG, "a remark on the file is due")
    if not case.told and not case.refused:
        judged.needless += [f"file {remark.code}: {remark.sentence}" for remark in remarks]


def _paired(
    asked: Sequence[Asked], found: Sequence[FoundQuestion]
) -> tuple[list[tuple[Asked, FoundQuestion | None]], list[FoundQuestion]]:
    """Each asked question with the reading that is most like it, one to one; and the readings left over."""
    left = list(found)
    pairs: dict[int, FoundQuestion] = {}
    for sure in (True, False):
        for number, each in enumerate(asked):
            if number in pairs or not left:
                continue
            best = next((q for q in left if _same(each, q)), None) if sure else max(left, key=lambda q: _alike(each, q))
            if best is not None and (sure or _alike(each, best) >= ALIKE):
                pairs[number] = best
                left = [question for question in left if question is not best]
    return [(each, pairs.get(number)) for number, each in enumerate(asked)], left


def _same(each: Asked, question: FoundQuestion) -> bool:
    return not _difference(each, question) or plain(question.text) in {plain(text) for text in each.texts}


def _alike(each: Asked, question: FoundQuestion) -> float:
    ours, theirs = plain(each.texts[0]), plain(question.text)
    if ours and ours in theirs:
        return 0.9
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio()
