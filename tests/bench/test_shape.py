"""What the benchmark measures on is what playing would have made: the verification agrees with every figure of it."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from quizsvc.attempts.models import Attempt
from quizsvc.core.db import reading
from quizsvc.leaderboards.models import EVERYONE, Tally
from quizsvc.verification.service import verify
from tests.bench import nghe_an


@pytest.mark.usefixtures("playground")
def test_a_small_build_is_exactly_what_it_says_and_verifies():
    people = nghe_an.load(2_000)
    with reading() as session:
        attempts = session.scalar(select(func.count()).select_from(Attempt))
        perfect = session.scalar(select(func.count()).where(Attempt.correct_count == Attempt.question_count))
        totals = select(func.sum(Tally.participants), func.sum(Tally.attempts)).where(Tally.scope_id == EVERYONE)
        by_board = session.execute(totals.group_by(Tally.board_id)).all()
        findings = verify(session)
    assert (attempts, perfect) == (2_000, 441)
    assert max(by_board) == (people, 2_000)
    assert findings.attempts == 2_000
    assert findings.differences == []
