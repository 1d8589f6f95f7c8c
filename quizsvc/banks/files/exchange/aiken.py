"""Aiken: a question, its choices «A. …» or «A) …», and «ANSWER: B». Only one choice is right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Line, Where
from quizsvc.banks.files.exchange.content import Content, plain_content
from quizsvc.banks.files.exchange.drafts import Draft, DraftChoice, Findings
from quizsvc.banks.files.found import FoundFile, Remark
from quizsvc.banks.files.guards import check_size
from quizsvc.banks.files.text import read_text

CHOICE = re.compile(r"\s*([A-Z])[.)]\s*(.*)", re.DOTALL)
ANSWER = re.compile(r"\s*ANSWER\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
LETTERS = re.compile(r"[A-Z](?:\s*[,;]?\s*[A-Z])*")


@dataclass
class _Choice:
    """``texts``: what follows the letter, line by line."""

    letter: str
    where: Where
    texts: list[str]


@dataclass
class _Block:
    """A question while its lines come in."""

    text: list[Line] = field(default_factory=list)
    choices: list[_Choice] = field(default_factory=list)
    answer: tuple[Line, str] | None = None
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.choices or self.answer)


def read_aiken(data: bytes, name: str) -> FoundFile:
    """The questions of an Aiken file. Raises ``FileRefused`` only if it is no text or holds nothing."""
    check_size(data, name)
    document = read_text(data, name)
    findings = Findings(name, "aiken")
    block, after_blank = _Block(), False
    for line in document.lines:
        if not line.text.strip():
            after_blank = True
            continue
        block = _take(line, block, after_blank, findings)
        after_blank = False
    _end(block, findings)
    found = findings.finished()
    return FoundFile(found.name, found.format, found.questions, found.remarks, document.repairs)


def _take(line: Line, block: _Block, after_blank: bool, findings: Findings) -> _Block:
    """The block that the line belongs to, with the line in it."""
    answer, choice = ANSWER.fullmatch(line.text), CHOICE.fullmatch(line.text)
    if answer is not None:
        block.answer = (line, answer[1].strip())
        _end(block, findings)
        return _Block()
    if choice is not None and (block.choices or choice[1] == "A"):
        if choice[1] == "A" and block.choices:
            _end(block, findings)
            block = _Block()
        block.choices.append(_Choice(choice[1], line.where, [choice[2]]))
        return block
    if block.choices and not after_blank:
        block.choices[-1].texts.append(line.text.strip())
        return block
    if block.choices or (block.text and after_blank):
        _end(block, findings)
        block = _Block()
    block.text.append(line)
    return block


def _end(block: _Block, findings: Findings) -> None:
    if block.is_empty:
        return
    if not block.choices and block.answer is None:
        shown = " ".join(line.text.strip() for line in block.text)[:120]
        sentence = f"Đoạn «{shown}» không có phương án, không đọc được thành câu hỏi: hãy xem lại."
        findings.tell("text-without-choices", Level.WARNING, sentence, block.text[0].where)
        return
    where = _start(block)
    if len(block.text) > 1:
        sentence = f"Câu hỏi gồm {len(block.text)} dòng; Aiken quy định một dòng: hãy xem có dòng nào không thuộc câu này."
        block.remarks.append(Remark("several-lines", Level.WARNING, sentence, where))
    block.remarks += _continued(block.choices)
    right = _right(block)
    choices = tuple(
        DraftChoice(plain_content("\n".join(choice.texts), choice.where), 100 / len(right) if position in right else 0.0)
        for position, choice in enumerate(block.choices)
    )
    text = Content("\n".join(line.text.strip() for line in block.text), where)
    key_where = block.answer[0].where if block.answer else None
    remarks = (*plain_content(text.text, where).remarks, *block.remarks)
    findings.add(Draft(text, where, choices, len(right) > 1, remarks=remarks, key_where=key_where))


def _start(block: _Block) -> Where:
    if block.text:
        return block.text[0].where
    if block.choices:
        return block.choices[0].where
    return block.answer[0].where if block.answer else Where("")


def _continued(choices: list[_Choice]) -> list[Remark]:
    sentence = "Phương án {} có {} dòng; Aiken quy định một dòng: hãy xem có dòng nào không thuộc phương án này."
    return [
        Remark("continued-line", Level.WARNING, sentence.format(choice.letter, len(choice.texts)), choice.where)
        for choice in choices
        if len(choice.texts) > 1
    ]


def _right(block: _Block) -> list[int]:
    """Positions of the right choices; whatever is odd about letters goes into the remarks."""
    letters = [choice.letter for choice in block.choices]
    expected = [chr(ord("A") + position) for position in range(len(letters))]
    if letters != expected:
        sentence = f"Các phương án có chữ cái {', '.join(letters)[:80]}, không liền nhau từ A: hãy sửa lại."
        block.remarks.append(Remark("letters-gap", Level.ERROR, sentence, block.choices[0].where))
    if block.answer is None:
        return []
    line, written = block.answer
    if not LETTERS.fullmatch(written.upper()) or (len(written) > 1 and written != written.upper()):
        sentence = f"Dòng đáp án «{written[:80]}» không phải một chữ cái: hãy ghi ANSWER: rồi chữ cái của phương án đúng."
        block.remarks.append(Remark("key-unreadable", Level.ERROR, sentence, line.where))
        return []
    named = sorted(set(re.findall(r"[A-Z]", written.upper())))
    unknown = [letter for letter in named if letter not in letters]
    if unknown:
        sentence = (
            f"Đáp án {', '.join(unknown)} không phải một phương án ({', '.join(letters)[:80] or 'không có phương án'})."
        )
        block.remarks.append(Remark("key-not-a-choice", Level.ERROR, sentence, line.where))
        return []
    if len(named) > 1:
        sentence = (
            f"Dòng đáp án có {len(named)} chữ cái; Aiken chỉ có một đáp án: hãy xem có đúng là câu nhiều đáp án không."
        )
        block.remarks.append(Remark("several-keys", Level.WARNING, sentence, line.where))
    return [letters.index(letter) for letter in named]
