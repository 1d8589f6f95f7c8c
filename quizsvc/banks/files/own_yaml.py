"""The service's own YAML as a file of somebody else: its questions with the faults of the checker as remarks."""

from __future__ import annotations

from collections import defaultdict

from quizsvc.banks.citations import place_text
from quizsvc.banks.faults import Fault, Level, Place
from quizsvc.banks.files.documents import Remark, Where
from quizsvc.banks.files.found import FileRefused, FoundBy, FoundFile, FoundQuestion, letters_of
from quizsvc.banks.questions import BankFile, WrittenQuestion
from quizsvc.banks.versions import TRUTH
from quizsvc.banks.yaml_file import SCHEMAS, read_bank_text

Sorted = tuple[dict[int, list[Remark]], list[Remark]]


def read_yaml(data: bytes, name: str) -> FoundFile:
    """The questions of a bank file. Raises ``FileRefused`` when it is no bank at all."""
    bank, faults = read_bank_text(data, name, SCHEMAS)
    if bank is None:
        first = faults[0]
        raise FileRefused("not-a-bank", f"Tệp «{name}», dòng {first.place.line}: {first.sentence}.")
    of_question, of_file = _sorted(bank, faults)
    questions = [_question(each, bank, of_question.get(each.source.at().line, [])) for each in bank.questions]
    return FoundFile(name, "yaml", tuple(questions), tuple(of_file), title=bank.title)


def _sorted(bank: BankFile, faults: list[Fault]) -> Sorted:
    """Remarks by the line on which a sound question begins, and those of the rest."""
    of_question: dict[int, list[Remark]] = defaultdict(list)
    of_file: list[Remark] = []
    for fault in faults:
        remark = Remark(fault.code, fault.level, fault.sentence, _where(fault.place))
        start = bank.source.at(*fault.place.path[:2]).line if fault.place.path[:1] == ("questions",) else None
        known = any(each.source.at().line == start for each in bank.questions)
        (of_question[start] if known and start is not None else of_file).append(remark)
    return of_question, of_file


def _question(written: WrittenQuestion, bank: BankFile, remarks: list[Remark]) -> FoundQuestion:
    is_truth, where = isinstance(written.answer, bool), _where(written.source.at())
    letters = [letter for letter, _ in written.choices]
    unknown = [letter for letter in written.right_letters if letter not in letters]
    if unknown:
        sentence = f"đáp án «{', '.join(unknown)}» không phải là một phương án ({', '.join(letters)})"
        remarks = [*remarks, Remark("key-not-a-choice", Level.ERROR, sentence, where)]
    if is_truth and letters:
        remarks = [*remarks, Remark("choices-on-true-false", Level.ERROR, "câu đúng/sai không có mục choices", where)]
    places = [letters.index(letter) for letter in written.right_letters if letter in letters]
    return FoundQuestion(
        text=written.text,
        choices=TRUTH if is_truth else tuple(text for _, text in written.choices),
        correct=("A" if written.answer else "B",) if is_truth else letters_of(places),
        found_by=FoundBy.FORMAT,
        confidence=1.0,
        where=where,
        explanation=written.explanation,
        citation="; ".join(f"{place_text(cite)} văn bản số {cite.law}" for cite in written.cites),
        topic=bank.topics.get(written.topic, written.topic),
        difficulty=written.difficulty,
        code=written.code,
        is_multiple=written.kind == "multiple",
        pinned=bool(written.pinned),
        remarks=tuple(remarks),
    )


def _where(place: Place) -> Where:
    return Where(place.file, line=place.line)
