"""What organizers should look at before a contest is public; nothing here stands in the way.

What packages above this one know of a contest, they say by a check of their own that ``create_app`` installs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy.orm import Session

from quizsvc.banks.law.staleness import LawOf, law_of
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.pinned import pinned_in
from quizsvc.contests.pools import period_of
from quizsvc.contests.queries import contest_rules_of, rounds_of, rules_of

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


def _citations(session: Session, contest: Contest, rounds: Sequence[Round], _now: datetime) -> Iterable[Warned]:
    """Questions that a paper may draw and that cite nothing, or whose law does not stand on the days of their round."""
    found = {
        (each.name, each.doubts): each
        for row in rounds
        for each in law_of(session, pinned_in(session, row.id), period_of(row.opens_at, row.closes_at))
    }.values()
    uncited = [each.name for each in found if not each.is_cited]
    stale = [f"{each.name} ({_against(each)})" for each in found if each.is_stale]
    doubtful = [f"{each.name} ({_against(each)})" for each in found if each.doubts and not each.is_stale]
    if uncited:
        said, english = f"{len(uncited)} câu hỏi không có căn cứ pháp lý: ", f"{len(uncited)} questions cite no law: "
        yield Warned("uncited-questions", said + _some(uncited), english + _some(uncited))
    if stale:
        said = f"{len(stale)} câu hỏi đã lạc hậu vì luật thay đổi, hãy nạp lại cuộc thi để bỏ ra: "
        english = f"{len(stale)} questions are stale since their law has changed; load the contest again to leave them out: "
        yield Warned("stale-questions", said + _some(stale), english + _some(stale))
    if doubtful:
        said = f"{len(doubtful)} câu hỏi có viện dẫn cần đối chiếu lại: "
        english = f"{len(doubtful)} questions have citations to be compared again: "
        yield Warned("doubtful-citations", said + _some(doubtful), english + _some(doubtful))


def _against(law: LawOf) -> str:
    return "; ".join(dict.fromkeys(doubt.sentence for doubt in law.doubts))


def _registration(_session: Session, contest: Contest, rounds: Sequence[Round], now: datetime) -> Iterable[Warned]:
    registration = contest_rules_of(contest).registration
    if registration is None or registration.closes_at > now or not any(rules_of(row).needs_registration for row in rounds):
        return
    said = "Phải đăng ký mới được dự thi nhưng thời gian đăng ký đã kết thúc."
    yield Warned("registration-over", said, "Only those who registered may play, and registration is over.")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
