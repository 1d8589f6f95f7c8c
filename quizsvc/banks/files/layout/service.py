"""Lines and tables as people type them, understood as questions: what each step does stands in its own file.

flattening → runs → numbering → segments        which lines are which question
key_lists, marks, answers → evidence            which choices are right, and how we know
checks, file_checks, confidence                 what a person must look at
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Document, Where
from quizsvc.banks.files.found import MOST_CHOICES, FoundBy, FoundFile, FoundKey, FoundQuestion, Remark
from quizsvc.banks.files.layout import checks, drafting, evidence, file_checks, finishing, marks, remarks
from quizsvc.banks.files.layout.answers import letters_by_text
from quizsvc.banks.files.layout.confidence import confidence_of
from quizsvc.banks.files.layout.finishing import Finished
from quizsvc.banks.files.layout.key_lists import KeyBook, keys_of_file, sentences_of
from quizsvc.banks.files.layout.table_keys import with_evidence
from quizsvc.core.text import fold


def understand(document: Document, key: Document | None = None, *, first_is_right: bool = False) -> FoundFile:
    """The questions of a document in file order, each with its key, how that was found, and what is odd about it.

    ``key``: a second file that holds the answers, as a list, a table or a marked copy of the questions. ``first_is_right``:
    the person who imports says that the first choice is always the right one. Nothing is dropped silently: text that belongs
    to no question is a remark of the file.
    """
    taken = drafting.take_apart(document)
    finished = [finishing.finish(draft) for draft in taken.drafts]
    books = _books(taken, key)
    counts = _counts(taken)
    verdicts = _verdicts(taken, finished, books, counts, first_is_right)
    tables = _keyed_tables(taken, books, counts, first_is_right)
    questions = _with_tables(_questions(taken, finished, verdicts), tables)
    told = [*document.remarks, *(key.remarks if key is not None else ())]
    told += [*file_checks.of_unread([item for item in taken.unread if not sentences_of(item.line)]), *books.remarks()]
    told += [*file_checks.of_same_letter(questions), *file_checks.of_first_number(taken.drafts)]
    told += [remark for _, read in taken.tables for remark in read.remarks]
    if not questions:
        sentence = "Không tìm thấy câu hỏi nào trong tệp. Hãy kiểm tra tệp có câu hỏi với các phương án A, B, C… không."
        told.append(Remark("no-questions", Level.ERROR, sentence, Where(document.name)))
    repairs = document.repairs + (key.repairs if key is not None else ())
    return FoundFile(document.name, document.format, tuple(questions), tuple(told), repairs, taken.title)


@dataclass
class Books:
    """The answers that stand apart: in the file itself, in its sentences, in the key file."""

    own: KeyBook = field(default_factory=KeyBook)
    said: KeyBook = field(default_factory=KeyBook)
    second: KeyBook = field(default_factory=KeyBook)
    marked_copy: dict[str, FoundQuestion] = field(default_factory=dict)

    def remarks(self) -> list[Remark]:
        return [told for book in (self.own, self.said, self.second) for told in file_checks.of_keys(book.unclaimed)]


def _counts(taken: drafting.Taken) -> Counter[int]:
    """How many questions have each number, those of tables too."""
    printed = [draft.number for draft in taken.drafts]
    printed += [question.number for _, read in taken.tables for question in read.questions]
    return Counter(number for number in printed if number is not None)


def _books(taken: drafting.Taken, key: Document | None) -> Books:
    books = Books()
    books.own.add(taken.keys)
    for item in taken.unread:
        books.said.add(sentences_of(item.line))
    if key is not None:
        keys = keys_of_file(key)
        copy = understand(key)
        if len(copy.accepted) > len(keys):
            books.marked_copy = {fold(question.text): question for question in copy.questions if question.correct}
        else:
            books.second.add(keys)
    return books


def _verdicts(
    taken: drafting.Taken, finished: Sequence[Finished], books: Books, counts: Counter[int], first_is_right: bool
) -> list[evidence.Verdict]:
    readings = marks.readings_of(taken.drafts)
    conventions = marks.conventions_of(readings)
    nth: Counter[int | None] = Counter()
    verdicts = []
    for draft, done, reading in zip(taken.drafts, finished, readings, strict=True):
        found, told = evidence.of_lines(draft, done.text.choices)
        if 0 < len(draft.options) <= MOST_CHOICES:
            found += [*evidence.of_signs(draft), *evidence.of_marks(draft, reading, conventions)]
        asked = Asked(draft.number, draft.section, done.text.question, done.text.choices)
        found += _of_books(asked, books, nth[draft.number], counts)
        nth[draft.number] += 1
        if first_is_right and done.text.choices:
            found.append(
                evidence.Evidence(FoundBy.POSITION, ("A",), draft.options[0].item.where if draft.options else draft.where)
            )
        verdict = evidence.decide(found, len(done.text.choices), draft.where, done.asks_for_several)
        if draft.number in taken.guessed and any(each.found_by in OF_BOOKS for each in verdict.agreeing):
            told.append(remarks.by_order(draft.where))
        verdicts.append(replace(verdict, remarks=(*told, *verdict.remarks)))
    return verdicts


@dataclass(frozen=True)
class Asked:
    """What answers that stand apart are looked up by."""

    number: int | None
    section: str
    text: str
    choices: tuple[str, ...]


OF_BOOKS = (FoundBy.TABLE, FoundBy.SENTENCE, FoundBy.KEY_FILE)


def _of_books(asked: Asked, books: Books, nth: int, counts: Counter[int]) -> list[evidence.Evidence]:
    def by_text(text: str) -> tuple[str, ...]:
        return letters_by_text(text, asked.choices)

    found = []
    copy = books.marked_copy.get(fold(asked.text))
    if copy is not None:
        letters = tuple(sorted({letter for text in _right_texts(copy) for letter in by_text(text)}))
        if len(letters) == len(copy.correct):
            found.append(evidence.Evidence(FoundBy.KEY_FILE, letters, copy.where))
    if asked.number is None:
        return found
    for book, found_by in ((books.own, FoundBy.TABLE), (books.said, FoundBy.SENTENCE), (books.second, FoundBy.KEY_FILE)):
        keys: tuple[FoundKey, ...] = book.of(asked.number, nth, counts[asked.number], asked.section)
        found += evidence.of_keys(keys, found_by, by_text)
    return found


def _keyed_tables(
    taken: drafting.Taken, books: Books, counts: Counter[int], first_is_right: bool
) -> list[tuple[int, tuple[FoundQuestion, ...]]]:
    """The questions of tables, with answers that stand apart from them."""
    nth: Counter[int | None] = Counter()
    keyed = []
    for before, read in taken.tables:
        questions = []
        for question in read.questions:
            asked = Asked(question.number, question.section, question.text, question.choices)
            found = _of_books(asked, books, nth[question.number], counts)
            nth[question.number] += 1
            if first_is_right:
                found.append(evidence.Evidence(FoundBy.POSITION, ("A",), question.where))
            questions.append(with_evidence(question, found))
        keyed.append((before, tuple(questions)))
    return keyed


def _right_texts(question: FoundQuestion) -> list[str]:
    return [choice for letter, choice in zip("ABCDEFGH", question.choices, strict=False) if letter in question.correct]


def _questions(
    taken: drafting.Taken, finished: Sequence[Finished], verdicts: Sequence[evidence.Verdict]
) -> list[FoundQuestion]:
    checked = (file_checks.of_numbers, file_checks.of_counts, file_checks.of_wandered)
    by_file = zip(*(check(taken.drafts) for check in checked), strict=True)
    questions = []
    for draft, done, verdict, of_file in zip(taken.drafts, finished, verdicts, by_file, strict=True):
        told = [*checks.remarks_of(draft, done.text), *(each for told in of_file for each in told), *verdict.remarks]
        lacks_number = taken.is_numbered and draft.start is None
        questions.append(finishing.question_of(draft, done, verdict, told, confidence_of(verdict, told, lacks_number)))
    return questions


def _with_tables(
    questions: Sequence[FoundQuestion], tables: Sequence[tuple[int, tuple[FoundQuestion, ...]]]
) -> list[FoundQuestion]:
    """Questions of tables with a header, put where the table stands among the others."""
    merged: list[FoundQuestion] = []
    at = 0
    for before, own in tables:
        merged += [*questions[at:before], *own]
        at = before
    return [*merged, *questions[at:]]
