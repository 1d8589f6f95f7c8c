"""Reads questions, their versions and the registry of legal instruments."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from quizsvc.banks.citations import InstrumentFile
from quizsvc.banks.models import Bank, Instrument, Question, QuestionVersion
from quizsvc.banks.yaml_file import instrument_of

Row = TypeVar("Row", bound=tuple[Any, ...])


def drawable(session: Session, *, bank_code: str, topic: str | None = None, difficulty: int | None = None) -> list[int]:
    """Ids of the approved versions of a bank's questions that are not withdrawn, ascending."""
    statement = (
        select(QuestionVersion.id)
        .join_from(QuestionVersion, Question)
        .join(Bank, Bank.id == Question.bank_id)
        .where(Bank.code == bank_code, Question.withdrawn.is_(False), QuestionVersion.state == "approved")
        .order_by(QuestionVersion.id)
    )
    if topic is not None:
        statement = statement.where(QuestionVersion.topic == topic)
    if difficulty is not None:
        statement = statement.where(QuestionVersion.difficulty == difficulty)
    return list(session.scalars(statement))


def versions_by_id(session: Session, ids: Iterable[int]) -> dict[int, QuestionVersion]:
    """The versions with these ids. They are detached: they may outlive the session, and nobody may change them."""
    found = session.scalars(select(QuestionVersion).where(QuestionVersion.id.in_(sorted(set(ids)))))
    versions = {version.id: version for version in found}
    for version in versions.values():
        session.expunge(version)
    return versions


def newest_versions(session: Session, bank_id: int) -> list[tuple[Question, QuestionVersion]]:
    """Every question of a bank, withdrawn ones too, with its newest version, in the order of first loading."""
    statement = _newest(select(Question, QuestionVersion)).where(Question.bank_id == bank_id).order_by(Question.id)
    return [(question, version) for question, version in session.execute(statement)]


def banks(session: Session, *, code: str | None = None) -> list[Bank]:
    """All banks by code, or the one with this code."""
    statement = select(Bank).order_by(Bank.code)
    return list(session.scalars(statement if code is None else statement.where(Bank.code == code)))


def registry(session: Session) -> list[InstrumentFile]:
    """The legal instruments that have been loaded, by number."""
    documents = session.scalars(select(Instrument.document).order_by(Instrument.number))
    return [instrument_of(document) for document in documents]


def instrument_titles(session: Session) -> dict[str, str]:
    """Number and title of every instrument, to write citations out."""
    rows = session.execute(select(Instrument.number, Instrument.title))
    return {row.number: row.title for row in rows}


def _newest(statement: Select[Row]) -> Select[Row]:
    later = aliased(QuestionVersion)
    newest = select(func.max(later.number)).where(later.question_id == Question.id).scalar_subquery()
    return statement.join_from(QuestionVersion, Question).where(QuestionVersion.number == newest)


class VersionCache:
    """Question versions kept in the memory of one process: they never change, so they never grow stale.

    At most ``most`` are kept; the one unused for longest goes first. Threads may share a cache.
    """

    def __init__(self, most: int = 5000) -> None:
        self._most = most
        self._kept: OrderedDict[int, QuestionVersion] = OrderedDict()
        self._lock = threading.Lock()

    def versions_by_id(self, session: Session, ids: Iterable[int]) -> dict[int, QuestionVersion]:
        """As the function of this name; the database is asked only for what is not kept."""
        wanted = set(ids)
        with self._lock:
            found = {each: self._kept[each] for each in wanted if each in self._kept}
            for each in found:
                self._kept.move_to_end(each)
        if len(found) < len(wanted):
            read = versions_by_id(session, wanted - found.keys())
            found |= read
            with self._lock:
                self._kept |= read
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return found
