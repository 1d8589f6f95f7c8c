"""Small banks and instruments to test with."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from quizsvc.banks.citations import Citation, InstrumentFile
from quizsvc.banks.questions import BankFile, WrittenQuestion
from quizsvc.banks.yaml_file import instrument_of

LAW = "52/2014/QH13"
CHOICES = (("a", "Từ đủ 18 tuổi"), ("b", "Từ đủ 19 tuổi"), ("c", "Từ đủ 20 tuổi"))


def question(code: str = "hn-001", **more: Any) -> WrittenQuestion:
    fields: dict[str, Any] = {
        "code": code,
        "topic": "ket-hon",
        "difficulty": 1,
        "text": f"Câu hỏi mang mã {code} nói về tuổi kết hôn?",
        "choices": CHOICES,
        "answer": "c",
        "pinned": None,
        "explanation": "Luật đặt ra tuổi này cho nam.",
        "cites": (Citation(LAW, "8", "1", "a"),),
    }
    return WrittenQuestion(**fields | more)


def truth(code: str = "hn-101", answer: bool = True, **more: Any) -> WrittenQuestion:
    return question(code, choices=(), answer=answer, **more)


def bank(*questions: WrittenQuestion, code: str = "hon-nhan", **more: Any) -> BankFile:
    fields: dict[str, Any] = {"title": "Luật Hôn nhân", "topics": {"ket-hon": "Kết hôn", "ly-hon": "Ly hôn"}}
    return BankFile(code=code, questions=questions, **fields | more)


def instrument(**more: Any) -> InstrumentFile:
    document = {
        "number": LAW,
        "kind": "luật",
        "title": "Luật Hôn nhân và gia đình",
        "issued_on": "2014-06-19",
        "in_force_from": "2015-01-01",
        "amendments": [],
        "repealed": ["9"],
        "outline": {"7": "", "8": "1(a b c d) 2", "250": "(a b) 1"},
    }
    return instrument_of(document | more)


TODAY = date(2026, 11, 23)

BANK_YAML = """\
bank: hon-nhan
title: Luật Hôn nhân
topics:
  ket-hon: Kết hôn
questions:
  - id: hn-001
    topic: ket-hon
    difficulty: 1
    text: Nam đủ bao nhiêu tuổi thì được kết hôn?
    choices:
      a: 18
      b: 19.50
      c: Từ đủ 20 tuổi
    answer: c
    explanation: Tuổi của nam cao hơn tuổi của nữ.
    cites:
      - {law: 52/2014/QH13, article: 8, clause: 1, point: a}
  - id: hn-002
    topic: ket-hon
    difficulty: 2
    text: Nữ đủ 18 tuổi thì được kết hôn, đúng hay sai?
    answer: true
    explanation: Đó là tuổi luật đặt ra cho nữ.
    cites: [{law: 52/2014/QH13, article: 8}]
  - id: hn-003
    topic: ket-hon
    difficulty: 3
    text: Những ai được kết hôn? (Chọn tất cả các ý đúng)
    choices: {a: Nam 20 tuổi, b: Nam 19 tuổi, c: Nữ 18 tuổi, d: Nữ 17 tuổi}
    answer: [c, a]
    explanation: Chỉ hai người này đủ tuổi.
    cites: [{law: 52/2014/QH13, article: 8, clause: 1}]
"""

INSTRUMENT_YAML = """\
number: 52/2014/QH13
kind: luật
title: Luật Hôn nhân và gia đình
issued_on: 2014-06-19
in_force_from: 2015-01-01
amendments: []
repealed: ["9"]
outline:
  "7": ""
  "8": "1(a b c d) 2"
"""


def folder(path: Path, *, bank_yaml: str = BANK_YAML, instrument_yaml: str = INSTRUMENT_YAML) -> Path:
    """A folder such as quizzes/ with one bank and one instrument."""
    for name, text in (("banks/hon-nhan.yaml", bank_yaml), ("instruments/52-2014-qh13.yaml", instrument_yaml)):
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return path
