"""A bank as a file of a chosen format, with everything that the format cannot carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.banks.citations import Citation, citation_text
from quizsvc.banks.faults import Level
from quizsvc.banks.files.exchange import write_gift, write_moodle_xml, write_qti21
from quizsvc.banks.files.found import FileRefused, Remark
from quizsvc.banks.files.own_yaml import read_yaml
from quizsvc.banks.files.writing.reading_back import losses_of_pictures
from quizsvc.banks.files.writing.word import Layout, write_docx
from quizsvc.banks.files.writing.workbook import write_xlsx
from quizsvc.banks.files.writing.written import Exported, Loss, WrittenBank, WrittenItem
from quizsvc.banks.imports.models import QuestionSource
from quizsvc.banks.imports.naming import NO_TOPIC
from quizsvc.banks.life.queries import facts_of
from quizsvc.banks.life.states import State, may_see_key
from quizsvc.banks.models import Bank, KeySeen, Question, QuestionVersion
from quizsvc.banks.queries import instrument_titles, newest_versions
from quizsvc.banks.service import content_of_version
from quizsvc.banks.versions import Content
from quizsvc.banks.yaml_export import bank_text
from quizsvc.organizers import audit
from quizsvc.organizers.acting import Actor

YAML_TYPE = "application/yaml"
Row = tuple[Question, QuestionVersion]


@dataclass(frozen=True)
class Material:
    """All that a file is written from, so that no session is open while it is. ``contents``: code and content, in order."""

    bank: WrittenBank
    topics: Mapping[str, str]
    contents: tuple[tuple[str, Content], ...]


def _write_yaml(material: Material) -> Exported:
    bank = material.bank
    text = bank_text(bank.code, bank.title, material.topics, material.contents)
    data, name = text.encode(), f"{bank.code}.yaml"
    return Exported(data, name, YAML_TYPE, (*losses_of_pictures(bank), *_not_loadable(bank, data, name)))


def _not_loadable(bank: WrittenBank, data: bytes, name: str) -> list[Loss]:
    """Why the file would not be loaded as it is: drafts may lack what an author's file must have."""
    try:
        found = read_yaml(data, name)
    except FileRefused as refused:
        return [Loss("stopped-on-reading", refused.sentence)]
    numbers = {item.code: item.number for item in bank.items}
    told: list[tuple[int | None, Remark]] = [(None, remark) for remark in found.remarks]
    told += [(numbers.get(each.code or ""), remark) for each in found.questions for remark in each.remarks]
    return [
        Loss("stopped-on-reading", f"dòng {remark.where.line} của tệp: {remark.sentence}", number)
        for number, remark in told
        if remark.level is Level.ERROR
    ]


def _of_bank(write: Callable[[WrittenBank], Exported], material: Material) -> Exported:
    return write(material.bank)


FORMATS: dict[str, Callable[[Material], Exported]] = {
    "docx": partial(_of_bank, partial(write_docx, layout=Layout.BOLD)),
    "docx-key": partial(_of_bank, partial(write_docx, layout=Layout.ANSWER_LINE)),
    "docx-exam": partial(_of_bank, partial(write_docx, layout=Layout.ANSWER_TABLE)),
    "docx-table": partial(_of_bank, partial(write_docx, layout=Layout.TABLE)),
    "xlsx": partial(_of_bank, write_xlsx),
    "gift": partial(_of_bank, write_gift),
    "moodle-xml": partial(_of_bank, write_moodle_xml),
    "qti21": partial(_of_bank, write_qti21),
    "yaml": _write_yaml,
}
"""Names of formats on the command line and in the API. ``docx``: the right choice is bold; ``docx-key``: a line «Đáp án: B»;
``docx-exam``: the answers in a table behind all questions; ``docx-table``: one row a question."""


def material_of(session: Session, bank: Bank) -> Material:
    """The newest version of every question of the bank that is still in use, in the order in which they came."""
    rows = _rows(session, bank)
    contents = tuple((question.code, content_of_version(version)) for question, version in rows)
    titles, pictures = instrument_titles(session), _pictures(session, [question.id for question, _ in rows])
    items = (
        _item(number, question, content, bank, titles, pictures[question.id])
        for number, ((question, _), (_, content)) in enumerate(zip(rows, contents, strict=True), start=1)
    )
    return Material(WrittenBank(bank.code, bank.title, tuple(items)), dict(bank.topics), contents)


def export_as(session: Session, bank: Bank, actor: Actor, *, format_name: str, reason: str, now: datetime) -> Material:
    """What ``FORMATS[format_name]`` writes for this person: recorded, and the end of a blind review by them.

    Whoever is handed the keys of questions that are not decided yet has seen them, unless they may see them anyway.
    """
    session.execute(select(Question.id).where(Question.bank_id == bank.id).with_for_update())  # as life.see_key does
    versions = [version for _, version in _rows(session, bank)]
    facts = facts_of(session, versions)
    who = actor.participant_id
    seen = [each.id for each in versions if who is not None and not may_see_key(facts[each.id], who)]
    session.add_all(KeySeen(question_version_id=each, participant_id=who, seen_at=now) for each in seen)
    material = material_of(session, bank)
    audit.record(
        session,
        actor=actor,
        action="bank.export",
        subject=f"bank:{bank.code}",
        reason=reason,
        before=None,
        after={"format": format_name, "questions": len(versions), "keys_first_seen": len(seen)},
        now=now,
    )
    return material


def _rows(session: Session, bank: Bank) -> list[Row]:
    newest = newest_versions(session, bank.id)
    return [row for row in newest if not row[0].withdrawn and row[1].state != State.RETIRED]


def _item(
    number: int, question: Question, content: Content, bank: Bank, titles: Mapping[str, str], pictures: int
) -> WrittenItem:
    cited = [Citation.from_json(stored) for stored in content.citations]
    return WrittenItem(
        number=number,
        code=question.code,
        kind=content.kind,
        text=content.text,
        choices=tuple(content.choices),
        correct=tuple(content.key),
        topic="" if content.topic == NO_TOPIC[0] else bank.topics.get(content.topic, content.topic),
        difficulty=content.difficulty,
        pinned=content.pinned,
        explanation=content.explanation,
        citation="; ".join(citation_text(each, titles.get(each.law, "")) for each in cited),
        is_structured_citation=bool(cited),
        pictures=pictures,
    )


def _pictures(session: Session, question_ids: Sequence[int]) -> Counter[int]:
    """How many pictures the file had that a question came from; the bank keeps none."""
    query = select(QuestionSource.question_id, QuestionSource.report).where(
        QuestionSource.has_pictures, QuestionSource.question_id.in_(question_ids), QuestionSource.outcome == "added"
    )
    return Counter({question_id: len(report["pictures"]) for question_id, report in session.execute(query)})


def numbered_codes(material: Material) -> dict[int, str]:
    """Printed number → code of the question, to name it in a list of losses."""
    return {item.number: item.code for item in material.bank.items}
