"""Questions whose law changes before their round: not drawn, and said to those who publish."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from quizsvc.banks.models import Bank, Instrument, Question, QuestionVersion
from quizsvc.contests.models import Round
from quizsvc.contests.pinned import pinned_in
from quizsvc.core.db import reading, transaction
from tests.organizers.people import give
from tests.world import Player, round_document

HOUR = timedelta(hours=1)
WHY = "Theo công văn số 12 của ban tổ chức"
LAW = "85/2015/QH13"


@pytest.fixture
def owner(phone: Any) -> Player:
    made = Player(phone)
    give(made, "owner")
    return made


def load(owner: Player, opens_at: Any) -> Any:
    document = {"contest": "thi", "title": "Cuộc thi thử", "organizer": "40", "rounds": [round_document(opens_at)]}
    return owner.call("POST", "/manage/contests", document)


def amend(in_force_from: date, places: dict[str, str]) -> None:
    """The law of the bank is amended in these places; whoever wrote the questions did not have the new text."""
    amendment = {"number": "1/2027/QH16", "in_force_from": in_force_from.isoformat(), "in_outline": False, "amends": places}
    with transaction() as session:
        law = session.get_one(Instrument, LAW)
        law.document = law.document | {"amendments": [*law.document["amendments"], amendment]}


def citing(article: str) -> set[int]:
    """Versions of the bank on elections that cite this article."""
    with reading() as session:
        query = select(QuestionVersion).join(Question).join(Bank).where(Bank.code == "bau-cu")
        return {
            version.id
            for version in session.scalars(query)
            if any(cited["law"] == LAW and cited["article"] == article for cited in version.citations)
        }


def some_article() -> str:
    with reading() as session:
        query = select(QuestionVersion.citations).join(Question).join(Bank).where(Bank.code == "bau-cu")
        return next(cited["article"] for cites in session.scalars(query) for cited in cites if cited["law"] == LAW)


def pinned() -> set[int]:
    with reading() as session:
        return set(pinned_in(session, session.scalars(select(Round.id)).one()))


def warned(owner: Player) -> dict[str, str]:
    return {each["code"]: each["detail"] for each in owner.get("/manage/contests/thi").json["warnings"]}


def test_an_amendment_before_the_round_takes_its_questions_out(owner, clock):
    article = some_article()
    load(owner, clock.now + HOUR)
    touched = citing(article)
    assert touched <= pinned()
    amend(clock.now.date(), {article: ""})
    assert f"Điều {article}" in warned(owner)["stale-questions"]
    assert load(owner, clock.now + HOUR).json["loaded"] == "changed"
    assert not touched & pinned()
    assert "stale-questions" not in warned(owner)


def test_an_amendment_after_the_round_changes_nothing(owner, clock):
    article = some_article()
    load(owner, clock.now + HOUR)
    before = pinned()
    amend(clock.now.date() + timedelta(days=30), {article: ""})
    assert load(owner, clock.now + HOUR).json["loaded"] == "unchanged"
    assert pinned() == before
    assert "stale-questions" not in warned(owner)


def test_somebody_who_compares_afterwards_brings_a_question_back(owner, clock):
    article = some_article()
    amend(clock.now.date(), {article: ""})
    load(owner, clock.now + HOUR)
    touched = citing(article)
    assert not touched & pinned()
    with transaction() as session:
        today = clock.now.date() + timedelta(days=1)
        session.execute(update(QuestionVersion).values(law_checked_on=today).where(QuestionVersion.id.in_(touched)))
    load(owner, clock.now + HOUR)
    assert touched <= pinned()


def test_a_paper_that_can_no_longer_be_filled_says_why(owner, clock):
    with transaction() as session:
        law = session.get_one(Instrument, LAW)
        law.document = law.document | {"in_force_to": clock.now.date().isoformat()}
    refused = load(owner, clock.now + HOUR)
    assert refused.status_code == 422
    assert "vì luật được viện dẫn thay đổi hoặc không có hiệu lực" in refused.json["errors"][0]["detail"]
