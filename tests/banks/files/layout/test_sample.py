"""A real bank of 97 questions with its key in a second file: read alike with it, and 94 of them without it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from quizsvc.banks.files.docx import read_docx
from quizsvc.banks.files.found import FoundFile
from quizsvc.banks.files.layout import understand
from tests.banks.files.layout.texts import codes

SAMPLES = os.environ.get("QUIZSVC_SAMPLES")
Plain = tuple[int | None, str, tuple[str, ...], str]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _read(file: FoundFile) -> list[Plain]:
    return [
        (each.number, _plain(each.text), tuple(map(_plain, each.choices)), "".join(each.correct)) for each in file.questions
    ]


def _expected(entries: list[dict[str, Any]]) -> list[Plain]:
    return [
        (each["no"], _plain(each["question"]), tuple(map(_plain, each["options"].values())), each["answer"])
        for each in entries
    ]


def test_a_real_bank():
    if SAMPLES is None:
        return  # the samples are not part of the project
    folder = Path(SAMPLES) / "anm2018"
    bank, key = (read_docx(path.read_bytes(), path.name) for path in sorted(folder.glob("*.docx")))
    expected = _expected(json.loads((folder / "expected.json").read_text("utf-8")))
    assert _read(understand(bank, key)) == expected
    alone = understand(bank)
    stopped = [each.number for each in alone.questions if not each.is_accepted]
    assert stopped == [27, 30, 31]
    assert [each for each in _read(alone) if each[0] not in stopped] == [each for each in expected if each[0] not in stopped]
    assert [codes(each) for each in alone.questions if each.number in stopped] == [
        ["several-keys-found"],
        ["no-key"],
        ["no-key"],
    ]
