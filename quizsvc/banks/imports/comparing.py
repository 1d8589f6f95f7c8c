"""What becomes of each question of a file in a bank: new, known already, or in contradiction to what is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizsvc.banks.citations import InstrumentFile
from quizsvc.banks.faults import Level
from quizsvc.banks.files.found import FoundFile, FoundQuestion
from quizsvc.banks.imports.checking import checked, keyed_question, with_remark
from quizsvc.banks.imports.duplicates import Comparable, Near, comparable, near_ones
from quizsvc.banks.imports.identity import Identity
from quizsvc.banks.imports.naming import question_codes
from quizsvc.banks.imports.queries import InBank, Known
from quizsvc.banks.law.resolving import read_citations

OTHER_KEY = "ngân hàng đã có câu này (mã {}) với đáp án khác: hãy xác định đáp án đúng trước khi nạp"
CODE_TAKEN = "mã «{}» đã có ở một câu khác: hãy đổi mã, hoặc sửa câu cũ thay vì nạp lại"
Nears = list[list[Near[Known | int]]]


@dataclass(frozen=True)
class Prepared:
    """A file with every remark that does not depend on the bank, and what each of its questions resembles.

    Numbers among the near ones are places of other questions of the same file.
    """

    found: FoundFile
    near: Nears


@dataclass(frozen=True)
class Judged:
    """``outcome`` as in ``rows.Row``. ``question_id``: of the one that the bank has. ``same_as``: its place in the file,
    when the file itself repeats a question."""

    question: FoundQuestion
    outcome: str
    code: str | None
    duplicates: tuple[dict[str, Any], ...]
    question_id: int | None = None
    same_as: int | None = None


def prepare(found: FoundFile, registry: Sequence[InstrumentFile], known: Iterable[tuple[Known, Comparable]]) -> Prepared:
    """Everything that can be said before the bank is locked; takes the longest, and writes nothing."""
    questions = [_with_citation_told(question, registry) for question in checked(found.questions)]
    compared = [comparable(question.text, question.choices) for question in questions]
    others: list[tuple[Known | int, Comparable]] = list(enumerate(compared))
    near: Nears = near_ones(compared, _both(others, known))
    asked = [keyed_question(question).identity for question in questions]

    def is_other(place: int, other: Known | int) -> bool:
        return not isinstance(other, int) or asked[other] != asked[place]  # the same twice is told already

    apart = [[each for each in nears if is_other(place, each.question)] for place, nears in enumerate(near)]
    return Prepared(replace(found, questions=tuple(questions)), apart)


def judge(
    prepared: Prepared,
    *,
    wordings: Mapping[Identity, InBank],
    codes: Collection[str],
    batch: int,
    readable: Collection[str] | None,
) -> list[Judged]:
    """One verdict for each question, in the order of the file.

    ``wordings`` and ``codes``: what the bank has. ``batch`` counts its imports. ``readable``: paths of units whose banks may
    be named to the importer, ``None`` for all.
    """
    first: dict[Identity, int] = {}
    given: set[str] = set()
    judged = []
    for place, code in enumerate(question_codes(prepared.found.questions, batch)):
        question = prepared.found.questions[place]
        asked = keyed_question(question)
        known, earlier = wordings.get(asked.identity), first.get(asked.identity)
        told = question
        if known is not None and known.right != asked.right and question.correct:
            told = with_remark(told, "same-text-other-key", Level.ERROR, OTHER_KEY.format(known.code))
        elif known is None and earlier is None and (code in codes or code in given):
            told = with_remark(told, "code-taken", Level.ERROR, CODE_TAKEN.format(code))
        shown = _shown(prepared, place, None if known is None else known.question_id, readable)
        if shown and told.is_accepted:
            told = with_remark(told, "near-duplicate", Level.NOTICE, _near_sentence(shown[0]))
        judged.append(_verdict(told, code, shown, known, earlier))
        if judged[-1].outcome == "added":
            first[asked.identity] = place
            given.add(code)
    return judged


def _verdict(
    question: FoundQuestion, code: str, shown: Sequence[dict[str, Any]], known: InBank | None, earlier: int | None
) -> Judged:
    if not question.is_accepted:
        return Judged(question, "rejected", None, tuple(shown))
    if known is not None:
        return Judged(question, "unchanged", known.code, tuple(shown), question_id=known.question_id)
    if earlier is not None:
        return Judged(question, "unchanged", None, tuple(shown), same_as=earlier)
    return Judged(question, "added", code, tuple(shown))


def _both(
    others: Sequence[tuple[Known | int, Comparable]], known: Iterable[tuple[Known, Comparable]]
) -> Iterable[tuple[Known | int, Comparable]]:
    yield from others
    yield from known


def _with_citation_told(question: FoundQuestion, registry: Sequence[InstrumentFile]) -> FoundQuestion:
    """A citation that names no place in a known instrument is kept as it is written, and that is told."""
    if not question.citation.strip() or any(each.citation for each in read_citations(question.citation, registry)):
        return question
    sentence = "căn cứ được giữ nguyên văn nhưng chưa đối chiếu được với danh mục văn bản: hãy ghi rõ điều và số văn bản"
    return with_remark(question, "citation-not-resolved", Level.NOTICE, sentence)


def _shown(prepared: Prepared, place: int, own: int | None, readable: Collection[str] | None) -> list[dict[str, Any]]:
    shown = []
    for near in prepared.near[place]:
        other = near.question
        if isinstance(other, int):
            where = str(prepared.found.questions[other].where)
            shown.append({"bank": None, "code": None, "where": where, "score": near.score})
        elif other.question_id != own:
            named = _may_name(other, readable)
            bank, code = (other.bank, other.code) if named else (None, None)
            shown.append({"bank": bank, "code": code, "where": None, "score": near.score})
    return shown


def _may_name(known: Known, readable: Collection[str] | None) -> bool:
    return readable is None or any(known.unit_path.startswith(path) for path in readable)


def _near_sentence(duplicate: Mapping[str, Any]) -> str:
    if duplicate["where"] is not None:
        other = f"câu ở {duplicate['where']}"
    elif duplicate["bank"] is not None:
        other = f"câu {duplicate['code']} của ngân hàng «{duplicate['bank']}»"
    else:
        other = "một câu của ngân hàng khác mà bạn không được xem"
    return f"gần giống {other} (độ giống {duplicate['score']:.0f}/100): hãy xem có trùng không"
