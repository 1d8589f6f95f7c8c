"""Which exchange format a file has, by its content alone; names of files lie."""

from __future__ import annotations

import json
import re

from quizsvc.banks.faults import Level
from quizsvc.banks.files.exchange.aiken import read_aiken
from quizsvc.banks.files.exchange.gift_grammar import Question, blocks_of, question_of
from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.guards import ZIP, Archive, unpack
from quizsvc.banks.files.text import decoded

PROLOG = re.compile(r"(?>\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL)
ROOTS = {
    "quiz": "moodle_xml",
    "questestinterop": "qti",
    "assessmentItem": "qti",
    "assessmentTest": "qti",
    "qti-assessment-item": "qti",
    "qti-assessment-test": "qti",
}
IN_PACKAGE = re.compile(
    rb"<(?:[\w.-]+:)?(?:questestinterop|assessmentItem|assessmentTest|qti-assessment-(?:item|test))[\s>]"
)
BEGINNING = 256 * 1024
"""So much of a text is looked at for GIFT."""
AIKEN_ANSWER = re.compile(r"^\s*ANSWER\s*:\s*[A-Z]\s*$", re.MULTILINE)
GIFT_ANSWERS = re.compile(r"\s*(?:[~=#]|(?:TRUE|FALSE|T|F)\s*(?:#|$))")
HAND_TYPED = re.compile(r"^\s*(?:[A-Ha-h]\s*[.):/]\s*\S|đáp án\b)", re.MULTILINE | re.IGNORECASE)


def exchange_format(data: bytes, name: str) -> str | None:
    """``aiken``, ``gift``, ``moodle_xml``, ``qti`` or ``opentdb``; ``None`` for anything else. Raises ``FileRefused``.

    Aiken only if every block fits: a file typed by hand may end its questions with «ANSWER: B» too.
    """
    if data.startswith(ZIP):
        return _of_archive(unpack(data, name))
    try:
        text = decoded(data, name)
    except FileRefused:
        return None
    start = text.lstrip()
    if start.startswith("<"):
        root = PROLOG.match(start)
        return ROOTS.get(root[1]) if root else None
    if start.startswith(("{", "[")) and _is_opentdb(start):
        return "opentdb"
    if AIKEN_ANSWER.search(text):
        return "aiken" if _is_aiken(data, name) else None
    return "gift" if _is_gift(text) else None


def _of_archive(archive: Archive) -> str | None:
    """A package is known by an item or test of QTI in it: SCORM and Common Cartridge have the same manifest."""
    for part in archive:
        if part.lower().endswith(".xml") and IN_PACKAGE.search(archive.read(part)[:4000]):
            return "qti"
    return None


def _is_opentdb(text: str) -> bool:
    try:
        whole = json.loads(text)
    except RecursionError:
        return False
    except ValueError:
        # Broken JSON that is plainly meant to be this: its reader says the line.
        return '"incorrect_answers"' in text and '"correct_answer"' in text
    results = whole.get("results") if isinstance(whole, dict) else whole
    if not isinstance(results, list):
        return False
    return all(isinstance(each, dict) and "incorrect_answers" in each for each in results) and (
        bool(results) or "response_code" in whole
    )


def _is_aiken(data: bytes, name: str) -> bool:
    try:
        found = read_aiken(data, name)
    except FileRefused:
        return False
    remarks = [*found.remarks, *(remark for question in found.questions for remark in question.remarks)]
    return not any(remark.level is not Level.NOTICE for remark in remarks)


def _is_gift(text: str) -> bool:
    """Whether braces hold answers as GIFT writes them, and nothing in the file looks typed by hand."""
    beginning = text if len(text) <= BEGINNING else text[:BEGINNING].rpartition("\n\n")[0]
    questions = [question_of(block.body) for block in blocks_of(beginning) if block.body is not None]
    if not any(_has_answers(question) for question in questions):
        return False
    outside = [question for question in questions if question.answers is None]
    return not any(HAND_TYPED.search(question.before.plain) for question in outside)


def _has_answers(question: Question) -> bool:
    return question.answers is not None and GIFT_ANSWERS.match(question.answers.shape) is not None
