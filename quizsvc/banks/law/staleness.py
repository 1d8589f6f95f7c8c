"""Questions whose law has changed under them: which versions cannot be drawn in a period, and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.banks.citations import Citation
from quizsvc.banks.law.standing import Compared, Doubt, Period, doubts
from quizsvc.banks.models import Bank, Question, QuestionVersion
from quizsvc.banks.queries import registry
from quizsvc.core.clock import local_day


@dataclass(frozen=True)
class LawOf:
    """A version by its name ``<bank>.<question>``: whether it cites any law, and everything against its citations."""

    version_id: int
    name: str
    is_cited: bool
    doubts: tuple[Doubt, ...]

    @property
    def is_stale(self) -> bool:
        return any(doubt.is_stale for doubt in self.doubts)


def law_of(session: Session, version_ids: Collection[int], period: Period) -> list[LawOf]:
    """How the law behind these versions stands in the period, by name."""
    instruments = {each.number: each for each in registry(session)}
    query = (
        select(Bank.code, Question.code, QuestionVersion)
        .join_from(QuestionVersion, Question)
        .join(Bank, Bank.id == Question.bank_id)
        .where(QuestionVersion.id.in_(version_ids))
        .order_by(Bank.code, Question.code)
    )
    found = []
    for bank, question, version in session.execute(query):
        compared = Compared(local_day(version.created_at), version.law_checked_on)
        cited = [Citation.from_json(stored) for stored in version.citations]
        against = [doubt for each in cited for doubt in doubts(each, instruments.get(each.law), period, compared)]
        found.append(LawOf(version.id, f"{bank}.{question}", bool(cited), tuple(against)))
    return found


def stale(session: Session, version_ids: Collection[int], period: Period) -> set[int]:
    """Those of these versions that cannot be drawn in the period."""
    return {each.version_id for each in law_of(session, version_ids, period) if each.is_stale}
