"""What is said when a file would be read otherwise than it was written."""

from __future__ import annotations

from dataclasses import replace

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.found import FoundBy, FoundFile, FoundQuestion, Remark, letters_of
from quizsvc.banks.files.writing.reading_back import losses_of
from tests.banks.files.writing.making import bank, item

MADE = bank(item(1), item(2))


def question(number: int, **more: object) -> FoundQuestion:
    of = item(number)
    read = FoundQuestion(of.text, of.choices, letters_of(of.correct), FoundBy.BOLD, 1.0, Where("a.docx"), number=number)
    kept = {"topic": of.topic, "difficulty": of.difficulty, "code": of.code}
    said = {"citation": f"Căn cứ: {of.citation}", "explanation": f"Giải thích: {of.explanation}"}
    return replace(read, **kept | said | more)


def lost(*questions: FoundQuestion) -> list[tuple[str, int | None]]:
    return [(loss.code, loss.number) for loss in losses_of(MADE, lambda: FoundFile("a.docx", "docx", questions))]


def test_nothing_is_lost_where_all_is_read():
    assert lost(question(1), question(2)) == []


def test_every_difference_has_its_code():
    other = question(
        2, text="Khác?", choices=("Một", "Hai"), correct=("B",), topic=None, difficulty=None, citation="", code="x"
    )
    assert lost(question(1), other) == [
        (code, 2) for code in ("text", "choices", "key", "topic", "difficulty", "citation", "code")
    ]
    assert lost(question(1), question(2, correct=("B",), explanation="")) == [("key", 2), ("explanation", 2)]
    assert lost(question(1), question(2, is_multiple=True)) == [("kind", 2)]


def test_missing_double_and_foreign_questions():
    assert lost(question(1)) == [("not-read-back", 2)]
    assert lost(question(1), question(2), question(2)) == [("not-read-back", 2)]
    assert lost(question(1), question(2), question(9)) == [("questions-added", None)]


def test_a_question_that_would_be_stopped_is_told_by_the_code_alone():
    remark = Remark("several-keys", Level.ERROR, "Đáp án A hoặc C", Where("a.docx"))
    [loss] = losses_of(MADE, lambda: FoundFile("a.docx", "docx", (question(1), question(2, remarks=(remark,)))))
    assert (loss.code, "several-keys" in loss.sentence, "A hoặc C" in loss.sentence) == ("stopped-on-reading", True, False)
