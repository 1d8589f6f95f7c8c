"""The banks that come with the service are sound and large enough to play with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from quizsvc.banks.checking import check
from quizsvc.banks.citations import exists
from quizsvc.banks.faults import errors
from quizsvc.banks.service import load_banks, read_folder
from quizsvc.banks.versions import content_of
from quizsvc.banks.yaml_export import bank_text
from quizsvc.banks.yaml_file import read_bank
from quizsvc.core.db import transaction
from tests.banks.making import TODAY

QUIZZES = Path(__file__).parents[2] / "quizzes"


@pytest.fixture(scope="module")
def quizzes():
    return read_folder(QUIZZES)


def test_no_errors(quizzes):
    banks, instruments, faults = quizzes
    found = errors([*faults, *check(banks, instruments, on=TODAY)])
    assert not found, "\n".join(map(str, found))


def test_large_enough(quizzes):
    banks = quizzes[0]
    questions = [question for bank in banks for question in bank.questions]
    assert len(banks) >= 8
    assert len(questions) >= 300
    assert {question.kind for question in questions} == {"single", "multiple", "true_false"}
    assert {question.difficulty for question in questions} == {1, 2, 3}


def test_every_citation_stands_in_the_registry(quizzes):
    banks, instruments, _ = quizzes
    registry = {instrument.number: instrument for instrument in instruments}
    cited = [citation for bank in banks for question in bank.questions for citation in question.cites]
    assert all(exists(registry[citation.law], citation) for citation in cited)


def test_right_letters_are_spread(quizzes):
    singles = [question for bank in quizzes[0] for question in bank.questions if question.kind == "single"]
    letters = Counter(question.answer for question in singles)
    assert all(0.15 < letters[letter] / len(singles) < 0.35 for letter in "abcd")


def test_every_bank_reads_back_equal(quizzes, tmp_path):
    schemas = QUIZZES / "schema"
    for bank in quizzes[0]:
        contents = [(question.code, content_of(question)) for question in bank.questions]
        path = tmp_path / f"{bank.code}.yaml"
        path.write_text(bank_text(bank.code, bank.title, bank.topics, contents), encoding="utf-8")
        again, faults = read_bank(path, schemas)
        assert faults == []
        assert [(question.code, content_of(question)) for question in again.questions] == contents


def test_loads_twice_without_change(app, clock, quizzes):
    banks, instruments, _ = quizzes
    reports = []
    for _ in range(2):
        with transaction() as session:
            reports.append(load_banks(session, banks, instruments, now=clock()))
    total = sum(len(bank.questions) for bank in banks)
    assert sum(bank.added for bank in reports[0].banks) == total
    assert sum(bank.unchanged for bank in reports[1].banks) == total
    assert reports[1].instruments == 0
