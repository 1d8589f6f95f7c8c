"""What a process keeps of a contest: one reading for each loading of it, and never anything that was not committed."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.contests.memory import KeptContest, kept_contest
from quizsvc.contests.models import Contest
from quizsvc.core.db import reading, transaction
from tests.world import make_contest, round_document


@pytest.fixture
def contest_id(playground, clock):
    make_contest(clock.now, round_document(clock.now))
    return kept().stamp.contest_id


def kept() -> KeptContest:
    with reading() as session:
        return of(session)


def of(session: Session) -> KeptContest:
    return kept_contest(session, session.scalars(select(Contest.id)).one())


def test_a_contest_is_read_once(contest_id):
    assert kept() is kept()


def test_a_contest_loaded_again_is_read_again(contest_id, clock):
    before = kept()
    make_contest(clock.now, round_document(clock.now, points_per_question=7), round_document(clock.now, round="r2"))
    after = kept()
    assert [found.rules.points for found in after.rounds.values()] == [(7, 7, 7), (1, 1, 1)]
    assert len(after.boards) == len(before.boards) + 1


def test_what_is_rolled_back_is_not_kept(contest_id, clock):
    before = kept()
    with transaction() as session:
        contest = session.get_one(Contest, contest_id)
        contest.version += 1
        contest.rules = {**contest.rules, "complaint_hours": 7}
        session.flush()
        assert of(session).rules.complaint_hours == 7, "one's own change is seen"
        session.rollback()
    with transaction() as session:  # the same version again, with other content
        contest = session.get_one(Contest, contest_id)
        contest.version += 1
        contest.rules = {**contest.rules, "complaint_hours": 9}
    assert before.rules.complaint_hours == 72
    assert kept().rules.complaint_hours == 9
