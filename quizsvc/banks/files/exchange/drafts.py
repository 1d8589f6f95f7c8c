"""From what a format says of a question to ``FoundQuestion``: the checks that are the same for every exchange format."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Repair, Where
from quizsvc.banks.files.exchange.content import Content
from quizsvc.banks.files.exchange.marks import FULL, right_of_one, right_of_several
from quizsvc.banks.files.found import (
    FEWEST_CHOICES,
    MOST_CHOICES,
    FileRefused,
    FoundBy,
    FoundFile,
    FoundQuestion,
    Remark,
    letters_of,
)
from quizsvc.banks.files.repair import suspected_encoding
from quizsvc.banks.letter_references import choice_refers

MOST_QUESTIONS = 10_000
MOST_REMARKS = 500
BASIS = "Căn cứ: "
"""What begins the legal basis when it stands at the end of an explanation."""


@dataclass(frozen=True)
class DraftChoice:
    """``share``: the part of the full mark that it earns, in percent."""

    content: Content
    share: float
    feedback: Content | None = None


@dataclass(frozen=True)
class Draft:
    """A question as its format says it. ``unsupported``: Vietnamese name of a kind of question that contests do not have.

    ``remarks``: what the reader itself has to tell. ``is_order_known``: ``False`` where the file does not say in which order
    the choices stand.
    """

    text: Content
    where: Where
    choices: tuple[DraftChoice, ...] = ()
    is_multiple: bool = False
    pinned: bool = False
    explanation: Content | None = None
    topic: str | None = None
    section: str = ""
    difficulty: int | None = None
    code: str | None = None
    key_where: Where | None = None
    unsupported: str = ""
    remarks: tuple[Remark, ...] = ()
    is_order_known: bool = True


@dataclass
class Findings:
    """A file while it is read."""

    name: str
    format: str
    drafts: list[Draft] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    title: str = ""
    untold: int = 0

    def add(self, draft: Draft) -> None:
        if len(self.drafts) >= MOST_QUESTIONS:
            sentence = f"Tệp «{self.name}» có hơn {MOST_QUESTIONS:_} câu hỏi: hãy chia thành nhiều tệp."
            raise FileRefused("too-many-questions", sentence)
        self.drafts.append(draft)

    def tell(self, code: str, level: Level, sentence: str, where: Where | None = None) -> None:
        if len(self.remarks) < MOST_REMARKS:
            self.remarks.append(Remark(code, level, sentence, where or Where(self.name)))
        else:
            self.untold += 1

    def finished(self) -> FoundFile:
        """The file. Raises ``FileRefused`` when it holds nothing at all."""
        if not self.drafts and not self.remarks:
            raise FileRefused("no-questions", f"Tệp «{self.name}» không có câu hỏi nào: hãy kiểm tra lại tệp đã xuất.")
        if self.untold:
            sentence = f"Còn {self.untold} chỗ khác chưa hiểu trong tệp, không kể ra: hãy xem lại cả tệp."
            self.remarks.append(Remark("more-remarks", Level.WARNING, sentence, Where(self.name)))
        questions = tuple(finish(draft) for draft in self.drafts)
        repairs = tuple(repair for draft in self.drafts for repair in _repairs(draft))
        return FoundFile(self.name, self.format, questions, tuple(self.remarks), repairs, self.title)


def finish(draft: Draft) -> FoundQuestion:
    """The question with all its remarks, in the order of the file."""
    explanation, citation = split_basis(draft.explanation.text if draft.explanation else "")
    question = FoundQuestion(
        text=draft.text.text,
        choices=tuple(choice.content.text for choice in draft.choices),
        correct=(),
        found_by=None,
        confidence=1.0,
        where=draft.where,
        section=draft.section,
        explanation=_with_feedback(explanation, draft),
        citation=citation,
        topic=draft.topic,
        difficulty=draft.difficulty,
        code=draft.code,
        is_multiple=draft.is_multiple,
        pinned=draft.pinned,
        pictures=draft.text.pictures,
        choice_pictures=tuple(choice.content.pictures for choice in draft.choices),
        options_where=tuple(choice.content.where for choice in draft.choices),
        key_where=draft.key_where,
        remarks=(*draft.remarks, *_of_contents(draft)),
    )
    if draft.unsupported:
        sentence = f"Đây là {draft.unsupported}; cuộc thi chỉ có câu trắc nghiệm và câu đúng/sai: hãy viết lại câu này."
        return replace(question, remarks=(Remark("unsupported-kind", Level.ERROR, sentence, draft.where), *question.remarks))
    question = replace(question, remarks=(*question.remarks, *_text_faults(draft), *_choice_faults(draft)))
    return _with_key(_with_order(question, draft), draft)


def split_basis(explanation: str) -> tuple[str, str]:
    """An explanation without the legal basis at its end, and that basis.

    >>> split_basis("Vì vậy.\\nCăn cứ: Điều 4")
    ('Vì vậy.', 'Điều 4')
    """
    before, sign, basis = f"\n{explanation}".rpartition("\n" + BASIS)
    return (before.strip(), basis.strip()) if sign and basis.strip() else (explanation, "")


def join_basis(explanation: str, citation: str) -> str:
    """The reverse of ``split_basis``."""
    return "\n".join(part for part in (explanation, f"{BASIS}{citation}" if citation else "") if part)


def _with_key(question: FoundQuestion, draft: Draft) -> FoundQuestion:
    if not draft.choices or len(draft.choices) > MOST_CHOICES:
        return question
    rule = right_of_several if draft.is_multiple else right_of_one
    right, faults = rule([choice.share for choice in draft.choices])
    remarks = [
        Remark(fault.code, fault.level, fault.sentence, _place_of(draft, fault.choice) or draft.where) for fault in faults
    ]
    key_where = draft.key_where or (draft.choices[right[0]].content.where if right else None)
    return replace(
        question,
        correct=letters_of(right),
        found_by=FoundBy.FORMAT if right else None,
        key_where=key_where,
        remarks=(*question.remarks, *remarks),
    )


def _place_of(draft: Draft, choice: int | None) -> Where | None:
    return None if choice is None else draft.choices[choice].content.where


def _with_order(question: FoundQuestion, draft: Draft) -> FoundQuestion:
    named = [choice for choice in draft.choices if choice_refers(choice.content.text)]
    if not named:
        return question
    if not draft.is_order_known:
        sentence = (
            f"Phương án «{named[0].content.text[:80]}» nhắc đến phương án khác, nhưng tệp không nói thứ tự các phương án:"
            " hãy sắp lại rồi duyệt."
        )
        return replace(question, remarks=(*question.remarks, Remark("order-unknown", Level.ERROR, sentence, draft.where)))
    if question.pinned:
        return question
    sentence = f"Phương án «{named[0].content.text[:80]}» nhắc đến phương án khác nên thứ tự các phương án được giữ nguyên."
    remark = Remark("pinned", Level.NOTICE, sentence, named[0].content.where)
    return replace(question, pinned=True, remarks=(*question.remarks, remark))


def _with_feedback(explanation: str, draft: Draft) -> str:
    """And below it what the file says of single choices; of the only right one alone, without naming it."""
    parts = [explanation] if explanation else []
    said = [choice for choice in draft.choices if choice.feedback and choice.feedback.text]
    if len(said) == 1 and said[0].share >= FULL:
        return "\n".join([*parts, said[0].feedback.text if said[0].feedback else ""])
    parts += [f"«{choice.content.text}»: {choice.feedback.text}" for choice in said if choice.feedback]
    return "\n".join(parts)


def _contents(draft: Draft) -> Iterator[Content]:
    yield draft.text
    for choice in draft.choices:
        yield choice.content
    yield from _asides(draft)


def _asides(draft: Draft) -> Iterator[Content]:
    for content in (draft.explanation, *(choice.feedback for choice in draft.choices)):
        if content is not None:
            yield content


def _repairs(draft: Draft) -> Sequence[Repair]:
    return [repair for content in _contents(draft) for repair in content.repairs]


def _of_contents(draft: Draft) -> Iterator[Remark]:
    yield from draft.text.remarks
    for choice in draft.choices:
        yield from choice.content.remarks
    for aside in _asides(draft):
        # What is wrong beside the question stops nobody.
        yield from (replace(remark, level=Level.WARNING) for remark in aside.remarks)
    if any(content.pictures for content in _contents(draft)):
        sentence = "Câu có hình; chỉ chữ được nhập: hãy xem câu còn đủ nghĩa không."
        yield Remark("has-picture", Level.WARNING, sentence, draft.where)


def _text_faults(draft: Draft) -> Iterator[Remark]:
    if not draft.text.text:
        yield Remark("empty-question", Level.ERROR, "Câu hỏi không có chữ: hãy bổ sung nội dung câu hỏi.", draft.where)
    # All texts at once: a choice by itself is often too short to tell.
    whole = "\n".join([draft.text.text, *(choice.content.text for choice in draft.choices)])
    if suspected_encoding(whole) is not None:
        sentence = "Chữ có vẻ dùng phông cũ (TCVN3 hoặc VNI): hãy chuyển sang Unicode rồi xuất lại tệp."
        yield Remark("legacy-font", Level.ERROR, sentence, draft.where)


def _choice_faults(draft: Draft) -> Iterator[Remark]:
    count = len(draft.choices)
    if count < FEWEST_CHOICES:
        sentence = f"Câu chỉ có {count} phương án: hãy bổ sung cho đủ ít nhất {FEWEST_CHOICES}."
        yield Remark("too-few-choices", Level.ERROR, sentence, draft.where)
    if count > MOST_CHOICES:
        sentence = f"Câu có {count} phương án, nhiều nhất là {MOST_CHOICES}: hãy bớt phương án."
        yield Remark("too-many-choices", Level.ERROR, sentence, draft.where)
    first: dict[object, int] = {}
    for position, choice in enumerate(draft.choices, start=1):
        content = choice.content
        if not content.text:
            sentence = f"Phương án thứ {position} không có chữ: hãy bổ sung."
            yield Remark("empty-choice", Level.ERROR, sentence, content.where)
            continue
        same = (_folded(content.text), content.pictures)
        if same in first:
            sentence = f"Phương án thứ {position} giống phương án thứ {first[same]}: hãy sửa hoặc bỏ một phương án."
            yield Remark("equal-choices", Level.ERROR, sentence, content.where)
        first.setdefault(same, position)


def _folded(text: str) -> str:
    """Accents and most signs stay: «bố» and «bộ», «< 5» and «> 5» are different answers."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(" .;,")
