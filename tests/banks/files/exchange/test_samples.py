"""Moodle's own sample files, where the environment names the folder that holds them (``QUIZSVC_SAMPLES``).

Counts were made by hand in the files. Without the folder only the names are checked.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from quizsvc.banks.files.exchange import exchange_format, read_aiken, read_gift, read_moodle_xml
from quizsvc.banks.files.found import FoundFile

READERS = {"aiken": read_aiken, "gift": read_gift, "moodle_xml": read_moodle_xml}


@dataclass(frozen=True)
class Expected:
    """``told``: line of each question that stops → code of its first error."""

    format: str
    questions: int
    keys: str
    told: dict[int, str]
    is_detected: bool = True


EXPECTED = {
    "aiken__questions.aiken.txt": Expected("aiken", 2, "B A", {}),
    "aiken__aiken_errors.txt": Expected(
        "aiken", 6, "A B A", {1: "too-few-choices", 5: "key-unreadable", 14: "no-key"}, is_detected=False
    ),
    "gift__questions.gift.txt": Expected("gift", 9, "A AC B A A", dict.fromkeys((2, 5, 31, 34), "unsupported-kind")),
    "gift__examples.txt": Expected(
        "gift",
        43,
        "C B B C B C B B A C C B C D BC BC B F C B B B C",
        dict.fromkeys(
            (14, 16, 43, 45, 55, 61, 70, 72, 74, 76, 85, 90, 103, 108, 123, 173, 175, 177, 195, 202), "unsupported-kind"
        ),
    ),
    "xml__multichoice.xml": Expected("moodle_xml", 1, "B", {}),
    "xml__truefalse.xml": Expected("moodle_xml", 2, "B A", {}),
    "xml__nested_categories_with_questions.xml": Expected("moodle_xml", 5, "A A A A", {55: "unsupported-kind"}),
    "xml__error_invalid_grades.xml": Expected("moodle_xml", 1, "", {4: "invalid-fraction"}),
}


def test_every_sample_is_read_completely_and_faults_have_their_lines() -> None:
    folder = Path(os.environ.get("QUIZSVC_SAMPLES", "")) / "moodle"
    for name, expected in EXPECTED.items():
        assert expected.format in READERS
        if not (folder / name).is_file():
            continue
        data = (folder / name).read_bytes()
        assert exchange_format(data, "x") == (expected.format if expected.is_detected else None), name
        _check(READERS[expected.format](data, name), expected)


def _check(found: FoundFile, expected: Expected) -> None:
    assert len(found.questions) == expected.questions, found.name
    assert " ".join("".join(question.correct) for question in found.accepted) == expected.keys, found.name
    stopped = {
        question.where.line: next(remark.code for remark in question.remarks if remark.level == "error")
        for question in found.questions
        if not question.is_accepted
    }
    assert stopped == expected.told, found.name


def test_the_line_of_an_invalid_fraction_is_that_of_its_answer() -> None:
    path = Path(os.environ.get("QUIZSVC_SAMPLES", "")) / "moodle" / "xml__error_invalid_grades.xml"
    if path.is_file():
        found = read_moodle_xml(path.read_bytes(), path.name)
        assert [(remark.code, remark.where.line) for remark in found.questions[0].remarks] == [("invalid-fraction", 38)]
