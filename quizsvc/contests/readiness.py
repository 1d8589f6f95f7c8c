"""What organizers should look at before a contest is public; nothing here stands in the way.

What packages above this one know of a contest, they say by a check of their own that ``create_app`` installs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import Flask, current_app
from sqlalchemy.orm import Session

from quizsvc.banks.citations import Citation, InstrumentFile, missing_part, place_text
from quizsvc.banks.queries import registry
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.queries import cited_in, contest_rules_of, rounds_of, rules_of
from quizsvc.core.clock import local_day

EXTENSION = "quizsvc.contests.checks"
NAMED = 10


@dataclass(frozen=True)
class Warned:
    """One thing to look at, in Vietnamese and in English; ``code`` is stable."""

    code: str
    detail: str
    detail_en: str


Check = Callable[[Session, Contest, Sequence[Round], datetime], Iterable[Warned]]


def install(app: Flask, *checks: Check) -> None:
    """Let these checks speak about every contest of ``app``."""
    app.extensions[EXTENSION] = checks


def warnings_of(session: Session, contest: Contest, now: datetime) -> list[Warned]:
    """Everything that is worth a look, our own checks first."""
    rounds = rounds_of(session, [contest.id])[contest.id]
    checks: Sequence[Check] = (_citations, _registration, *current_app.extensions.get(EXTENSION, ()))
    return [warned for check in checks for warned in check(session, contest, rounds, now)]


def _citations(session: Session, contest: Contest, _rounds: Sequence[Round], _now: datetime) -> Iterable[Warned]:
    """Questions that a paper may draw and that cite nothing, or no law that will be in force at the opening."""
    known = {instrument.number: instrument for instrument in registry(session)}
    on = local_day(contest.opens_at)
    uncited, doubtful = [], []
    for name, citations in cited_in(session, contest.id):
        if not citations:
            uncited.append(name)
        against = [_against(Citation.from_json(cited), known, on) for cited in citations]
        doubtful += [f"{name} ({said})" for said in against if said is not None]
    if uncited:
        said, english = f"{len(uncited)} câu hỏi không có căn cứ pháp lý: ", f"{len(uncited)} questions cite no law: "
        yield Warned("uncited-questions", said + _some(uncited), english + _some(uncited))
    if doubtful:
        said = f"{len(doubtful)} viện dẫn không còn đúng vào ngày mở {on:%d/%m/%Y}: "
        english = f"{len(doubtful)} citations do not hold on the day of the opening, {on.isoformat()}: "
        yield Warned("doubtful-citations", said + _some(doubtful), english + _some(doubtful))


def _against(citation: Citation, known: dict[str, InstrumentFile], on: date) -> str | None:
    instrument = known.get(citation.law)
    if instrument is None:
        return f"văn bản {citation.law} không có trong danh mục"
    if not instrument.is_in_force(on):
        return f"văn bản {citation.law} không có hiệu lực"
    return None if missing_part(instrument, citation) is None else f"{citation.law} không có {place_text(citation)}"


def _registration(_session: Session, contest: Contest, rounds: Sequence[Round], now: datetime) -> Iterable[Warned]:
    registration = contest_rules_of(contest).registration
    if registration is None or registration.closes_at > now or not any(rules_of(row).needs_registration for row in rounds):
        return
    said = "Phải đăng ký mới được dự thi nhưng thời gian đăng ký đã kết thúc."
    yield Warned("registration-over", said, "Only those who registered may play, and registration is over.")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
