"""Reading question files, next to the bare library that reads the same file and understands nothing."""

from __future__ import annotations

import io
import random
import re

import docx
from openpyxl import Workbook, load_workbook

from quizsvc.banks.files.reading import read_file
from quizsvc.banks.files.sandbox import read_apart
from tests.bench.measuring import Times, measure
from tests.bench.targets import Report

WORDS = re.findall(
    r"\w+", "cơ quan nhà nước công dân quyền nghĩa vụ pháp luật ủy ban nhân dân xã phường quy định thời hạn giải quyết"
)
HEADER = ("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án", "Căn cứ", "Lĩnh vực", "Mức độ")


def bench(questions: int, report: Report) -> None:
    """A workbook of ten times ``questions`` rows and a Word file of ``questions`` with the right choice in bold."""
    chance = random.Random(1)
    workbook, document = _workbook(10 * questions, chance), _document(questions, chance)
    times = Times()
    measure(
        {
            "bare workbook": (lambda: _walk_workbook(workbook), 1),
            "workbook": (lambda: _expect(workbook, "bank.xlsx", 10 * questions), 1),
            "bare document": (lambda: _walk_document(document), 1),
            "document": (lambda: _expect(document, "bank.docx", questions), 1),
            "document in its own process": (lambda: read_apart(document, "bank.docx"), 1),
        },
        times,
    )
    said = "times openpyxl walking the same cells"
    report.add(
        f"workbook of {10 * questions:,} rows / openpyxl", times.p50("workbook") / times.p50("bare workbook"), said=said
    )
    said = "times python-docx walking the same runs"
    report.add(
        f"Word file of {questions:,} questions / python-docx", times.p50("document") / times.p50("bare document"), said=said
    )
    for name in ("workbook", "document", "document in its own process"):
        report.add(f"{name}, s", times.p50(name) / 1000)


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize()


def _workbook(rows: int, chance: random.Random) -> bytes:
    made = Workbook(write_only=True)
    sheet = made.create_sheet("Câu hỏi")
    sheet.append(HEADER)
    for number in range(1, rows + 1):
        choices = [f"{_sentence(chance, 8)} {letter}" for letter in "ABCD"]
        question = f"{_sentence(chance, 15)} {number}?"
        sheet.append([number, question, *choices, chance.choice("ABCD"), "Điều 5", "Chung", chance.choice(("Dễ", "Khó"))])
    return _saved(made)


def _document(questions: int, chance: random.Random) -> bytes:
    made = docx.Document()
    for number in range(1, questions + 1):
        made.add_paragraph(f"Câu {number}. {_sentence(chance, 15)} {number}?")
        right = chance.randrange(4)
        for place, letter in enumerate("ABCD"):
            made.add_paragraph().add_run(f"{letter}. {_sentence(chance, 8)} {letter}").bold = place == right
    return _saved(made)


def _saved(made: object) -> bytes:
    file = io.BytesIO()
    made.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def _walk_workbook(data: bytes) -> int:
    return sum(cell is not None for row in load_workbook(io.BytesIO(data), read_only=True).active.values for cell in row)


def _walk_document(data: bytes) -> int:
    return sum(len(run.text) for paragraph in docx.Document(io.BytesIO(data)).paragraphs for run in paragraph.runs)


def _expect(data: bytes, name: str, questions: int) -> None:
    found = read_file(data, name)
    if len(found.accepted) != questions:
        raise AssertionError(f"{len(found.accepted)} of {questions} questions were read")
